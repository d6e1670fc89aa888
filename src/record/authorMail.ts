import { inTransaction, queryRows } from '../storage/database.ts';
import { sql } from '../storage/sql.ts';
import { lockComment } from './decisions.ts';
import { refuseMail } from './mailAddress.ts';
import { oweNotice } from './outbox.ts';
import type { Store, Transaction } from './store.ts';

type Named = { site: string; comment: string };

/** How an address stands, for whoever holds the code of a mail. Undefined where the comment is gone. `sealed` is null where
 *  no address is kept. */
export async function findMailStanding(
  store: Store,
  { site, comment, now }: Named & { now: Date },
): Promise<{ story: string; sealed: Buffer | null; isConfirmed: boolean; wantsReplies: boolean } | undefined> {
  const [row] = await queryRows<{ story: string; sealed: Buffer | null; isConfirmed: boolean; wantsReplies: boolean }>(
    store.writer,
    sql`select c.story, k.sealed, k.confirmed_at is not null as "isConfirmed", coalesce(k.wants_replies, false) as "wantsReplies"
      from comment c left join contact k on k.site = c.site and k.comment = c.id and k.delete_after > ${now}
      where c.site = ${site} and c.id = ${comment}`,
  );
  return row;
}

/** Confirms an address and owes what was decided meanwhile, and replies that were published. `days` is how long it is kept
 *  after the comment was sent. False where no address is kept any more. */
export async function confirmAddress(
  store: Store,
  confirmation: Named & { replies: boolean; at: Date; days: number },
): Promise<boolean> {
  const { site, comment, replies, at, days } = confirmation;
  return inTransaction(store.writer, async (transaction) => {
    // Locked as a decision locks it: either that decision sees the address confirmed, or this sees the decision.
    await lockComment(transaction, { site, id: comment });
    const [contact] = await queryRows<{ first: boolean }>(
      transaction,
      sql`with before as (select confirmed_at from contact where site = ${site} and comment = ${comment} for update)
        update contact k set confirmed_at = coalesce(k.confirmed_at, ${at}), wants_replies = ${replies},
          delete_after = (select c.submitted_at from comment c where c.site = k.site and c.id = k.comment)
            + make_interval(days => ${days}::integer)
        from before where k.site = ${site} and k.comment = ${comment} and k.delete_after > ${at}
        returning before.confirmed_at is null as first`,
    );
    if (!contact) return false;
    if (contact.first) await oweDecided(transaction, { site, comment, at });
    await oweReplies(transaction, { site, comment, at });
    return true;
  });
}

async function oweDecided(transaction: Transaction, { site, comment, at }: Named & { at: Date }): Promise<void> {
  const [row] = await queryRows<{ seq: number; isAppealed: boolean }>(
    transaction,
    sql`select c.decision as seq, a.decided_at is not null as "isAppealed" from comment c
      left join appeal a on a.site = c.site and a.comment = c.id
      where c.site = ${site} and c.id = ${comment} and c.decision is not null and c.state in ('approved', 'rejected', 'removed')`,
  );
  if (row)
    await oweNotice(transaction, { site, kind: row.isAppealed ? 'appeal' : 'decision', comment, seq: row.seq, at });
}

/** Deletes the address of a comment's author; nothing more is sent. With `refuses` the address is remembered as one that
 *  wants no mail. */
export async function stopMail(
  store: Store,
  { site, comment, at, refuses }: Named & { at: Date; refuses: string | undefined },
): Promise<void> {
  await inTransaction(store.writer, async (transaction) => {
    await transaction.query(sql`delete from contact where site = ${site} and comment = ${comment}`);
    if (refuses !== undefined) await refuseMail(transaction, { site, address: refuses, at });
  });
}

/** Replies to a comment that were published and not yet told, the oldest first; none while the comment itself is not
 *  published. Read by the readers' role, which can see nothing but what is published. */
export async function listUntoldReplies(
  store: Store,
  { site, comment, told }: Named & { told: number },
): Promise<{ id: string; story: string; position: number }[]> {
  return queryRows(
    store.reader,
    sql`select r.id, r.story, r.position from published r
      join published p on p.site = r.site and p.id = r.parent
      where r.site = ${site} and r.parent = ${comment} and r.position > ${told} order by r.position`,
  );
}

/** Writes down that replies up to `told` are dealt with, told by a mail at `sentAt` or passed over, and owes the next mail
 *  where more were published meanwhile. */
export async function settleReplies(
  store: Store,
  { site, comment, told, sentAt, now }: Named & { told: number; sentAt: Date | null; now: Date },
): Promise<void> {
  await inTransaction(store.writer, async (transaction) => {
    await transaction.query(
      sql`update contact set letter_owed = false, told_position = greatest(told_position, ${told}),
          told_at = coalesce(${sentAt}, told_at)
        where site = ${site} and comment = ${comment}`,
    );
    await oweReplies(transaction, { site, comment, at: now });
  });
}

async function oweReplies(transaction: Transaction, { site, comment, at }: Named & { at: Date }): Promise<void> {
  await transaction.query(sql`select owe_replies(${site}, ${comment}, ${at})`);
}
