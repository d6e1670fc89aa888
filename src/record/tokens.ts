import type { TokenScope } from '../contract/desk.ts';
import type { Account } from '../contract/principal.ts';
import { inTransaction, queryRows } from '../storage/database.ts';
import { sql } from '../storage/sql.ts';
import { noteAccount, type Author } from './accountEvents.ts';
import type { Store, Transaction } from './store.ts';

export type NewToken = Author & {
  site: string;
  id: string;
  name: string;
  scopes: readonly TokenScope[];
  hash: Buffer;
};

/** Stores a program's account with the hash of its bearer token, in one transaction, and tells every server. */
export async function insertToken(store: Store, token: NewToken): Promise<void> {
  const { site, id, name, scopes, hash, actor, at } = token;
  await inTransaction(store.writer, async (transaction) => {
    await transaction.query(
      sql`insert into account (site, id, kind, name, role, scopes, created_at)
        values (${site}, ${id}, 'program', ${name}, 'program', ${scopes}, ${at})`,
    );
    await transaction.query(
      sql`insert into token (site, secret_hash, account, created_at) values (${site}, ${hash}, ${id}, ${at})`,
    );
    await noteAccount(transaction, { site, id }, { change: 'token_added', scopes, actor, at });
    await announce(transaction, site);
  });
}

/** A token that opens the scoring endpoint, by its hash, with the site and account that it belongs to. */
export type ScoreToken = { site: string; id: string; hash: Buffer };

/** Every token of the scope `score` that was not revoked, of all sites. */
export async function listScoreTokens(store: Store): Promise<readonly ScoreToken[]> {
  return queryRows<ScoreToken>(
    store.writer,
    sql`select a.site, a.id, t.secret_hash as hash from token t
      join account a on a.site = t.site and a.id = t.account and a.removed_at is null
      where t.revoked_at is null and 'score' = any(a.scopes) order by a.site, a.id`,
  );
}

// The scoring endpoint keeps its tokens in memory; whoever is revoked is out with this notice.
async function announce(transaction: Transaction, site: string): Promise<void> {
  await transaction.query(sql`select tell('token', ${site}, null, null)`);
}

/** The account of a bearer token by its hash; undefined when it is unknown or revoked. */
export async function findTokenAccount(
  store: Store,
  secret: { site: string; hash: Buffer },
): Promise<Account | undefined> {
  const [row] = await queryRows<Account>(
    store.writer,
    sql`select a.site, a.id, a.name, a.role, a.scopes, a.sections from token t
      join account a on a.site = t.site and a.id = t.account and a.removed_at is null
      where t.site = ${secret.site} and t.secret_hash = ${secret.hash} and t.revoked_at is null`,
  );
  return row;
}

/** The account of a program, by its id, while it has a token that was not revoked. */
export async function findProgram(store: Store, named: { site: string; id: string }): Promise<Account | undefined> {
  const [row] = await queryRows<Account>(
    store.writer,
    sql`select a.site, a.id, a.name, a.role, a.scopes, a.sections from account a
      where a.site = ${named.site} and a.id = ${named.id} and a.kind = 'program' and a.removed_at is null
        and exists (select from token t where t.site = a.site and t.account = a.id and t.revoked_at is null)`,
  );
  return row;
}

/** Revokes the tokens of a site's programs with this name or id, and removes their accounts and claims. Returns how many. */
export async function revokeTokens(store: Store, named: Author & { site: string; program: string }): Promise<number> {
  const { site, program, actor, at } = named;
  return inTransaction(store.writer, async (transaction) => {
    const accounts = await queryRows<{ id: string }>(
      transaction,
      sql`update account set removed_at = ${at}
        where site = ${site} and kind = 'program' and removed_at is null and (name = ${program} or id::text = ${program})
        returning id`,
    );
    const ids = accounts.map(({ id }) => id);
    await transaction.query(
      sql`update token set revoked_at = ${at} where site = ${site} and account = any(${ids}::uuid[]) and revoked_at is null`,
    );
    await transaction.query(sql`delete from claim where site = ${site} and account = any(${ids}::uuid[])`);
    for (const id of ids) await noteAccount(transaction, { site, id }, { change: 'token_revoked', actor, at });
    await announce(transaction, site);
    return ids.length;
  });
}
