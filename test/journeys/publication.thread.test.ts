import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { after, before, beforeEach, it } from 'node:test';
import type { Answer } from '../../src/contract/http.ts';
import { hostileNames, hostileTexts } from '../support/hostile.ts';
import { findAll, readMarkup, textOf } from '../support/markup.ts';
import { freshDatabase, type FreshDatabase } from '../support/postgres.ts';
import { addSite, addStory, holdComment, publishComment, removeComment } from '../support/published.ts';
import { openProcess, readBody, type Process } from '../support/publishing.ts';

let fresh: FreshDatabase;
let process: Process;
let story = '';
let stories = 0;
const store = (): FreshDatabase['database'] => fresh.database;
type Written = Parameters<typeof publishComment>[3];
const publish = (written?: Written): Promise<string> => publishComment(store(), 'a', story, written);
const params = (): Record<string, string> => ({ site: 'a', story });
const get = (query: Record<string, string> = {}): Promise<Answer> =>
  process.get('getThread', { params: params(), query });
const thread = async (query: Record<string, string> = {}): ReturnType<Process['thread']> => {
  // What the test wrote a moment ago has been heard.
  await process.watch.catchUp();
  return JSON.parse(readBody(await get(query)));
};
const ids = async (query?: Record<string, string>): Promise<string[]> =>
  (await thread(query)).comments.map(({ id }) => id);
const reasonOf = (answer: Answer): string => (answer.outcome === 'refused' ? answer.refusal.reason : 'answered');

before(async () => {
  fresh = await freshDatabase();
  await addSite(store(), 'a');
  process = await openProcess(store());
});
after(async () => {
  await process.close();
  await fresh.remove();
});
beforeEach(async () => {
  story = `s${(stories += 1)}`;
  await addStory(store(), 'a', story);
});

it('a story’s published comments are refused for a story that is unknown, on an unknown site, or no story’s key', async () => {
  for (const named of [
    { site: 'a', story: 'nobody' },
    { site: 'nobody', story },
    { site: 'a', story: '../a' },
    { site: '', story: '' },
  ]) {
    assert.equal(reasonOf(await process.get('getThread', { params: named })), 'story_unknown');
    assert.equal(reasonOf(await process.get('getCommentsRss', { params: named })), 'story_unknown');
  }
});

it('a story’s published comments are refused for parameters that make no sense', async () => {
  const bad: Record<string, string>[] = [
    { sort: 'best' },
    { limit: '-1' },
    { limit: 'x' },
    { after: 'x' },
    { after: '\0' },
  ];
  for (const query of bad) assert.equal(reasonOf(await get(query)), 'parameter_malformed', JSON.stringify(query));
  for (const comment of ['x', '00000000-0000-4000-8000-000000000000']) {
    assert.equal(reasonOf(await get({ comment })), 'comment_unknown');
  }
});

it('a story’s published comments are gone with a withdrawn story, and a moved one says where it went', async () => {
  const id = await publish();
  assert.deepEqual(await ids(), [id]);
  await addStory(store(), 'a', story, { withdrawn: true });
  await process.watch.catchUp();
  const routes = ['getThread', 'getThreadHtml', 'getThreadEvents', 'getCommentsAtom'] as const;
  for (const route of routes) {
    const gone = await process.get(route, { params: params() });
    assert.ok(gone.outcome === 'answered' && gone.status === 410, route);
    assert.ok(!JSON.stringify(gone.body).includes(id));
  }
  assert.equal((await process.publication.renderThread('a', story, { sort: 'newest', limit: 100 })).outcome, 'refused');
  await addStory(store(), 'a', story, { movedTo: 'https://news.example/new?ä=1' });
  await process.watch.catchUp();
  const moved = await get();
  assert.ok(moved.outcome === 'answered' && moved.status === 301);
  assert.equal(moved.headers?.['location'], 'https://news.example/new?%C3%A4=1');
  await addStory(store(), 'a', story);
  assert.deepEqual(await ids(), [id]);
});

it('a story’s published comments do not hold what nobody approved', async () => {
  await holdComment(store(), 'a', story, { text: 'waits' });
  assert.deepEqual(await thread(), { story, count: 0, comments: [], next: null });
});

it('a story’s published comments come in the public shape, to the byte as they were written, with a hash that anyone can check', async () => {
  const parent = await publish({ name: 'Ann', text: 'First' });
  const text = 'ئەم پردە\n\n  <b>\u200f!';
  const id = await publish({ name: 'نەوزاد', text, lang: 'ckb', parent, at: new Date('2026-03-01T10:05:59Z') });
  const { comments, count, next } = await thread();
  assert.deepEqual(comments[0], {
    id,
    parentId: parent,
    name: 'نەوزاد',
    text,
    lang: 'ckb',
    dir: 'rtl',
    publishedAt: '2026-03-01T10:05:00Z',
    replies: 0,
    sha256: createHash('sha256').update(text).digest('hex'),
  });
  assert.deepEqual([count, next, comments[1]?.replies], [2, null, 1]);
});

it('a story’s published comments run from the newest unless asked, from the oldest, or from those with most replies', async () => {
  const [first, second] = [await publish(), await publish()];
  const [third, fourth] = [await publish({ parent: first }), await publish({ parent: first })];
  const fifth = await publish({ parent: second });
  assert.deepEqual(await ids(), [fifth, fourth, third, second, first]);
  assert.deepEqual(await ids({ sort: 'oldest' }), [first, second, third, fourth, fifth]);
  assert.deepEqual(await ids({ sort: 'replies' }), [first, second, fifth, fourth, third]);
});

