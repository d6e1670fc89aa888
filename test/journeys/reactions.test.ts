import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import { reactionSeconds, type ReactionAnswer } from '../../src/contract/reaction.ts';
import type { Thread } from '../../src/contract/thread.ts';
import { verifyRecord } from '../../src/record/verify.ts';
import { queryRows } from '../../src/storage/database.ts';
import { sql } from '../../src/storage/sql.ts';
import { waitUntil } from '../support/folders.ts';
import { addStory, holdComment, publishComment, removeComment } from '../support/published.ts';
import { startServer, type TestServer } from '../support/server.ts';

const own = 'https://news.example';
const numberOf = (count: number): string => `browser-number-${count}`.padEnd(24, 'x');

let server: TestServer;
let id = '';

before(async () => {
  server = await startServer({ origins: [own], site: { reactions: 'on' } });
});
after(() => server.stop());
beforeEach(async () => {
  id = await publishComment(server.store, 'sample', 'welcome', { text: 'Worth reading.' });
});

const react = (body: object, headers: Record<string, string> = {}, of = id): Promise<Response> =>
  server.fetch(`/api/v1/comments/${of}/reactions`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  });
const submit = (fields: Record<string, string>, headers: Record<string, string> = {}): Promise<Response> =>
  server.fetch(`/api/v1/comments/${id}/reactions`, { method: 'POST', headers, body: new URLSearchParams(fields) });
const reasonOf = async (answer: Response): Promise<string> =>
  ((await answer.json()) as { refusal?: { reason: string } }).refusal?.reason ?? String(answer.status);
const shown = async (): Promise<unknown> => {
  const thread = (await (await server.fetch('/api/v1/sites/sample/stories/welcome/thread')).json()) as Thread;
  return thread.comments.find((comment) => comment.id === id)?.reactions;
};

test('a reaction is refused where the site asks for none, and to whatever is not published', async () => {
  const kind = 'thanks';
  await server.set({ reactions: 'off' });
  assert.equal(await reasonOf(await react({ kind })), 'switched_off');
  assert.equal(await shown(), undefined);
  await server.set({ reactions: 'on' });
  const held = await holdComment(server.store, 'sample', 'welcome');
  const removed = await publishComment(server.store, 'sample', 'welcome');
  await removeComment(server.store, 'sample', removed);
  for (const unknown of [held, removed, '00000000-0000-4000-8000-000000000000', 'x'])
    assert.equal(await reasonOf(await react({ kind }, {}, unknown)), 'comment_unknown');
  await addStory(server.store, 'sample', 'closed', { comments: 'closed' });
  const closed = await publishComment(server.store, 'sample', 'closed');
  assert.equal(await reasonOf(await react({ kind }, {}, closed)), 'comments_closed');
});

