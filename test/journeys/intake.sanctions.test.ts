import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Principal } from '../../src/contract/principal.ts';
import { addDays, addMinutes } from '../../src/contract/time.ts';
import { recordSanctionAppealDecision } from '../../src/record/sanctionActs.ts';
import { verifyRecord } from '../../src/record/verify.ts';
import { queryRows } from '../../src/storage/database.ts';
import { sql } from '../../src/storage/sql.ts';
import {
  append,
  decide,
  hold,
  makeCall,
  noon,
  openIntakeDesk,
  post,
  reasonOf,
  type IntakeDesk,
} from '../support/intake.ts';
import {
  askReview,
  freshName,
  impose,
  later,
  moderatorOf,
  refusalIn,
  viewReceipt,
  write,
} from '../support/sanctions.ts';

let desk: IntakeDesk;
let ada: Principal;
let eli: Principal;
const watched: boolean[] = [];

before(async () => {
  desk = await openIntakeDesk({ afterHeld: ({ isWatched }) => void watched.push(isWatched) });
  await desk.set({ 'intake.perNetwork': 1_000_000, 'intake.perStory': 1_000_000 });
  ada = await moderatorOf(desk, 'Ada', 'moderator');
  eli = await moderatorOf(desk, 'Eli', 'editor');
});
after(() => desk.remove());

test('a warned reader is told on the receipt what, why and until when, and may still write', async () => {
  const name = freshName();
  const first = await hold(desk, write(name));
  const { id } = await impose(desk, first.id, { principal: ada });
  const second = await hold(desk, write(name), { now: later });
  const [told] = (await viewReceipt(desk, first.receipt, { headers: { 'accept-language': 'ar' } })).sanctions ?? [];
  assert.deepEqual(told, {
    id,
    measure: 'warn',
    about: 'comments',
    state: 'in_force',
    guideline: {
      key: 'attack',
      version: 1,
      title: 'عن attack',
      url: 'https://talk.courier.example/s/sample/guidelines/attack/1',
    },
    explanation: 'The third insult in two days.',
    startedAt: '2026-11-22T12:00:00Z',
    until: '2027-05-21T12:00:00Z',
    appealUntil: '2027-05-24T12:00:00Z',
  });
  // Another reader may bear the name: they learn that, and nothing that was said to the first.
  const [elsewhere] = (await viewReceipt(desk, second.receipt)).sanctions ?? [];
  assert.equal(elsewhere?.id, id);
  assert.ok(!('explanation' in elsewhere) && !('appealUntil' in elsewhere));
});

test('a warned reader nobody else is told anything, and another name is untouched', async () => {
  const first = await hold(desk, write(freshName()));
  await impose(desk, first.id, { principal: ada });
  const other = await hold(desk, write(freshName()), { now: later });
  assert.equal((await viewReceipt(desk, other.receipt)).sanctions, undefined);
});

test('a slowed reader may write once in so many minutes, and is told when the next time is', async () => {
  const name = freshName();
  const { id, receipt } = await hold(desk, write(name));
  await impose(desk, id, { principal: ada, measure: 'slow', minutes: 30 });
  assert.equal((await viewReceipt(desk, receipt)).sanctions?.[0]?.minutes, 30);
  await hold(desk, write(name), { now: later });
  const early = await post(desk, write(name), { now: addMinutes(later, 10) });
  assert.equal(refusalIn(early).reason, 'slowed');
  assert.equal(early.outcome === 'refused' && early.refusal.retryAfterSeconds, 1200);
  assert.equal(refusalIn(early).values?.['until'], '\u206822-11-2026 13:30\u2069');
  await hold(desk, write(name), { now: addMinutes(later, 30) });
});

test('a slowed reader who sends two at once has one taken, on two servers as well', async () => {
  const name = freshName();
  const { id } = await hold(desk, write(name));
  await impose(desk, id, { principal: ada, measure: 'slow', minutes: 30 });
  const other = desk.openAnother();
  const answers = await Promise.all(
    [desk.intake, other, desk.intake, other].map((intake) => post(desk, write(name), { now: later, intake })),
  );
  assert.deepEqual(answers.map(reasonOf).toSorted(), ['answered 202', 'slowed', 'slowed', 'slowed']);
});

test('a note for moderators stands beside every later comment of the reader, which no rule decides, and not beside others', async () => {
  const name = freshName();
  const first = await hold(desk, write(name));
  await impose(desk, first.id, { principal: ada, measure: 'watch', explanation: 'Writes in codes.' });
  watched.length = 0;
  const again = await hold(desk, write(name), { now: later });
  await hold(desk, write(freshName()), { now: later });
  assert.deepEqual(watched, [true, false]);
  const { body } = await askReview(desk, 'getComment', { params: { id: again.id }, principal: ada, now: later });
  const notes = body['sanctions'] as Record<string, unknown>[];
  assert.deepEqual(
    notes.map(({ measure, explanation, by, inForce }) => [measure, explanation, by, inForce]),
    [['watch', 'Writes in codes.', 'Ada', true]],
  );
  // The reader is told that there is one. Its words are for moderators.
  const [told] = (await viewReceipt(desk, first.receipt)).sanctions ?? [];
  assert.equal(told?.measure, 'watch');
  assert.ok(!JSON.stringify(told).includes('codes'));
  // Whatever a rule would make of it, the database takes no automated decision on it.
  const { sha256 } = again;
  const decision = {
    verdict: 'reject',
    version: 1,
    sha256,
    guideline: 'attack',
    guidelineVersion: 1,
    automated: true,
  };
  const actor = 'policy:00000000-0000-4000-8000-000000000000';
  const event = { kind: 'decided', body: decision, actor } as const;
  await assert.rejects(append(desk, again.id, event), { code: 'ST001', message: /a person reads the comments/ });
});

