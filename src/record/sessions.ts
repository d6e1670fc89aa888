import type { Account } from '../contract/principal.ts';
import { inTransaction, queryRows } from '../storage/database.ts';
import { sql } from '../storage/sql.ts';
import type { Store, Transaction } from './store.ts';

export type NewSession = {
  site: string;
  account: string;
  hash: Buffer;
  expiresAt: Date;
  at: Date;
  provenAt: Date | null;
};

/** Begins a session inside a transaction. `provenAt` is when its person proved who they are, null where that is unknown. */
export async function insertSession(transaction: Transaction, session: NewSession): Promise<void> {
  const { site, account, hash, expiresAt, at, provenAt } = session;
  await transaction.query(
    sql`insert into session (site, secret_hash, account, created_at, seen_at, expires_at, proven_at)
      values (${site}, ${hash}, ${account}, ${at}, ${at}, ${expiresAt}, ${provenAt})`,
  );
}

/** A session that holds, with every living account of its person: the session's own site first. */
export type FoundSession = {
  id: string;
  seenAt: Date;
  expiresAt: Date;
  provenAt: Date | null;
  accounts: Account[];
};

/** The session of a secret's hash. Undefined when it is unknown, ended, past its time, unseen since `seenAfter`, or its
 *  account was removed: all of it is looked at on every request, so that an end takes effect at once. */
export async function findSession(
  store: Store,
  secret: { site: string; hash: Buffer },
  limits: { now: Date; seenAfter: Date },
): Promise<FoundSession | undefined> {
  const rows = await queryRows<Omit<Account, 'id'> & Omit<FoundSession, 'accounts'> & { account: string }>(
    store.writer,
    sql`select s.id, s.seen_at as "seenAt", s.expires_at as "expiresAt", s.proven_at as "provenAt", a.site, a.id as account,
        a.name, a.email, a.role, a.scopes, a.sections
      from session s
      join account own on own.site = s.site and own.id = s.account and own.removed_at is null
      join account a on a.email = own.email and a.removed_at is null
      where s.site = ${secret.site} and s.secret_hash = ${secret.hash} and s.revoked_at is null
        and s.expires_at > ${limits.now} and s.seen_at > ${limits.seenAfter}
      order by a.site <> s.site, a.site`,
  );
  const [first] = rows;
  if (!first) return undefined;
  const { id, seenAt, expiresAt, provenAt } = first;
  const accounts = rows.map(({ site, account, name, email, role, scopes, sections }) => ({
    site,
    id: account,
    name,
    email,
    role,
    scopes,
    sections,
  }));
  return { id, seenAt, expiresAt, provenAt, accounts };
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

/** The first site on which a person has a living account, by key; undefined where they have none. */
export async function findFirstAccount(
  store: Store,
  email: string,
): Promise<{ site: string; account: string } | undefined> {
  const [row] = await queryRows<{ site: string; account: string }>(
    store.writer,
    sql`select site, id as account from account
      where email = ${email} and kind = 'person' and removed_at is null order by site limit 1`,
  );
  return row;
}

/** Begins a session of an account, and ends the one of the same person that the browser had. False where the account was
 *  removed meanwhile. */
export async function beginSession(
  store: Store,
  session: NewSession,
  before: { id: string; email: string } | undefined,
): Promise<boolean> {
  const { site, account, at } = session;
  return inTransaction(store.writer, async (transaction) => {
    const living = await queryRows(
      transaction,
      sql`select from account where site = ${site} and id = ${account} and removed_at is null for share`,
    );
    if (living.length === 0) return false;
    await insertSession(transaction, session);
    if (!before) return true;
    await transaction.query(
      sql`update session s set revoked_at = ${at} from account a
        where s.id = ${before.id} and s.revoked_at is null and a.site = s.site and a.id = s.account
          and a.email = ${before.email}`,
    );
    return true;
  });
}
