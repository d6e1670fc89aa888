import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, test } from 'node:test';
import { addMinutes } from '../../src/contract/time.ts';
import type { Principal } from '../../src/contract/principal.ts';
import { removeModerator } from '../../src/identity/moderators.ts';
import { verifyRecord } from '../../src/record/verify.ts';
import { sql } from '../../src/storage/sql.ts';
import { noon, openDesk, type Desk, type Read } from '../support/desk.ts';

let desk: Desk;
let ada: Principal;
let bo: Principal;
let eli: Principal;
let nia: Principal;

before(async () => {
  desk = await openDesk('harbour');
  ada = await desk.person('Ada', 'moderator', 'harbour');
  bo = await desk.person('Bo', 'moderator', 'harbour');
  eli = await desk.person('Eli', 'editor', 'harbour');
  nia = await desk.limited('Nia', 'moderator', { site: 'harbour', sections: ['sport'] });
});
after(() => desk.remove());

const idOf = (principal: Principal): string => principal.accounts[0]?.id ?? '';
const ask = (name: Parameters<Desk['ask']>[0], id: string, principal: Principal, body: object, now = noon) =>
  desk.ask(name, { params: { id }, principal, body, now });
const decide = (id: string, principal: Principal, body: object): Promise<Read> =>
  ask('postDecision', id, principal, { version: 1, ...body });
const rejection = { verdict: 'reject', guideline: 'attack' };

async function claimable(principal: Principal, now = noon): Promise<string[]> {
  const ids: string[] = [];
  for (;;) {
    const { status, body } = await desk.ask('postClaim', { principal, now, body: { site: 'harbour' } });
    if (status === 204) break;
    ids.push(String(body['id']));
  }
  for (const id of ids) await desk.ask('deleteClaim', { params: { id }, principal, now });
  return ids;
}

test('a moderator turns their own rejection round within the shift, and the history shows both decisions', async () => {
  const id = await desk.hold('harbour');
  await decide(id, ada, rejection);
  assert.equal((await ask('postReversal', id, ada, { verdict: 'approve', version: 1 })).reason, 'state_moved_on');
  assert.equal((await ask('postReversal', id, bo, { verdict: 'approve', version: 2 })).reason, 'not_allowed');
  const late = await ask('postReversal', id, ada, { verdict: 'approve', version: 2 }, addMinutes(noon, 8 * 60 + 1));
  assert.equal(late.reason, 'reversal_too_late');
  const turned = await ask('postReversal', id, ada, { verdict: 'approve', version: 2, explanation: 'I misread it.' });
  assert.deepEqual([turned.status, turned.body['state'], turned.body['version']], [201, 'approved', 3]);
  const { body } = await ask('getComment', id, bo, {});
  const history = body['history'] as { kind: string; by: string; body: { verdict?: string } }[];
  assert.deepEqual(
    history.map((line) => [line.kind, line.by, line.body.verdict]),
    [
      ['received', 'reader', undefined],
      ['decided', 'Ada', 'reject'],
      ['decided', 'Ada', 'approve'],
    ],
  );
  assert.equal((await ask('postReversal', id, ada, { verdict: 'approve', version: 3 })).reason, 'state_moved_on');
  const back = await ask('postReversal', id, eli, { ...rejection, version: 3 }, addMinutes(noon, 6000));
  assert.deepEqual([back.body['state'], back.body['verdict']], ['removed', 'remove']);
});

test('a decision that its author appealed is not turned round past the other moderator who has to answer', async () => {
  const id = await desk.hold('harbour');
  await decide(id, ada, rejection);
  await desk.append('harbour', id, { kind: 'appealed', body: { appeal: randomUUID(), text: 'No.' } });
  for (const who of [ada, eli]) {
    assert.equal((await ask('postReversal', id, who, { verdict: 'approve', version: 2 })).reason, 'appeal_open');
  }
});

test('the author of a comment whose decision was turned round is owed the news of both', async () => {
  const contact = { sealed: Buffer.from('sealed'), language: 'en', deleteAfter: addMinutes(noon, 100_000) };
  const id = await desk.hold('harbour', { contact });
  await decide(id, ada, rejection);
  await ask('postReversal', id, ada, { verdict: 'approve', version: 2 });
  const owed = await desk.rows(sql`select kind from outbox where body ->> 'comment' = ${id} order by id`);
  assert.deepEqual(owed, [{ kind: 'decision' }, { kind: 'decision' }]);
});

test('a case that was handed over leaves one’s own queue, waits for its addressee alone, and after a day for everybody', async () => {
  const id = await desk.hold('harbour', { need: 1 });
  await desk.ask('postClaim', { principal: ada, body: { comment: id } });
  const handed = await ask('postHandOver', id, ada, { to: idOf(bo), note: 'You know the council.' });
  assert.equal(handed.status, 201);
  assert.deepEqual([handed.body['claim'], (handed.body['handOver'] as { to: string }).to], [null, 'Bo']);
  const listed = async (who: Principal, now = noon): Promise<boolean> => {
    const { body } = await desk.ask('getQueue', { principal: who, now });
    return (body['comments'] as { id: string }[]).some((row) => row.id === id);
  };
  assert.deepEqual([await listed(ada), await listed(bo), await listed(eli)], [false, true, true]);
  assert.equal((await claimable(ada)).includes(id), false);
  assert.equal((await claimable(eli)).includes(id), false);
  assert.equal((await claimable(bo))[0], id);
  const shown = async (who: Principal): Promise<{ id: string; handOver: Record<string, unknown> }[]> =>
    (await desk.ask('getHandOvers', { principal: who })).body['comments'] as never;
  const [case_] = await shown(bo);
  const { by, isForMe, note } = case_?.handOver ?? {};
  assert.deepEqual([case_?.id, by, isForMe, note], [id, 'Ada', true, 'You know the council.']);
  assert.deepEqual([await shown(ada), await shown(eli)], [[], []]);
  const tomorrow = addMinutes(noon, 24 * 60 + 1);
  for (const who of [ada, eli, bo]) assert.equal((await claimable(who, tomorrow)).includes(id), true);
  assert.equal(await listed(ada, tomorrow), true);
  await decide(id, bo, { verdict: 'approve' });
  assert.deepEqual(await desk.rows(sql`select 1 from hand_over where comment = ${id}`), []);
});

