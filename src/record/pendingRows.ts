import { queryRows } from '../storage/database.ts';
import { sql, type Sql } from '../storage/sql.ts';
import type { Transaction } from './store.ts';

/** A verdict that was given and has not taken effect. `by` is the name of the account. */
export type Pending = {
  account: string;
  by: string;
  version: number;
  verdict: 'approve' | 'reject';
  guideline: string | null;
  explanation: string | null;
  dueAt: Date;
};

/** The verdict that is pending on a comment, inside the transaction that holds the comment's lock. */
export async function findPending(
  transaction: Transaction,
  { site, id }: { site: string; id: string },
): Promise<Pending | undefined> {
  const [row] = await queryRows<Pending>(
    transaction,
    sql`select p.account, coalesce(a.name, p.account::text) as by, p.version, p.verdict, p.guideline, p.explanation,
        p.due_at as "dueAt"
      from pending_decision p left join account a on a.site = p.site and a.id = p.account
      where p.site = ${site} and p.comment = ${id} and p.dropped_at is null`,
  );
  return row;
}

/** Whether no verdict is pending on `comment c`. */
export const isUndecided: Sql = sql`not exists (select from pending_decision pd
  where pd.site = c.site and pd.comment = c.id and pd.dropped_at is null)`;
