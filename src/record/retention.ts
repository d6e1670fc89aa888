import { inTransaction, queryRows } from '../storage/database.ts';
import { sql, type Sql } from '../storage/sql.ts';
import { appendEvent } from './events.ts';
import type { Store, Transaction } from './store.ts';

/** Who erases for a setting, in the record. */
export const retentionActor = 'policy:retention';

/** One bounded piece of the retention work: at most `most` rows, in one transaction. Returns how many rows it dealt with,
 *  and undefined where another process is at this work now. */
export type RetentionStep = (store: Store, most: number) => Promise<number | undefined>;

/** Erases the texts of rejected, removed and withdrawn comments that ended before a time, with their authors' addresses.
 *  An appeal that was decided later counts instead of the decision; while one is open nothing is erased, except what
 *  its author withdrew: that appeal waits for nobody. */
export function eraseEnded(site: string, endedBefore: Date, now: Date): RetentionStep {
  return inTurn(async (transaction, most) => {
    const locked = await lockEnded(transaction, { site, endedBefore, most });
    const ended = await withoutOpenAppeal(transaction, site, locked);
    for (const comment of ended) {
      const body = { reason: 'retention' };
      await appendEvent(transaction, { site, kind: 'erased', comment, at: now, actor: retentionActor, body });
    }
    await transaction.query(sql`delete from contact where site = ${site} and comment = any(${ended}::uuid[])`);
    return ended.length;
  });
}

async function lockEnded(
  transaction: Transaction,
  { site, endedBefore, most }: { site: string; endedBefore: Date; most: number },
): Promise<string[]> {
  const rows = await queryRows<{ id: string }>(
    transaction,
    sql`select c.id from comment c
      left join decision d on d.site = c.site and d.comment = c.id and d.seq = c.decision
      left join appeal a on a.site = c.site and a.comment = c.id
      where c.site = ${site} and c.state in ('rejected', 'removed', 'withdrawn')
        and (c.state = 'withdrawn' or a.state is distinct from 'open')
        and case c.state
          when 'withdrawn' then (select max(e.at) from event e
            where e.site = c.site and e.comment = c.id and e.kind = 'withdrawn')
          else greatest(d.decided_at, a.decided_at) end < ${endedBefore}
      order by c.seq limit ${most} for update of c skip locked`,
  );
  return rows.map(({ id }) => id);
}

// Asked again after the lock, in a statement of its own: an appeal that was committed between the first statement's
// snapshot and its lock would otherwise be erased while it is open.
async function withoutOpenAppeal(
  transaction: Transaction,
  site: string,
  comments: readonly string[],
): Promise<string[]> {
  const rows = await queryRows<{ id: string }>(
    transaction,
    sql`select c.id from comment c where c.site = ${site} and c.id = any(${comments}::uuid[])
        and (c.state = 'withdrawn' or not exists (
          select from appeal a where a.site = c.site and a.comment = c.id and a.state = 'open'))`,
  );
  return rows.map(({ id }) => id);
}

/** Deletes authors' addresses whose day is past. */
export function deleteContacts(now: Date): RetentionStep {
  return deleteRows(
    (most) => sql`delete from contact where (site, comment) in (
      select site, comment from contact where delete_after <= ${now} limit ${most})`,
  );
}

/** Deletes where authors' browsers are reached, past its day. */
export function deletePushes(now: Date): RetentionStep {
  return deleteRows(
    (most) => sql`delete from push_subscription where (site, comment) in (
      select site, comment from push_subscription where delete_after <= ${now} limit ${most})`,
  );
}

/** Deletes addresses of authors whose comment was erased for whatever reason: nothing is left to tell them about. */
export function deleteContactsOfErased(): RetentionStep {
  return deleteRows(
    (most) => sql`delete from contact where (site, comment) in (
      select k.site, k.comment from contact k join comment c on c.site = k.site and c.id = k.comment
      where c.state = 'erased' limit ${most})`,
  );
}

/** Deletes the addresses that reporters left, for reports made before a time. The report itself stays. */
export function forgetReporters(site: string, reportedBefore: Date): RetentionStep {
  return deleteRows(
    (most) => sql`update report set sealed_contact = null where site = ${site} and id in (
      select id from report where site = ${site} and sealed_contact is not null and reported_at < ${reportedBefore}
      limit ${most})`,
  );
}

/** Deletes what was counted of addresses that were last asked before a time, and forgets which want no mail where they said
 *  so before another. */
export function forgetMailAddresses(askedBefore: Date, refusedBefore: Date): RetentionStep {
  return deleteRows(
    (most) => sql`delete from mail_address where (site, address) in (
      select site, address from mail_address
      where asked_since < ${askedBefore} and (refused_at is null or refused_at < ${refusedBefore}) limit ${most})`,
  );
}

/** Takes the network digest off comments submitted before a time. */
export function forgetNetworks(submittedBefore: Date): RetentionStep {
  return deleteRows(
    (most) => sql`update comment set network = null where (site, id) in (
      select site, id from comment where submitted_at < ${submittedBefore} and network is not null limit ${most}
      for update skip locked)`,
  );
}

