import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Answer, Handler } from '../../src/contract/http.ts';
import type { ReceiptView } from '../../src/contract/receipt.ts';
import { addDays, addMinutes } from '../../src/contract/time.ts';
import { queryRows } from '../../src/storage/database.ts';
import { sql } from '../../src/storage/sql.ts';
import {
  append,
  decide,
  draft,
  hold,
  makeCall,
  noon,
  openIntakeDesk,
  reasonOf,
  type IntakeDesk,
  type Sent,
} from '../support/intake.ts';

let desk: IntakeDesk;
before(async () => {
  desk = await openIntakeDesk();
  await desk.set({ 'intake.limits': 'off' });
});
after(() => desk.remove());

const call = (handler: Handler, body: object, sent: Sent = {}): Answer | Promise<Answer> =>
  handler(makeCall(body, { params: {}, ...sent }));
const read = (receipt: unknown, sent?: Sent) => call(desk.intake.handlers.postReceipt, { receipt }, sent);
const appeal = (receipt: unknown, text: unknown = 'Please read it again.', sent?: Sent) =>
  call(desk.intake.handlers.postAppeal, { receipt, text }, sent);
const withdraw = (receipt: unknown, sent?: Sent) => call(desk.intake.handlers.postWithdrawal, { receipt }, sent);

function viewIn(answer: Answer, status = 200): ReceiptView {
  assert.equal(reasonOf(answer), `answered ${status}`, JSON.stringify(answer));
  return (answer as { body: ReceiptView }).body;
}

async function rejected(at = noon): Promise<{ id: string; receipt: string }> {
  const held = await hold(desk, { ...draft, email: 'author@courier.example' });
  await decide(desk, held.id, { verdict: 'reject', guideline: 'attack', explanation: 'It attacks a person.', at });
  return held;
}

test('a held comment shows its state and digest, its time to the minute, and no decision', async () => {
  const held = await hold(desk, draft, { now: new Date('2026-11-22T11:59:59.999Z') });
  assert.deepEqual(viewIn(await read(held.receipt)), {
    id: held.id,
    site: 'sample',
    story: 'welcome',
    state: 'held',
    sha256: held.sha256,
    submittedAt: '2026-11-22T11:59:00Z',
  });
});

test('a rejection shows the guideline in its version and language, the explanation, and until when it can be appealed', async () => {
  const { receipt } = await rejected(addMinutes(noon, 0.5));
  const view = viewIn(await read(receipt, { headers: { 'accept-language': 'ar' } }));
  assert.deepEqual(view.decision, {
    verdict: 'reject',
    guideline: {
      key: 'attack',
      version: 1,
      title: 'عن attack',
      url: 'https://talk.courier.example/s/sample/guidelines/attack/1',
      ground: 'incompatible',
    },
    explanation: 'It attacks a person.',
    decidedAt: '2026-11-22T12:00:00Z',
    automated: false,
    source: 'own',
  });
  assert.equal(view.appealUntil, '2027-05-24T12:00:00Z');
  assert.equal(viewIn(await read(receipt)).decision?.guideline?.title, 'About attack');
  assert.equal(JSON.stringify(view).includes('moderator'), false);
});

test('receipts that were never given out, were changed by one character, or are of an erased comment are unknown alike', async () => {
  const { id, receipt } = await hold(desk, draft);
  const changed = [...receipt].map(
    (letter, at) => receipt.slice(0, at) + (letter === 'A' ? 'B' : 'A') + receipt.slice(at + 1),
  );
  const another = (await hold(desk, draft)).receipt;
  const spliced = Buffer.concat([
    Buffer.from(receipt, 'base64url').subarray(0, 16),
    Buffer.from(another, 'base64url').subarray(16),
  ]);
  const wrong = [
    undefined,
    null,
    7,
    '',
    'x',
    id,
    `${receipt}A`,
    `${receipt}=`,
    `${receipt.slice(0, 20)} ${receipt.slice(20)}`,
    spliced.toString('base64url'),
    ...changed,
  ];
  for (const [index, one] of wrong.entries()) {
    const answer = await read(one, { address: `10.1.${index}.1` });
    assert.deepEqual(answer, { outcome: 'refused', refusal: { reason: 'receipt_unknown', field: 'receipt' } });
  }
  assert.equal(viewIn(await read(receipt)).id, id);
  await append(desk, id, { kind: 'erased', body: {} });
  for (const answer of [await read(receipt), await appeal(receipt), await withdraw(receipt)]) {
    assert.deepEqual(answer, { outcome: 'refused', refusal: { reason: 'receipt_unknown', field: 'receipt' } });
  }
});

