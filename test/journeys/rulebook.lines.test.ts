import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { LinesView } from '../../src/contract/automation.ts';
import { asProgram, decideMany, type Person, type Reply, signInAs, write } from '../support/automation.ts';
import { startServer, type TestServer } from '../support/server.ts';

let server: TestServer;
let editor: Person;

before(async () => {
  server = await startServer();
  editor = await signInAs(server, 'editor');
});
after(() => server.stop());

const site = '/api/v1/desk/sites/sample';

async function linesOf(guideline: string): Promise<LinesView['rows'][number] | undefined> {
  const { body } = await editor(`${site}/lines`);
  return (body as unknown as LinesView).rows.find((row) => row.guideline === guideline && row.language === 'en');
}

test('nothing is drawn before anybody decided', async () => {
  assert.deepEqual((await editor(`${site}/lines`)).body, { site: 'sample', rows: [] });
});

test('the curve is drawn from the decisions of the site, and the line that is set moves what is marked from then on', async () => {
  await decideMany(server, asProgram(server, await server.token('desk')), { count: 20 });
  const row = await linesOf('attack');
  assert.deepEqual([row?.decisions, row?.line, row?.curve.length], [20, 0.5, 10]);
  const recalls = row?.curve.map(({ recall }) => recall) ?? [];
  assert.deepEqual(
    recalls,
    recalls.toSorted((a, b) => b - a),
  );
  const put = (settings: object): Promise<Reply> => editor(`${site}/settings`, { method: 'PUT', body: { settings } });
  const suspected = async (): Promise<number> =>
    ((await editor('/api/v1/desk/queue?site=sample&guideline=gossip')).body['comments'] as unknown[]).length;
  // A word that the site is unsure of stands just on the standard line.
  assert.equal((await put({ 'words.listed': '* gossip possible flimflam' })).status, 200);
  await write(server, 'There was some flimflam about the ferry.');
  assert.equal(await suspected(), 1);
  assert.equal((await put({ 'screening.lines': 'gossip 2' })).status, 422);
  assert.equal((await put({ 'screening.lines': 'gossip/en 0.6\nattack/en 0.9' })).status, 200);
  assert.equal((await linesOf('attack'))?.line, 0.9);
  await write(server, 'There was more flimflam about the ferry.');
  assert.equal(await suspected(), 1);
  // What stood before is marked as before.
  assert.equal((await put({ 'screening.lines': null })).status, 200);
  await write(server, 'And again there was flimflam about the ferry.');
  assert.equal(await suspected(), 2);
});
