import { actorOf, reachOf, type Account } from '../contract/principal.ts';
import { refused, type RefusalReason, type Refused } from '../contract/refusals.ts';
import { inTransaction, queryRows } from '../storage/database.ts';
import { sql } from '../storage/sql.ts';
import { findLivingAccount } from './accounts.ts';
import { decideIn, lockComment, lockStanding, type Decided, type Verdict, type Weigh } from './decisions.ts';
import { moveRefused } from './events.ts';
import { findPending, type Pending } from './pendingRows.ts';
import { isReached } from './reach.ts';
import type { Store, Transaction } from './store.ts';

export type PendingToRecord = {
  site: string;
  id: string;
  account: string;
  guideline: string | undefined;
  now: Date;
  /** When it takes effect by itself. */
  dueAt: Date;
  /** Until when the comment stays claimed by the account, should it be undone. */
  claimedUntil: Date;
};

type Named = { site: string; id: string };

/** Weighs a verdict as `recordDecision` does and keeps it until it is due, instead of taking it: the comment stays held and
 *  claimed. The same verdict of the same account a second time meets itself. Refused with what `weigh` refuses. */
export async function recordPending(
  store: Store,
  asked: PendingToRecord,
  weigh: Weigh,
): Promise<{ outcome: 'pending'; pending: Pending } | Refused> {
  const { site, id, account, now } = asked;
  return inTransaction(store.writer, async (transaction) => {
    const standing = await lockStanding(transaction, asked);
    if (!standing) return refused('comment_unknown');
    const { pending: before, ...rest } = standing;
    // Weighed as if nothing were pending only to learn what the verdict says.
    const weighed = weigh(before?.account === account ? { ...rest, pending: undefined } : standing);
    if (weighed.outcome === 'refused') return weighed;
    if (before && saysTheSame(before, weighed.verdict)) return { outcome: 'pending', pending: before };
    const against = before ? weigh(standing) : weighed;
    if (against.outcome === 'refused') return against;
    const { verdict, guideline, explanation } = weighed.verdict;
    await transaction.query(
      sql`insert into pending_decision (site, comment, version, verdict, guideline, explanation, account, given_at, due_at)
        values (${site}, ${id}, ${standing.version}, ${verdict}, ${guideline}, ${explanation}, ${account}, ${now}, ${asked.dueAt})
        on conflict (site, comment) do update set version = excluded.version, verdict = excluded.verdict,
          guideline = excluded.guideline, explanation = excluded.explanation, account = excluded.account,
          given_at = excluded.given_at, due_at = excluded.due_at, dropped_at = null, dropped_for = null`,
    );
    await holdClaim(transaction, asked);
    await announce(transaction, asked);
    const pending = await findPending(transaction, asked);
    if (!pending) throw new Error('a pending decision was not stored');
    return { outcome: 'pending', pending };
  });
}

function saysTheSame(pending: Pending, { verdict, guideline, explanation }: Verdict): boolean {
  return pending.verdict === verdict && pending.guideline === guideline && pending.explanation === explanation;
}

// Kept while the verdict is pending: what is claimed is offered to nobody else, and undoing gives it back by itself.
async function holdClaim(
  transaction: Transaction,
  { site, id, account, now, claimedUntil }: Omit<PendingToRecord, 'guideline' | 'dueAt'>,
): Promise<void> {
  await transaction.query(
    sql`insert into claim (site, comment, account, claimed_at, expires_at)
      values (${site}, ${id}, ${account}, ${now}, ${claimedUntil})
      on conflict (site, comment) do update
        set account = excluded.account, claimed_at = excluded.claimed_at, expires_at = excluded.expires_at`,
  );
}

async function announce(transaction: Transaction, { site, id }: Named): Promise<void> {
  await transaction.query(sql`select tell('pending', ${site}, null, ${id}::uuid)`);
}

/** Undoes a verdict that has not taken effect, for whoever gave it, and gives the claim back. `unless` refuses by how the
 *  comment stands; `not_pending` where nothing is pending. */
export async function undoPending(
  store: Store,
  asked: Omit<PendingToRecord, 'guideline' | 'dueAt'>,
  unless: (standing: { pending: Pending | undefined; decided: Decided['decision'] | null }) => Refused | undefined,
): Promise<{ outcome: 'undone' } | Refused> {
  return inTransaction(store.writer, async (transaction) => {
    const locked = await lockComment(transaction, asked);
    if (!locked) return refused('comment_unknown');
    const refusal = unless({ pending: await findPending(transaction, asked), decided: locked.decision });
    if (refusal) return refusal;
    await deletePending(transaction, asked);
    await holdClaim(transaction, asked);
    await announce(transaction, asked);
    return { outcome: 'undone' };
  });
}

async function deletePending(transaction: Transaction, { site, id }: Named): Promise<void> {
  await transaction.query(sql`delete from pending_decision where site = ${site} and comment = ${id}`);
}

/** What became of a verdict that was due: the decision, or why it could not take effect. */
export type CarriedOut = Named & { outcome: 'decided' | 'dropped' };

