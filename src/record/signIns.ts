import { inTransaction, queryRows } from '../storage/database.ts';
import { sql } from '../storage/sql.ts';
import { insertSession, type NewSession } from './sessions.ts';
import type { Store, Transaction } from './store.ts';

export type NewSignIn = { site: string; account: string; hash: Buffer; expiresAt: Date; at: Date };

/** Stores the hash of a one-time sign-in inside a transaction. */
export async function insertSignIn(transaction: Transaction, signIn: NewSignIn): Promise<void> {
  const { site, account, hash, expiresAt, at } = signIn;
  await transaction.query(
    sql`insert into sign_in (site, secret_hash, account, created_at, expires_at)
      values (${site}, ${hash}, ${account}, ${at}, ${expiresAt})`,
  );
}

/** Uses a one-time sign-in and begins the session in the same transaction, so that one address opens one session however
 *  often and at once it is sent. `spent`: used before, too old, or its account was removed. */
export async function redeemSignIn(
  store: Store,
  secret: { site: string; hash: Buffer },
  session: Omit<NewSession, 'site' | 'account'>,
): Promise<'redeemed' | 'spent' | 'unknown'> {
  const { site, hash } = secret;
  return inTransaction(store.writer, async (transaction) => {
    const [used] = await queryRows<{ account: string }>(
      transaction,
      sql`update sign_in s set used_at = ${session.at} from account a
        where s.site = ${site} and s.secret_hash = ${hash} and s.used_at is null and s.expires_at > ${session.at}
          and a.site = s.site and a.id = s.account and a.removed_at is null
        returning s.account`,
    );
    if (used) {
      await insertSession(transaction, { ...session, site, account: used.account });
      return 'redeemed';
    }
    const known = await queryRows(
      transaction,
      sql`select 1 from sign_in where site = ${site} and secret_hash = ${hash}`,
    );
    return known.length > 0 ? 'spent' : 'unknown';
  });
}
