import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { figures, type Statistics } from '../../src/contract/statistics.ts';
import { startServer, type TestServer } from '../support/server.ts';

let server: TestServer;
let cookie: string;
const path = '/api/v1/desk/sites/sample/statistics';

before(async () => {
  server = await startServer();
  const [, secret] = (await server.signIn()).split('#');
  const signedIn = await server.fetch('/api/v1/desk/sessions', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ secret }),
  });
  cookie = (signedIn.headers.get('set-cookie') ?? '').split(';')[0] ?? '';
});
after(() => server.stop());

const get = (address: string): Promise<Response> => server.fetch(address, { headers: { cookie } });

test('every figure of the answer is a file that a browser keeps and nobody caches', async () => {
  const { from, to } = (await (await get(`${path}?days=7`)).json()) as Statistics;
  for (const figure of figures) {
    const answer = await get(`${path}/${figure}.csv?days=7`);
    assert.equal(answer.status, 200, figure);
    assert.equal(answer.headers.get('content-type'), 'text/csv; charset=utf-8; header=present');
    const name = `sample-${figure}-${from}-${to}.csv`;
    assert.equal(answer.headers.get('content-disposition'), `attachment; filename="${name}"`);
    assert.equal(answer.headers.get('cache-control'), 'no-store');
    assert.equal(answer.headers.get('x-content-type-options'), 'nosniff');
    // Text() drops the mark.
    const bytes = new Uint8Array(await answer.arrayBuffer());
    assert.deepEqual([...bytes.subarray(0, 3)], [0xef, 0xbb, 0xbf]);
  }
});

test('other names, other days and other people are refused as on the other addresses of the desk', async () => {
  for (const name of ['totals.csv', 'flow.json', 'flow', 'FLOW.csv', '..%2fflow.csv', 'toString.csv', '.csv'])
    assert.equal((await get(`${path}/${name}`)).status, 404, name);
  const refused = await get(`${path}/flow.csv?days=6`);
  assert.equal(refused.status, 400);
  assert.deepEqual(await refused.json(), {
    refusal: {
      reason: 'parameter_malformed',
      field: 'days',
      detail: 'The address has a part that does not fit: days.',
    },
  });
  assert.equal((await server.fetch(`${path}/flow.csv`)).status, 401);
  const token = { authorization: `Bearer ${await server.token('desk')}` };
  assert.equal((await server.fetch(`${path}/flow.csv`, { headers: token })).status, 403);
});