const appeal = (receipt: string, sanction: string, text: unknown = 'That was a quotation.', now = noon) =>
  desk.intake.handlers.postSanctionAppeal(makeCall({ receipt, sanction, text }, { params: {}, now }));
const decideIt = (id: string, principal: Principal, verdict = 'overturn') =>
  askReview(desk, 'postSanctionAppealDecision', {
    params: { id },
    principal,
    now: later,
    body: { verdict, explanation: 'A quotation, indeed.' },
  });

test('an appeal against a sanction is taken once, with the right receipt, with words', async () => {
  const { id, receipt } = await hold(desk, write(freshName()));
  const other = await hold(desk, write(freshName()));
  const sanction = await impose(desk, id, { principal: ada });
  assert.equal(reasonOf(await appeal(other.receipt, sanction.id)), 'not_found');
  assert.equal(reasonOf(await appeal('nonsense', sanction.id)), 'receipt_unknown');
  assert.equal(reasonOf(await appeal(receipt, sanction.id, ' ')), 'text_required');
  assert.equal(reasonOf(await appeal(receipt, sanction.id, 'Late.', addDays(noon, 183))), 'appeal_too_late');
  const twice = await Promise.all([appeal(receipt, sanction.id), appeal(receipt, sanction.id)]);
  assert.deepEqual(twice.map(reasonOf).toSorted(), ['answered 202', 'appealed_before']);
  assert.equal(reasonOf(await appeal(receipt, sanction.id)), 'appealed_before');
  assert.equal((await viewReceipt(desk, receipt)).sanctions?.[0]?.appeal?.state, 'open');
});

test('an appeal against a sanction is decided by another moderator alone, once, and ends the sanction where it is right', async () => {
  const name = freshName();
  const { id, receipt } = await hold(desk, write(name));
  const sanction = await impose(desk, id, { principal: ada, measure: 'slow', minutes: 30 });
  assert.equal((await decideIt(sanction.id, eli)).reason, 'appeal_closed', 'nobody appealed yet');
  await appeal(receipt, sanction.id);
  const listed = await askReview(desk, 'getSanctions', { principal: eli, query: { list: 'appealed' }, now: later });
  assert.ok((listed.body['sanctions'] as { id: string }[]).some((row) => row.id === sanction.id));
  assert.equal((await decideIt(sanction.id, ada)).reason, 'same_moderator');
  const decided = await decideIt(sanction.id, eli);
  assert.equal(decided.status, 201);
  assert.equal(decided.body['state'], 'lifted');
  assert.equal((await decideIt(sanction.id, eli)).reason, 'appeal_closed');
  const view = await viewReceipt(desk, receipt, { now: later });
  assert.equal(view.sanctions?.[0]?.appeal?.explanation, 'A quotation, indeed.');
  await hold(desk, write(name), { now: later });
  await hold(desk, write(name), { now: later });
});

test('an appeal against a sanction the database itself refuses whoever imposed it (ST003)', async () => {
  const { id, receipt } = await hold(desk, write(freshName()));
  const sanction = await impose(desk, id, { principal: ada });
  await appeal(receipt, sanction.id);
  const actor = `moderator:${ada.accounts[0]?.id}`;
  const decision = { verdict: 'uphold', explanation: 'No.' } as const;
  const named = { site: 'sample', comment: id, sanction: sanction.id, actor, now: later };
  const refusal = await recordSanctionAppealDecision(desk.database, { ...named, ...decision });
  assert.equal(refusal?.refusal.reason, 'same_moderator');
});

test('an erased comment ends what rests on it, and its words go', async () => {
  const name = freshName();
  const { id } = await hold(desk, write(name));
  const sanction = await impose(desk, id, { principal: ada, measure: 'slow' });
  assert.equal(
    (await askReview(desk, 'postErasure', { params: { id }, principal: eli, body: {}, now: later })).status,
    201,
  );
  await hold(desk, write(name), { now: later });
  await hold(desk, write(name), { now: later });
  const rows = await queryRows(
    desk.database.writer,
    sql`select explanation, lifted_at as at from sanction where id = ${sanction.id}`,
  );
  assert.deepEqual(rows, [{ explanation: null, at: later }]);
});

test('a moderator is shown decided comments against those that broke a guideline, and the record keeps the figures', async () => {
  const name = freshName();
  const ids: string[] = [];
  for (const verdict of ['approve', 'approve', 'reject'] as const) {
    const { id } = await hold(desk, write(name), { address: '198.51.100.99' });
    await decide(desk, id, { verdict, guideline: 'attack' });
    ids.push(id);
  }
  const id = ids.at(-1) ?? '';
  const { body } = await askReview(desk, 'getReader', { params: { id }, principal: ada });
  assert.deepEqual(body['underName'], { decided: 3, breaking: 1 });
  assert.deepEqual(body['warned'], []);
  assert.equal(body['networkUntil'], '2026-11-24T00:00:00.000Z');
  assert.equal(body['maySuspend'], false);
  const { decided, breaking, by } = await impose(desk, id, { principal: ada });
  assert.deepEqual([decided, breaking, by], [3, 1, 'Ada']);
  const again = await askReview(desk, 'getReader', { params: { id }, principal: eli });
  assert.equal((again.body['sanctions'] as unknown[]).length, 1);
  assert.equal(again.body['maySuspend'], true);
});

test('the record of all this verifies', async () => {
  assert.equal(await verifyRecord(desk.database), undefined);
});
