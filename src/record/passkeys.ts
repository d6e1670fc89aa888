import { inTransaction, queryRows } from '../storage/database.ts';
import { sql } from '../storage/sql.ts';
import { insertSession, type NewSession } from './sessions.ts';
import type { Store } from './store.ts';

/** A public key that signs a person in. `credential` is the authenticator's own name for it. */
export type StoredPasskey = {
  site: string;
  account: string;
  credential: Buffer;
  publicKey: Buffer;
  counter: number;
  transports: string[];
};

/** The site under which a challenge is kept while nobody has said yet who they are. No site can have this key. */
export const noSite = '';

export type Challenge = { site: string; challenge: string; account: string | null };

/** Keeps a challenge until it is answered or expires. */
export async function insertChallenge(store: Store, challenge: Challenge & { expiresAt: Date }): Promise<void> {
  await store.writer.query(
    sql`insert into passkey_challenge (site, challenge, account, expires_at)
      values (${challenge.site}, ${challenge.challenge}, ${challenge.account}, ${challenge.expiresAt})`,
  );
}

/** Takes a challenge away and says whether it was there, for this account, and in time: each is answered once. */
export async function takeChallenge(
  store: Store,
  { site, challenge, account }: Challenge,
  now: Date,
): Promise<boolean> {
  const rows = await queryRows(
    store.writer,
    sql`with taken as (
        delete from passkey_challenge where site = ${site} and challenge = ${challenge}
          and account is not distinct from ${account}::uuid returning expires_at
      ) select 1 from taken where expires_at > ${now}`,
  );
  return rows.length > 0;
}

/** Passkeys of a person, on every site. */
export async function listPasskeys(
  store: Store,
  email: string,
): Promise<Pick<StoredPasskey, 'credential' | 'transports'>[]> {
  return queryRows(
    store.writer,
    sql`select k.credential, k.transports from account a join passkey k on k.site = a.site and k.account = a.id
      where a.email = ${email} and a.removed_at is null order by k.created_at, k.credential`,
  );
}

/** Keeps a passkey. False when this credential is somebody's already (WebAuthn §7.1: one credential, one account). */
export async function insertPasskey(store: Store, passkey: StoredPasskey, at: Date): Promise<boolean> {
  const { site, account, credential, publicKey, counter, transports } = passkey;
  const rows = await queryRows(
    store.writer,
    sql`insert into passkey (site, credential, account, public_key, counter, transports, created_at)
      select ${site}, ${credential}::bytea, ${account}::uuid, ${publicKey}::bytea, ${counter}::bigint, ${transports}::text[],
        ${at}::timestamptz
      where not exists (select from passkey where credential = ${credential}::bytea)
      on conflict do nothing returning 1`,
  );
  return rows.length > 0;
}

/** The passkey of a credential whose account lives. Nobody has named a site yet, so all are looked at: an installation
 *  has as many passkeys as moderators. */
export async function findPasskey(store: Store, credential: Buffer): Promise<StoredPasskey | undefined> {
  const [row] = await queryRows<StoredPasskey>(
    store.writer,
    sql`select k.site, k.account, k.credential, k.public_key as "publicKey", k.counter, k.transports
      from passkey k join account a on a.site = k.site and a.id = k.account and a.removed_at is null
      where k.credential = ${credential}`,
  );
  return row;
}

/** Notes the use of a passkey and begins the session, in one transaction. False when its counter went past `counter`
 *  meanwhile, or its account was removed: a copy of the authenticator signs with a counter that was seen before
 *  (WebAuthn §6.1.1); authenticators that do not count always say 0. */
export async function usePasskey(
  store: Store,
  used: Pick<StoredPasskey, 'site' | 'account' | 'credential' | 'counter'>,
  session: Omit<NewSession, 'site' | 'account'>,
): Promise<boolean> {
  const { site, account, credential, counter } = used;
  return inTransaction(store.writer, async (transaction) => {
    const rows = await queryRows(
      transaction,
      sql`update passkey k set counter = ${counter}, used_at = ${session.at} from account a
        where k.site = ${site} and k.credential = ${credential} and (k.counter < ${counter} or k.counter = 0 and ${counter} = 0)
          and a.site = k.site and a.id = k.account and a.removed_at is null
        returning 1`,
    );
    if (rows.length === 0) return false;
    await insertSession(transaction, { ...session, site, account });
    return true;
  });
}
