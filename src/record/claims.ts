import { queryRows } from '../storage/database.ts';
import { sql, type Sql } from '../storage/sql.ts';
import { isOfferedTo } from './handOverRows.ts';
import { isUndecided } from './pendingRows.ts';
import { isReadableBy } from './readingRows.ts';
import { conditions, type QueueFilter } from './queueFilter.ts';
import type { Store, Transaction } from './store.ts';

/** A moderator's timed hold on a comment. */
export type Claim = { account: string; by: string; expiresAt: Date };

/** Claims the held comment that needs a person most and has no live claim, then the oldest; undefined when none is left.
 *  Each call claims another: one's own live claims are passed over like anybody's. Of callers at once no two get the same:
 *  each locks its candidate and passes over locked ones, and a row that was claimed between another's snapshot and its
 *  lock is refused by the claim's key and looked for anew. Where all that is left is locked (weighing locks many at once, for a
 *  moment) the call waits its turn: "nothing is left" is said of an empty queue alone. `now` is the caller's, never the
 *  database's clock. */
export async function claimNextHeld(
  store: Store,
  filter: QueueFilter,
  claim: { account: string; now: Date; expiresAt: Date },
): Promise<string | undefined> {
  let isPatient = false;
  for (;;) {
    const { candidate, claimed } = await claimCandidate(store, filter, { ...claim, isPatient });
    if (claimed) return claimed;
    if (!candidate && isPatient) return undefined;
    isPatient = !candidate;
  }
}

/** The place in the order of need of what `claimNextHeld` would claim now; undefined where nothing is left. Locks nothing. */
export async function findNextHeld(
  store: Store,
  filter: QueueFilter,
  asking: { account: string; now: Date },
): Promise<{ urgency: number; seq: number } | undefined> {
  const [row] = await queryRows<{ urgency: number; seq: number }>(
    store.writer,
    sql`select c.urgency, c.seq from comment c where ${isClaimable(filter, asking)} order by c.urgency desc, c.seq limit 1`,
  );
  return row;
}

function isClaimable(filter: QueueFilter, { account, now }: { account: string; now: Date }): Sql {
  return sql`${conditions(filter)} and not exists (
      select from claim k where k.site = c.site and k.comment = c.id and k.expires_at > ${now})
    and ${isUndecided} and ${isOfferedTo({ account, now })} and ${isReadableBy(account)}`;
}

type Candidate = { candidate: string | null; claimed: string | null };

/** The comment to be claimed next and whether it was; `isPatient` waits for locked rows instead of passing over them. */
async function claimCandidate(
  store: Store,
  filter: QueueFilter,
  claim: { account: string; now: Date; expiresAt: Date; isPatient: boolean },
): Promise<Candidate> {
  const [row] = await queryRows<Candidate>(
    store.writer,
    sql`with next as (
        select c.site, c.id from comment c
        where ${isClaimable(filter, claim)}
        order by c.urgency desc, c.seq limit 1 for update of c ${claim.isPatient ? sql`` : sql`skip locked`}
      ), claimed as (
        insert into claim (site, comment, account, claimed_at, expires_at)
        select site, id, ${claim.account}::uuid, ${claim.now}::timestamptz, ${claim.expiresAt}::timestamptz from next
        on conflict (site, comment) do update
          set account = excluded.account, claimed_at = excluded.claimed_at, expires_at = excluded.expires_at
          where claim.expires_at <= ${claim.now}
        returning comment
      )
      select (select id from next) as candidate, (select comment from claimed) as claimed`,
  );
  return row ?? { candidate: null, claimed: null };
}

/** Claims this held comment, or takes one's own claim on it anew. False where it is not held, or a colleague's claim is
 *  live and is not to be taken over. */
export async function claimHeld(
  store: Store,
  comment: { site: string; id: string },
  claim: { account: string; now: Date; expiresAt: Date; takeOver?: boolean },
): Promise<boolean> {
  const rows = await queryRows(
    store.writer,
    sql`with held as (
        select c.site, c.id from comment c
        where c.site = ${comment.site} and c.id = ${comment.id} and c.state = 'held' and ${isUndecided} for update
      )
      insert into claim (site, comment, account, claimed_at, expires_at)
      select site, id, ${claim.account}::uuid, ${claim.now}::timestamptz, ${claim.expiresAt}::timestamptz from held
      on conflict (site, comment) do update
        set account = excluded.account, claimed_at = excluded.claimed_at, expires_at = excluded.expires_at
        where claim.expires_at <= ${claim.now} or claim.account = excluded.account or ${claim.takeOver ?? false}
      returning comment`,
  );
  return rows.length > 0;
}

/** The live claim on a comment, inside the transaction that holds the comment's lock. */
export async function findClaim(
  transaction: Transaction,
  comment: { site: string; id: string; now: Date },
): Promise<Claim | undefined> {
  const [row] = await queryRows<Claim>(
    transaction,
    sql`select k.account, coalesce(a.name, k.account::text) as by, k.expires_at as "expiresAt" from claim k
      left join account a on a.site = k.site and a.id = k.account
      where k.site = ${comment.site} and k.comment = ${comment.id} and k.expires_at > ${comment.now}`,
  );
  return row;
}

/** Ends whatever claim there is on a comment: it was decided or erased. */
export async function endClaim(transaction: Transaction, { site, id }: { site: string; id: string }): Promise<void> {
  await transaction.query(sql`delete from claim where site = ${site} and comment = ${id}`);
}

/** Gives a comment back to the queue. Another account's claim stays, and one's own while one's verdict is pending. */
export async function releaseClaim(
  store: Store,
  { site, id }: { site: string; id: string },
  account: string,
): Promise<void> {
  await store.writer.query(
    sql`delete from claim k where k.site = ${site} and k.comment = ${id} and k.account = ${account}
      and not exists (select from pending_decision p
        where p.site = k.site and p.comment = k.comment and p.dropped_at is null)`,
  );
}