test('a receipt that was copied with the spaces or the line end around it is the same receipt', async () => {
  const { id, receipt } = await hold(desk, draft);
  for (const copied of [` ${receipt}`, `${receipt} `, `\u00a0${receipt}\r\n`])
    assert.equal(viewIn(await read(copied)).id, id);
  assert.equal(viewIn(await withdraw(`${receipt}\n`), 202).state, 'withdrawn');
});

test('a receipt of another installation is unknown', async () => {
  const { receipt } = await hold(desk, draft);
  const other = desk.openAnother({ secret: 'another secret' });
  assert.equal(reasonOf(await call(other.handlers.postReceipt, { receipt })), 'receipt_unknown');
});

test('a network that shows a hundred wrong receipts is refused for a while, but not whoever has a right one', async () => {
  const { receipt } = await hold(desk, draft);
  for (let wrong = 0; wrong < 100; wrong += 1) await read('wrong', { address: '192.0.2.1' });
  const refused = await read('wrong', { address: '192.0.2.99' });
  assert.equal(reasonOf(refused), 'too_many_attempts');
  assert.ok(refused.outcome === 'refused' && (refused.refusal.retryAfterSeconds ?? 0) > 0);
  assert.equal(reasonOf(await read('wrong', { address: '198.51.100.1' })), 'receipt_unknown');
  assert.equal(reasonOf(await read(receipt, { address: '192.0.2.99' })), 'answered 200');
});

test('what is no text is no receipt, on the page as in JSON', async () => {
  for (const receipt of [7, null, ['a'], { toString: 1 }]) {
    assert.equal(reasonOf(await call(desk.intake.handlers.postReceipt, { receipt })), 'receipt_unknown');
    assert.equal(reasonOf(await call(desk.intake.handlers.postReceipt, { receipt }, { form: true })), 'answered 404');
  }
});

test('an appeal is stored once, and the receipt tells that it is open', async () => {
  const { id, receipt } = await rejected();
  const view = viewIn(await appeal(receipt, 'Please\r\nread it again.', { now: addMinutes(noon, 5) }), 202);
  assert.deepEqual(view.appeal, { state: 'open', appealedAt: '2026-11-22T12:05:00Z' });
  assert.equal(view.appealUntil, undefined);
  assert.deepEqual(await queryRows(desk.database.writer, sql`select text, state from appeal where comment = ${id}`), [
    { text: 'Please\nread it again.', state: 'open' },
  ]);
  assert.equal(reasonOf(await appeal(receipt)), 'appealed_before');
});

test('ten appeals at once are one', async () => {
  const { id, receipt } = await rejected();
  const reasons = await Promise.all(Array.from({ length: 10 }, async () => reasonOf(await appeal(receipt))));
  assert.deepEqual(reasons.toSorted(), ['answered 202', ...Array<string>(9).fill('appealed_before')]);
  assert.equal((await queryRows(desk.database.writer, sql`select 1 from appeal where comment = ${id}`)).length, 1);
});

test('only a rejection or a removal can be appealed, and for 183 days', async () => {
  const held = await hold(desk, draft);
  assert.equal(reasonOf(await appeal(held.receipt)), 'not_appealable');
  await decide(desk, held.id, { verdict: 'approve' });
  assert.equal(reasonOf(await appeal(held.receipt)), 'not_appealable');
  await decide(desk, held.id, { verdict: 'remove', guideline: 'relevance' });
  assert.equal(viewIn(await appeal(held.receipt), 202).state, 'removed');
  const { receipt } = await rejected();
  assert.equal(reasonOf(await appeal(receipt, 'x', { now: addDays(noon, 183) })), 'appeal_too_late');
  assert.equal(viewIn(await read(receipt, { now: addDays(noon, 183) })).appealUntil, undefined);
  assert.equal(reasonOf(await appeal(receipt, 'x', { now: addMinutes(addDays(noon, 183), -1) })), 'answered 202');
});

