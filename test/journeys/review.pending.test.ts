import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Principal } from '../../src/contract/principal.ts';
import { removeModerator } from '../../src/identity/moderators.ts';
import type { Watch } from '../../src/record/watch.ts';
import { addMinutes } from '../../src/contract/time.ts';
import { startCarryingOut, type CarryingOut } from '../../src/review/carryOut.ts';
import { sql } from '../../src/storage/sql.ts';
import { noon, openDesk, type Asked, type Desk, type Read } from '../support/desk.ts';

let desk: Desk;
let ada: Principal;
let bo: Principal;
let robot: Principal;
let now = noon;
const workers: CarryingOut[] = [];
const deaf: Watch = {
  isFresh: () => false,
  catchUp: async () => {},
  subscribe: () => () => {},
  close: async () => {},
};

before(async () => {
  desk = await openDesk('harbour');
  ada = await desk.person('Ada', 'moderator', 'harbour');
  bo = await desk.person('Bo', 'moderator', 'harbour');
  robot = await desk.program('harbour', 'desk');
  // Two processes over the same rows.
  for (const _ of [1, 2]) {
    workers.push(startCarryingOut({ store: desk.database, watch: deaf, now: () => now, log: assert.fail }));
  }
});
after(async () => {
  for (const worker of workers) await worker.close();
  await desk.remove();
});

const pend = (id: string, principal: Principal, more: object = {}): Promise<Read> =>
  desk.ask('postDecision', {
    params: { id },
    principal,
    now,
    body: { verdict: 'approve', version: 1, pendingSeconds: 10, ...more },
  });
const undo = (id: string, principal: Principal): Promise<Read> =>
  desk.ask('deletePending', { params: { id }, principal, now });
const show = async (id: string): Promise<Record<string, unknown>> =>
  (await desk.ask('getComment', { params: { id }, principal: bo, now })).body;

/** Moves the clock on and lets both processes look. */
async function pass(seconds: number): Promise<void> {
  now = addMinutes(now, seconds / 60);
  await Promise.all(workers.map((worker) => worker.settled()));
}

test('pendingSeconds is refused for a time that is none or too long, and nothing is kept', async () => {
  const id = await desk.hold('harbour');
  for (const pendingSeconds of [-1, 61, 1.5, '10', true, {}]) {
    const { reason, body } = await pend(id, ada, { pendingSeconds });
    assert.deepEqual([reason, body['field']], ['field_malformed', 'pendingSeconds']);
  }
  assert.equal((await show(id))['pending'], null);
  assert.equal((await pend(id, ada, { pendingSeconds: 0 })).status, 201, 'none at all is at once');
});

test('a pending verdict leaves the comment held, unseen and claimed until it takes effect by itself, once', async () => {
  const id = await desk.hold('harbour');
  const given = await pend(id, ada);
  const takesEffectAt = addMinutes(now, 10 / 60).toISOString();
  assert.equal(given.status, 202);
  assert.deepEqual(given.body['pending'], { verdict: 'approve', guideline: null, takesEffectAt });
  await pass(9);
  const before = await show(id);
  assert.deepEqual(
    [before['state'], before['version'], before['pending']],
    ['held', 1, { by: 'Ada', mine: false, takesEffectAt, verdict: null, guideline: null }],
  );
  assert.deepEqual(await desk.rows(sql`select 1 from published where id = ${id}`), []);
  await pass(1);
  const { state, decision, pending } = await show(id);
  assert.deepEqual([state, (decision as { by: string }).by, pending], ['approved', 'Ada', null]);
  const events = await desk.rows(sql`select actor from event where comment = ${id} and kind = 'decided'`);
  assert.deepEqual(events, [{ actor: `moderator:${ada.accounts[0]?.id}` }]);
  assert.equal((await desk.rows(sql`select 1 from published where id = ${id}`)).length, 1);
});

test('a pending verdict given twice meets itself; another verdict has to undo it first', async () => {
  const id = await desk.hold('harbour');
  const first = await pend(id, ada, { verdict: 'reject', guideline: 'attack', explanation: 'So.' });
  now = addMinutes(now, 5 / 60);
  const again = await pend(id, ada, { verdict: 'reject', guideline: 'attack', explanation: 'So.' });
  assert.deepEqual([again.status, again.body], [202, first.body]);
  assert.equal((await pend(id, ada)).reason, 'decision_pending');
  assert.equal((await pend(id, ada, { pendingSeconds: 0 })).reason, 'decision_pending');
  await pass(5);
  assert.equal((await show(id))['state'], 'rejected');
});

test('a pending verdict keeps everybody else out: no claim, no decision, no undoing, not even by the database', async () => {
  const id = await desk.hold('harbour', { need: 1 });
  await pend(id, ada);
  const asked: Asked = { params: { id }, principal: bo, now };
  const claimed = await desk.ask('postClaim', { ...asked, body: { comment: id } });
  assert.deepEqual([claimed.reason, (claimed.body['pending'] as { by: string }).by], ['decision_pending', 'Ada']);
  const decided = await desk.ask('postDecision', { ...asked, body: { verdict: 'approve', version: 1 } });
  assert.deepEqual([decided.reason, (decided.body['pending'] as { by: string }).by], ['decision_pending', 'Ada']);
  assert.equal((await undo(id, bo)).reason, 'decision_pending');
  const next = await desk.ask('postClaim', { principal: bo, now, body: { site: 'harbour' } });
  assert.notEqual(next.body['id'], id);
  await desk.ask('deleteClaim', { params: { id }, principal: ada, now });
  const later = await desk.ask('postClaim', { principal: bo, now, body: { site: 'harbour' } });
  assert.notEqual(later.body['id'], id, 'what is pending cannot be given back');
  const { sha256 } = await show(id);
  const body = { verdict: 'approve', version: 1, sha256 };
  await assert.rejects(desk.append('harbour', id, { kind: 'decided', actor: 'moderator:x', body }), {
    code: 'ST001',
  });
  await pass(10);
  assert.equal((await show(id))['state'], 'approved');
});