/** Who may still decide, and whether the verdict still stands. */
export type Judge = { may: (account: Account) => boolean; weigh: (pending: Pending) => Weigh };

/** Carries out the verdict that is due longest, by `decideIn` and in the name of whoever gave it; undefined when none is
 *  due. One whose author may no longer decide, or whose comment moved on, is dropped with the reason: the comment stays as
 *  it is. Of processes at once no two get the same: the comment's lock lets one in. */
export async function carryOutNext(store: Store, now: Date, judge: Judge): Promise<CarriedOut | undefined> {
  let taken: Named | undefined;
  try {
    return await inTransaction(store.writer, async (transaction) => {
      taken = await lockDue(transaction, now);
      if (!taken) return undefined;
      const pending = await findPending(transaction, taken);
      // Undone, or carried out elsewhere, between the choice and the lock.
      if (!pending || pending.dueAt > now) return { ...taken, outcome: 'dropped' };
      const refusal = await carryOut(transaction, { ...taken, pending, now }, judge);
      if (refusal) await dropPending(transaction, { ...taken, now, reason: refusal.refusal.reason });
      return { ...taken, outcome: refusal ? 'dropped' : 'decided' };
    });
  } catch (error) {
    if (!taken || !moveRefused(error)) throw error;
    const { site, id } = taken;
    await inTransaction(store.writer, async (transaction) => {
      await lockComment(transaction, { site, id });
      await dropPending(transaction, { site, id, now, reason: 'state_moved_on' });
    });
    return { site, id, outcome: 'dropped' };
  }
}

async function lockDue(transaction: Transaction, now: Date): Promise<Named | undefined> {
  const [row] = await queryRows<Named>(
    transaction,
    sql`select c.site, c.id from pending_decision p join comment c on c.site = p.site and c.id = p.comment
      where p.due_at <= ${now} and p.dropped_at is null
      order by p.due_at limit 1 for update of c skip locked`,
  );
  return row;
}

async function carryOut(
  transaction: Transaction,
  { site, id, pending, now }: Named & { pending: Pending; now: Date },
  judge: Judge,
): Promise<Refused | undefined> {
  const account = await findLivingAccount(transaction, site, pending.account);
  const mayStill = account && judge.may(account) && (await reaches(transaction, { site, id }, account));
  if (!mayStill) return refused('not_allowed');
  const asked = { site, id, guideline: pending.guideline ?? undefined, actor: actorOf(account), now };
  // Until here it stood in the way of every decision, and so it would of its own.
  await dropPending(transaction, { site, id, now, reason: 'not_pending' });
  const decided = await decideIn(transaction, asked, judge.weigh(pending));
  if (decided.outcome === 'refused') return decided;
  await deletePending(transaction, { site, id });
  return undefined;
}

// An account may have been limited to other sections since.
async function reaches(transaction: Transaction, { id }: Named, account: Account): Promise<boolean> {
  const rows = await queryRows(
    transaction,
    sql`select from comment c where c.id = ${id} and ${isReached(reachOf(account))}`,
  );
  return rows.length > 0;
}

// The words go: what was not decided needs no explanation.
async function dropPending(
  transaction: Transaction,
  { site, id, now, reason }: Named & { now: Date; reason: RefusalReason },
): Promise<void> {
  await transaction.query(
    sql`with dropped as (
        update pending_decision set dropped_at = ${now}, dropped_for = ${reason}, explanation = null
        where site = ${site} and comment = ${id} and due_at <= ${now} returning account
      )
      delete from claim k using dropped d where k.site = ${site} and k.comment = ${id} and k.account = d.account`,
  );
}

/** When the next verdict is due, or undefined where none is pending. */
export async function findNextDue(store: Store): Promise<Date | undefined> {
  const [row] = await queryRows<{ dueAt: Date | null }>(
    store.writer,
    sql`select min(due_at) as "dueAt" from pending_decision where dropped_at is null`,
  );
  return row?.dueAt ?? undefined;
}

/** A verdict of one's own that is pending, or that could not take effect (`droppedFor`, a refusal's reason). */
export type OwnPending = {
  id: string;
  name: string | null;
  verdict: 'approve' | 'reject';
  guideline: string | null;
  dueAt: Date;
  droppedFor: RefusalReason | null;
};

/** The verdicts of an account that are pending, and those that were dropped after a time; at most 500, the next due first. */
export async function listOwnPending(
  store: Store,
  { site, account, droppedAfter }: { site: string; account: string; droppedAfter: Date },
): Promise<OwnPending[]> {
  return queryRows<OwnPending>(
    store.writer,
    sql`select p.comment as id, c.name, p.verdict, p.guideline, p.due_at as "dueAt", p.dropped_for as "droppedFor"
      from pending_decision p join comment c on c.site = p.site and c.id = p.comment
      where p.site = ${site} and p.account = ${account} and (p.dropped_at is null or p.dropped_at > ${droppedAfter})
      order by p.due_at limit 500`,
  );
}
