import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { WidgetPage } from '../../src/contract/widget.ts';
import { signInAs } from '../support/automation.ts';
import { addStory, holdComment, publishComment } from '../support/published.ts';
import { startServer, type TestServer } from '../support/server.ts';

let server: TestServer;

before(async () => {
  server = await startServer();
});
after(() => server?.stop());

const thread = '/api/v1/sites/sample/stories/sourced';
const link =
  '<a rel="ugc nofollow noopener noreferrer" href="https://example.org/a" dir="ltr">https://example.org/a</a>';
const pages = [
  '/s/sample/sourced',
  '/s/sample/sourced/embed',
  '/s/sample/sourced/embed?part=thread',
  `${thread}/thread.html`,
];

async function read(path: string): Promise<{ body: string; etag: string | null }> {
  const answer = await server.fetch(path);
  assert.equal(answer.status, 200, path);
  return { body: await answer.text(), etag: answer.headers.get('etag') };
}

const linksOf = async (): Promise<unknown[]> =>
  (JSON.parse((await read(`${thread}/widget`)).body) as WidgetPage).comments.map(({ links }) => links);

test('addresses may be pressed from the moment at which an editor says so until one says otherwise, and pages are not kept across it', async () => {
  await addStory(server.store, 'sample', 'sourced');
  await publishComment(server.store, 'sample', 'sourced', { text: 'Nothing to press' });
  const id = await publishComment(server.store, 'sample', 'sourced', { text: 'See https://example.org/a.' });
  await holdComment(server.store, 'sample', 'sourced', { text: 'It waits: https://held.example' });
  const permalink = `/s/sample/sourced?comment=${id}`;
  const editor = await signInAs(server, 'editor');
  const set = async (value: 'on' | 'off'): Promise<void> => {
    const body = { settings: { 'comments.links': value } };
    assert.equal((await editor('/api/v1/desk/sites/sample/settings', { method: 'PUT', body })).status, 200);
  };

  const before = new Map(await Promise.all(pages.map(async (path) => [path, await read(path)] as const)));
  for (const { body } of before.values()) assert.equal(body.includes('rel="ugc'), false);
  assert.deepEqual(await linksOf(), [undefined, undefined]);

  await set('on');
  for (const path of [...pages, permalink]) {
    const { body, etag } = await read(path);
    assert.equal(body.replace(' target="_blank" rel="ugc', ' rel="ugc').split(link).length, 2, path);
    assert.equal(body.split('rel="ugc').length, 2, path);
    assert.notEqual(etag, before.get(path)?.etag);
    assert.equal(body.includes('held.example'), false);
  }
  assert.deepEqual(await linksOf(), [[{ start: 4, end: 25, href: 'https://example.org/a' }], undefined]);

  await set('off');
  for (const path of pages) assert.equal((await read(path)).body.includes('rel="ugc'), false, path);
  assert.deepEqual(await linksOf(), [undefined, undefined]);
});

test('in a frame a pressed address opens in a window of its own, and not within the story', async () => {
  await addStory(server.store, 'sample', 'framed');
  await publishComment(server.store, 'sample', 'framed', { text: 'https://example.org/?href="?a target=_self' });
  const editor = await signInAs(server, 'editor');
  const body = { settings: { 'comments.links': 'on' } };
  await editor('/api/v1/desk/sites/sample/settings', { method: 'PUT', body });
  const frame = (await read('/s/sample/framed/embed')).body;
  assert.ok(
    frame.includes(
      '<a target="_blank" rel="ugc nofollow noopener noreferrer" href="https://example.org/?href=" dir="ltr">',
    ),
  );
  assert.equal((await read('/s/sample/framed')).body.includes('target="_blank" rel="ugc'), false);
});

test('what programs read stays text: the thread in JSON and the feeds', async () => {
  const editor = await signInAs(server, 'editor');
  const body = { settings: { 'comments.links': 'on' } };
  await editor('/api/v1/desk/sites/sample/settings', { method: 'PUT', body });
  for (const path of [
    `${thread}/thread`,
    ...['rss', 'atom', 'json'].map((form) => `/s/sample/sourced/comments.${form}`),
  ]) {
    const read = await server.fetch(path);
    const text = await read.text();
    assert.ok(text.includes('See https://example.org/a.'), path);
    assert.doesNotMatch(text, /ugc|"links"/, path);
  }
});