test('a reaction that is none of the words, or names no browser, is refused, and so is one that another page sends', async () => {
  for (const body of [{}, { kind: 'agree' }, { kind: ['thanks'] }, { kind: 1 }, { kind: 'thanks', reader: 'short' }])
    assert.equal(await reasonOf(await react(body)), 'field_malformed', JSON.stringify(body));
  assert.equal(await reasonOf(await react([])), 'body_malformed');
  const foreign: Record<string, string>[] = [
    { origin: 'https://evil.example' },
    { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' },
    { origin: 'null', 'sec-fetch-site': 'cross-site' },
  ];
  for (const headers of foreign) assert.equal((await submit({ kind: 'thanks' }, headers)).status, 403);
  const at = server.url;
  const known: Record<string, string>[] = [
    {},
    { origin: at },
    { origin: own, 'sec-fetch-site': 'cross-site' },
    { origin: 'null' },
    { origin: 'null', 'sec-fetch-site': 'same-origin' },
  ];
  for (const headers of known) assert.equal((await submit({ kind: 'thanks' }, headers)).status, 200);
});

test('a browser counts once for a comment, changes its word, and takes it back; a count is never below what is there', async () => {
  const counts = async (body: object): Promise<unknown> =>
    ((await (await react({ reader: numberOf(1), ...body })).json()) as ReactionAnswer).reactions;
  assert.deepEqual(await counts({ kind: null }), {});
  for (const _ of [1, 2]) assert.deepEqual(await counts({ kind: 'thanks' }), { thanks: 1 });
  await react({ kind: 'thanks', reader: numberOf(2) });
  assert.deepEqual(await counts({ kind: 'informative' }), { informative: 1, thanks: 1 });
  for (const _ of [1, 2]) assert.deepEqual(await counts({ kind: null }), { thanks: 1 });
  const many = await Promise.all([1, 2, 3, 4].map(() => react({ kind: 'reasoned', reader: numberOf(3) })));
  assert.deepEqual(
    many.map(({ status }) => status),
    [200, 200, 200, 200],
  );
  assert.deepEqual(await counts({ kind: null }), { reasoned: 1, thanks: 1 });
});

test('without JavaScript a form ends on a page that says what is counted; the cookie comes with the first reaction and goes nowhere else', async () => {
  assert.equal((await server.fetch('/s/sample/welcome')).headers.get('set-cookie'), null);
  const first = await submit({ kind: 'reasoned' });
  const cookie = first.headers.get('set-cookie') ?? '';
  assert.match(cookie, /^stet-reader=[\w-]{22}; Path=\/api\/v1\/comments; Max-Age=15552000; HttpOnly; SameSite=Lax$/);
  const page = await first.text();
  assert.match(page, /It is counted: Well argued/);
  assert.match(page, /<button class="quiet" name="kind" value="">Take it back<\/button>/);
  const back = { cookie: cookie.split(';')[0] ?? '' };
  const second = await submit({ kind: 'reasoned' }, back);
  assert.equal(second.headers.get('set-cookie'), null);
  server.pass(1);
  assert.deepEqual(await shown(), { reasoned: 1 });
  assert.match(await (await submit({ kind: '' }, back)).text(), /Your reaction is taken back/);
  server.pass(1);
  assert.deepEqual(await shown(), {});
});

test('counts are shown to everybody after ten seconds, in the thread and its forms, and go with the comment', async () => {
  await waitUntil(async () => JSON.stringify(await shown()) === '{}', 'the comment is shown, and nobody reacted');
  await react({ kind: 'informative', reader: numberOf(1) });
  server.pass((reactionSeconds + 1) / 60);
  assert.deepEqual(await shown(), { informative: 1 });
  const fragment = await (await server.fetch('/api/v1/sites/sample/stories/welcome/thread.html')).text();
  assert.match(fragment, new RegExp(`<form action="/api/v1/comments/${id}/reactions" method="post">`));
  assert.match(fragment, /Informative <span class="number">1<\/span>/);
  const included = await (await server.fetch('/s/sample/welcome/embed?part=thread')).text();
  assert.match(included, new RegExp(`action="${server.url}/api/v1/comments/${id}/reactions"`));
  const page = await (await server.fetch('/s/sample/welcome')).text();
  assert.match(page, /"interactionType":"https:\/\/schema.org\/LikeAction","userInteractionCount":1/);
  await addStory(server.store, 'sample', 'ended');
  const last = await publishComment(server.store, 'sample', 'ended');
  await react({ kind: 'thanks', reader: numberOf(1) }, {}, last);
  await addStory(server.store, 'sample', 'ended', { comments: 'closed' });
  await waitUntil(async () => {
    const ended = await (await server.fetch('/api/v1/sites/sample/stories/ended/thread.html')).text();
    return !ended.includes('<button') && /Thanks <span class="number">1<\/span>/.test(ended);
  }, 'what was said stays when comments are closed, and nothing can be pressed');
  await removeComment(server.store, 'sample', id, 'Worth reading.');
  const rows = await queryRows(server.store.writer, sql`select from reaction where comment = ${id}`);
  assert.equal(rows.length, 0);
  assert.equal(await verifyRecord(server.store), undefined);
});

test('nothing that is kept tells who reacted, or that two reactions are of one browser; a network can say only so much', async () => {
  const other = await publishComment(server.store, 'sample', 'welcome');
  for (const one of [id, other]) await react({ kind: 'thanks', reader: numberOf(7) }, {}, one);
  const rows = await queryRows<{ reader: Buffer }>(
    server.store.writer,
    sql`select reader from reaction where comment in (${id}, ${other})`,
  );
  assert.equal(new Set(rows.map(({ reader }) => reader.toString('hex'))).size, 2);
  assert.ok(rows.every(({ reader }) => !reader.includes(numberOf(7))));
  await assert.rejects(server.store.reader.query(sql`select reader from reaction`), { code: '42501' });
  await server.set({ 'intake.limits': 'on' });
  const answers = [];
  for (let at = 0; at < 14; at += 1) answers.push(await react({ kind: 'thanks', reader: numberOf(100 + at) }));
  const refused = answers.filter(({ status }) => status === 429);
  assert.ok(refused.length >= 2);
  assert.ok(Number(refused[0]?.headers.get('retry-after')) > 0);
  await server.set({ 'intake.limits': 'off' });
});
