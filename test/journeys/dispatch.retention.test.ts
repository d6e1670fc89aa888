import assert from 'node:assert/strict';
import { randomBytes, randomUUID } from 'node:crypto';
import { after, before, test } from 'node:test';
import { addDays, addMinutes } from '../../src/contract/time.ts';
import { listRetention, retain } from '../../src/dispatch/retain.ts';
import { inTransaction, queryRows } from '../../src/storage/database.ts';
import { sql } from '../../src/storage/sql.ts';
import { prepareDispatching, type Dispatching } from '../support/dispatching.ts';
import { append, decide, dumpDatabase, holdComment, makeNewsroom, type Held } from '../support/newsroom.ts';

const site = 'harbour';
let room: Dispatching;
let start: Date;

before(async () => {
  room = await prepareDispatching();
  start = room.clock.now;
  const settings = { 'retention.rejectedDays': 200 };
  await makeNewsroom(room.store, site, { at: start, settings });
  await makeNewsroom(room.store, 'keeper', { at: start, settings: { 'retention.rejectedDays': 0 } });
});
after(() => room.remove());

async function stateOf(comment: Held, of = site) {
  const [row] = await queryRows<{ state: string; text: string | null }>(
    room.store.writer,
    sql`select state, text from comment where site = ${of} and id = ${comment.id}`,
  );
  return row?.state;
}

const ended = async (verdict: 'approve' | 'reject', of = site): Promise<Held> => {
  const comment = await holdComment(room.store, of, { at: start, email: 'reader@readers.example' });
  await decide(room.store, of, { comment, verdict, version: 1, at: start });
  return comment;
};

const appeal = (comment: Held, at: Date) =>
  append(room.store, site, { kind: 'appealed', comment, at, body: { appeal: randomUUID(), text: 'Look again' } });

test('texts are erased when their time is up, and no others', async () => {
  const held = await holdComment(room.store, site, { at: start });
  const approved = await ended('approve');
  const rejected = await ended('reject');
  const removed = await ended('approve');
  await decide(room.store, site, { comment: removed, verdict: 'remove', version: 2, at: addDays(start, 10) });
  const withdrawn = await ended('approve');
  await append(room.store, site, { kind: 'withdrawn', comment: withdrawn, at: addDays(start, 20), body: {} });
  const appealed = await ended('reject');
  await appeal(appealed, addDays(start, 30));
  const upheld = await ended('reject');
  await appeal(upheld, addDays(start, 30));
  const verdict = { verdict: 'uphold', explanation: 'The decision stands.' };
  const decided = { comment: upheld, at: addDays(start, 40), actor: 'moderator:2', body: verdict };
  await append(room.store, site, { kind: 'appeal_decided', ...decided });
  const abandoned = await ended('reject');
  await appeal(abandoned, addDays(start, 5));
  await append(room.store, site, { kind: 'withdrawn', comment: abandoned, at: addDays(start, 6), body: {} });
  const kept = await ended('reject', 'keeper');

  const dispatch = await room.start();
  const statesAfter = async (days: number) => {
    room.clock.now = addMinutes(addDays(start, days), 61);
    await dispatch.settled();
    return Promise.all(
      [rejected, removed, withdrawn, appealed, upheld, held, approved].map((comment) => stateOf(comment)),
    );
  };
  const standing = ['rejected', 'removed', 'withdrawn', 'rejected', 'rejected', 'held', 'approved'];
  assert.deepEqual(await statesAfter(199), standing);
  assert.deepEqual(await statesAfter(200), ['erased', ...standing.slice(1)]);
  assert.deepEqual(await statesAfter(210), ['erased', 'erased', ...standing.slice(2)]);
  assert.deepEqual(await statesAfter(220), ['erased', 'erased', 'erased', ...standing.slice(3)]);
  assert.deepEqual(await statesAfter(239), ['erased', 'erased', 'erased', ...standing.slice(3)]);
  assert.deepEqual(await statesAfter(240), ['erased', 'erased', 'erased', 'rejected', 'erased', 'held', 'approved']);
  // Years later an appeal that nobody decided still keeps its comment, and a site that keeps texts keeps them.
  assert.equal((await statesAfter(2000))[3], 'rejected');
  assert.equal(await stateOf(kept, 'keeper'), 'rejected');
  assert.equal(await stateOf(abandoned), 'erased', 'an appeal that its author abandoned keeps the text');
  await dispatch.close();

  const everything = await dumpDatabase(room.store);
  for (const { text } of [rejected, removed, withdrawn, upheld]) assert.equal(everything.includes(text), false);
  for (const { text } of [held, approved, appealed, kept]) assert.equal(everything.includes(text), true);
  const events = await queryRows<{ actor: string; body: unknown }>(
    room.store.writer,
    sql`select actor, body from event where site = ${site} and kind = 'erased' and comment = ${rejected.id}`,
  );
  assert.deepEqual(events, [{ actor: 'policy:retention', body: { reason: 'retention' } }]);
});

