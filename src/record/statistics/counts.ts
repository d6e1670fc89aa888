import type { Period } from '../../contract/period.ts';
import { inTransaction, queryRows } from '../../storage/database.ts';
import { sql, type Sql } from '../../storage/sql.ts';
import type { Store, Transaction } from '../store.ts';
import { isWithin, localHour } from './clocks.ts';
import {
  busiestStories,
  byAuthor,
  byLanguage,
  bySection,
  byWeek,
  came,
  decidedByHour,
  ofGuidelines,
  ofNewsroom,
  receivedByHour,
  tallied,
  waitsByDay,
  type CountedAuthor,
  type CountedGuideline,
  type CountedHour,
  type CountedNewsroom,
  type CountedPassed,
  type CountedReceived,
  type CountedStory,
  type CountedWaits,
  type CountedWeek,
} from './groups.ts';

/** What is counted of a site's comments and of the decisions on them. Hours and days are numbers (`readHour`); where nothing
 *  happened there is no row. */
export type Counts = {
  received: readonly CountedReceived[];
  decided: readonly CountedHour[];
  /** Comments that were withdrawn or erased while they waited. */
  left: readonly { day: number; left: number }[];
  held: number;
  oldestHeld: Date | null;
  waits: readonly CountedWaits[];
  guidelines: readonly CountedGuideline[];
  languages: readonly CountedPassed[];
  sections: readonly CountedPassed[];
  authors: readonly CountedAuthor[];
  weeks: readonly CountedWeek[];
  stories: readonly CountedStory[];
  newsroom: readonly CountedNewsroom[];
};

export type Counting = { site: string; period: Period; mostStories: number };

/** Counts a site's comments and decisions of a period. One statement, so that what came in, what went out and what is left
 *  add up. */
export async function countComments(store: Store, counting: Counting): Promise<Counts> {
  const { site } = counting;
  const [row] = await inTransaction(store.writer, async (transaction) => {
    await setLimits(transaction);
    return queryRows<Counts>(
      transaction,
      sql`with recent as materialized (${listRecent(counting)}),
          taken as materialized (${listTaken(counting)}),
          decided as materialized (${listDecided(counting)}),
          came as materialized (${came}),
          tallied as materialized (${tallied})
        select
          ${rows(receivedByHour)} as received,
          ${rows(decidedByHour)} as decided,
          ${rows(countLeft(counting))} as left,
          (select count(*) from comment c where c.site = ${site} and c.state = 'held') as held,
          (select c.submitted_at from comment c where c.site = ${site} and c.state = 'held' order by c.seq limit 1)
            as "oldestHeld",
          ${rows(waitsByDay)} as waits,
          ${rows(ofGuidelines)} as guidelines,
          ${rows(byLanguage)} as languages,
          ${rows(bySection(site))} as sections,
          ${rows(byAuthor(site))} as authors,
          ${rows(byWeek)} as weeks,
          ${rows(busiestStories(counting))} as stories,
          ${rows(ofNewsroom(site))} as newsroom`,
    );
  });
  if (!row) throw new Error('a statement without a table has one row');
  return row;
}

/** A server waits ten seconds for a statement: what nobody waits for any longer is not counted on. A month of a busy site
 *  fits into 32 MB; with the 4 MB that are usual every list here is written to disk and sorted there.
 *  Compiling the statement takes longer than running it. */
async function setLimits(transaction: Transaction): Promise<void> {
  await transaction.query(sql`set local statement_timeout = '9s'`);
  await transaction.query(sql`set local work_mem = '32MB'`);
  await transaction.query(sql`set local jit = off`);
}

function rows(part: Sql): Sql {
  return sql`(select coalesce(json_agg(one), '[]') from (${part}) one)`;
}

/** The comments that came in. */
function listRecent({ site, period }: Counting): Sql {
  return sql`select c.id, c.submitted_at, c.state, ${localHour(sql`c.submitted_at`, period)} as hour, ${aspects}
    from comment c where c.site = ${site} and ${isWithin(sql`c.submitted_at`, period)} and not c.by_newsroom`;
}

const aspects = sql`c.seq, c.lang, c.story, c.screening ->> 'suggestion' as suggestion`;

/** The decisions that were taken, first ones and others. */
function listTaken({ site, period }: Counting): Sql {
  return sql`select d.comment, d.decided_at, ${localHour(sql`d.decided_at`, period)} as hour, d.verdict, d.guideline, d.actor,
      d.automated, d.supersedes is null as is_first
    from decision d where d.site = ${site} and ${isWithin(sql`d.decided_at`, period)}`;
}

/** First decisions, each with what it was about. Nearly all are about a comment that came in during these days; only where it
 *  came in before is it looked up by itself. */
function listDecided({ site }: Counting): Sql {
  return sql`select d.hour, d.verdict = 'approve' as approved, d.guideline, d.actor, d.automated, c.seq, c.lang, c.story,
      c.suggestion, ${waited} as waited
    from taken d left join recent r on r.id = d.comment
    cross join lateral (
      select r.submitted_at, r.seq, r.lang, r.story, r.suggestion where r.id is not null
      union all
      select c.submitted_at, ${aspects} from comment c
      where r.id is null and c.site = ${site} and c.id = d.comment and not c.by_newsroom) c
    where d.is_first`;
}

/** How long a comment waited for one that a rule took says nothing about the desk. */
const waited = sql`case when not d.automated
  then greatest(0, date_part('epoch', d.decided_at) - date_part('epoch', c.submitted_at)) end`;

/** Each as it left first: what was withdrawn and then erased left once. */
function countLeft({ site, period }: Counting): Sql {
  return sql`select ${localHour(sql`e.at`, period)} / 24 as day, count(*) as left
    from event e join comment c on c.site = e.site and c.id = e.comment
    where e.site = ${site} and e.kind in ('withdrawn', 'erased') and ${isWithin(sql`e.at`, period)}
      and c.decision is null and not c.by_newsroom and (e.kind = 'withdrawn' or not exists (
        select from event w where w.site = e.site and w.comment = e.comment and w.kind = 'withdrawn'))
    group by 1`;
}
