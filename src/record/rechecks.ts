import type { Pair, Recheck } from '../contract/agreement.ts';
import type { Reach } from '../contract/principal.ts';
import { refused, type Refused } from '../contract/refusals.ts';
import { inTransaction, queryRows } from '../storage/database.ts';
import { sql, type Sql } from '../storage/sql.ts';
import { accountOfActor } from './actors.ts';
import { findCurrentVersion, lockComment } from './decisions.ts';
import { appendEvent, moveRefused } from './events.ts';
import { describeRows, toQueueRow, type DescribedRow } from './queueRows.ts';
import { isReached } from './reach.ts';
import type { Store } from './store.ts';

/** Who looks again: not at what they decided themselves, and at `percent` of a hundred of what was decided since `since`. */
export type RecheckAsked = { account: string; percent: number; since: Date; now: Date };

/** The newest decisions among which a sample is drawn: it costs no more on a busy site. */
const mostDecisions = 5_000;

/** A decided comment for an account to judge again, and how many there are; undefined where there is none. Each account meets
 *  them in an order of its own, so that two seldom sit before the same. */
export async function findRecheck(
  store: Store,
  reach: Reach,
  asked: RecheckAsked,
): Promise<{ waiting: number; comment: Recheck } | undefined> {
  const { columns, joins } = describeRows(reach.site, { accounts: [asked.account], now: asked.now });
  const [row] = await queryRows<DescribedRow & { waiting: number }>(
    store.writer,
    sql`with sample as materialized (${sampleOf(reach, asked)}), page as materialized (
        select c.* from comment c join sample s on s.site = c.site and s.id = c.id
        order by md5(c.id::text || ${asked.account}) limit 1
      )
      select (select count(*) from sample) as waiting, ${columns} from page p ${joins}`,
  );
  if (!row) return undefined;
  const { id, story, parent, name, text, lang, dir, submittedAt, screening } = toQueueRow(row, asked.now);
  return { waiting: row.waiting, comment: { id, story, parent, name, text, lang, dir, submittedAt, screening } };
}

// A comment is in the sample by its id alone, whoever decided it and however.
function sampleOf(reach: Reach, { account, percent, since }: Omit<RecheckAsked, 'now'>): Sql {
  return sql`select c.site, c.id, newest.seq from (
      select d.site, d.comment, d.seq, d.actor from decision d
      where d.site = ${reach.site} and d.decided_at > ${since} and d.verdict in ('approve', 'reject') and not d.automated
      order by d.decided_at desc limit ${mostDecisions}
    ) newest
    join comment c on c.site = newest.site and c.id = newest.comment and c.decision = newest.seq
      and c.state in ('approved', 'rejected') and not c.by_newsroom
    where ${isReached(reach)} and mod(hashtextextended(c.id::text, 0) & 9223372036854775807, 100) < ${percent}
      and ${account}::uuid is distinct from ${accountOfActor(sql`newest.actor`)}
      and not exists (select from first_verdict f where f.site = c.site and f.comment = c.id
        and ${account}::uuid in (${accountOfActor(sql`f.actor`)}, ${accountOfActor(sql`f.other_actor`)}))
      and not exists (select from recheck r where r.site = c.site and r.comment = c.id and r.decision = newest.seq)`;
}

/** Stores how somebody else would have decided, by an event that changes nothing else. Refused: `not_found` for what is not in
 *  the account's sample (any more), `guideline_unknown`. */
export async function recordRecheck(
  store: Store,
  reach: Reach,
  { id, actor, verdict, guideline, ...asked }: RecheckAsked & { id: string; actor: string } & Pair['second'],
): Promise<{ outcome: 'noted' } | Refused> {
  const { site } = reach;
  try {
    return await inTransaction(store.writer, async (transaction) => {
      await lockComment(transaction, { site, id });
      const [sampled] = await queryRows<{ seq: number }>(
        transaction,
        sql`select s.seq from (${sampleOf(reach, asked)}) s where s.id = ${id}`,
      );
      if (!sampled) return refused('not_found');
      if (guideline !== null && !(await findCurrentVersion(transaction, site, guideline))) {
        return refused('guideline_unknown', { field: 'guideline' });
      }
      const body = { decision: sampled.seq, verdict, guideline };
      await appendEvent(transaction, { site, kind: 'rechecked', comment: id, at: asked.now, actor, body });
      return { outcome: 'noted' };
    });
  } catch (error) {
    if (moveRefused(error)) return refused('not_found');
    throw error;
  }
}

type PairRow = {
  verdict: 'approve' | 'reject';
  guideline: string | null;
  again: 'approve' | 'reject';
  under: string | null;
};

/** The newest comments of a site that were judged again since a time, at most 10,000; of all time without one. A guideline that
 *  stood beside an approval says nothing about it. */
export async function listPairs(store: Store, site: string, since = new Date(0)): Promise<Pair[]> {
  const rows = await queryRows<PairRow>(
    store.writer,
    sql`select d.verdict, d.guideline, r.verdict as again, r.guideline as under from recheck r
      join decision d on d.site = r.site and d.comment = r.comment and d.seq = r.decision
      where r.site = ${site} and r.rechecked_at >= ${since} order by r.rechecked_at desc limit 10000`,
  );
  return rows.map(({ verdict, guideline, again, under }) => ({
    first: { verdict, guideline: verdict === 'reject' ? guideline : null },
    second: { verdict: again, guideline: under },
  }));
}
