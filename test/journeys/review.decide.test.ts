import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Principal } from '../../src/contract/principal.ts';
import { addMinutes } from '../../src/contract/time.ts';
import { addGuidelineVersion } from '../../src/record/guidelines.ts';
import { verifyRecord } from '../../src/record/verify.ts';
import { inTransaction } from '../../src/storage/database.ts';
import { sql } from '../../src/storage/sql.ts';
import { noon, openDesk, type Asked, type Desk, type Read } from '../support/desk.ts';

let desk: Desk;
let ada: Principal;
let ben: Principal;

before(async () => {
  desk = await openDesk('harbour');
  ada = await desk.person('Ada', 'moderator', 'harbour');
  ben = await desk.person('Ben', 'moderator', 'harbour');
});
after(() => desk.remove());

function decide(id: string, body: object, principal: Principal = ada, more: Asked = {}): Promise<Read> {
  return desk.ask('postDecision', { params: { id }, body: { version: 1, ...body }, principal, ...more });
}

const bad: [string, unknown, string][] = [
  ['without a body', undefined, 'body_malformed'],
  ['that is a list', [], 'body_malformed'],
  ['without a verdict', { version: 1 }, 'verdict_unknown'],
  ['with a verdict of its own', { verdict: 'edit', version: 1 }, 'verdict_unknown'],
  ['that removes what is held', { verdict: 'remove', guideline: 'attack', version: 1 }, 'verdict_unknown'],
  ['without a version', { verdict: 'approve' }, 'field_malformed'],
  ['with a version that is no number', { verdict: 'approve', version: '1' }, 'field_malformed'],
  ['that rejects without a guideline', { verdict: 'reject', version: 1 }, 'guideline_required'],
  ['that rejects with an empty guideline', { verdict: 'reject', guideline: '', version: 1 }, 'guideline_required'],
  [
    'with a guideline that the site has not',
    { verdict: 'reject', guideline: 'taste', version: 1 },
    'guideline_unknown',
  ],
  ['with a guideline that is a list', { verdict: 'reject', guideline: ['attack'], version: 1 }, 'guideline_unknown'],
  [
    'with an explanation that is too long',
    { verdict: 'approve', version: 1, explanation: 'x'.repeat(4001) },
    'explanation_too_long',
  ],
  [
    'with a bidi override in its explanation',
    { verdict: 'approve', version: 1, explanation: 'a\u202eb' },
    'text_characters',
  ],
  ['with a control in its explanation', { verdict: 'approve', version: 1, explanation: 'a\u0007b' }, 'text_characters'],
  ['with a NUL in its explanation', { verdict: 'approve', version: 1, explanation: 'a\u0000b' }, 'field_malformed'],
  [
    'with half a character in its explanation',
    { verdict: 'approve', version: 1, explanation: '\ud800' },
    'field_malformed',
  ],
  ['on another version', { verdict: 'approve', version: 2 }, 'state_moved_on'],
];

describe('a decision is refused', () => {
  for (const [name, body, reason] of bad) {
    test(name, async () => {
      const id = await desk.hold('harbour');
      const answer = await desk.ask('postDecision', { params: { id }, body, principal: ada });
      assert.equal(answer.reason, reason);
      const [row] = await desk.rows<{ state: string }>(
        sql`select state from comment where site = 'harbour' and id = ${id}`,
      );
      assert.equal(row?.state, 'held');
    });
  }
});

