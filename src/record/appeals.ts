import type { AppealRow } from '../contract/desk.ts';
import type { Reach } from '../contract/principal.ts';
import { refused, type Refused } from '../contract/refusals.ts';
import { inTransaction, queryRows } from '../storage/database.ts';
import { sql, type Sql } from '../storage/sql.ts';
import { accountOfActor } from './actors.ts';
import { appendDecision, lockComment, oweAuthor, type Standing } from './decisions.ts';
import { appendEvent, moveRefused } from './events.ts';
import type { Viewer } from './queue.ts';
import { describeRows, toQueueRow, type DescribedRow } from './queueRows.ts';
import { isReached, isReachedByAny } from './reach.ts';
import type { Store, Transaction } from './store.ts';

/** Where a page of appeals begins: after the one with this time and id. */
export type AppealPlace = { at: Date; id: string };

/** Open appeals that an account reaches, the longest waiting first, with their comments and the number of all. One statement. Appeals
 *  against a comment that its author withdrew or that was erased wait for nobody. */
export async function listOpenAppeals(
  store: Store,
  reach: Reach,
  asked: { after?: AppealPlace | undefined; limit: number; viewer: Viewer },
): Promise<{ total: number; appeals: AppealRow[]; next: AppealPlace | undefined }> {
  const { after, limit, viewer } = asked;
  const { columns, joins } = describeRows(reach.site, viewer);
  const open = sql`a.site = ${reach.site} and ${isReached(reach)} and a.state = 'open' and c.state in ('rejected', 'removed')`;
  const past = after ? sql`(a.appealed_at, a.id) > (${after.at}::timestamptz, ${after.id}::uuid)` : sql`true`;
  const appealed = sql`appeal a join comment c on c.site = a.site and c.id = a.comment`;
  type Row = DescribedRow & {
    total: number;
    appeal: string;
    appealText: string | null;
    appealedAt: Date;
    mine: boolean;
  };
  const rows = await queryRows<Row>(
    store.writer,
    sql`with page as materialized (
        select c.*, a.id as appeal, a.text as appeal_text, a.appealed_at from ${appealed} where ${open} and ${past}
        order by a.appealed_at, a.id limit ${limit + 1}
      )
      select t.total, p.appeal, p.appeal_text as "appealText", p.appealed_at as "appealedAt",
        exists (select from unnest(${rejectersOf(sql`p`)}) one
          where ${accountOfActor(sql`one`)} = any(${viewer.accounts}::uuid[])) as mine, ${columns}
      from (select count(*) as total from ${appealed} where ${open}) t
      left join page p on true ${joins}
      order by p.appealed_at, p.appeal`,
  );
  const found = rows.filter(({ id }) => id !== null);
  const last = found.length > limit ? found[limit - 1] : undefined;
  return {
    total: rows[0]?.total ?? 0,
    appeals: found.slice(0, limit).map((row) => ({
      id: row.appeal,
      text: row.appealText,
      appealedAt: row.appealedAt.toISOString(),
      state: 'open',
      mine: row.mine,
      comment: toQueueRow(row, viewer.now),
    })),
    next: last && { at: last.appealedAt, id: last.appeal },
  };
}

/** The comment that an appeal is about, where one of these accounts reaches it. */
export async function findAppealed(
  store: Store,
  reaches: readonly Reach[],
  appeal: string,
): Promise<{ site: string; comment: string }[]> {
  return queryRows(
    store.writer,
    sql`select a.site, a.comment from appeal a join comment c on c.site = a.site and c.id = a.comment
      where ${isReachedByAny(reaches)} and a.id = ${appeal} order by a.site`,
  );
}

/** The actors behind the decision `d` about a comment `c`: who took it, and who gave the same verdict in a reading before. */
function rejectersOf(c: Sql): Sql {
  return sql`array_append(array(select unnest(array[fr.actor, case when fr.other_verdict = 'reject' then fr.other_actor end])
    from first_verdict fr where fr.site = ${c}.site and fr.comment = ${c}.id), d.actor)`;
}

/** How an appeal stands while its comment is locked. `rejecters` are the actors of the decision it is against. */
export type AppealStanding = Pick<Standing, 'state' | 'version' | 'sha256'> & {
  appeal: AppealRow['state'];
  rejecters: readonly string[];
};

export type AppealVerdict = { verdict: 'uphold' | 'overturn'; explanation: string };

export type AppealDecided = { outcome: 'decided'; id: string; comment: string; state: 'upheld' | 'overturned' };

/** Locks the appealed comment, weighs, and appends the decision on the appeal; an overturned one publishes the comment by
 *  a new decision in the same transaction. Refused with what `weigh` refuses, and with `same_moderator` or
 *  `state_moved_on` where the database itself refuses. */
export async function recordAppealDecision(
  store: Store,
  asked: AppealVerdict & { site: string; comment: string; id: string; actor: string; now: Date },
  weigh: (standing: AppealStanding) => Refused | undefined,
): Promise<AppealDecided | Refused> {
  const { site, comment, id, verdict, explanation, actor, now } = asked;
  try {
    return await inTransaction(store.writer, async (transaction) => {
      const locked = await lockComment(transaction, { site, id: comment });
      const appeal = await findAppeal(transaction, site, id);
      if (!locked || !appeal) return refused('not_found');
      const weighed = weigh({ ...locked, appeal: appeal.state, rejecters: appeal.rejecters });
      if (weighed) return weighed;
      const body = { appeal: id, verdict, explanation };
      await appendEvent(transaction, { site, kind: 'appeal_decided', comment, at: now, actor, body });
      const seq = verdict === 'overturn' ? await appendApproval(transaction, asked, locked) : appeal.decision;
      await oweAuthor(transaction, { site, kind: 'appeal', comment, seq, at: now });
      return { outcome: 'decided', id, comment, state: verdict === 'overturn' ? 'overturned' : 'upheld' };
    });
  } catch (error) {
    const refusal = moveRefused(error);
    if (refusal) return refused(refusal === 'same_moderator' ? 'same_moderator' : 'state_moved_on');
    throw error;
  }
}

async function appendApproval(
  transaction: Transaction,
  decided: { site: string; comment: string; actor: string; now: Date; explanation: string },
  { version, sha256 }: Pick<Standing, 'version' | 'sha256'>,
): Promise<number> {
  const { site, comment, actor, now, explanation } = decided;
  const verdict = { verdict: 'approve', guideline: null, guidelineVersion: null, explanation } as const;
  return appendDecision(transaction, { site, id: comment, actor, now }, { ...verdict, version, sha256 });
}

type AppealFound = { state: AppealRow['state']; decision: number; rejecters: string[] };

async function findAppeal(transaction: Transaction, site: string, id: string): Promise<AppealFound | undefined> {
  const [row] = await queryRows<AppealFound>(
    transaction,
    sql`select a.state, a.decision, ${rejectersOf(sql`c`)} as rejecters from appeal a
      join comment c on c.site = a.site and c.id = a.comment
      join decision d on d.site = a.site and d.comment = a.comment and d.seq = a.decision
      where a.site = ${site} and a.id = ${id}`,
  );
  return row;
}