it('a story’s published comments let a reply stand alone whose parent was removed, and count only replies that are there', async () => {
  const parent = await publish();
  const [one, two] = [await publish({ parent }), await publish({ parent })];
  await removeComment(store(), 'a', two);
  assert.deepEqual(
    (await thread()).comments.map(({ id, replies }) => [id, replies]),
    [
      [one, 0],
      [parent, 1],
    ],
  );
  await removeComment(store(), 'a', parent);
  const { comments, count } = await thread();
  assert.deepEqual([comments.map(({ id, parentId }) => [id, parentId]), count], [[[one, null]], 1]);
  const page = readMarkup(readBody(await process.get('getThreadHtml', { params: params() })));
  assert.equal(findAll(page, 'article').length, 1);
  assert.equal(findAll(page, '.comment-parent').length, 0);
});

it('a story’s published comments are at most 200 a page and 100 unless asked, whatever is asked', async () => {
  for (let at = 0; at < 11; at += 1) await Promise.all(Array.from({ length: 20 }, () => publish()));
  const lengthOf = async (query: Record<string, string>): Promise<number> => (await ids(query)).length;
  assert.deepEqual(
    [await lengthOf({}), await lengthOf({ limit: '5000' }), await lengthOf({ limit: '0' })],
    [100, 200, 1],
  );
  const { next } = await thread();
  assert.equal((await ids({ after: next ?? '', limit: '200' })).length, 120);
});

for (const sort of ['newest', 'oldest', 'replies'] as const) {
  it(`a story’s published comments are all met by a reader who pages from the ${sort} on while comments come and go`, async () => {
    const there: string[] = [];
    for (let at = 0; at < 24; at += 1) {
      const parent = at % 3 === 0 ? null : (there[(at * 7) % there.length] ?? null);
      there.push(await publish({ parent }));
    }
    const removed = new Set<string>();
    const met: string[] = [];
    for (let after: string | null = '', turn = 0; after !== null; turn += 1) {
      const page: Awaited<ReturnType<Process['thread']>> = await thread({
        sort,
        limit: '3',
        ...(after === '' ? {} : { after }),
      });
      met.push(...page.comments.map(({ id }) => id));
      after = page.next;
      // The last one met goes, one not met yet goes, an early and a late one are answered, and a new one comes.
      for (const gone of [met.at(-1), there.find((id) => !met.includes(id) && !removed.has(id))]) {
        if (gone === undefined || turn % 2 === 0 || removed.has(gone)) continue;
        await removeComment(store(), 'a', gone);
        removed.add(gone);
      }
      for (const parent of [there[(turn * 5) % 24] ?? null, null]) await publish({ parent });
      assert.ok(turn < 60, 'the pages never end');
    }
    for (const id of there) assert.ok(met.includes(id) || removed.has(id), 'a comment was missed');
    if (sort !== 'replies') assert.equal(new Set(met).size, met.length, 'a comment was met twice');
  });
}

it('a story’s published comments begin with the comment that a permalink names, on whichever page it would be', async () => {
  const published: string[] = [];
  for (let at = 0; at < 5; at += 1) published.push(await publish());
  const [first = '', second = '', third = ''] = published;
  assert.deepEqual(await ids({ comment: third }), [third, second, first]);
  assert.equal((await ids({ comment: third, sort: 'oldest' }))[0], third);
  const page = readMarkup(
    readBody(await process.get('getThreadHtml', { params: params(), query: { comment: third } })),
  );
  assert.ok(findAll(page, 'article').some(({ attributes }) => attributes['id'] === `c-${third}`));
});

it('a story’s published comments offer replies until the story closes', async () => {
  await addStory(store(), 'a', story, { commentsUntil: '2999-01-01' });
  await publish();
  await process.watch.catchUp();
  const offers = async (now: Date): Promise<number> =>
    findAll(readMarkup(readBody(await process.get('getThreadHtml', { params: params(), now }))), '.comment-reply')
      .length;
  assert.equal(await offers(new Date()), 1);
  await addStory(store(), 'a', story, { comments: 'closed' });
  await process.watch.catchUp();
  assert.equal(await offers(new Date()), 0);
});

it('a story’s published comments are text, whatever was written, in the thread, the fragment and every feed', async () => {
  for (const [index, text] of hostileTexts.entries())
    await publish({ text, name: hostileNames[index % hostileNames.length] ?? '' });
  const written = [...hostileTexts].toReversed();
  assert.deepEqual(
    (await thread()).comments.map(({ text }) => text),
    written,
  );
  const read = async (
    route: 'getThreadHtml' | 'getCommentsAtom' | 'getCommentsRss' | 'getCommentsJson',
  ): Promise<string> => readBody(await process.get(route, { params: params() }));
  assert.deepEqual(findAll(readMarkup(await read('getThreadHtml')), '.comment-text').map(textOf), written);
  assert.deepEqual(findAll(readMarkup(await read('getCommentsAtom')), 'content').map(textOf), written);
  const { items } = JSON.parse(await read('getCommentsJson'));
  assert.deepEqual(
    items.map((item: { content_text: string }) => item.content_text),
    written,
  );
  readMarkup(await read('getCommentsRss'));
});
