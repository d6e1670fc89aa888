import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach, it } from 'node:test';
import { leaseMilliseconds } from '../../src/record/watch.ts';
import { freshDatabase, type FreshDatabase } from '../support/postgres.ts';
import { addSite, addStory, publishComment, removeComment } from '../support/published.ts';
import { asOwner, openProcess, readBody, until, type Process } from '../support/publishing.ts';

let fresh: FreshDatabase;
let one: Process;
let two: Process;
let story = '';
let stories = 0;
const store = (): FreshDatabase['database'] => fresh.database;
const both = (): Process[] => [one, two];
const publish = (text?: string): Promise<string> =>
  publishComment(store(), 'a', story, text === undefined ? {} : { text });

before(async () => {
  fresh = await freshDatabase();
  await addSite(store(), 'a');
});
after(() => fresh.remove());
beforeEach(async () => {
  story = `s${(stories += 1)}`;
  await addStory(store(), 'a', story);
  [one, two] = [await openProcess(store(), { story }), await openProcess(store(), { story })];
  for (const process of both()) await until(() => process.watch.isFresh(), 'a fresh watch');
});
afterEach(() => Promise.all(both().map((process) => process.close())));

/** Whether a process serves from memory: the very same page comes back. */
const isKept = async ({ publication }: Process): Promise<boolean> => {
  const read = async (): Promise<unknown> => publication.renderThread('a', story, { sort: 'newest', limit: 100 });
  return (await read()) === (await read());
};

it('each of two processes over one database shows an approved comment on both, from memory again', async () => {
  assert.deepEqual(await one.ids(), []);
  assert.deepEqual(await two.ids(), []);
  const id = await publish();
  for (const process of both()) {
    await until(async () => (await process.ids()).includes(id), 'the comment');
    await until(() => isKept(process), 'a kept page');
  }
});

it('each of two processes over one database takes a removed comment from every outlet on both', async () => {
  const text = 'A text that will be taken down';
  const id = await publish(text);
  const outlets = ['getThread', 'getThreadHtml', 'getCommentsRss', 'getCommentsAtom', 'getCommentsJson'] as const;
  const shown = async (process: Process): Promise<string[]> => {
    const bodies = await Promise.all(outlets.map(async (outlet) => [outlet, readBody(await process.get(outlet))]));
    return bodies.filter(([, body]) => body?.includes(text)).map(([outlet = '']) => outlet);
  };
  const count = async (process: Process): Promise<string> =>
    readBody(await process.get('getCounts', { query: { site: 'a', story } }));
  for (const process of both()) {
    await until(async () => (await shown(process)).length === outlets.length, 'the comment in every outlet');
    assert.match(await count(process), /:1}/);
  }
  await removeComment(store(), 'a', id, text);
  for (const process of both()) {
    await until(async () => (await shown(process)).length === 0, 'the removal in every outlet');
    await until(async () => /:0}/.test(await count(process)), 'the removal in the count');
  }
});

it('a process serves nothing of before a decision once it has heard its notice', async () => {
  const id = await publish();
  await until(async () => (await one.ids()).includes(id), 'the comment');
  await removeComment(store(), 'a', id);
  for (const process of both()) {
    await process.watch.catchUp();
    assert.deepEqual(await process.ids(), []);
  }
});

it('each of two processes answers a reader’s copy with 304 until something changes', async () => {
  await publish();
  await one.watch.catchUp();
  const first = await one.get('getThreadHtml');
  assert.ok(first.outcome === 'answered');
  const headers = { 'if-none-match': String(first.headers?.['etag']) };
  const again = await two.get('getThreadHtml', { headers });
  assert.ok(again.outcome === 'answered' && again.status === 304 && again.body === undefined);
  await publish();
  await two.watch.catchUp();
  const changed = await two.get('getThreadHtml', { headers });
  assert.ok(changed.outcome === 'answered' && changed.status === 200);
});

it('a process serves from the database while the watch has lost its connection, and from memory when it is back', async () => {
  const id = await publish();
  await until(() => isKept(one), 'a kept page');
  const { port } = one.listen;
  one.listen.port = 1;
  await asOwner(store(), `select pg_terminate_backend(${one.listenerPid})`);
  await until(() => !one.watch.isFresh(), 'the loss');
  assert.ok(!(await isKept(one)));
  await removeComment(store(), 'a', id);
  const later = await publish();
  assert.deepEqual(await one.ids(), [later]);
  one.listen.port = port;
  await until(() => one.watch.isFresh(), 'the watch back');
  await until(() => isKept(one), 'a kept page');
  assert.deepEqual(await one.ids(), [later]);
});

it('a process never serves from memory beyond the lease when its listener stalls', async () => {
  const id = await publish();
  await until(async () => (await isKept(one)) && (await one.ids()).includes(id), 'a kept page');
  process.kill(one.listenerPid, 'SIGSTOP');
  try {
    await removeComment(store(), 'a', id);
    one.clock.ahead += leaseMilliseconds;
    assert.deepEqual(await one.ids(), []);
    assert.match(readBody(await one.get('getCounts', { query: { site: 'a', story } })), /:0}/);
    assert.ok(!readBody(await one.get('getThreadHtml')).includes(id));
  } finally {
    process.kill(one.listenerPid, 'SIGCONT');
  }
  await until(() => isKept(one), 'a kept page');
  assert.deepEqual(await one.ids(), []);
});

it('a process keeps nothing that readers invent', async () => {
  for (let at = 0; at < 3; at += 1) await publish();
  await one.watch.catchUp();
  const read = async (request: object): Promise<unknown> =>
    one.publication.renderThread('a', story, { sort: 'newest', limit: 100, ...request });
  const invented = Buffer.from('newest.3').toString('base64url');
  assert.notEqual(await read({ after: invented }), await read({ after: invented }));
  assert.notEqual(await read({ limit: 2 }), await read({ limit: 2 }));
});

it('each process reads through the readers’ role alone', async () => {
  const id = await publish();
  const { writer, reader } = store().roles;
  await asOwner(store(), `revoke all on all tables in schema public from ${writer}, ${reader}`);
  try {
    await asOwner(store(), `grant select on site, story, published to ${reader}`);
    await asOwner(store(), `grant select (site, comment, story, position) on featured to ${reader}`);
    await asOwner(store(), `grant select (site, comment, kind) on reaction to ${reader}`);
    for (const process of both()) await process.watch.catchUp();
    assert.deepEqual(await one.ids(), [id]);
    const routes = ['getThreadHtml', 'getCommentsRss', 'getSiteAtom', 'getSitemap', 'getThreadEvents'] as const;
    for (const route of routes) assert.equal((await two.get(route)).outcome, 'answered', route);
    assert.match(readBody(await two.get('getCounts', { query: { site: 'a', story } })), /:1}/);
    const query = { sort: 'replies', comment: id };
    assert.equal((await two.thread(query)).count, 1);
  } finally {
    await asOwner(store(), `grant select on guideline_version to ${reader}`);
  }
});
