import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import { queryRows } from '../../src/storage/database.ts';
import { sql } from '../../src/storage/sql.ts';
import { waitUntil } from '../support/folders.ts';
import { dumpDatabase } from '../support/newsroom.ts';
import { startPushService, type Pushed, type TestPushService } from '../support/pushService.ts';
import { startServer, type TestServer } from '../support/server.ts';

let service: TestPushService;
let stranger: TestPushService;
let server: TestServer;
let token = '';
before(async () => {
  [service, stranger] = await Promise.all([startPushService(), startPushService()]);
  server = await startServer({ settings: { pushServices: [service.origin] } });
  token = await server.token('desk');
});
beforeEach(() => {
  service.pushed.length = 0;
  service.status = 201;
});
after(async () => {
  await server?.stop();
  await Promise.all([service.stop(), stranger.stop()]);
});

type Body = Record<string, unknown>;

async function send(
  path: string,
  body: object,
  headers: Record<string, string> = {},
): Promise<{ status: number; body: Body }> {
  const response = await server.fetch(path, {
    method: 'POST',
    body: JSON.stringify(body),
    headers: { 'content-type': 'application/json', ...headers },
  });
  return { status: response.status, body: (await response.json()) as Body };
}

type Held = { id: string; receipt: string };

async function submit(more: object = {}): Promise<Held> {
  const text = `The ferry is late. ${Math.random()}`;
  const held = await send('/api/v1/sites/sample/stories/welcome/comments', { name: 'Ada', text, ...more });
  assert.equal(held.status, 202);
  return { id: String(held.body['id']), receipt: String(held.body['receipt']) };
}

/** A comment whose author's browser is told. */
async function listening(language = 'en'): Promise<Held> {
  const held = await submit();
  const body = { receipt: held.receipt, subscription: service.subscribe(), language };
  const kept = await send('/api/v1/receipts/push', body);
  assert.deepEqual([kept.status, kept.body['push']], [202, true]);
  return held;
}

async function decide({ id }: Held, verdict: object, version = 1): Promise<void> {
  const path = `/api/v1/desk/comments/${id}/${'verdict' in verdict ? 'decisions' : 'removal'}`;
  assert.equal((await send(path, { version, ...verdict }, { authorization: `Bearer ${token}` })).status, 201);
}

const approve = (held: Held): Promise<void> => decide(held, { verdict: 'approve' });

async function told(count: number): Promise<Pushed> {
  await waitUntil(async () => service.pushed.length >= count, `message ${count}`);
  assert.equal(service.pushed.length, count);
  const last = service.pushed.at(-1);
  assert.ok(last);
  return last;
}

async function isKept({ id }: Held): Promise<boolean> {
  return (await queryRows(server.store.writer, sql`select from push_subscription where comment = ${id}`)).length > 0;
}

async function outboxOf({ id }: Held): Promise<string | null | undefined> {
  const [row] = await queryRows<{ error: string | null }>(
    server.store.writer,
    sql`select last_error as error from outbox where kind = 'push' and body ->> 'comment' = ${id} order by id desc limit 1`,
  );
  return row?.error;
}

test('a browser is told of a decision, encrypted for it, without the verdict, and who sends it is proven', async () => {
  const held = await listening();
  await decide(held, { verdict: 'reject', guideline: 'attack', explanation: 'It calls a neighbour names.' });
  const { message, claims, publicKey, ttl, raw } = await told(1);
  assert.deepEqual(message, {
    title: 'The Harbour Post',
    body: 'There is a decision on your comment.',
    url: '/receipt',
    tag: held.id,
    lang: 'en',
    dir: 'ltr',
  });
  assert.doesNotMatch(raw.toString('latin1'), /decision|Harbour/);
  assert.match(String(claims['sub']), /^(?:mailto:|https:)/);
  assert.equal(ttl, String(3 * 86_400));
  const page = await server.fetch('/receipt', { method: 'POST', body: new URLSearchParams({ receipt: held.receipt }) });
  assert.ok((await page.text()).includes(`data-push="${publicKey}" data-on`));
});