/** Takes the network digest off reports made before a time. */
export function forgetReportNetworks(reportedBefore: Date): RetentionStep {
  return deleteRows(
    (most) => sql`update report set network = null where (site, id) in (
      select site, id from report where reported_at < ${reportedBefore} and network is not null limit ${most})`,
  );
}

/** Deletes what marks comments and reports of readers under a sanction, and a slowed reader's turn, where the sanction
 *  ended before a time. */
export function forgetMarks(endedBefore: Date): RetentionStep {
  return deleteRows(
    (most) => sql`with turns as (
        delete from sanction_turn where (site, sanction) in (
          select site, id from sanction where least(ends_at, lifted_at) < ${endedBefore} limit ${most})
      )
      delete from sanction_mark where (site, subject, sanction) in (
        select m.site, m.subject, m.sanction from sanction_mark m join sanction s on s.site = m.site and s.id = m.sanction
        where least(s.ends_at, s.lifted_at) < ${endedBefore} limit ${most})`,
  );
}

/** Takes the digest of the submission's body off comments submitted before a time. The same Idempotency-Key sent after that
 *  still meets its comment, whose id is made from it, and is told apart by the text alone. */
export function forgetFingerprints(submittedBefore: Date): RetentionStep {
  return deleteRows(
    (most) => sql`update comment set fingerprint = null where (site, id) in (
      select site, id from comment where submitted_at < ${submittedBefore} and fingerprint is not null limit ${most}
      for update skip locked)`,
  );
}

/** Deletes one-time sign-ins, sessions, challenges and claims that ended before a time. */
export const deleteEnded: Readonly<
  Record<
    'signIns' | 'sessions' | 'challenges' | 'claims' | 'readerTokens' | 'readerTokens',
    (before: Date) => RetentionStep
  >
> = {
  signIns: (before) =>
    deleteRows(
      (most) => sql`delete from sign_in where (site, secret_hash) in (
        select site, secret_hash from sign_in where expires_at < ${before} limit ${most})`,
    ),
  sessions: (before) =>
    deleteRows(
      (most) => sql`delete from session where (site, secret_hash) in (
        select site, secret_hash from session where least(expires_at, revoked_at) < ${before} limit ${most})`,
    ),
  challenges: (before) =>
    deleteRows(
      (most) => sql`delete from passkey_challenge where (site, challenge) in (
        select site, challenge from passkey_challenge where expires_at < ${before} limit ${most})`,
    ),
  readerTokens: (before) =>
    deleteRows(
      (most) => sql`delete from reader_token where (site, token) in (
        select site, token from reader_token where expires_at < ${before} limit ${most})`,
    ),
  claims: (before) =>
    deleteRows(
      (most) => sql`delete from claim where (site, comment) in (
        select site, comment from claim where expires_at < ${before} limit ${most})`,
    ),
};

/** Frees the protected names of a site that nobody used since a time. */
export function freeUnusedNames(site: string, unusedSince: Date): RetentionStep {
  return deleteRows(
    (most) => sql`delete from protected_name where (site, key) in (
      select site, key from protected_name where site = ${site} and used_at < ${unusedSince} limit ${most})`,
  );
}

/** Deletes the turns of second readers on comments that are no longer held: of no meaning any more. */
export function deleteTurns(): RetentionStep {
  return deleteRows(
    (most) => sql`delete from second_reading_turn where (site, comment, reader) in (
      select t.site, t.comment, t.reader from second_reading_turn t
      join comment c on c.site = t.site and c.id = t.comment where c.state <> 'held' limit ${most})`,
  );
}

/** Deletes what was counted of second readers' questions on days before a time. */
export function deleteQuestionDays(before: Date): RetentionStep {
  return deleteRows(
    (most) => sql`delete from second_reading_day where (site, reader, day) in (
      select site, reader, day from second_reading_day where day < ${before}::timestamptz::date limit ${most})`,
  );
}

/** Deletes rows of the outbox that were delivered, or given up, before these times. */
export function deleteSettled(deliveredBefore: Date, failedBefore: Date): RetentionStep {
  return deleteRows(
    (most) => sql`delete from outbox where (site, id) in (
      select site, id from outbox where delivered_at < ${deliveredBefore} or failed_at < ${failedBefore} limit ${most})`,
  );
}

function deleteRows(statement: (most: number) => Sql): RetentionStep {
  return inTurn(async (transaction, most) => (await transaction.query(statement(most))).rowCount ?? 0);
}

function inTurn(work: (transaction: Transaction, most: number) => Promise<number>): RetentionStep {
  return (store, most) =>
    inTransaction(store.writer, async (transaction) => {
      const [row] = await queryRows<{ mine: boolean }>(
        transaction,
        sql`select pg_try_advisory_xact_lock(hashtext('stet.retention'), 0) as mine`,
      );
      return row?.mine ? work(transaction, most) : undefined;
    });
}
