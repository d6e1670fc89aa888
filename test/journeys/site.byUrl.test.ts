import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { getStory } from '../../src/site/getStory.ts';
import { waitUntil } from '../support/folders.ts';
import { freshDatabase } from '../support/postgres.ts';
import { addSite, addStory, publishComment } from '../support/published.ts';
import { openProcess } from '../support/publishing.ts';
import { assetsFolder, startServer, type TestServer } from '../support/server.ts';

// Stories that are named by the publisher's own address, and what readers see of those that came from one.
const url = 'https://news.example/ferry?page=1';
const foreign = 'https://news.example.attacker.example/ferry';
let server: TestServer;
before(async () => {
  server = await startServer({ origins: ['https://news.example'] });
  await addStory(server.store, 'sample', 'ferry', { url });
  await addStory(server.store, 'sample', 'other', { url: 'https://news.example/هەواڵ' });
});
after(() => server?.stop());

const asked = (address: string): string => `url=${encodeURIComponent(address)}`;

async function ask(path: string): Promise<{ status: number; body: string; location: string | null }> {
  const leaving = new AbortController();
  const response = await server.fetch(path, { redirect: 'manual', signal: leaving.signal });
  const isStream = response.headers.get('content-type')?.startsWith('text/event-stream') ?? false;
  const body = isStream ? '' : await response.text();
  leaving.abort();
  return { status: response.status, body, location: response.headers.get('location') };
}

const reading = ['/thread', '/thread.html', '/events'].map(
  (end) => (key: string) => `/api/v1/sites/sample/stories/${key}${end}`,
);
const feeds = ['rss', 'atom', 'json'].map((form) => (key: string) => `/s/sample/${key}/comments.${form}`);
const page = (key: string): string => `/s/sample/${key}`;
const everyReading = [...reading, ...feeds, page];

test('reading creates no story, and foreign, doubled and crossed addresses are refused', async () => {
  await server.set({ 'stories.fromUrl': 'on' });
  for (const path of everyReading) {
    const cases: [string, number][] = [
      [`${path('nobody')}?${asked('https://news.example/nobody')}`, 404],
      [`${path('nobody')}?${asked(foreign)}`, path === page ? 404 : 403],
      [`${path('ferry')}?${asked(foreign)}`, path === page ? 404 : 403],
      [`${path('nobody')}?${asked(url)}&${asked(url)}`, 400],
      [`${path('other')}?${asked(url)}`, 404],
      [`${path('ferry')}?${asked('https://news.example/nobody')}`, 404],
    ];
    for (const [address, status] of cases) assert.equal((await ask(address)).status, status, address);
    assert.equal((await ask(path('nobody'))).status, 404);
  }
  await server.set({ 'stories.fromUrl': 'off' });
});

