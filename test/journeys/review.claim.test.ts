import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Principal } from '../../src/contract/principal.ts';
import { addMinutes } from '../../src/contract/time.ts';
import { verifyRecord } from '../../src/record/verify.ts';
import { inTransaction, queryRows } from '../../src/storage/database.ts';
import { sql } from '../../src/storage/sql.ts';
import { noon, openDesk, type Desk, type Read } from '../support/desk.ts';
import { waitUntil } from '../support/folders.ts';

let desk: Desk;
let ada: Principal;
let ben: Principal;

before(async () => {
  desk = await openDesk('harbour', 'valley', 'crowd', 'weighed');
  ada = await desk.person('Ada', 'moderator', 'harbour', 'valley');
  ben = await desk.person('Ben', 'moderator', 'harbour', 'valley');
});
after(() => desk.remove());

function claim(principal: Principal, body: unknown, now = noon): Promise<Read> {
  return desk.ask('postClaim', { principal, body, now });
}

/** Resolves once a claim stands before somebody's lock. */
async function waitsForLock(): Promise<void> {
  await waitUntil(async () => {
    const rows = await queryRows(
      desk.database.writer,
      sql`select from pg_stat_activity where wait_event_type = 'Lock' and query like 'with next as%'
        and datname = current_database()`,
    );
    return rows.length > 0 ? true : undefined;
  }, 'a claim that waits for a lock');
}

describe('claiming', () => {
  test('a malformed body, site or queue is refused', async () => {
    const bad: [unknown, string][] = [
      [undefined, 'body_malformed'],
      ['harbour', 'body_malformed'],
      [{}, 'field_required'],
      [{ site: '' }, 'field_required'],
      [{ site: ['harbour', 'valley'] }, 'field_malformed'],
      [{ site: '../x' }, 'field_malformed'],
      [{ site: 'harbour', queue: 'held' }, 'field_malformed'],
      [{ site: 'harbour', queue: { story: 'tags' } }, 'field_malformed'],
      [{ site: 'harbour', queue: { lang: 7 } }, 'field_malformed'],
    ];
    for (const [body, reason] of bad) assert.equal((await claim(ada, body)).reason, reason, JSON.stringify(body));
  });

  test('gives nothing where nothing is held', async () => {
    assert.deepEqual(await claim(ada, { site: 'valley' }), {
      status: 204,
      body: {},
      headers: { 'cache-control': 'no-store' },
    });
  });

  test('gives the comment in most need, then the oldest, and another with each call', async () => {
    const low = await desk.hold('harbour', { need: 0.1 });
    const high = await desk.hold('harbour', { need: 0.9 });
    const later = await desk.hold('harbour', { need: 0.1 });
    const given = [
      await claim(ada, { site: 'harbour' }),
      await claim(ada, { site: 'harbour' }),
      await claim(ben, { site: 'harbour' }),
    ];
    assert.deepEqual(
      given.map(({ body }) => body['id']),
      [high, low, later],
    );
    assert.deepEqual(given[0]?.body['claim'], { by: 'Ada', mine: true, expiresAt: addMinutes(noon, 10).toISOString() });
    assert.equal((await claim(ben, { site: 'harbour' })).status, 204);
  });

  test('waits for what is locked for a moment, and does not say meanwhile that nothing is left', async () => {
    const id = await desk.hold('weighed');
    const cleo = await desk.person('Cleo', 'moderator', 'weighed');
    const given = await inTransaction(desk.database.writer, async (weighing) => {
      await weighing.query(sql`select from comment where site = 'weighed' and state = 'held' for update`);
      const asked = claim(cleo, { site: 'weighed' });
      assert.equal(await Promise.race([asked.then(() => 'answered'), waitsForLock().then(() => 'waits')]), 'waits');
      return { asked };
    });
    assert.equal((await given.asked).body['id'], id);
  });

  test('gives a comment again when its claim has lapsed, and not a moment before', async () => {
    assert.equal((await claim(ben, { site: 'harbour' }, addMinutes(noon, 9.99))).status, 204);
    const again = await claim(ben, { site: 'harbour' }, addMinutes(noon, 10));
    assert.deepEqual(again.body['claim'], { by: 'Ben', mine: true, expiresAt: addMinutes(noon, 20).toISOString() });
  });
});

