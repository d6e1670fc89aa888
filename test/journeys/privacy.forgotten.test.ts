import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { after, before, test } from 'node:test';
import type { HeldAnswer } from '../../src/contract/form.ts';
import { withConnection } from '../../src/storage/connections.ts';
import { queryRows } from '../../src/storage/database.ts';
import { sql } from '../../src/storage/sql.ts';
import { waitUntil } from '../support/folders.ts';
import { findOnDisk } from '../support/onDisk.ts';
import { startServer, type TestServer } from '../support/server.ts';

const story = '/api/v1/sites/sample/stories/welcome';
const name = 'Canaria Serinus';
const text = 'The canary sings about the ferry, quietly and alone.';
let server: TestServer;
let desk: Record<string, string>;

before(async () => {
  server = await startServer({ settings: { trustedProxies: ['127.0.0.1'] }, site: { 'intake.limits': 'on' } });
  const [, secret] = (await server.signIn()).split('#');
  const signedIn = await send('/api/v1/desk/sessions', { secret });
  desk = { cookie: signedIn.headers.get('set-cookie')?.split(';')[0] ?? '' };
});
after(() => server.stop());

test('erased words are gone from every outlet of every process, from the receipt and from the desk', async () => {
  const other = await server.another();
  try {
    const held = await publish({ name, text });
    const reply = await publish({ name: 'Ben', text: 'I heard it too.', parentId: held.id });
    for (const url of [server.url, other.url]) {
      await waitUntil(async () => (await findOutlets(url, held.id)).length === 7, 'the comment in every outlet');
    }
    assert.equal((await send(`/api/v1/desk/comments/${held.id}/erasure`, {}, desk)).status, 201);
    assert.deepEqual(await findOutlets(server.url, held.id), [], 'whoever erased meets the words again');
    await waitUntil(
      async () => (await findOutlets(other.url, held.id)).length === 0,
      'the erasure on the other process',
    );

    const left = await readJson<{ comments: { id: string; parentId: string | null }[] }>(`${story}/thread`);
    assert.deepEqual(
      left.comments.map(({ id, parentId }) => ({ id, parentId })),
      [{ id: reply.id, parentId: null }],
    );
    assert.equal((await send('/api/v1/receipts', { receipt: held.receipt })).status, 404);
    const tombstone = await readJson<{ state: string; name: null; text: null; history: { body: unknown }[] }>(
      `/api/v1/desk/comments/${held.id}`,
    );
    assert.deepEqual([tombstone.state, tombstone.name, tombstone.text], ['erased', null, null]);
    assert.ok(!JSON.stringify(tombstone).includes('canary'));
    for (const state of ['held', 'approved', 'erased']) {
      const found = await readJson<{ total: number }>(`/api/v1/desk/queue?site=sample&state=${state}&q=canary`);
      assert.equal(found.total, 0, state);
    }
  } finally {
    await other.close();
  }
});

test('three days later the key of a day is in no file, and no row holds what was made with it', async () => {
  const held = await hold({ name: 'Ada', text: 'The ferry is late.' });
  const keys = JSON.parse(readFileSync(path.join(server.dataFolder, 'day-keys'), 'utf8')) as Record<string, string>;
  const [written = ''] = Object.values(keys);
  const key = Buffer.from(written, 'base64');
  const named = createHmac('sha256', key).update('203.0.113.0/24').digest('hex').slice(0, 24);
  assert.equal(await networkOf(held), named, 'the key is not the one that the row was made with');

  server.pass(3 * 1440);
  await hold({ name: 'Ada', text: 'It is late again.' });
  await waitUntil(async () => (await networkOf(held)) === null, 'the digest of the network to be forgotten');
  const [row] = await withConnection(
    server.store.owner,
    async (client) => (await client.query('show data_directory')).rows,
  );
  for (const folder of [server.dataFolder, String(row?.data_directory)]) {
    for (const form of [key, written, key.toString('hex'), key.toString('base64url')]) {
      assert.deepEqual(findOnDisk(folder, form), []);
    }
  }
});

/** The outlets of a process in which the words stand. */
async function findOutlets(url: string, id: string): Promise<string[]> {
  const outlets = [
    '/s/sample/welcome',
    `/s/sample/welcome?reply=${id}`,
    `${story}/thread`,
    `${story}/thread.html`,
    '/s/sample/welcome/comments.rss',
    '/s/sample/welcome/comments.atom',
    '/s/sample/welcome/comments.json',
  ];
  const bodies = await Promise.all(
    outlets.map(async (outlet) => ({ outlet, body: await (await fetch(url + outlet)).text() })),
  );
  return bodies.filter(({ body }) => /canary|Canaria/.test(body)).map(({ outlet }) => outlet);
}

type Draft = { name: string; text: string; parentId?: string };

async function hold(draft: Draft): Promise<HeldAnswer> {
  const response = await send(`${story}/comments`, draft);
  assert.equal(response.status, 202);
  return response.json() as Promise<HeldAnswer>;
}

async function publish(draft: Draft): Promise<HeldAnswer> {
  const held = await hold(draft);
  const decided = await send(`/api/v1/desk/comments/${held.id}/decisions`, { verdict: 'approve', version: 1 }, desk);
  assert.equal(decided.status, 201);
  return held;
}

function send(address: string, body: object, headers: Record<string, string> = {}): Promise<Response> {
  const own = { 'content-type': 'application/json', 'x-forwarded-for': '203.0.113.77', ...headers };
  return server.fetch(address, { method: 'POST', headers: own, body: JSON.stringify(body) });
}

async function readJson<Body>(address: string): Promise<Body> {
  return (await server.fetch(address, { headers: desk })).json() as Promise<Body>;
}

async function networkOf({ id }: HeldAnswer): Promise<string | null | undefined> {
  const [row] = await queryRows<{ network: string | null }>(
    server.store.writer,
    sql`select encode(network, 'hex') as network from comment where site = 'sample' and id = ${id}`,
  );
  return row?.network;
}
