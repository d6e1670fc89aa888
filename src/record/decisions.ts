import type { CommentState } from '../contract/comment.ts';
import type { DecisionView } from '../contract/desk.ts';
import { refused, type Refused } from '../contract/refusals.ts';
import { inTransaction, queryRows } from '../storage/database.ts';
import { sql } from '../storage/sql.ts';
import { endClaim, findClaim, type Claim } from './claims.ts';
import { findPending, type Pending } from './pendingRows.ts';
import { appendEvent, moveRefused } from './events.ts';
import { owe, oweNotice } from './outbox.ts';
import { accountOfActor } from './actors.ts';
import { toDecisionView } from './queueRows.ts';
import { findReading, type Reading } from './readingRows.ts';
import type { Store, Transaction } from './store.ts';

/** How a comment stands while its row is locked. `guidelineVersion` is the current version of the guideline that was asked
 *  for, undefined where the site has none of that key or retired it. */
export type Standing = {
  state: CommentState;
  version: number;
  sha256: string | null;
  decision: DecisionView | null;
  claim: Claim | undefined;
  /** A verdict that was given and has not taken effect. */
  pending: Pending | undefined;
  guidelineVersion: number | undefined;
  reading: Reading;
};

/** What a decision says. */
export type Verdict = {
  verdict: DecisionView['verdict'];
  guideline: string | null;
  guidelineVersion: number | null;
  explanation: string | null;
};

/** A decision that was stored, with how the comment stands after it. */
export type Decided = {
  outcome: 'decided';
  comment: string;
  decision: DecisionView;
  state: CommentState;
  version: number;
};

export type DecisionToRecord = {
  site: string;
  id: string;
  /** The guideline that is asked for, to be looked up while the comment is locked. */
  guideline: string | undefined;
  /** `moderator:<id>`, `program:<id>`, or the `policy:<id>` of a rule that decides without a person. */
  actor: string;
  automated?: boolean;
  now: Date;
};

/** Locks the comment, weighs how it stands, and appends the decision, ends the claim and owes the author the news, all in
 *  one transaction. `weigh` is pure. Refused with what `weigh` refuses, `comment_unknown` without such a comment, and
 *  `state_moved_on` where the database itself says that the state is another. */
export async function recordDecision(
  store: Store,
  asked: DecisionToRecord,
  weigh: Weigh,
): Promise<Decided | Noted | Refused> {
  try {
    return await inTransaction(store.writer, (transaction) => decideIn(transaction, asked, weigh));
  } catch (error) {
    if (moveRefused(error)) return refused('state_moved_on');
    throw error;
  }
}

/** Whether a verdict stands on a comment, which is pure. */
export type Weigh = (standing: Standing) => Stands | Refused;

/** A verdict that stands; `reads` where it is one of two readings and decides nothing yet. */
export type Stands = { outcome: 'stands'; verdict: Verdict; reads?: 'first' | 'second' };

/** A verdict that was recorded and decides nothing: the comment stays held for a second reading, or for an editor. */
export type Noted = {
  outcome: 'noted';
  comment: string;
  state: CommentState;
  version: number;
  waitsFor: 'second_reading' | 'editor';
};

/** As `recordDecision`, inside a transaction of the caller's; throws what `moveRefused` reads. */
export async function decideIn(
  transaction: Transaction,
  asked: DecisionToRecord,
  weigh: Weigh,
): Promise<Decided | Noted | Refused> {
  const { site, id, now } = asked;
  const standing = await lockStanding(transaction, asked);
  if (!standing) return refused('comment_unknown');
  const weighed = weigh(standing);
  if (weighed.outcome === 'refused') return weighed;
  if (weighed.reads)
    return noteReading(transaction, asked, { standing, verdict: weighed.verdict, reads: weighed.reads });
  const { version, sha256 } = standing;
  const seq = await appendDecision(transaction, asked, { ...weighed.verdict, version, sha256 });
  await oweAuthor(transaction, { site, kind: 'decision', comment: id, seq, at: now });
  await endClaim(transaction, { site, id });
  const after = await lockComment(transaction, { site, id });
  if (!after?.decision) throw new Error('a decision was not folded');
  return { outcome: 'decided', comment: id, decision: after.decision, state: after.state, version: after.version };
}

/** What became of a verdict on a comment that is not held: that is never one of two readings. */
export function asDecided(became: Decided | Noted | Refused): Decided | Refused {
  if (became.outcome === 'noted') throw new Error('only a held comment is read twice');
  return became;
}