describe('a claim', () => {
  test('a claim is given back by whoever holds it and by nobody else', async () => {
    const id = await desk.hold('valley');
    assert.equal((await claim(ada, { site: 'valley' })).body['id'], id);
    const release = (principal: Principal): Promise<Read> => desk.ask('deleteClaim', { params: { id }, principal });
    assert.equal((await release(ben)).status, 204);
    assert.equal((await claim(ben, { site: 'valley' })).status, 204);
    assert.equal((await release(ada)).status, 204);
    assert.equal((await claim(ben, { site: 'valley' })).body['id'], id);
  });

  test('takes the comment that is named, where it is held and nobody else has it', async () => {
    const id = await desk.hold('harbour', { need: 0.2 });
    for (const unknown of ['', 'x', 7, ['x'], { toString: 1 }, '00000000-0000-4000-8000-000000000000']) {
      assert.equal((await claim(ada, { site: 'harbour', comment: unknown })).reason, 'comment_unknown');
    }
    assert.equal((await claim(ada, { site: 'harbour', comment: id })).body['id'], id);
    const refused = await claim(ben, { site: 'harbour', comment: id });
    assert.equal(refused.reason, 'claimed_by_another');
    const later = addMinutes(noon, 9);
    const renewed = await claim(ada, { site: 'harbour', comment: id }, later);
    assert.deepEqual(renewed.body['claim'], { by: 'Ada', mine: true, expiresAt: addMinutes(later, 10).toISOString() });
    const principal = ada;
    await desk.ask('postDecision', { principal, params: { id }, body: { verdict: 'approve', version: 1 }, now: later });
    const decided = await claim(ben, { site: 'harbour', comment: id }, later);
    assert.equal(decided.reason, 'already_decided');
  });

  test('can be narrowed to a guideline, a language or a story', async () => {
    const scores = { attack: 0.8, relevance: 0.9 };
    const screening = { lang: 'ckb', scores, suggestion: 'review', findings: [], model: 'test' };
    const wanted = await desk.hold('valley', { lang: 'ckb', screening });
    const now = addMinutes(noon, 30);
    assert.equal((await claim(ada, { site: 'valley', queue: { guideline: 'relevance' } }, now)).status, 204);
    assert.equal((await claim(ada, { site: 'valley', queue: { lang: 'tr' } }, now)).status, 204);
    assert.equal((await claim(ada, { site: 'valley', queue: { story: 'other' } }, now)).status, 204);
    const found = await claim(
      ada,
      { site: 'valley', queue: { guideline: 'attack', lang: 'ckb', story: 'bridge' } },
      now,
    );
    assert.equal(found.body['id'], wanted);
  });
});

test('G4: 64 moderators at once on 200 comments give each exactly one decision', async () => {
  const ids = new Set<string>();
  for (let count = 0; count < 200; count += 1) ids.add(await desk.hold('crowd', { need: (count % 7) / 7 }));
  const moderators: Principal[] = [];
  for (let count = 0; count < 64; count += 1) moderators.push(await desk.person(`M${count}`, 'moderator', 'crowd'));
  const claimed: string[] = [];
  const decided = new Map<string, number>();
  const work = async (principal: Principal, index: number): Promise<void> => {
    for (;;) {
      const next = await claim(principal, { site: 'crowd' });
      if (next.status === 204) return;
      const id = String(next.body['id']);
      claimed.push(id);
      // Every third moderator's answer is sent twice, as a nervous browser does.
      const body = {
        version: next.body['version'],
        ...(index % 2 ? { verdict: 'approve' } : { verdict: 'reject', guideline: 'attack' }),
      };
      const sent = index % 3 === 0 ? 2 : 1;
      const asked = { params: { id }, principal, body };
      const answers = await Promise.all(Array.from({ length: sent }, () => desk.ask('postDecision', asked)));
      for (const { status } of answers) if (status === 201) decided.set(id, (decided.get(id) ?? 0) + 1);
    }
  };
  await Promise.all(moderators.map(work));
  assert.equal(claimed.length, 200);
  assert.deepEqual(new Set(claimed), ids);
  assert.equal(decided.size, 200);
  assert.ok([...decided.values()].every((count) => count === 1));
  const [counts] = await desk.rows<{ decisions: number; comments: number }>(
    sql`select count(*) as decisions, count(distinct comment) as comments from decision where site = 'crowd'`,
  );
  assert.deepEqual(counts, { decisions: 200, comments: 200 });
});

test('G4: 64 moderators who decide one comment without a claim leave one decision, and all are told which', async () => {
  const id = await desk.hold('valley');
  const moderators: Principal[] = [];
  for (let count = 0; count < 64; count += 1) moderators.push(await desk.person(`N${count}`, 'moderator', 'valley'));
  const answers = await Promise.all(
    moderators.map((principal) =>
      desk.ask('postDecision', { params: { id }, principal, body: { verdict: 'approve', version: 1 } }),
    ),
  );
  const first = answers.filter(({ status }) => status === 201);
  assert.equal(first.length, 1);
  for (const answer of answers.filter(({ status }) => status !== 201)) {
    assert.equal(answer.reason, 'already_decided');
    assert.equal((answer.body['decision'] as { by: string }).by, first[0]?.body['by']);
  }
});

test('after all of it the record holds', async () => {
  assert.equal(await verifyRecord(desk.database), undefined);
});