test('a story is read by its own address where its key is not known', async () => {
  const id = await publishComment(server.store, 'sample', 'ferry', { text: 'It was late.' });
  const direct = `/api/v1/sites/sample/stories/ferry/thread`;
  const { body } = await waitUntil(async () => {
    const answer = await ask(direct);
    return answer.body.includes(id) ? answer : undefined;
  }, 'the comment');
  for (const path of [...reading, ...feeds]) {
    const named = await ask(path('ferry'));
    assert.equal(named.status, 200);
    for (const key of ['unknown', 'ferry']) {
      const found = await ask(`${path(key)}?${asked(`${url}#comments`)}`);
      assert.deepEqual([found.status, found.body], [200, named.body], path(key));
    }
  }
  assert.equal((await ask(`${reading[0]?.('unknown')}?${asked(url)}`)).body, body);
  assert.equal((await ask(`${page('ferry')}?${asked(url)}`)).status, 200);
  const led = await ask(`${page('unknown')}?sort=oldest&${asked(url)}&size=4`);
  assert.deepEqual([led.status, led.location], [302, '/s/sample/ferry?sort=oldest&size=4']);
  for (const written of ['https://news.example/هەواڵ', encodeURI('https://news.example/هەواڵ')]) {
    assert.equal((await ask(`${page('unknown')}?${asked(written)}`)).location, '/s/sample/other');
  }
});

test('counts are asked by key and by address together, and answered by what was asked', async () => {
  const counts = '/api/v1/counts?site=sample';
  assert.equal((await ask(`${counts}&story=ferry&${asked(foreign)}`)).status, 403);
  const many = Array.from({ length: 100 }, (_, at) => asked(`https://news.example/${at}`)).join('&');
  assert.equal((await ask(`${counts}&${many}`)).status, 200);
  assert.equal((await ask(`${counts}&story=ferry&${many}`)).status, 400);
  const written = [url, `${url}#comments`, 'https://news.example/هەواڵ', 'https://news.example/nobody'];
  const { body } = await ask(`${counts}&story=ferry&story=nobody&${written.map(asked).join('&')}`);
  assert.deepEqual(JSON.parse(body), {
    counts: {
      ferry: 1,
      nobody: 0,
      [url]: 1,
      [`${url}#comments`]: 1,
      'https://news.example/هەواڵ': 0,
      'https://news.example/nobody': 0,
    },
  });
});

test('an address that moves to another story is that one at once, and the publisher takes it from what a reader began', async () => {
  await server.set({ 'stories.fromUrl': 'on' });
  const address = 'https://news.example/begun';
  const send = (path: string, init: RequestInit): Promise<Response> =>
    server.fetch(path, { ...init, headers: { 'content-type': 'application/json', ...init.headers } });
  const comment = JSON.stringify({ name: 'Ada', text: 'First.' });
  const path = `/api/v1/sites/sample/stories/begun/comments?${asked(address)}`;
  assert.equal((await send(path, { method: 'POST', body: comment })).status, 202);
  assert.equal((await ask(`${page('x')}?${asked(address)}`)).location, '/s/sample/begun');
  const authorization = `Bearer ${await server.token('stories')}`;
  const put = async (key: string, own: string): Promise<number> => {
    const story = {
      headline: 'Told',
      byline: 'Staff',
      language: 'en',
      published: '2026-02-28',
      text: 'Text.',
      url: own,
    };
    const body = JSON.stringify(story);
    const stories = '/api/v1/sites/sample/stories';
    return (await send(`${stories}/${key}`, { method: 'PUT', body, headers: { authorization } })).status;
  };
  assert.equal(await put('told', url), 422);
  assert.equal(await put('told', address), 201);
  assert.equal((await ask(`${page('x')}?${asked(address)}`)).location, '/s/sample/told');
  assert.equal((await ask(page('begun'))).status, 200);
  await server.set({ 'stories.fromUrl': 'off' });
});

test('a story that came from its address is in no list until the publisher tells it', async () => {
  await server.set({ 'stories.fromUrl': 'on' });
  const address = 'https://news.example/?cheap-pills';
  const body = JSON.stringify({ name: 'Ada', text: 'First.' });
  const headers = { 'content-type': 'application/json' };
  const path = `/api/v1/sites/sample/stories/pills/comments?${asked(address)}`;
  assert.equal((await server.fetch(path, { method: 'POST', headers, body })).status, 202);
  assert.equal((await ask(page('pills'))).status, 200);
  const lists = ['/s/sample', '/s/sample/feed.rss', '/s/sample/feed.atom', '/s/sample/feed.json', '/sitemap.xml'];
  for (const list of lists) assert.doesNotMatch((await ask(list)).body, /pills/, list);
  await addStory(server.store, 'sample', 'pills', { url: address });
  for (const list of lists) {
    await waitUntil(async () => (await ask(list)).body.includes('/pills') || undefined, list);
  }
  await server.set({ 'stories.fromUrl': 'off' });
});

test('a plain form under a story that nobody stored yet comes back with its address in it', async () => {
  await server.set({ 'stories.fromUrl': 'on' });
  const address = 'https://news.example/form?a=1&b=2';
  const route = `/api/v1/sites/sample/stories/plain/comments?${asked(address)}`;
  const send = async (to: string, fields: Record<string, string>): Promise<{ status: number; body: string }> => {
    const response = await server.fetch(to, { method: 'POST', body: new URLSearchParams(fields) });
    return { status: response.status, body: await response.text() };
  };
  const refused = await send(route, { name: 'Ada', text: 'First.' });
  assert.equal(refused.status, 403);
  assert.equal((await ask(page('plain'))).status, 404);
  assert.ok(refused.body.includes('<a href="https://news.example/form?a=1&amp;b=2">'));
  const action = /<form method="post" action="([^"]*)"/.exec(refused.body)?.[1]?.replaceAll('&amp;', '&') ?? '';
  const token = /name="token" value="([^"]*)"/.exec(refused.body)?.[1] ?? '';
  assert.equal((await send(action, { name: 'Ada', text: 'First.', token })).status, 202);
  assert.equal((await ask(page('plain'))).status, 200);
  await server.set({ 'stories.fromUrl': 'off' });
});

test('a story that is withdrawn or moved while its page is made is gone or leads on', async () => {
  const fresh = await freshDatabase();
  const store = fresh.database;
  await addSite(store, 'a');
  const process = await openProcess(store);
  const changes: [object, number][] = [
    [{ withdrawn: true }, 410],
    [{ movedTo: 'https://news.example/new' }, 301],
  ];
  try {
    for (const [change, status] of changes) {
      await addStory(store, 'a', 's');
      await process.watch.catchUp();
      const renderThread: typeof process.publication.renderThread = async (...asking) => {
        await addStory(store, 'a', 's', change);
        await process.watch.catchUp();
        return process.publication.renderThread(...asking);
      };
      const unused = (): never => assert.fail('no receipt is looked up');
      const deps = {
        store,
        kept: process.kept,
        publicUrl: 'https://stet.example',
        assetsFolder,
        publication: { ...process.publication, renderThread },
        formToken: () => '',
        receiptForms: {
          postReceipt: unused,
          postAppeal: unused,
          postWithdrawal: unused,
          postSanctionAppeal: unused,
          postMail: unused,
        },
      };
      const none = { query: {}, headers: {}, body: undefined, isForm: false, address: '', now: new Date() };
      const answer = await getStory(deps, { ...none, params: { site: 'a', story: 's' } });
      assert.equal(answer.outcome === 'answered' && answer.status, status);
    }
  } finally {
    await process.close();
    await fresh.remove();
  }
});