test('replies are told of together and in the language of the page, at most once an hour', async () => {
  const held = await listening('ckb');
  await approve(held);
  await told(1);
  const replies = [await submit({ parentId: held.id }), await submit({ parentId: held.id })];
  for (const reply of replies) await approve(reply);
  server.pass(6);
  const { message } = await told(2);
  assert.equal(message.body, '٢ وەڵام بۆ لێدوانەکەت بڵاو کرانەوە.');
  assert.deepEqual([message.lang, message.dir], ['ckb', 'rtl']);
  assert.equal((await server.fetch(message.url)).status, 200);
  await approve(await submit({ parentId: held.id }));
  const other = await listening();
  server.pass(6);
  await approve(other);
  // What came of the other comment is here, and the reply that is owed an hour after the last is not.
  assert.equal((await told(3)).message.tag, other.id);
});

test('404 and 410 forget the browser; a service in trouble is asked again, and a redirect leads nowhere', async () => {
  for (const status of [404, 410]) {
    const held = await listening();
    service.status = status;
    await approve(held);
    await waitUntil(async () => !(await isKept(held)), `${status} forgets`);
    service.status = 201;
  }
  for (const status of [429, 503, 301]) {
    const held = await listening();
    service.status = status;
    const before = service.requests;
    await approve(held);
    await waitUntil(async () => (await outboxOf(held)) === `push_${status}`, `${status} is noted`);
    assert.equal(service.requests, before + 1);
    assert.ok(await isKept(held));
    // Not tried again by the tests that follow.
    await send('/api/v1/receipts/push', { receipt: held.receipt, subscription: null });
  }
});

test('an address that is no push service is refused, and nobody connects to it', async () => {
  const held = await submit();
  const { keys } = service.subscribe();
  for (const endpoint of [
    stranger.subscribe().endpoint,
    'https://169.254.169.254/latest/meta-data',
    'https://fcm.googleapis.com@127.0.0.1/x',
    'http://fcm.googleapis.com/x',
    'https://localhost/x',
  ]) {
    const answer = await send('/api/v1/receipts/push', { receipt: held.receipt, subscription: { endpoint, keys } });
    assert.deepEqual([answer.status, (answer.body['refusal'] as Body)['reason']], [422, 'field_malformed'], endpoint);
  }
  assert.equal(await isKept(held), false);
  assert.equal(stranger.requests, 0);
});

test('who withdrew, switched it off, or whose site has it off is told nothing; a wrong receipt keeps nothing', async () => {
  const withdrawn = await listening();
  assert.equal((await send('/api/v1/receipts/withdraw', { receipt: withdrawn.receipt })).status, 202);
  assert.equal(await isKept(withdrawn), false);
  const subscription = service.subscribe();
  assert.equal((await send('/api/v1/receipts/push', { receipt: withdrawn.receipt, subscription })).status, 409);
  assert.equal((await send('/api/v1/receipts/push', { receipt: 'x', subscription })).status, 404);
  const off = await listening();
  const answer = await send('/api/v1/receipts/push', { receipt: off.receipt, subscription: null });
  assert.deepEqual([answer.status, answer.body['push']], [202, undefined]);
  await approve(off);
  const silenced = await listening();
  await server.set({ push: 'off' });
  await approve(silenced);
  await waitUntil(async () => (await outboxOf(silenced)) === 'nothing_owed', 'it is passed over');
  assert.equal((await send('/api/v1/receipts/push', { receipt: off.receipt, subscription })).status, 403);
  await server.set({ push: 'on' });
  assert.equal(service.pushed.length, 0);
});

test('where a browser is reached stands in no row that somebody could read', async () => {
  const held = await submit();
  const subscription = service.subscribe();
  await send('/api/v1/receipts/push', { receipt: held.receipt, subscription });
  const everything = await dumpDatabase(server.store);
  for (const secret of [
    subscription.endpoint,
    subscription.keys.auth,
    new URL(subscription.endpoint).pathname.slice(6),
  ])
    assert.equal(everything.includes(secret), false);
});