describe('a decision is refused, whatever it says,', () => {
  test('on a comment that is not there, and on what is no id', async () => {
    for (const id of ['00000000-0000-4000-8000-000000000000', '../x', '', 'NOT-AN-ID']) {
      assert.equal((await decide(id, { verdict: 'approve' })).reason, 'comment_unknown');
    }
  });

  test('with a guideline that was retired', async () => {
    const old = { key: 'old', position: 9, titles: { en: 'Old' }, wordings: { en: 'Old' }, at: noon, actor: 'cli' };
    await inTransaction(desk.database.writer, async (transaction) => {
      await addGuidelineVersion(transaction, 'harbour', { ...old, version: 1, retired: false });
      await addGuidelineVersion(transaction, 'harbour', { ...old, version: 2, retired: true });
    });
    const id = await desk.hold('harbour');
    assert.equal((await decide(id, { verdict: 'reject', guideline: 'old' })).reason, 'guideline_unknown');
  });

  test('while a colleague holds the comment, with their claim beside it, until the claim lapses', async () => {
    const id = await desk.hold('harbour', { need: 1 });
    const claimed = await desk.ask('postClaim', { body: { site: 'harbour' }, principal: ben });
    assert.equal(claimed.body['id'], id);
    const refused = await decide(id, { verdict: 'approve' }, ada, { now: addMinutes(noon, 9) });
    assert.equal(refused.reason, 'claimed_by_another');
    assert.deepEqual(refused.body['claim'], { by: 'Ben', mine: false, expiresAt: addMinutes(noon, 10).toISOString() });
    assert.equal((await decide(id, { verdict: 'approve' }, ada, { now: addMinutes(noon, 10) })).status, 201);
  });

  test('a second time, with the decision that was first beside it', async () => {
    const id = await desk.hold('harbour');
    const first = await decide(id, { verdict: 'reject', guideline: 'attack', explanation: 'Names a person.' });
    assert.equal(first.status, 201);
    for (const principal of [ben, ada]) {
      const second = await decide(id, { verdict: 'approve' }, principal);
      assert.equal(second.reason, 'already_decided');
      assert.deepEqual(second.body['decision'], {
        verdict: 'reject',
        guideline: 'attack',
        guidelineVersion: 1,
        explanation: 'Names a person.',
        by: 'Ada',
        automated: false,
        decidedAt: noon.toISOString(),
      });
    }
  });

  test('on a comment that its author withdrew or that was erased', async () => {
    const withdrawn = await desk.hold('harbour');
    await desk.append('harbour', withdrawn, { kind: 'withdrawn', body: {} });
    assert.equal((await decide(withdrawn, { verdict: 'approve' })).reason, 'state_moved_on');
    const erased = await desk.hold('harbour');
    await desk.append('harbour', erased, { kind: 'erased', body: { reason: 'request' } });
    assert.equal((await decide(erased, { verdict: 'approve' })).reason, 'state_moved_on');
  });
});

describe('a decision', () => {
  test('names one person, one guideline version and one time, and publishes what was written', async () => {
    const text = 'Zwölf Brücken — e\u0301t puis?'.normalize('NFC');
    const id = await desk.hold('harbour', { text });
    const answer = await decide(id, { verdict: 'approve', explanation: 'Cafe\u0301\r\nfine' });
    assert.deepEqual(answer, {
      status: 201,
      headers: { 'cache-control': 'no-store' },
      body: {
        comment: id,
        state: 'approved',
        version: 2,
        verdict: 'approve',
        guideline: null,
        guidelineVersion: null,
        explanation: 'Café\nfine',
        by: 'Ada',
        automated: false,
        decidedAt: noon.toISOString(),
      },
    });
    const [row] = await desk.rows<{ text: string }>(
      sql`select text from published where site = 'harbour' and id = ${id}`,
    );
    assert.equal(row?.text, text);
  });

  test('records the version of the guideline that is in force now', async () => {
    const guideline = {
      key: 'attack',
      version: 2,
      position: 1,
      titles: { en: 'Attack' },
      wordings: { en: 'New' },
      retired: false,
    };
    await inTransaction(desk.database.writer, (transaction) =>
      addGuidelineVersion(transaction, 'harbour', { ...guideline, at: noon, actor: 'cli' }),
    );
    const answer = await decide(await desk.hold('harbour'), { verdict: 'reject', guideline: 'attack' });
    assert.equal(answer.body['guidelineVersion'], 2);
  });

  test("ends one's own claim and owes the author the news, without their address", async () => {
    const contact = { sealed: Buffer.from('sealed'), language: 'en', deleteAfter: addMinutes(noon, 600_000) };
    const told = await desk.hold('harbour', { contact, need: 1 });
    const untold = await desk.hold('harbour', { need: 0.9 });
    for (const id of [told, untold]) {
      assert.equal((await desk.ask('postClaim', { body: { site: 'harbour' }, principal: ada })).body['id'], id);
      assert.equal((await decide(id, { verdict: 'reject', guideline: 'relevance' })).status, 201);
    }
    assert.deepEqual(
      await desk.rows(sql`select comment from claim where comment = any(${[told, untold]}::uuid[])`),
      [],
    );
    const owed = await desk.rows<{ kind: string; body: object; seq: number }>(
      sql`select o.kind, o.body, d.seq from outbox o join decision d on d.comment::text = o.body ->> 'comment'
        where o.body ->> 'comment' in (${told}, ${untold})`,
    );
    assert.deepEqual(owed, [{ kind: 'decision', body: { comment: told, seq: owed[0]?.seq }, seq: owed[0]?.seq }]);
  });

  test('by a program with the scope of the desk names the program', async () => {
    const robot = await desk.program('harbour', 'desk');
    assert.equal((await decide(await desk.hold('harbour'), { verdict: 'approve' }, robot)).body['by'], 'desk robot');
  });
});

