import type { Account } from '../contract/principal.ts';
import { queryRows } from '../storage/database.ts';
import { sql } from '../storage/sql.ts';
import type { Store, Transaction } from './store.ts';

export type NewSession = { site: string; account: string; hash: Buffer; expiresAt: Date; at: Date };

/** Begins a session inside a transaction. */
export async function insertSession(transaction: Transaction, session: NewSession): Promise<void> {
  const { site, account, hash, expiresAt, at } = session;
  await transaction.query(
    sql`insert into session (site, secret_hash, account, created_at, seen_at, expires_at)
      values (${site}, ${hash}, ${account}, ${at}, ${at}, ${expiresAt})`,
  );
}

/** A session that holds, with every living account of its person: the session's own site first. */
export type FoundSession = { seenAt: Date; expiresAt: Date; accounts: Account[] };

/** The session of a secret's hash. Undefined when it is unknown, ended, past its time, unseen since `seenAfter`, or its
 *  account was removed: all of it is looked at on every request, so that an end takes effect at once. */
export async function findSession(
  store: Store,
  secret: { site: string; hash: Buffer },
  limits: { now: Date; seenAfter: Date },
): Promise<FoundSession | undefined> {
  const rows = await queryRows<Account & { seenAt: Date; expiresAt: Date }>(
    store.writer,
    sql`select s.seen_at as "seenAt", s.expires_at as "expiresAt", a.site, a.id, a.name, a.email, a.role, a.scopes
      from session s
      join account own on own.site = s.site and own.id = s.account and own.removed_at is null
      join account a on a.email = own.email and a.removed_at is null
      where s.site = ${secret.site} and s.secret_hash = ${secret.hash} and s.revoked_at is null
        and s.expires_at > ${limits.now} and s.seen_at > ${limits.seenAfter}
      order by a.site <> s.site, a.site`,
  );
  const [first] = rows;
  if (!first) return undefined;
  const accounts = rows.map(({ site, id, name, email, role, scopes }) => ({ site, id, name, email, role, scopes }));
  return { seenAt: first.seenAt, expiresAt: first.expiresAt, accounts };
}

/** Notes that a session was used. Several processes may note at once; the latest time stays. */
export async function noteSeen(store: Store, secret: { site: string; hash: Buffer }, at: Date): Promise<void> {
  await store.writer.query(
    sql`update session set seen_at = greatest(seen_at, ${at}::timestamptz)
      where site = ${secret.site} and secret_hash = ${secret.hash}`,
  );
}

/** Ends a session. Ending it twice is ending it once. */
export async function revokeSession(store: Store, secret: { site: string; hash: Uint8Array }, at: Date): Promise<void> {
  await store.writer.query(
    sql`update session set revoked_at = ${at}
      where site = ${secret.site} and secret_hash = ${secret.hash} and revoked_at is null`,
  );
}
