import { refused, type Refused } from '../contract/refusals.ts';
import { inTransaction, queryRows } from '../storage/database.ts';
import { sql } from '../storage/sql.ts';
import { lockComment } from './decisions.ts';
import { appendEvent, moveRefused } from './events.ts';
import type { Store, Transaction } from './store.ts';

export type NameToFree = { site: string; id: string; actor: string; now: Date };

/** Frees every name that the key protects under which a comment was written, by an event of its own. False, and no event, where
 *  there is none (any more). Refused as `comment_unknown`. */
export async function recordNameFreed(
  store: Store,
  { site, id, actor, now }: NameToFree,
): Promise<{ outcome: 'recorded'; freed: boolean } | Refused> {
  try {
    return await inTransaction(store.writer, async (transaction) => {
      if (!(await lockComment(transaction, { site, id }))) return refused('comment_unknown');
      const freed = await isHeld(transaction, { site, id });
      if (freed) await appendEvent(transaction, { site, kind: 'name_freed', comment: id, at: now, actor, body: {} });
      return { outcome: 'recorded', freed };
    });
  } catch (error) {
    // Its holder gave it up meanwhile.
    if (moveRefused(error)) return { outcome: 'recorded', freed: false };
    throw error;
  }
}

async function isHeld(transaction: Transaction, { site, id }: { site: string; id: string }): Promise<boolean> {
  const rows = await queryRows(
    transaction,
    sql`select from speaker s join protected_name p on p.site = s.site and p.holder = s.account
      where s.site = ${site} and s.comment = ${id} and s.kind = 'name' limit 1`,
  );
  return rows.length > 0;
}