test('addresses go on their day, and with the text they belong to', async () => {
  const rows = await queryRows<{ comment: string }>(room.store.writer, sql`select comment from contact`);
  assert.deepEqual(rows, [], 'an address is left 2,000 days after it was given');
});

test('digests of networks go after 72 hours, those of bodies after 30 days', async () => {
  const at = room.clock.now;
  const comment = await holdComment(room.store, site, { at, digest: randomBytes(32) });
  const digestsAfter = async (hours: number) => {
    const now = addMinutes(at, hours * 60);
    await retain(room.store, listRetention([], now), new AbortController().signal);
    const [row] = await queryRows(
      room.store.writer,
      sql`select network is null as network, fingerprint is null as fingerprint
        from comment where id = ${comment.id}`,
    );
    return row;
  };
  assert.deepEqual(await digestsAfter(72), { network: false, fingerprint: false });
  assert.deepEqual(await digestsAfter(72.1), { network: true, fingerprint: false });
  assert.deepEqual(await digestsAfter(30 * 24), { network: true, fingerprint: false });
  assert.deepEqual(await digestsAfter(30 * 24 + 0.1), { network: true, fingerprint: true });
});

test('sign-ins, sessions, challenges, claims and settled rows of the outbox go after their end', async () => {
  const at = room.clock.now;
  const account = randomUUID();
  const held = await holdComment(room.store, site, { at });
  const long = addDays(at, -100);
  await inTransaction(room.store.writer, async (transaction) => {
    await transaction.query(sql`insert into account (site, id, kind, name, email, role, created_at)
      values (${site}, ${account}, 'person', 'M', 'm@news.example', 'moderator', ${long})`);
    for (const [secret, expiry] of [
      [Buffer.from('old'), long],
      [Buffer.from('new'), at],
    ] as const) {
      await transaction.query(sql`insert into sign_in (site, secret_hash, account, created_at, expires_at)
        values (${site}, ${secret}, ${account}, ${long}, ${expiry})`);
      await transaction.query(sql`insert into session (site, secret_hash, account, created_at, seen_at, expires_at)
        values (${site}, ${secret}, ${account}, ${long}, ${long}, ${expiry})`);
      await transaction.query(sql`insert into passkey_challenge (site, challenge, account, expires_at)
        values (${site}, ${secret.toString()}, ${account}, ${expiry})`);
    }
    await transaction.query(sql`insert into claim (site, comment, account, claimed_at, expires_at)
      values (${site}, ${held.id}, ${account}, ${long}, ${long})`);
    await transaction.query(sql`insert into outbox (site, kind, body, created_at, due_at, delivered_at, failed_at) values
      (${site}, 'decision', '{}', ${long}, ${long}, ${long}, null), (${site}, 'decision', '{}', ${long}, ${long}, null, ${long}),
      (${site}, 'decision', '{}', ${long}, ${long}, ${at}, null), (${site}, 'decision', '{}', ${long}, ${long}, null, null)`);
  });
  await retain(room.store, listRetention([], at), new AbortController().signal);
  const [left] = await queryRows(
    room.store.writer,
    sql`select (select count(*) from sign_in) as "signIns", (select count(*) from session) as sessions,
      (select count(*) from passkey_challenge) as challenges, (select count(*) from claim) as claims,
      (select count(*) from outbox where created_at = ${long}) as outbox`,
  );
  assert.deepEqual(left, { signIns: 1, sessions: 1, challenges: 1, claims: 0, outbox: 2 });
});

test('more than a batch is erased in one run, and a second run at the same time keeps away', async () => {
  const at = room.clock.now;
  const comments: Held[] = [];
  for (let count = 0; count < 230; count += 1) comments.push(await holdComment(room.store, site, { at }));
  for (const comment of comments) await decide(room.store, site, { comment, verdict: 'reject', version: 1, at });
  room.clock.now = addDays(at, 201);
  const [one, two] = await Promise.all([room.start(), room.start()]);
  await Promise.all([one.settled(), two.settled()]);
  const rows = await queryRows(
    room.store.writer,
    sql`select from comment where site = ${site} and state = 'rejected' and
    id = any(${comments.map(({ id }) => id)}::uuid[])`,
  );
  assert.equal(rows.length, 0);
  const doubled = await queryRows(
    room.store.writer,
    sql`select comment from event where kind = 'erased'
    group by comment having count(*) > 1`,
  );
  assert.equal(doubled.length, 0);
  await Promise.all([one.close(), two.close()]);
});
