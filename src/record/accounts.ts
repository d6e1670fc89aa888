import type { Role, TokenScope } from '../contract/desk.ts';
import type { Account } from '../contract/principal.ts';
import { refused, type Refused } from '../contract/refusals.ts';
import { inTransaction, queryRows } from '../storage/database.ts';
import { sql } from '../storage/sql.ts';
import { noteAccount, type Author } from './accountEvents.ts';
import { owe } from './outbox.ts';
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
  sections: string[];
  createdAt: Date;
};

/** Living accounts, of one site or of all, by site and name. */
export async function listAccounts(store: Store, site?: string): Promise<StoredAccount[]> {
  const ofSite = site === undefined ? sql`true` : sql`site = ${site}`;
  return queryRows<StoredAccount>(
    store.writer,
    sql`select site, id, kind, name, email, role, scopes, sections, created_at as "createdAt" from account
      where removed_at is null and ${ofSite} order by site, kind, name, id`,
  );
}

/** The account as it stands now, locked against removal until the transaction ends; undefined when it was removed. */
export async function findLivingAccount(
  transaction: Transaction,
  site: string,
  id: string,
): Promise<Account | undefined> {
  const [row] = await queryRows<Account>(
    transaction,
    sql`select site, id, name, role, scopes, sections from account
      where site = ${site} and id = ${id} and removed_at is null for share`,
  );
  return row;
}

/** What `saveModerator` is handed. Without a name or sections an existing account keeps its own; an admin has all
 *  sections. */
export type ModeratorToSave = Author & {
  site: string;
  id: string;
  email: string;
  role: Role;
  name?: string | undefined;
  sections?: readonly string[] | undefined;
  signIn: NewOneTime;
  /** Leaves an account that is there as it is. */
  onlyNew?: boolean | undefined;
};

/** What is stored of a one-time sign-in. `byMail`: a mail is owed that will bring a newer one in its place. */
export type NewOneTime = { hash: Buffer; expiresAt: Date; byMail?: boolean | undefined };

/** Creates the account of a person on a site, or changes its role, and puts a new one-time sign-in in the place of older
 *  ones. A change of role or sections ends the account's sessions, claims and what was handed to it. One transaction. Returns the
 *  account's id; undefined where it is `onlyNew` and was there. */
export async function saveModerator(store: Store, moderator: ModeratorToSave): Promise<string | undefined> {
  const { site, email, role, actor, at } = moderator;
  const [standardName = email] = email.split('@');
  const name = moderator.name ?? null;
  const sections = role === 'admin' ? [] : (moderator.sections ?? null);
  return inTransaction(store.writer, async (transaction) => {
    const [row] = await queryRows<{ id: string; sections: string[]; isNew: boolean; isChanged: boolean }>(
      transaction,
      sql`with before as (
          select role, sections from account where site = ${site} and email = ${email} and removed_at is null
        )
        insert into account (site, id, kind, name, email, role, sections, created_at)
        values (${site}, ${moderator.id}, 'person', ${name ?? standardName}, ${email}, ${role},
          ${sections ?? []}::text[], ${at})
        on conflict (site, email) where removed_at is null
          do update set role = excluded.role, name = coalesce(${name}, account.name),
            sections = coalesce(${sections}::text[], account.sections)
            where not ${moderator.onlyNew ?? false}::boolean
        returning id, sections, not exists (select from before) as "isNew",
          exists (select from before b where (b.role, b.sections) is distinct from (account.role, account.sections))
            as "isChanged"`,
    );
    if (!row) return undefined;
    const account = { site, id: row.id };
    if (row.isChanged) await endRights(transaction, account, at);
    if (row.isNew || row.isChanged) {
      const change = row.isNew ? 'added' : 'changed';
      await noteAccount(transaction, account, { change, role, sections: row.sections, actor, at });
    }
    await renewSignIn(transaction, account, { ...moderator.signIn, actor, at });
    return row.id;
  });
}

async function renewSignIn(transaction: Transaction, account: Named, signIn: NewOneTime & Author): Promise<void> {
  const { actor, at, byMail = false } = signIn;
  await replaceSignIn(transaction, account, signIn);
  await noteAccount(transaction, account, { change: 'sign_in', actor, at });
  if (byMail) await owe(transaction, { site: account.site, kind: 'sign_in', body: { account: account.id }, at });
}

// A newer address takes the place of older ones, so that one forgotten mail opens nothing.
async function replaceSignIn(
  transaction: Transaction,
  account: Named,
  { hash, expiresAt, at }: NewOneTime & { at: Date },
): Promise<void> {
  await retireSignInsOf(transaction, account, at);
  await insertSignIn(transaction, { hash, expiresAt, at, site: account.site, account: account.id });
}

/** Gives a person a new one-time sign-in in the place of older ones. False where there is no such person. */
export async function saveSignIn(store: Store, account: Named, signIn: NewOneTime & Author): Promise<boolean> {
  return inTransaction(store.writer, async (transaction) => {
    if (!(await lockPerson(transaction, account))) return false;
    await renewSignIn(transaction, account, signIn);
    return true;
  });
}

