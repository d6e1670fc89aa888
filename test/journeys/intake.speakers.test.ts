import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, test } from 'node:test';
import type { Principal } from '../../src/contract/principal.ts';
import { recordErasure } from '../../src/record/erasures.ts';
import { verifyRecord } from '../../src/record/verify.ts';
import { queryRows } from '../../src/storage/database.ts';
import { sql } from '../../src/storage/sql.ts';
import { hold, openIntakeDesk, post, reasonOf, type IntakeDesk } from '../support/intake.ts';
import { makeNameKey } from '../support/nameKey.ts';
import { askReview, impose, later, moderatorOf, refusalIn } from '../support/sanctions.ts';

let desk: IntakeDesk;
let ada: Principal;
let eli: Principal;

// A token of this test's own: the account is what it says.
const accountOf: Record<string, string> = { 'token of Dana': 'a'.repeat(64), 'token of Ben': 'b'.repeat(64) };

before(async () => {
  desk = await openIntakeDesk({
    identifyReader: async (_, token) => ({
      outcome: 'known',
      reader: { account: accountOf[token] ?? '', name: token.replace('token of ', ''), isStaff: false },
    }),
  });
  await desk.set({ 'names.protect': 'on', 'reader.accounts': 'optional', 'intake.limits': 'off' });
  ada = await moderatorOf(desk, 'Ada', 'moderator');
  eli = await moderatorOf(desk, 'Eli', 'editor');
});
after(() => desk.remove());

type Key = ReturnType<typeof makeNameKey>;

/** A submission under the name of a key. */
function signed(key: Key, name: string): [{ name: string; text: string; holder: string }, { key: string }] {
  const submission = randomUUID();
  const text = 'You again, you fool.';
  return [{ name, text, holder: key.prove({ submission, name, text }) }, { key: submission }];
}

async function holdSigned(key: Key, name: string): Promise<string> {
  const [body, sent] = signed(key, name);
  return (await hold(desk, body, sent)).id;
}

async function free(id: string, principal: Principal): Promise<unknown> {
  const { reason, body } = await askReview(desk, 'deleteProtectedName', { params: { id }, principal });
  return reason ?? body['freed'];
}

test('an editor frees a protected name, once, with a line in the record that does not repeat it; a moderator does not', async () => {
  const [nina, other] = [makeNameKey(), makeNameKey()];
  const id = await holdSigned(nina, 'Nina Stone');
  const plain = await hold(desk, { name: 'Plain Name', text: 'A word.' });
  assert.equal(await free(id, ada), 'not_allowed');
  assert.equal(reasonOf(await post(desk, { name: 'Nina Stone', text: 'A word.' })), 'name_protected');
  assert.equal(await free(plain.id, eli), false);
  assert.equal(await free(id, eli), true);
  assert.equal(await free(id, eli), false, 'it is free already');
  await holdSigned(other, 'Nina Stone');
  assert.equal(reasonOf(await post(desk, ...signed(nina, 'Nina Stone'))), 'name_protected');
  const rows = await queryRows<{ actor: string; body: object }>(
    desk.database.writer,
    sql`select actor, body from event where kind = 'name_freed' and comment = ${id}`,
  );
  assert.equal(rows.length, 1);
  assert.match(rows[0]?.actor ?? '', /^moderator:/);
  assert.deepEqual(rows[0]?.body, {});
  assert.equal(await verifyRecord(desk.database), undefined);
});

test('two editors who free one name at the same moment make one line', async () => {
  const id = await holdSigned(makeNameKey(), 'Wanted Free');
  const answers = await Promise.all([free(id, eli), free(id, eli)]);
  assert.deepEqual(answers.toSorted(), [false, true]);
});

test('a measure by the account, or by the key of a name, finds the reader under any other name, and nobody else', async () => {
  const key = makeNameKey();
  const id = await holdSigned(key, 'Key Holder');
  const measure = { principal: ada, measure: 'slow', minutes: 60, knownBy: ['account'] };
  await impose(desk, id, measure);
  const [body, sent] = signed(key, 'Another Name');
  assert.equal(reasonOf(await post(desk, body, { ...sent, now: later })), 'answered 202', 'the first takes the turn');
  const again = signed(key, 'A Third Name');
  assert.equal(refusalIn(await post(desk, again[0], { ...again[1], now: later })).reason, 'slowed');
  const other = signed(makeNameKey(), 'Somebody Else');
  assert.equal(reasonOf(await post(desk, other[0], { ...other[1], now: later })), 'answered 202');
  assert.equal(reasonOf(await post(desk, { name: 'No Key', text: 'A word.' }, { now: later })), 'answered 202');

  const dana = await hold(desk, { name: 'x', text: 'You fool.', account: 'token of Dana' });
  await impose(desk, dana.id, measure);
  const write = async (who: string): Promise<string> =>
    reasonOf(await post(desk, { name: 'x', text: `A word of ${who}.`, account: `token of ${who}` }, { now: later }));
  assert.equal(await write('Dana'), 'answered 202');
  const second = await post(
    desk,
    { name: 'x', text: 'Another.', account: 'token of Dana' },
    { now: later, key: randomUUID() },
  );
  assert.equal(refusalIn(second).reason, 'slowed');
  assert.equal(await write('Ben'), 'answered 202');
});

test('nobody is known by an account that a comment has not, and none when the comment was erased', async () => {
  const plain = await hold(desk, { name: 'Plain Again', text: 'You fool.' });
  const asked = { measure: 'warn', knownBy: ['account'], guideline: 'attack', explanation: 'So.' };
  const refusal = await askReview(desk, 'postSanction', { params: { id: plain.id }, principal: ada, body: asked });
  assert.equal(refusal.reason, 'field_malformed');
  const shown = await askReview(desk, 'getReader', { params: { id: plain.id }, principal: ada });
  assert.equal(shown.body['hasAccount'], false);

  const key = makeNameKey();
  const id = await holdSigned(key, 'To Be Erased');
  const before = await askReview(desk, 'getReader', { params: { id }, principal: ada });
  assert.equal(before.body['hasAccount'], true);
  await impose(desk, id, { principal: ada, measure: 'slow', minutes: 60, knownBy: ['account'] });
  await recordErasure(desk.database, { site: 'sample', id, reason: 'request', actor: 'retention', now: later });
  for (const name of ['Once', 'Twice']) {
    const [body, sent] = signed(key, name);
    assert.equal(reasonOf(await post(desk, body, { ...sent, now: later })), 'answered 202');
  }
  const kept = await queryRows(desk.database.writer, sql`select from speaker where comment = ${id}`);
  assert.equal(kept.length, 0);
});
