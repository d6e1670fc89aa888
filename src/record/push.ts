import { inTransaction, queryRows } from '../storage/database.ts';
import { sql } from '../storage/sql.ts';
import { lockComment } from './decisions.ts';
import type { Store } from './store.ts';

type Named = { site: string; comment: string };

/** Keeps where the author's browser is reached, in the place of an earlier one. It is told of what comes from now on. False
 *  where the comment was withdrawn or erased meanwhile. */
export async function savePush(
  store: Store,
  push: Named & { sealed: Buffer; language: string; deleteAfter: Date },
): Promise<boolean> {
  const { site, comment, sealed, language, deleteAfter } = push;
  return inTransaction(store.writer, async (transaction) => {
    const locked = await lockComment(transaction, { site, id: comment });
    if (!locked || locked.state === 'withdrawn' || locked.state === 'erased') return false;
    await transaction.query(
      sql`insert into push_subscription (site, comment, sealed, language, delete_after, told_position)
        values (${site}, ${comment}, ${sealed}, ${language}, ${deleteAfter}, coalesce(
          (select max(position) from published where site = ${site} and parent = ${comment}), 0))
        on conflict (site, comment) do update set sealed = excluded.sealed, language = excluded.language,
          delete_after = excluded.delete_after`,
    );
    return true;
  });
}

/** Forgets where the author's browser is reached. */
export async function deletePush(store: Store, { site, comment }: Named): Promise<void> {
  await store.writer.query(sql`delete from push_subscription where site = ${site} and comment = ${comment}`);
}

/** Where the browser of a comment's author is reached, still sealed; undefined where it wants nothing, or its day is past. */
export async function findPush(
  store: Store,
  { site, comment, now }: Named & { now: Date },
): Promise<{ sealed: Buffer; language: string; toldPosition: number } | undefined> {
  const [row] = await queryRows<{ sealed: Buffer; language: string; toldPosition: number }>(
    store.writer,
    sql`select sealed, language, told_position as "toldPosition" from push_subscription
      where site = ${site} and comment = ${comment} and delete_after > ${now}`,
  );
  return row;
}

/** As `settleReplies`, for a browser. */
export async function settlePushedReplies(
  store: Store,
  { site, comment, told, sentAt, now }: Named & { told: number; sentAt: Date | null; now: Date },
): Promise<void> {
  await inTransaction(store.writer, async (transaction) => {
    await transaction.query(
      sql`update push_subscription set letter_owed = false, told_position = greatest(told_position, ${told}),
          told_at = coalesce(${sentAt}, told_at)
        where site = ${site} and comment = ${comment}`,
    );
    await transaction.query(sql`select owe_reply_push(${site}, ${comment}, ${now})`);
  });
}
