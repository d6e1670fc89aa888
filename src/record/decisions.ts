import type { CommentState } from '../contract/comment.ts';
import type { DecisionView } from '../contract/desk.ts';
import { refused, type Refused } from '../contract/refusals.ts';
import { inTransaction, queryRows } from '../storage/database.ts';
import { sql } from '../storage/sql.ts';
import { endClaim, findClaim, type Claim } from './claims.ts';
import { appendEvent, moveRefused } from './events.ts';
import { oweNotice } from './outbox.ts';
import { accountOfActor, toDecisionView } from './queueRows.ts';
import type { Store, Transaction } from './store.ts';

/** How a comment stands while its row is locked. `guidelineVersion` is the current version of the guideline that was asked
 *  for, undefined where the site has none of that key or retired it. */
export type Standing = {
  state: CommentState;
  version: number;
  sha256: string | null;
  decision: DecisionView | null;
  claim: Claim | undefined;
  guidelineVersion: number | undefined;
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
  weigh: (standing: Standing) => { outcome: 'stands'; verdict: Verdict } | Refused,
): Promise<Decided | Refused> {
  const { site, id, now } = asked;
  try {
    return await inTransaction(store.writer, async (transaction) => {
      const locked = await lockComment(transaction, { site, id });
      if (!locked) return refused('comment_unknown');
      const claim = await findClaim(transaction, { site, id, now });
      const guidelineVersion = asked.guideline && (await findCurrentVersion(transaction, site, asked.guideline));
      const weighed = weigh({ ...locked, claim, guidelineVersion: guidelineVersion || undefined });
      if (weighed.outcome === 'refused') return weighed;
      const { version, sha256 } = locked;
      const seq = await appendDecision(transaction, asked, { ...weighed.verdict, version, sha256 });
      await oweAuthor(transaction, { site, kind: 'decision', comment: id, seq, at: now });
      await endClaim(transaction, { site, id });
      const after = await lockComment(transaction, { site, id });
      if (!after?.decision) throw new Error('a decision was not folded');
      return { outcome: 'decided', comment: id, decision: after.decision, state: after.state, version: after.version };
    });
  } catch (error) {
    if (moveRefused(error)) return refused('state_moved_on');
    throw error;
  }
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

/** Owes an author a mail where they left an address. */
export async function oweAuthor(transaction: Transaction, notice: Parameters<typeof oweNotice>[1]): Promise<void> {
  const contact = await queryRows(
    transaction,
    sql`select 1 from contact where site = ${notice.site} and comment = ${notice.comment}`,
  );
  if (contact.length > 0) await oweNotice(transaction, notice);
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

async function findCurrentVersion(
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