test('a case for an editor is offered to editors alone; nobody hands one to nobody, to themselves, or past a colleague', async () => {
  const id = await desk.hold('harbour');
  await ask('postHandOver', id, ada, { to: 'editor' });
  assert.equal((await claimable(eli)).includes(id), true);
  assert.equal((await claimable(bo)).includes(id), false);
  for (const to of [undefined, 'somebody', randomUUID(), idOf(ada), idOf(nia)]) {
    assert.equal((await ask('postHandOver', id, ada, { to })).reason, 'addressee_unknown');
  }
  assert.equal((await ask('postHandOver', id, ada, { to: idOf(bo), note: 'x'.repeat(2001) })).reason, 'text_too_long');
  await desk.ask('postClaim', { principal: bo, body: { comment: id } });
  assert.equal((await ask('postHandOver', id, ada, { to: idOf(bo) })).reason, 'claimed_by_another');
  await decide(id, bo, { verdict: 'approve' });
  assert.equal((await ask('postHandOver', id, ada, { to: idOf(bo) })).reason, 'already_decided');
});

test('what was handed to somebody who has left is offered to everybody again', async () => {
  const cleo = await desk.person('Cleo', 'moderator', 'harbour');
  const id = await desk.hold('harbour');
  await ask('postHandOver', id, ada, { to: idOf(cleo) });
  assert.equal((await claimable(bo)).includes(id), false);
  await removeModerator(desk.database, { site: 'harbour', email: 'cleo@desk.example' }, noon);
  assert.equal((await claimable(bo)).includes(id), true);
  await decide(id, bo, { verdict: 'approve' });
});

test('notes are read by colleagues in the order they were written, and erased with the comment', async () => {
  const id = await desk.hold('harbour');
  for (const text of ['', ' \u200b', 7, 'x'.repeat(2001), 'over\u202eride']) {
    assert.match(String((await ask('postNote', id, ada, { text })).reason), /text_|field_malformed/);
  }
  await ask('postNote', id, ada, { text: '<b>She</b> wrote before.' });
  const noted = await ask('postNote', id, bo, { text: 'Call the desk.' }, addMinutes(noon, 1));
  assert.deepEqual(
    (noted.body['notes'] as { by: string; text: string }[]).map(({ by, text }) => [by, text]),
    [
      ['Ada', '<b>She</b> wrote before.'],
      ['Bo', 'Call the desk.'],
    ],
  );
  assert.equal((await ask('getComment', id, eli, {})).body['notes'], 2);
  await desk.append('harbour', id, { kind: 'erased', body: { reason: 'request' } });
  assert.deepEqual(await desk.rows(sql`select 1 from comment_note where comment = ${id}`), []);
  assert.equal((await ask('postNote', id, ada, { text: 'Again.' })).reason, 'state_moved_on');
});

test('the newsroom answers a published comment through an approval of its own, once, and no reader’s comment is marked', async () => {
  const held = await desk.hold('harbour');
  assert.equal((await ask('postNewsroomReply', held, ada, { text: 'So soon?' })).reason, 'state_moved_on');
  await decide(held, ada, { verdict: 'approve' });
  for (const body of [{}, { text: ' ' }, { text: 'x'.repeat(4001) }, { text: 'So.', id: 'mine' }]) {
    assert.match(String((await ask('postNewsroomReply', held, ada, body)).reason), /text_|field_malformed/);
  }
  const id = randomUUID();
  const first = await ask('postNewsroomReply', held, ada, { text: 'We asked the council.', id });
  const { state, name, byNewsroom, decision } = first.body as Record<string, unknown> & { decision: { by: string } };
  assert.deepEqual([state, name, byNewsroom, decision.by], ['approved', 'The harbour', true, 'Ada']);
  assert.equal((await ask('postNewsroomReply', held, ada, { text: 'We asked the council.', id })).status, 201);
  assert.equal(
    (await ask('postNewsroomReply', held, ada, { text: 'Something else.', id })).reason,
    'submission_differs',
  );
  assert.equal(
    (await ask('postNewsroomReply', held, bo, { text: 'We asked the council.', id })).reason,
    'submission_differs',
  );
  const events = await desk.rows(sql`select kind, actor from event where comment = ${id} order by seq`);
  const actor = `moderator:${idOf(ada)}`;
  assert.deepEqual(events, [
    { kind: 'received', actor },
    { kind: 'decided', actor },
  ]);
  const marked = await desk.rows(
    sql`select id, by_newsroom from published where story = 'bridge' and id in (${id}, ${held})`,
  );
  assert.deepEqual(
    marked.toSorted((a, b) => Number(Object(a).by_newsroom) - Number(Object(b).by_newsroom)),
    [
      { id: held, by_newsroom: false },
      { id, by_newsroom: true },
    ],
  );
  await assert.rejects(desk.database.writer.query('update comment set by_newsroom = true'), { code: /42501|ST002/ });
  assert.equal(await verifyRecord(desk.database), undefined);
});