test('the text of an appeal has the rules of a comment and 2,000 code points', async () => {
  const { receipt } = await rejected();
  const wrong = [
    [undefined, 'text_required'],
    ['', 'text_required'],
    [' \u200d', 'text_required'],
    [7, 'field_malformed'],
    ['a\u202eb', 'text_characters'],
    ['a\u0000', 'text_characters'],
    ['\u{1f600}'.repeat(2001), 'text_too_long'],
  ] as const;
  for (const [text, reason] of wrong)
    assert.equal(reasonOf(await call(desk.intake.handlers.postAppeal, { receipt, text })), reason);
  assert.equal(reasonOf(await appeal(receipt, '\u{1f600}'.repeat(2000))), 'answered 202');
});

test('the outcome of an appeal stands on the receipt', async () => {
  const { id, receipt } = await rejected();
  await appeal(receipt);
  await append(desk, id, {
    kind: 'appeal_decided',
    body: { verdict: 'uphold', explanation: 'Read twice.' },
    actor: 'moderator:two',
    at: addMinutes(noon, 9),
  });
  assert.deepEqual(viewIn(await read(receipt)).appeal, {
    state: 'upheld',
    appealedAt: '2026-11-22T12:00:00Z',
    explanation: 'Read twice.',
    decidedAt: '2026-11-22T12:09:00Z',
  });
  assert.equal(reasonOf(await appeal(receipt)), 'appealed_before');
});

test('a comment is withdrawn while it is held, and after it was published; then it is gone for readers and so is the address', async () => {
  const held = await hold(desk, { ...draft, email: 'author@courier.example' });
  assert.equal(
    (await queryRows(desk.database.writer, sql`select 1 from contact where comment = ${held.id}`)).length,
    1,
  );
  assert.equal(viewIn(await withdraw(held.receipt), 202).state, 'withdrawn');
  assert.equal(
    (await queryRows(desk.database.writer, sql`select 1 from contact where comment = ${held.id}`)).length,
    0,
  );
  assert.equal(reasonOf(await withdraw(held.receipt)), 'already_withdrawn');
  const published = await hold(desk, draft);
  await decide(desk, published.id, { verdict: 'approve' });
  const shown = sql`select 1 from published where id = ${published.id}`;
  assert.equal((await queryRows(desk.database.reader, shown)).length, 1);
  assert.equal(viewIn(await withdraw(published.receipt), 202).state, 'withdrawn');
  assert.equal((await queryRows(desk.database.reader, shown)).length, 0);
  assert.equal(reasonOf(await appeal(published.receipt)), 'not_appealable');
});

test('two withdrawals at once are one', async () => {
  const { receipt } = await hold(desk, draft);
  const reasons = await Promise.all([1, 2, 3].map(async () => reasonOf(await withdraw(receipt))));
  assert.deepEqual(reasons.toSorted(), ['already_withdrawn', 'already_withdrawn', 'answered 202']);
});

test('forms without JavaScript end on the receipt page, with what was done or why not', async () => {
  const { receipt } = await rejected();
  const last = () => desk.shown.receipts.at(-1);
  const statuses = [
    await read(receipt, { form: true }),
    await appeal(receipt, '', { form: true }),
    await appeal(receipt, 'x', { form: true }),
    await withdraw(receipt, { form: true }),
    await withdraw(receipt, { form: true }),
    await read('wrong', { form: true }),
  ].map((answer) => (answer.outcome === 'answered' ? answer.status : answer.refusal.reason));
  assert.deepEqual(statuses, [200, 422, 202, 202, 409, 404]);
  assert.deepEqual(
    desk.shown.receipts.slice(-6).map(({ done, refusal, view }) => [view?.state, done ?? refusal?.reason]),
    [
      ['rejected', undefined],
      ['rejected', 'text_required'],
      ['rejected', 'appealed'],
      ['withdrawn', 'withdrawn'],
      ['withdrawn', 'already_withdrawn'],
      [undefined, 'receipt_unknown'],
    ],
  );
  assert.equal(last()?.receipt, 'wrong');
});
