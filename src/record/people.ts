import type { Role } from '../contract/desk.ts';
import { inTransaction, queryRows } from '../storage/database.ts';
import { sql } from '../storage/sql.ts';
import { noteAccount, type Author } from './accountEvents.ts';
import type { Store } from './store.ts';

/** A session that holds, of whichever site of its person it was begun on. */
export type LivingSession = { id: string; email: string; createdAt: Date; seenAt: Date };

/** Which sessions hold: neither ended, nor past their time, nor unseen since `seenAfter`. */
export type SessionLimits = { now: Date; seenAfter: Date };

/** A person's account on a site. `seenAt` is when they were last at any desk, as long as that session is kept; `passkeys`
 *  counts those of the person on every site. */
export type StoredPerson = {
  id: string;
  name: string;
  email: string;
  role: Role;
  sections: string[];
  createdAt: Date;
  seenAt: Date | null;
  passkeys: number;
  signInPending: boolean;
};

/** The people of a site, by name. */
export async function listPeople(store: Store, site: string, now: Date): Promise<StoredPerson[]> {
  return queryRows<StoredPerson>(
    store.writer,
    sql`select a.id, a.name, a.email, a.role, a.sections, a.created_at as "createdAt",
        (select max(s.seen_at) from session s join account o on o.site = s.site and o.id = s.account
          where o.email = a.email and o.removed_at is null) as "seenAt",
        (select count(*) from passkey k join account o on o.site = k.site and o.id = k.account
          where o.email = a.email and o.removed_at is null) as passkeys,
        exists (select from sign_in i where i.site = a.site and i.account = a.id and i.used_at is null
          and i.expires_at > ${now}) as "signInPending"
      from account a where a.site = ${site} and a.kind = 'person' and a.removed_at is null order by a.name, a.id`,
  );
}

/** The address of a person who has an account on a site; undefined where there is none. */
export async function findEmail(store: Store, named: { site: string; id: string }): Promise<string | undefined> {
  const [row] = await queryRows<{ email: string }>(
    store.writer,
    sql`select email from account
      where site = ${named.site} and id = ${named.id} and kind = 'person' and removed_at is null`,
  );
  return row?.email;
}

/** The sessions that hold of these people, the newest first. */
export async function listSessions(
  store: Store,
  emails: readonly string[],
  { now, seenAfter }: SessionLimits,
): Promise<LivingSession[]> {
  return queryRows<LivingSession>(
    store.writer,
    sql`select s.id, a.email, s.created_at as "createdAt", s.seen_at as "seenAt" from session s
      join account a on a.site = s.site and a.id = s.account and a.removed_at is null
      where a.email = any(${emails}) and s.revoked_at is null and s.expires_at > ${now} and s.seen_at > ${seenAfter}
      order by s.created_at desc, s.id`,
  );
}

/** Ends one session of a person, wherever it was begun, and writes that into the record of `site`, where `account` is
 *  theirs. False where it was not theirs or had ended. */
export async function endSession(
  store: Store,
  ended: Author & { id: string; email: string; site: string; account: string },
): Promise<boolean> {
  const { id, email, site, account, actor, at } = ended;
  return inTransaction(store.writer, async (transaction) => {
    const rows = await queryRows(
      transaction,
      sql`update session s set revoked_at = ${at} from account a
        where s.id = ${id} and s.revoked_at is null and a.site = s.site and a.id = s.account and a.email = ${email}
        returning 1`,
    );
    if (rows.length === 0) return false;
    await noteAccount(transaction, { site, id: account }, { change: 'session_ended', actor, at });
    return true;
  });
}

/** The sections that stories of a site have, by name. */
export async function listSections(store: Store, site: string): Promise<string[]> {
  const rows = await queryRows<{ section: string }>(
    store.writer,
    sql`select distinct section from story where site = ${site} and section is not null order by section`,
  );
  return rows.map(({ section }) => section);
}