async function noteReading(
  transaction: Transaction,
  { site, id, actor, now }: DecisionToRecord,
  { standing, verdict, reads }: { standing: Standing; verdict: Verdict; reads: 'first' | 'second' },
): Promise<Noted> {
  const { version, sha256, state } = standing;
  const kind = reads === 'first' ? 'first_verdict' : 'second_verdict';
  const body = { ...verdict, version, sha256 };
  await appendEvent(transaction, { site, kind, comment: id, at: now, actor, body });
  await endClaim(transaction, { site, id });
  const waitsFor = reads === 'first' ? 'second_reading' : 'editor';
  return { outcome: 'noted', comment: id, state, version, waitsFor };
}

/** Locks a comment and reads all that a verdict on it is weighed by; undefined without such a comment. */
export async function lockStanding(
  transaction: Transaction,
  { site, id, guideline, now }: Pick<DecisionToRecord, 'site' | 'id' | 'guideline' | 'now'>,
): Promise<Standing | undefined> {
  const locked = await lockComment(transaction, { site, id });
  if (!locked) return undefined;
  const claim = await findClaim(transaction, { site, id, now });
  const pending = await findPending(transaction, { site, id });
  const version = guideline && (await findCurrentVersion(transaction, site, guideline));
  const reading = await findReading(transaction, { site, id, guideline });
  return { ...locked, claim, pending, guidelineVersion: version || undefined, reading };
}

/** Appends a `decided` event about the text that the comment has now. Returns the decision's sequence number. */
export async function appendDecision(
  transaction: Transaction,
  author: { site: string; id: string; actor: string; automated?: boolean; now: Date },
  body: Verdict & { version: number; sha256: string | null },
): Promise<number> {
  const { site, id, actor, automated = false, now } = author;
  return appendEvent(transaction, {
    site,
    kind: 'decided',
    comment: id,
    at: now,
    actor,
    body: { ...body, automated },
  });
}

/** Owes an author a mail where they left an address and confirmed it (who confirms later is told then), and a message to the
 *  browser that they wanted to be told in. */
export async function oweAuthor(transaction: Transaction, notice: Parameters<typeof oweNotice>[1]): Promise<void> {
  const { site, comment, kind, seq, at } = notice;
  const [told] = await queryRows<{ byMail: boolean; byBrowser: boolean }>(
    transaction,
    sql`select exists (select from contact where site = ${site} and comment = ${comment} and confirmed_at is not null) as "byMail",
        exists (select from push_subscription where site = ${site} and comment = ${comment}) as "byBrowser"`,
  );
  if (told?.byMail) await oweNotice(transaction, notice);
  if (told?.byBrowser) await owe(transaction, { site, kind: 'push', body: { comment, about: kind, seq }, at });
}

type LockedRow = { state: CommentState; version: number; sha256: string | null } & Parameters<typeof toDecisionView>[0];

/** Locks a comment's row until the transaction ends, and reads how it stands. Whoever appends an event to a comment locks
 *  it first: events then have the order in which they were folded. */
export async function lockComment(
  transaction: Transaction,
  { site, id }: { site: string; id: string },
): Promise<Pick<Standing, 'state' | 'version' | 'sha256' | 'decision'> | undefined> {
  // Locked by itself: rows joined to a locked one would be those of before the wait for the lock.
  await transaction.query(sql`select 1 from comment where site = ${site} and id = ${id} for update`);
  const [row] = await queryRows<LockedRow>(
    transaction,
    sql`select c.state, c.version, encode(c.sha256, 'hex') as sha256, d.verdict, d.guideline,
        d.guideline_version as "guidelineVersion", d.explanation, coalesce(a.name, d.actor) as "decidedBy", d.automated,
        d.decided_at as "decidedAt"
      from comment c
      left join decision d on d.site = c.site and d.comment = c.id and d.seq = c.decision
      left join account a on a.site = d.site and a.id = ${accountOfActor(sql`d.actor`)}
      where c.site = ${site} and c.id = ${id}`,
  );
  return row && { state: row.state, version: row.version, sha256: row.sha256, decision: toDecisionView(row) };
}

/** The version in force of a guideline; undefined where there is none, or it is retired. */
export async function findCurrentVersion(
  transaction: Transaction,
  site: string,
  guideline: string,
): Promise<number | undefined> {
  const [row] = await queryRows<{ version: number; retired: boolean }>(
    transaction,
    sql`select version, retired from guideline_version where site = ${site} and guideline = ${guideline}
      order by version desc limit 1`,
  );
  return row && !row.retired ? row.version : undefined;
}
