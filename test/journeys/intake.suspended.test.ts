import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Answer } from '../../src/contract/http.ts';
import type { Principal } from '../../src/contract/principal.ts';
import { addDays, addMinutes } from '../../src/contract/time.ts';
import { appendEvent, type NewEvent } from '../../src/record/events.ts';
import { receiptTokens } from '../../src/record/receiptToken.ts';
import { verifyRecord } from '../../src/record/verify.ts';
import { inTransaction, queryRows } from '../../src/storage/database.ts';
import { sql } from '../../src/storage/sql.ts';
import { decide, hold, makeCall, noon, openIntakeDesk, post, reasonOf, type IntakeDesk } from '../support/intake.ts';
import {
  askReview,
  freshName,
  impose,
  later,
  moderatorOf,
  refusalIn,
  viewIn,
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

const suspend = { measure: 'suspend', principal: undefined as unknown as Principal };

async function warned(
  name = freshName(),
): Promise<{ name: string; first: string; again: { id: string; receipt: string } }> {
  const first = await hold(desk, write(name));
  await impose(desk, first.id, { principal: ada });
  return { name, first: first.id, again: await hold(desk, write(name), { now: later }) };
}

async function suspended(more: Record<string, unknown> = {}): Promise<{ name: string; receipt: string; id: string }> {
  const { name, again } = await warned();
  const { id } = await impose(desk, again.id, { ...suspend, ...more, principal: eli, now: later });
  return { name, receipt: again.receipt, id };
}

test('a suspension is refused without a warning, by Stet and by the database itself (ST004)', async () => {
  const { id } = await hold(desk, write(freshName()));
  const body = { measure: 'suspend', knownBy: ['name'], guideline: 'attack', explanation: 'Enough.' };
  const read = await askReview(desk, 'postSanction', { params: { id }, principal: eli, body });
  assert.equal(read.reason, 'warning_required');
  const { first, name } = await warned();
  const [row] = await queryRows<{ id: string }>(
    desk.database.writer,
    sql`select s.id from sanction s join comment c on c.id = s.comment where c.name = ${name}`,
  );
  const event: NewEvent = {
    ...{ site: 'sample', kind: 'sanctioned' as const, comment: first, at: later, actor: 'moderator:one' },
    body: {
      ...body,
      about: 'comments',
      guidelineVersion: 1,
      warning: row?.id,
      decided: 0,
      breaking: 0,
      endsAt: addDays(later, 1),
    },
  };
  const appended = inTransaction(desk.database.writer, (transaction) => appendEvent(transaction, event));
  await assert.rejects(appended, { code: 'ST004' });
  const onFirst = await askReview(desk, 'postSanction', { params: { id: first }, principal: eli, body, now: later });
  assert.equal(onFirst.reason, 'warning_required', 'the comment that was warned about was written before the warning');
});

test('a suspension is refused under a warning that has expired or was lifted', async () => {
  const { again } = await warned();
  const body = { measure: 'suspend', knownBy: ['name'], guideline: 'attack', explanation: 'Enough.' };
  const asked = { params: { id: again.id }, principal: eli, body };
  const late = await askReview(desk, 'postSanction', { ...asked, now: addDays(noon, 181) });
  assert.equal(late.reason, 'warning_required');
  const [row] = await queryRows<{ id: string }>(
    desk.database.writer,
    sql`select sanction as id from sanction_mark where subject = ${again.id}`,
  );
  const lifting = { params: { id: row?.id ?? '' }, principal: ada, body: { explanation: 'A misunderstanding.' } };
  assert.equal((await askReview(desk, 'postSanctionLifting', { ...lifting, now: later })).status, 200);
  assert.equal((await askReview(desk, 'postSanction', { ...asked, now: later })).reason, 'warning_required');
  const twice = await askReview(desk, 'postSanctionLifting', { ...lifting, now: later });
  assert.equal(twice.reason, 'sanction_ended');
});

test('a suspension refuses with 403, the end and the guideline, and says so on the receipt', async () => {
  const { name, receipt } = await suspended();
  const answer = refusalIn(await post(desk, write(name), { now: later }));
  assert.equal(answer.reason, 'suspended');
  assert.deepEqual(answer.values, {
    until: '\u206829-11-2026 13:00\u2069',
    guideline: 'About attack',
    minutes: '0 minutes',
  });
  assert.deepEqual(answer.beside?.['sanction'], {
    measure: 'suspend',
    until: '2026-11-29T13:00:00.000Z',
    guideline: 'attack',
  });
  const told = (await viewReceipt(desk, receipt, { now: later })).sanctions ?? [];
  assert.deepEqual(
    told.map(({ measure, state }) => [measure, state]),
    [
      ['suspend', 'in_force'],
      ['warn', 'in_force'],
    ],
  );
});

test('a suspension keeps a plain form with everything in it', async () => {
  const { name } = await suspended();
  const answer = await post(desk, write(name), { now: later, form: true });
  assert.equal(reasonOf(answer), 'answered 403');
  const page = desk.shown.refused.at(-1);
  assert.equal(page?.refusal.reason, 'suspended');
  assert.equal(page?.written.text, 'You again, you fool.');
});

test('a suspension answers what was sent before with its first answer', async () => {
  const { name, again } = await warned();
  const sent = { key: 'sent-before-the-suspension', now: later };
  const before = await hold(desk, write(name), sent);
  await impose(desk, again.id, { ...suspend, principal: eli, now: later });
  assert.deepEqual(await hold(desk, write(name), sent), before);
});

test('a suspension holds for variants of the name, and for no other', async () => {
  const { name } = await suspended();
  const cyrillic = name.replaceAll('a', 'а').replaceAll('e', 'е');
  for (const variant of [name.toUpperCase(), name.replace('i', 'í'), name.replace(' ', '\u200d '), cyrillic]) {
    const reason = reasonOf(await post(desk, write(variant), { now: later }));
    assert.ok(reason === 'suspended' || reason === 'name_characters', `${variant}: ${reason}`);
  }
  assert.equal(reasonOf(await post(desk, write(`${name}er`), { now: later })), 'answered 202');
});

test('a suspension expires by itself, and is over at once when lifted', async () => {
  const { name, id } = await suspended({ days: 3 });
  assert.equal(reasonOf(await post(desk, write(name), { now: addDays(later, 2) })), 'suspended');
  assert.equal(reasonOf(await post(desk, write(name), { now: addDays(later, 3) })), 'answered 202');
  const other = await suspended();
  const lifting = { params: { id: other.id }, principal: eli, now: later, body: { explanation: 'Sorry.' } };
  assert.equal((await askReview(desk, 'postSanctionLifting', lifting)).status, 200);
  assert.equal(reasonOf(await post(desk, write(other.name), { now: later })), 'answered 202');
  assert.ok(id);
});

test('a suspension lasts at most 90 days, needs words, and an editor', async () => {
  const { again } = await warned();
  const body = { measure: 'suspend', knownBy: ['name'], guideline: 'attack', explanation: 'Enough.' };
  const ask = (more: object, principal = eli) =>
    askReview(desk, 'postSanction', { params: { id: again.id }, principal, now: later, body: { ...body, ...more } });
  assert.equal((await ask({ days: 91 })).reason, 'field_malformed');
  assert.equal((await ask({ explanation: ' ' })).reason, 'field_required');
  assert.equal((await ask({ guideline: undefined })).reason, 'guideline_required');
  assert.equal((await ask({ knownBy: [] })).reason, 'field_malformed');
  assert.equal((await ask({ knownBy: ['name', 'device'] })).reason, 'field_malformed');
  assert.equal((await ask({}, ada)).reason, 'not_allowed');
});

test('a suspension by receipt knows the browser again under any name, and keeps none of what it shows', async () => {
  const name = freshName();
  const first = await hold(desk, write(name));
  await impose(desk, first.id, { principal: ada, knownBy: ['receipt'] });
  const foreign = receiptTokens('another secret', 'comment').make({ site: 'sample', id: first.id });
  const earlier = `nonsense ${foreign} ${first.receipt}`;
  const again = await hold(desk, { ...write(freshName()), earlier }, { now: later });
  await impose(desk, again.id, { ...suspend, principal: eli, now: later, knownBy: ['receipt'] });
  const show = (field: unknown) => post(desk, { ...write(freshName()), earlier: field }, { now: later });
  assert.equal(reasonOf(await show(`${again.receipt} ${first.receipt}`)), 'suspended');
  assert.equal(reasonOf(await show(first.receipt)), 'answered 202', 'the suspension rests on the second comment');
  for (const field of [foreign, '', undefined, 7, ['x'], 'x '.repeat(5_000)]) {
    assert.equal(reasonOf(await show(field)), 'answered 202');
  }
  const marks = await queryRows<{ n: number }>(
    desk.database.writer,
    sql`select count(*) as n from sanction_mark where sanction in (select id from sanction where comment = ${first.id})`,
  );
  assert.deepEqual(marks, [{ n: 2 }], 'only comments of the reader under the warning are marked');
});

test('a suspension by network alone ends when the key of the day dies, and says so', async () => {
  const address = '198.51.100.20';
  const first = await hold(desk, write(freshName()), { address });
  const { endsAt } = await impose(desk, first.id, { principal: ada, knownBy: ['network'] });
  assert.equal(endsAt, '2026-11-24T00:00:00.000Z');
  const again = await hold(desk, write(freshName()), { address, now: later });
  await impose(desk, again.id, { ...suspend, principal: eli, now: later, knownBy: ['network'] });
  const neighbour = { address: '198.51.100.77', now: addMinutes(noon, 1440) };
  assert.equal(reasonOf(await post(desk, write(freshName()), neighbour)), 'suspended', 'on the next day as well');
  assert.equal(
    reasonOf(await post(desk, write(freshName()), { address: '198.51.101.20', now: later })),
    'answered 202',
  );
  const dead = new Date('2026-11-24T00:00:00.000Z');
  assert.equal(reasonOf(await post(desk, write(freshName()), { address, now: dead })), 'answered 202');
  const body = { measure: 'warn', knownBy: ['network'], guideline: 'attack', explanation: 'Again.' };
  const late = await askReview(desk, 'postSanction', { params: { id: again.id }, principal: ada, now: dead, body });
  assert.equal(late.reason, 'network_forgotten');
});

test('appeals are suspended after a warning, and not those against the suspension', async () => {
  const name = freshName();
  const rejected = async (now: Date): Promise<{ id: string; receipt: string }> => {
    const held = await hold(desk, write(name), { now });
    await decide(desk, held.id, { verdict: 'reject', guideline: 'attack', at: now });
    return held;
  };
  const appealIt = (receipt: string, now: Date) =>
    desk.intake.handlers.postAppeal(makeCall({ receipt, text: 'No!' }, { params: {}, now }));
  const [first, second, third] = [await rejected(noon), await rejected(noon), await rejected(noon)];
  viewIn(await appealIt(first.receipt, noon));
  const about = { about: 'appeals', guideline: undefined };
  await impose(desk, first.id, { ...about, principal: ada });
  viewIn(await appealIt(second.receipt, later));
  const suspension = await impose(desk, second.id, { ...about, principal: eli, measure: 'suspend', now: later });
  assert.equal(reasonOf(await appealIt(third.receipt, later)), 'appeals_suspended');
  await hold(desk, write(name), { now: later });
  const body = { receipt: second.receipt, sanction: suspension.id, text: 'They were founded.' };
  viewIn(await desk.intake.handlers.postSanctionAppeal(makeCall(body, { params: {}, now: later })));
});

test('reports from a network are warned, then suspended, until its key dies', async () => {
  const held = await hold(desk, write(freshName()));
  await decide(desk, held.id, { verdict: 'approve' });
  const report = (now: Date) =>
    desk.intake.handlers.postReport(
      makeCall({ reason: 'attack' }, { params: { id: held.id }, address: '192.0.2.200', now }),
    );
  const bodyOf = (answer: Answer) => (answer as { body: { id: string; warned?: true } }).body;
  const first = bodyOf(await report(noon));
  const about = { about: 'reports', guideline: undefined, knownBy: undefined };
  await impose(desk, held.id, { ...about, principal: ada, report: first.id });
  const second = bodyOf(await report(later));
  assert.equal(second.warned, true);
  const reader = await askReview(desk, 'getReader', { params: { id: held.id }, principal: ada, now: later });
  const lines = reader.body['reports'] as { id: string; warned: boolean }[];
  assert.equal(lines.find(({ id }) => id === second.id)?.warned, true);
  const early = { measure: 'suspend', explanation: 'Enough.', about: 'reports', report: first.id };
  const tooEarly = await askReview(desk, 'postSanction', {
    params: { id: held.id },
    principal: eli,
    now: later,
    body: early,
  });
  assert.equal(tooEarly.reason, 'warning_required');
  await impose(desk, held.id, { ...about, principal: eli, measure: 'suspend', report: second.id, now: later });
  assert.equal(reasonOf(await report(later)), 'reports_suspended');
  assert.equal((await viewReceipt(desk, held.receipt)).sanctions, undefined, "a report's reader is not the author");
  assert.equal(reasonOf(await report(new Date('2026-11-24T00:00:00Z'))), 'answered 202');
});

test('the record of all this verifies', async () => {
  assert.equal(await verifyRecord(desk.database), undefined);
});