/** The sign-in that a mail brings, in the place of the one that was made when it was asked for: a secret that waited in the
 *  outbox would be there for whoever reads the database. Undefined where there is no such person. */
export async function saveMailedSignIn(
  store: Store,
  account: Named,
  signIn: NewOneTime & { at: Date },
): Promise<{ email: string } | undefined> {
  return inTransaction(store.writer, async (transaction) => {
    const person = await lockPerson(transaction, account);
    if (!person) return undefined;
    await replaceSignIn(transaction, account, signIn);
    return { email: person.email };
  });
}

/** What an account of a person becomes. */
export type AccountToChange = Named & Author & { role: Role; sections: readonly string[]; name?: string | undefined };

/** Changes role, sections and name of a person's account on a site. Refused: `not_found`, and `last_admin` where nobody
 *  would be left to keep the accounts. A change of role or sections ends the account's sessions, claims and what was
 *  handed to it. */
export async function changeAccount(
  store: Store,
  { site, id, role, sections, name, actor, at }: AccountToChange,
): Promise<{ outcome: 'changed' } | Refused> {
  return inTransaction(store.writer, async (transaction) => {
    const before = await lockPerson(transaction, { site, id });
    if (!before) return refused('not_found');
    if (before.isLastAdmin && role !== 'admin') return refused('last_admin');
    await transaction.query(
      sql`update account set role = ${role}, sections = ${sections}, name = ${name ?? before.name}
        where site = ${site} and id = ${id}`,
    );
    const sameSections = JSON.stringify(before.sections) === JSON.stringify(sections);
    if (before.role !== role || !sameSections) await endRights(transaction, { site, id }, at);
    await noteAccount(transaction, { site, id }, { change: 'changed', role, sections, actor, at });
    return { outcome: 'changed' };
  });
}

/** Removes the account of a person on a site: its sessions, open sign-ins, passkeys, preferences, views, claims and what was
 *  handed to it end in the same transaction. The row stays, because decisions name it. Refused: `not_found`, and `last_admin` unless
 *  `evenLastAdmin`, which is the operator's to say. */
export async function removeAccount(
  store: Store,
  { site, id, actor, at, evenLastAdmin = false }: Named & Author & { evenLastAdmin?: boolean },
): Promise<{ outcome: 'removed' } | Refused> {
  return inTransaction(store.writer, async (transaction) => {
    const before = await lockPerson(transaction, { site, id });
    if (!before) return refused('not_found');
    if (before.isLastAdmin && !evenLastAdmin) return refused('last_admin');
    await transaction.query(sql`update account set removed_at = ${at} where site = ${site} and id = ${id}`);
    await endRights(transaction, { site, id }, at);
    await retireSignInsOf(transaction, { site, id }, at);
    await transaction.query(sql`delete from passkey where site = ${site} and account = ${id}`);
    await transaction.query(sql`delete from preference where site = ${site} and account = ${id}`);
    await transaction.query(sql`delete from desk_view where site = ${site} and account = ${id}`);
    await noteAccount(transaction, { site, id }, { change: 'removed', actor, at });
    return { outcome: 'removed' };
  });
}

type Named = { site: string; id: string };
type LockedPerson = { name: string; email: string; role: Role; sections: string[]; isLastAdmin: boolean };

// All admins of the site are locked together, in one order: of two who remove each other at once, one comes second.
async function lockPerson(transaction: Transaction, { site, id }: Named): Promise<LockedPerson | undefined> {
  const rows = await queryRows<Omit<LockedPerson, 'isLastAdmin'> & { id: string }>(
    transaction,
    sql`select id, name, email, role, sections from account
      where site = ${site} and kind = 'person' and removed_at is null and (id = ${id} or role = 'admin')
      order by id for update`,
  );
  const person = rows.find((row) => row.id === id);
  const admins = rows.filter(({ role }) => role === 'admin');
  return person && { ...person, isLastAdmin: person.role === 'admin' && admins.length === 1 };
}

// What somebody holds by rights they no longer have: sessions, and comments that they may not even see now, claimed by them
// or handed to them: nobody else would be offered those until the hand-over lapses.
async function endRights(transaction: Transaction, { site, id }: Named, at: Date): Promise<void> {
  await transaction.query(sql`delete from claim where site = ${site} and account = ${id}`);
  await transaction.query(sql`delete from hand_over where site = ${site} and handed_to = ${id}`);
  await transaction.query(
    sql`update session set revoked_at = ${at} where site = ${site} and account = ${id} and revoked_at is null`,
  );
}

async function retireSignInsOf(transaction: Transaction, { site, id }: Named, at: Date): Promise<void> {
  await transaction.query(
    sql`update sign_in set used_at = ${at} where site = ${site} and account = ${id} and used_at is null`,
  );
}
