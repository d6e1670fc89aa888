import type { Role, TokenScope } from '../contract/desk.ts';
import { inTransaction, queryRows } from '../storage/database.ts';
import { sql } from '../storage/sql.ts';
import { insertSignIn } from './signIns.ts';
import type { Store, Transaction } from './store.ts';

/** An account as `stet moderator list` and `stet token list` print it. Removed ones are not listed. */
export type StoredAccount = {
  site: string;
  id: string;
  kind: 'person' | 'program';
  name: string;
  email: string | null;
  role: Role | 'program';
  scopes: TokenScope[];
  createdAt: Date;
};

/** Living accounts, of one site or of all, by site and name. */
export async function listAccounts(store: Store, site?: string): Promise<StoredAccount[]> {
  const ofSite = site === undefined ? sql`true` : sql`site = ${site}`;
  return queryRows<StoredAccount>(
    store.writer,
    sql`select site, id, kind, name, email, role, scopes, created_at as "createdAt" from account
      where removed_at is null and ${ofSite} order by site, kind, name, id`,
  );
}

/** What `saveModerator` is handed. Without a name an existing account keeps its own. */
export type ModeratorToSave = {
  site: string;
  id: string;
  email: string;
  role: Role;
  name?: string | undefined;
  signIn: { hash: Buffer; expiresAt: Date };
  at: Date;
};

/** Creates the account of a person on a site, or changes its role, and puts a new one-time sign-in in the place of older
 *  ones. A change of role ends the account's sessions. One transaction. Returns the account's id. */
export async function saveModerator(store: Store, moderator: ModeratorToSave): Promise<string> {
  const { site, email, role, at } = moderator;
  const [standardName = email] = email.split('@');
  return inTransaction(store.writer, async (transaction) => {
    const [row] = await queryRows<{ id: string; roleBefore: Role | null }>(
      transaction,
      sql`with before as (select role from account where site = ${site} and email = ${email} and removed_at is null)
        insert into account (site, id, kind, name, email, role, created_at)
        values (${site}, ${moderator.id}, 'person', ${moderator.name ?? standardName}, ${email}, ${role}, ${at})
        on conflict (site, email) where removed_at is null
          do update set role = excluded.role, name = coalesce(${moderator.name ?? null}, account.name)
        returning id, (select role from before) as "roleBefore"`,
    );
    if (!row) throw new Error('an account was not stored');
    const account = { site, id: row.id };
    if (row.roleBefore !== null && row.roleBefore !== role) await revokeSessionsOf(transaction, account, at);
    await retireSignInsOf(transaction, account, at);
    await insertSignIn(transaction, { ...moderator.signIn, site, account: row.id, at });
    return row.id;
  });
}

/** Removes the account of a person on a site: its sessions, open sign-ins, passkeys and claims end in the same
 *  transaction. The row stays, because decisions name it. False where there is none. */
export async function removeAccount(store: Store, named: { site: string; email: string; at: Date }): Promise<boolean> {
  const { site, email, at } = named;
  return inTransaction(store.writer, async (transaction) => {
    const [row] = await queryRows<{ id: string }>(
      transaction,
      sql`update account set removed_at = ${at} where site = ${site} and email = ${email} and removed_at is null
        returning id`,
    );
    if (!row) return false;
    const account = { site, id: row.id };
    await revokeSessionsOf(transaction, account, at);
    await retireSignInsOf(transaction, account, at);
    await transaction.query(sql`delete from passkey where site = ${site} and account = ${row.id}`);
    await transaction.query(sql`delete from claim where site = ${site} and account = ${row.id}`);
    return true;
  });
}

type Named = { site: string; id: string };

async function revokeSessionsOf(transaction: Transaction, { site, id }: Named, at: Date): Promise<void> {
  await transaction.query(
    sql`update session set revoked_at = ${at} where site = ${site} and account = ${id} and revoked_at is null`,
  );
}

// A newer address takes the place of an older one, so that one forgotten mail opens nothing.
async function retireSignInsOf(transaction: Transaction, { site, id }: Named, at: Date): Promise<void> {
  await transaction.query(
    sql`update sign_in set used_at = ${at} where site = ${site} and account = ${id} and used_at is null`,
  );
}