describe('a removal', () => {
  function remove(id: string, body: unknown, principal = ben): Promise<Read> {
    return desk.ask('postRemoval', { params: { id }, body, principal });
  }

  test('is refused for a held comment, without a guideline, and a second time', async () => {
    const id = await desk.hold('harbour');
    assert.equal((await remove(id, { guideline: 'attack' })).reason, 'state_moved_on');
    await decide(id, { verdict: 'approve' });
    assert.equal((await remove(id, {})).reason, 'guideline_required');
    assert.equal((await remove(id, null)).reason, 'body_malformed');
    assert.equal((await remove(id, { guideline: 'attack' })).status, 201);
    assert.equal((await remove(id, { guideline: 'attack' })).reason, 'already_decided');
  });

  test('takes the published comment down and is the decision in force', async () => {
    const id = await desk.hold('harbour');
    await decide(id, { verdict: 'approve' });
    const removed = await remove(id, { guideline: 'attack', explanation: 'Seen too late.' });
    assert.deepEqual(
      [removed.body['verdict'], removed.body['state'], removed.body['by']],
      ['remove', 'removed', 'Ben'],
    );
    assert.deepEqual(await desk.rows(sql`select id from published where site = 'harbour' and id = ${id}`), []);
  });
});

test('many comments get one result each, and one that is refused stops no other', async () => {
  const [first, second, third] = [await desk.hold('harbour'), await desk.hold('harbour'), await desk.hold('harbour')];
  await decide(second, { verdict: 'approve' });
  const unknown = '00000000-0000-4000-8000-000000000000';
  const comments = [first, second, unknown, third, first].map((id) => ({ id, version: 1 }));
  const answer = await desk.ask('postDecisions', {
    principal: ben,
    body: { comments, verdict: 'reject', guideline: 'attack' },
  });
  assert.equal(answer.status, 200);
  const results = answer.body['results'] as {
    id: string;
    status: number;
    refusal?: { reason: string; detail: string };
  }[];
  assert.deepEqual(
    results.map(({ id, status }) => [id, status]),
    [
      [first, 201],
      [second, 409],
      [unknown, 404],
      [third, 201],
      [first, 409],
    ],
  );
  assert.deepEqual(
    results.map(({ refusal }) => refusal?.reason),
    [undefined, 'already_decided', 'comment_unknown', undefined, 'already_decided'],
  );
  for (const body of [
    { comments: [], verdict: 'approve' },
    { comments: [{ id: first }], verdict: 'approve' },
    { comments, verdict: 'reject' },
    null,
  ]) {
    assert.ok((await desk.ask('postDecisions', { principal: ben, body })).reason);
  }
});

test('after all of it the record holds', async () => {
  assert.equal(await verifyRecord(desk.database), undefined);
});
