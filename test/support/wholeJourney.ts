import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import type { HeldAnswer } from '../../src/contract/form.ts';
import type { AppealRow, QueueRow } from '../../src/contract/desk.ts';
import type { ReceiptView } from '../../src/contract/receipt.ts';
import type { Thread } from '../../src/contract/thread.ts';
import { waitUntil } from './folders.ts';
import type { Installation, Served } from './installation.ts';

const story = '/api/v1/sites/sample/stories/welcome';

/** Two server processes of one installation with two programs that moderate its sample site. */
export type Newsroom = { one: Served; two: Served; first: string; second: string };

/** Starts the two processes and makes the two tokens. */
export async function openNewsroom(installation: Installation): Promise<Newsroom> {
  const one = await installation.serve('start');
  const two = await installation.serve();
  const addToken = async (name: string): Promise<string> =>
    (await installation.stet('token', 'add', '--site', 'sample', '--scope', 'desk', '--name', name)).trim();
  return { one, two, first: await addToken('first'), second: await addToken('second') };
}

/** A comment's whole way through HTTP, from one process to the other: held, claimed, published, removed, appealed,
 *  published again, withdrawn. Whoever decides on one process is told the truth there at once; the other process says
 *  the same soon. Fails where anything is otherwise. */
export async function takeJourney({ one, two, first, second }: Newsroom, text: string): Promise<void> {
  const key = randomUUID();
  const held = await submit(one, text, key);
  assert.deepEqual(await submit(two, text, key), held, 'the same key on the other process');
  for (const process of [one, two]) assert.ok(!(await textsOf(process)).includes(text), 'a held comment is shown');

  const { comments } = await asked<{ comments: QueueRow[] }>(two, {
    path: '/api/v1/desk/queue?site=sample&order=newest',
    token: first,
  });
  const row = comments.find(({ id }) => id === held.id);
  assert.equal(row?.text, text);
  const claimed = await asked<QueueRow>(one, { path: '/api/v1/desk/claims', token: first, body: { site: 'sample' } });
  const decisions = `/api/v1/desk/comments/${held.id}/decisions`;
  const approval = { verdict: 'approve', version: row?.version };
  if (claimed.id === held.id) {
    await asked(two, { path: decisions, token: second, body: approval, status: 409 });
  }
  await asked(one, { path: decisions, token: first, body: approval, status: 201 });
  assert.ok((await textsOf(one)).includes(text), 'whoever approved meets the page of before');
  await waitUntil(async () => (await textsOf(two)).includes(text), 'the approved comment on the other process');
  await asked(two, { path: decisions, token: second, body: approval, status: 409 });
  assert.equal((await receiptOf(two, held)).state, 'approved');

  const removal = { guideline: 'attack', explanation: 'It names a neighbour.' };
  await asked(two, { path: `/api/v1/desk/comments/${held.id}/removal`, token: first, body: removal, status: 201 });
  assert.ok(!(await textsOf(two)).includes(text), 'whoever removed meets the page of before');
  await waitUntil(async () => !(await textsOf(one)).includes(text), 'the removal on the other process');
  await appealAndWithdraw({ one, two, first, second }, held, text);
}

async function appealAndWithdraw({ one, two, first, second }: Newsroom, held: HeldAnswer, text: string): Promise<void> {
  const { receipt } = held;
  await asked(one, { path: '/api/v1/receipts/appeal', body: { receipt, text: 'Please look again.' }, status: 202 });
  const { appeals } = await asked<{ appeals: AppealRow[] }>(two, {
    path: '/api/v1/desk/appeals?site=sample',
    token: second,
  });
  const appeal = appeals.find(({ comment }) => comment.id === held.id);
  const path = `/api/v1/desk/appeals/${appeal?.id}/decisions`;
  const body = { verdict: 'overturn', explanation: 'It names nobody.' };
  await asked(one, { path, token: first, body, status: 403 });
  await asked(one, { path, token: second, body, status: 201 });
  await waitUntil(async () => (await textsOf(two)).includes(text), 'the overturned comment on the other process');
  assert.equal((await receiptOf(one, held)).appeal?.state, 'overturned');
  await asked(two, { path: '/api/v1/receipts/withdraw', body: { receipt }, status: 202 });
  assert.ok(!(await textsOf(two)).includes(text), 'whoever withdrew meets the page of before');
  await waitUntil(async () => !(await textsOf(one)).includes(text), 'the withdrawal on the other process');
  assert.equal((await receiptOf(one, held)).state, 'withdrawn');
}

/** Sends a comment under a key; fails on any other answer than 202. */
export async function submit(process: Served, text: string, key: string): Promise<HeldAnswer> {
  const headers = { 'content-type': 'application/json', 'idempotency-key': key };
  const body = JSON.stringify({ name: 'Ada', text, email: 'ada@readers.example' });
  const response = await process.fetch(`${story}/comments`, { method: 'POST', headers, body });
  assert.equal(response.status, 202);
  return response.json() as Promise<HeldAnswer>;
}

/** The texts of the story's first page. */
export async function textsOf(process: Served): Promise<string[]> {
  const thread = await asked<Thread>(process, { path: `${story}/thread` });
  return thread.comments.map(({ text }) => text);
}

function receiptOf(process: Served, { receipt }: HeldAnswer): Promise<ReceiptView> {
  return asked(process, { path: '/api/v1/receipts', body: { receipt } });
}

type Asked = { path: string; token?: string; body?: object; status?: number };

/** A call, by POST where there is a body; fails on any other status than the one wanted (200). */
export async function asked<Body>(process: Served, { path, token, body, status = 200 }: Asked): Promise<Body> {
  const headers = {
    ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
    ...(body === undefined ? {} : { 'content-type': 'application/json' }),
  };
  const sent = body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) };
  const response = await process.fetch(path, { headers, ...sent });
  const answer = await response.text();
  assert.equal(response.status, status, `${path}: ${answer.slice(0, 300)}`);
  return JSON.parse(answer) as Body;
}
