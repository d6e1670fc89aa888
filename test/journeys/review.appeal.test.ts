import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, describe, test } from 'node:test';
import type { Principal } from '../../src/contract/principal.ts';
import { addMinutes } from '../../src/contract/time.ts';
import { appendEvent } from '../../src/record/events.ts';
import { verifyRecord } from '../../src/record/verify.ts';
import { inTransaction } from '../../src/storage/database.ts';
import { sql } from '../../src/storage/sql.ts';
import { noon, openDesk, type Desk, type Read } from '../support/desk.ts';

let desk: Desk;
let ada: Principal;
let ben: Principal;
let eve: Principal;

before(async () => {
  desk = await openDesk('harbour', 'valley');
  ada = await desk.person('Ada', 'moderator', 'harbour');
  ben = await desk.person('Ben', 'moderator', 'harbour');
  eve = await desk.person('Eve', 'admin', 'valley');
});
after(() => desk.remove());

const contact = { sealed: Buffer.from('sealed'), language: 'en', deleteAfter: addMinutes(noon, 600_000) };

async function rejectAndAppeal(): Promise<{ id: string; appeal: string }> {
  const id = await desk.hold('harbour', { contact });
  const body = { verdict: 'reject', guideline: 'attack', version: 1 };
  assert.equal((await desk.ask('postDecision', { params: { id }, principal: ada, body })).status, 201);
  const appeal = randomUUID();
  await desk.append('harbour', id, { kind: 'appealed', body: { appeal, text: 'It names nobody.' } });
  return { id, appeal };
}

function decide(appeal: string, body: unknown, principal = ben): Promise<Read> {
  return desk.ask('postAppealDecision', { params: { id: appeal }, principal, body });
}

const overturn = { verdict: 'overturn', explanation: 'True, it names nobody.' };

describe('a decision on an appeal is refused', () => {
  test('to whoever took the first decision, by Stet and by the database itself (ST003)', async () => {
    const { id, appeal } = await rejectAndAppeal();
    assert.equal((await decide(appeal, overturn, ada)).reason, 'same_moderator');
    const actor = `moderator:${ada.accounts[0]?.id}`;
    const event = { site: 'harbour', kind: 'appeal_decided', comment: id, at: noon, actor, body: overturn } as const;
    await assert.rejects(
      inTransaction(desk.database.writer, (transaction) => appendEvent(transaction, event)),
      { code: 'ST003' },
    );
  });

  test('without a verdict or an explanation that shows something', async () => {
    const { appeal } = await rejectAndAppeal();
    const bad: [unknown, string][] = [
      [undefined, 'body_malformed'],
      [{ explanation: 'x' }, 'verdict_unknown'],
      [{ verdict: 'approve', explanation: 'x' }, 'verdict_unknown'],
      [{ verdict: 'uphold' }, 'field_required'],
      [{ verdict: 'uphold', explanation: ' \u200b\n' }, 'field_required'],
      [{ verdict: 'uphold', explanation: 'a\u202eb' }, 'text_characters'],
      [{ verdict: 'uphold', explanation: 'x'.repeat(4001) }, 'explanation_too_long'],
    ];
    for (const [body, reason] of bad) assert.equal((await decide(appeal, body)).reason, reason);
  });

  test('on an appeal that is not there, of another site, or decided before', async () => {
    assert.equal((await decide(randomUUID(), overturn)).reason, 'not_found');
    assert.equal((await decide('nonsense', overturn)).reason, 'not_found');
    const { appeal } = await rejectAndAppeal();
    assert.equal((await decide(appeal, overturn, eve)).reason, 'not_found');
    assert.equal((await decide(appeal, { ...overturn, verdict: 'uphold' })).status, 201);
    assert.equal((await decide(appeal, overturn)).reason, 'appeal_closed');
  });

  test('on a comment that its author withdrew meanwhile, and nothing of it is stored', async () => {
    const { id, appeal } = await rejectAndAppeal();
    await desk.append('harbour', id, { kind: 'withdrawn', body: {} });
    assert.equal((await decide(appeal, overturn)).reason, 'state_moved_on');
    const kinds = await desk.rows<{ kind: string }>(sql`select kind from event where comment = ${id} order by seq`);
    assert.deepEqual(
      kinds.map(({ kind }) => kind),
      ['received', 'decided', 'appealed', 'withdrawn'],
    );
  });
});

test('an overturned appeal publishes the comment by a new decision, and its author is owed the news once', async () => {
  const { id, appeal } = await rejectAndAppeal();
  const answer = await decide(appeal, overturn);
  assert.equal(answer.status, 201);
  const { explanation } = overturn;
  assert.deepEqual(answer.body, {
    id: appeal,
    comment: id,
    state: 'overturned',
    explanation,
    by: 'Ben',
    decidedAt: noon.toISOString(),
  });
  assert.equal((await desk.rows(sql`select 1 from published where site = 'harbour' and id = ${id}`)).length, 1);
  const owed = await desk.rows<{ kind: string }>(
    sql`select kind from outbox where body ->> 'comment' = ${id} order by id`,
  );
  assert.deepEqual(
    owed.map(({ kind }) => kind),
    ['decision', 'appeal'],
  );
});

test('an upheld appeal leaves the comment as it was', async () => {
  const { id, appeal } = await rejectAndAppeal();
  assert.equal((await decide(appeal, { verdict: 'uphold', explanation: 'It does.' })).body['state'], 'upheld');
  assert.deepEqual(await desk.rows(sql`select 1 from published where site = 'harbour' and id = ${id}`), []);
});

test('of two moderators who decide an appeal at once, one does', async () => {
  const { appeal } = await rejectAndAppeal();
  const cleo = await desk.person('Cleo', 'moderator', 'harbour');
  const answers = await Promise.all([
    decide(appeal, overturn, ben),
    decide(appeal, { ...overturn, verdict: 'uphold' }, cleo),
  ]);
  assert.deepEqual(answers.map(({ status, reason }) => reason ?? status).toSorted(), [201, 'appeal_closed']);
});

test('open appeals are listed with their comments, the longest waiting first, page by page', async () => {
  const all = await desk.ask('getAppeals', { principal: ben, query: { site: 'harbour' } });
  const ids = (all.body['appeals'] as { id: string; text: string; comment: { state: string } }[]).map(({ id }) => id);
  assert.ok(ids.length > 0);
  assert.equal(all.body['total'], ids.length);
  const paged: string[] = [];
  let after: string | undefined;
  do {
    const page: Read = await desk.ask('getAppeals', { principal: ben, query: { limit: '1', after } });
    paged.push(...(page.body['appeals'] as { id: string }[]).map(({ id }) => id));
    after = (page.body['next'] as string | null) ?? undefined;
  } while (after);
  assert.deepEqual(paged, ids);
  for (const after of ['x', '!!', 'e30', Buffer.from('{"at":1e300,"id":"x"}').toString('base64url')]) {
    assert.equal((await desk.ask('getAppeals', { principal: ben, query: { after } })).reason, 'parameter_malformed');
  }
  const { appeals } = all.body as { appeals: { text: string; comment: { decision: { by: string } } }[] };
  assert.equal(appeals[0]?.text, 'It names nobody.');
  assert.equal(appeals[0]?.comment.decision.by, 'Ada');
});

test('after all of it the record holds', async () => {
  assert.equal(await verifyRecord(desk.database), undefined);
});