test('a pending verdict is undone by whoever gave it, who has the claim again; a second undoing says that there is nothing', async () => {
  const id = await desk.hold('harbour');
  await pend(id, ada);
  const undone = await undo(id, ada);
  assert.equal(undone.status, 200);
  const { state, pending, claim } = undone.body as { state: string; pending: null; claim: { mine: boolean } };
  assert.deepEqual([state, pending, claim.mine], ['held', null, true]);
  await pass(20);
  assert.equal((await show(id))['state'], 'held');
  assert.equal((await undo(id, ada)).reason, 'not_pending');
  await pend(id, ada);
  await pass(10);
  const late = await undo(id, ada);
  assert.deepEqual(
    [late.reason, (late.body['decision'] as { verdict: string }).verdict],
    ['already_decided', 'approve'],
  );
});

test('many verdicts are given at once and undone at once, each with its own answer', async () => {
  const [one = '', two = ''] = [await desk.hold('harbour'), await desk.hold('harbour')];
  const body = {
    comments: [
      { id: one, version: 1 },
      { id: two, version: 9 },
    ],
    verdict: 'approve',
    pendingSeconds: 10,
  };
  const given = await desk.ask('postDecisions', { principal: ada, now, body });
  const results = given.body['results'] as { status: number; pending?: { verdict: string } }[];
  assert.deepEqual(
    results.map(({ status, pending }) => [status, pending?.verdict]),
    [
      [202, 'approve'],
      [409, undefined],
    ],
  );
  const undone = await desk.ask('postUndo', { principal: ada, now, body: { comments: [{ id: one }, { id: two }] } });
  assert.deepEqual(
    (undone.body['results'] as { status: number }[]).map(({ status }) => status),
    [200, 409],
  );
  assert.equal(
    (await desk.ask('postUndo', { principal: ada, now, body: { comments: [{ id: 7 }] } })).reason,
    'field_malformed',
  );
});

test('a pending verdict does not take effect for an account that was removed, for one that was limited, or for a revoked program', async () => {
  const cy = await desk.person('Cy', 'moderator', 'harbour');
  const dee = await desk.person('Dee', 'moderator', 'harbour');
  const ids = [await desk.hold('harbour'), await desk.hold('harbour'), await desk.hold('harbour')];
  const [removed = '', limited = '', revoked = ''] = ids;
  await pend(removed, cy);
  await pend(limited, dee);
  await pend(revoked, robot);
  await removeModerator(desk.database, { site: 'harbour', email: 'cy@desk.example' }, now);
  await desk.tamper(`update account set sections = '{sport}' where name = 'Dee'`);
  await desk.tamper(`update account set removed_at = now() where kind = 'program'`);
  await pass(10);
  for (const id of ids) {
    const { state, pending, claim } = await show(id);
    assert.deepEqual([state, pending, claim], ['held', null, null], 'free for everybody again');
  }
});

test('a pending verdict is dropped where the comment was withdrawn or erased meanwhile, and whoever gave it is told', async () => {
  const [withdrawn = '', erased = ''] = [await desk.hold('harbour'), await desk.hold('harbour')];
  for (const id of [withdrawn, erased]) {
    await pend(id, ada, { verdict: 'reject', guideline: 'attack', explanation: 'About a person.' });
  }
  await desk.append('harbour', withdrawn, { kind: 'withdrawn', body: {} });
  await desk.append('harbour', erased, { kind: 'erased', body: { reason: 'request' } });
  const kept = await desk.rows(sql`select explanation from pending_decision where comment = ${erased}`);
  assert.deepEqual(kept, [{ explanation: null }], 'the words are gone at once');
  await pass(10);
  assert.equal((await show(withdrawn))['state'], 'withdrawn');
  const { body } = await desk.ask('getPending', { principal: ada, now, query: { site: 'harbour' } });
  const told = (body['pending'] as { id: string; droppedFor: string }[]).map(({ id, droppedFor }) => [id, droppedFor]);
  assert.deepEqual(
    told.filter(([id]) => id === withdrawn || id === erased).toSorted(),
    [
      [withdrawn, 'state_moved_on'],
      [erased, 'state_moved_on'],
    ].toSorted(),
  );
});

test('a pending verdict that a dead server left overdue is carried out by the next one, whatever was claimed meanwhile', async () => {
  const id = await desk.hold('harbour');
  for (const worker of workers.splice(0)) await worker.close();
  await pend(id, ada);
  now = addMinutes(now, 30);
  const claimed = await desk.ask('postClaim', { principal: bo, now, body: { comment: id } });
  assert.equal(claimed.reason, 'decision_pending', 'its claim has lapsed, and it is still nobody else’s');
  workers.push(startCarryingOut({ store: desk.database, watch: deaf, now: () => now, log: assert.fail }));
  await pass(0);
  assert.equal((await show(id))['state'], 'approved');
});
