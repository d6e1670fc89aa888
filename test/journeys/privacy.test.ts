import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, test } from 'node:test';
import type { HeldAnswer } from '../../src/contract/form.ts';
import type { QueueRow } from '../../src/contract/desk.ts';
import { withConnection } from '../../src/storage/connections.ts';
import { openEmbedded } from '../../src/storage/embedded.ts';
import { waitUntil } from '../support/folders.ts';
import { type Installation, makeInstallation, type Served } from '../support/installation.ts';
import { findOnDisk } from '../support/onDisk.ts';

// threats.md §5, P-1, on an installation of its own: its database, its log of changes, its folder, what it prints.
const canary = {
  address: '203.0.113.77',
  longAddress: '2001:db8:cafe:77::9',
  agent: 'CanaryBrowser/7.7',
  email: 'canary-mail@readers.example',
  reporter: 'canary-reporter@readers.example',
  reporterName: 'Canaria Reporter',
};
const erased = {
  name: 'Canaria Serinus',
  text: 'The canary sings about the ferry, quietly and alone.',
  explanation: 'canary-explanation of a moderator',
  appeal: 'canary-appeal of the author',
};
const story = '/api/v1/sites/sample/stories/welcome';

let installation: Installation;
let server: Served;
let cookie: string;

before(async () => {
  installation = makeInstallation({ TRUSTED_PROXIES: '127.0.0.1', LOG_LEVEL: 'debug' });
  server = await installation.serve('start');
  const address = await installation.stet(
    'moderator',
    'add',
    'eva@news.example',
    '--site',
    'sample',
    '--role',
    'editor',
  );
  const [, secret] = address.trim().split('#');
  const signedIn = await send('/api/v1/desk/sessions', { secret });
  assert.equal(signedIn.status, 201);
  cookie = signedIn.headers.get('set-cookie')?.split(';')[0] ?? '';
});
after(() => installation.remove());

test("a reader's address, e-mail and browser are nowhere on disk and in no log, from the first moment on", async () => {
  const held = await hold({ name: 'Ada', text: 'The ferry is late.', email: canary.email });
  await decide(held, { verdict: 'approve' });
  const report = { reason: 'other', detail: 'A word.', name: canary.reporterName, email: canary.reporter };
  assert.equal((await send(`/api/v1/comments/${held.id}/reports`, report)).status, 202);
  await send('/api/v1/receipts', { receipt: held.receipt }, { 'x-forwarded-for': canary.longAddress });
  await send(`${story}/comments`, { name: '', text: '', email: canary.email });
  await server.fetch(`${story}/comments`, {
    method: 'POST',
    headers: { ...reader, 'content-type': 'text/html' },
    body: '<',
  });
  for (const page of ['/s/sample/welcome', '/nope', '/s/sample/welcome?after=%00', `${story}/thread`]) {
    await server.fetch(page, { headers: reader });
  }
  await checkpoint();
  expectNowhere(Object.values(canary));
  // The /48 as PostgreSQL's inet and any program's socket address would have it.
  expectNowhere([Buffer.from('20010db8cafe', 'hex')]);
});

test('what was erased is in no row, alive or dead, after the retention of the next start', async () => {
  const held = await hold({ name: erased.name, text: erased.text });
  for (let count = 0; count < 30; count += 1)
    await hold({ name: 'Others', text: `Another word on the ferry, ${count}.` });
  await decide(held, { verdict: 'reject', guideline: 'attack', explanation: erased.explanation });
  const appeal = await send('/api/v1/receipts/appeal', { receipt: held.receipt, text: erased.appeal });
  assert.equal(appeal.status, 202);
  await checkpoint();
  for (const words of Object.values(erased)) assert.ok(findOnDisk(installation.dataFolder, words).length > 0, words);

  assert.equal((await send(`/api/v1/desk/comments/${held.id}/erasure`, {}, { cookie })).status, 201);
  // Sorting folds near copies: were it done after the restart, its dead rows would come after the sweep.
  await asOwner(async (run) => {
    const countUnsorted = (): Promise<unknown[]> =>
      run(`select from comment c where c.text is not null and not exists (
        select from sorting s where s.site = c.site and s.comment = c.id)`);
    await waitUntil(async () => (await countUnsorted()).length === 0, 'all comments to be sorted');
  });
  await restart();
  await asOwner(async (run) => {
    await run('create extension pgstattuple');
    const countDead = (): Promise<unknown[]> =>
      run(`select relname, dead_tuple_count from pg_class, pgstattuple(oid)
        where relname in ('comment', 'event', 'decision', 'published', 'appeal') and dead_tuple_count > 0`);
    // The sweep works through the tables after the server has begun to serve.
    await waitUntil(async () => (await countDead()).length === 0, 'the dead rows to be cleared away');
  });
});

test('what was erased is nowhere on disk once the tables were written anew and the log of changes has gone round', async () => {
  // docs/guide/operate.md, "What is forgotten, and when". A page that a row was cleared from keeps its bytes until
  // something else is written there, and so does a segment of the log.
  await asOwner(async (run) => {
    for (const table of ['comment', 'event', 'decision', 'published', 'appeal']) await run(`vacuum full ${table}`);
    await run('select pg_switch_wal()');
    await run('checkpoint');
    const [segments] = await run('select count(*) from pg_ls_waldir()');
    for (let round = 0; round < Number(segments?.['count']); round += 1) {
      await run(`select pg_logical_emit_message(false, 'stet', '')`);
      await run('select pg_switch_wal()');
    }
  });
  assert.equal(await server.stop(), 0);
  expectNowhere(Object.values(erased));
  assert.match(await installation.stet('verify'), /^ok$/m);
});

const reader = { 'user-agent': canary.agent, 'x-forwarded-for': canary.address };

/** A POST of JSON, as a reader behind the proxy sends it. */
function send(path: string, body: object, headers: Record<string, string> = {}): Promise<Response> {
  const own = { 'content-type': 'application/json', ...reader, ...headers };
  return server.fetch(path, { method: 'POST', headers: own, body: JSON.stringify(body) });
}

async function hold(draft: { name: string; text: string; email?: string }): Promise<HeldAnswer> {
  const response = await send(`${story}/comments`, draft, { 'idempotency-key': randomUUID() });
  assert.equal(response.status, 202);
  return response.json() as Promise<HeldAnswer>;
}

async function decide({ id }: HeldAnswer, verdict: object): Promise<void> {
  const row = (await (await server.fetch(`/api/v1/desk/comments/${id}`, { headers: { cookie } })).json()) as QueueRow;
  const decided = await send(`/api/v1/desk/comments/${id}/decisions`, { ...verdict, version: row.version }, { cookie });
  assert.equal(decided.status, 201);
}

async function restart(): Promise<void> {
  assert.equal(await server.stop(), 0);
  server = await installation.serve();
}

function expectNowhere(wanted: (string | Buffer)[]): void {
  for (const one of wanted) {
    assert.deepEqual(findOnDisk(installation.dataFolder, one), [], String(one));
    assert.ok(!server.output().includes(String(one)), `${String(one)} in the log`);
  }
}

const checkpoint = (): Promise<void> => asOwner(async (run) => void (await run('checkpoint')));

/** Statements of an administrator of the embedded server. */
async function asOwner(
  work: (run: (statement: string) => Promise<Record<string, unknown>[]>) => Promise<void>,
): Promise<void> {
  const home = await openEmbedded({ dataFolder: installation.dataFolder });
  try {
    await withConnection(home.owner, (client) => work(async (statement) => (await client.query(statement)).rows));
  } finally {
    await home.leave();
  }
}
