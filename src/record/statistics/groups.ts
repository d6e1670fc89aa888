import type { Statistics } from '../../contract/statistics.ts';
import { sql, type Sql } from '../../storage/sql.ts';
import { accountOfActor } from '../actors.ts';

// Parts of the one statement of counts.ts: each groups what `recent`, `taken` and `decided` list. Hours are those of
// `localHour`, days a 24th and weeks a 168th of them.

/** What came in, and what was decided first, grouped once for several figures: a twelfth of the rows at a million a year. */
export const came = sql`select story, lang, state, count(*) as n from recent group by 1, 2, 3`;
export const tallied = sql`select hour / 24 as day, actor, approved, guideline, automated, suggestion, count(*) as n
  from decided group by 1, 2, 3, 4, 5, 6`;

/** Comments that came in within an hour. */
export type CountedReceived = { hour: number; received: number };

export const receivedByHour = sql`select hour, count(*) as received from recent group by 1`;

/** First decisions of an hour. */
export type CountedHour = { hour: number; approved: number; rejected: number; automated: number };

export const decidedByHour = sql`select hour, count(*) filter (where approved) as approved,
    count(*) filter (where not approved) as rejected, count(*) filter (where automated) as automated
  from decided group by 1`;

/** How long comments waited for what people and programs decided first; `day` null is all days. */
export type CountedWaits = { day: number | null; decided: number; medianSeconds: number; p95Seconds: number };

export const waitsByDay = sql`select day, count(*) as decided, ${percentile(0.5)} as "medianSeconds",
    ${percentile(0.95)} as "p95Seconds"
  from (select hour / 24 as day, waited from decided where waited is not null) one
  group by grouping sets ((day), ()) having count(*) > 0`;

function percentile(share: number): Sql {
  return sql`round(percentile_cont(${share}) within group (order by waited))`;
}

export type CountedGuideline = Statistics['guidelines'][number];

export const ofGuidelines = sql`select guideline, ${total(sql`not removed`)} as rejected, ${total(sql`automated`)} as automated,
    ${total(sql`removed`)} as removed
  from (
    select guideline, automated, false as removed, n from tallied where not approved
    union all
    select guideline, false, true, 1 from taken where verdict = 'remove') breach
  group by 1`;

function total(which: Sql): Sql {
  return sql`coalesce(sum(n) filter (where ${which}), 0)`;
}

/** What came in and what was decided first, of one language or section. */
export type CountedPassed = {
  key: string | null;
  received: number;
  approved: number;
  rejected: number;
  medianSeconds: number | null;
};

export const byLanguage = passed({
  came: sql`select lang as key, n from came`,
  decided: sql`select lang as key, approved, waited from decided`,
});

/** By the section in which a story is now. */
export function bySection(site: string): Sql {
  const sections = sql`(select s.story, s.section as key from story s where s.site = ${site})`;
  return passed({
    came: sql`select s.key, c.n from came c left join ${sections} s on s.story = c.story`,
    decided: sql`select s.key, d.approved, d.waited from decided d left join ${sections} s on s.story = d.story`,
  });
}

// Only what was decided is sorted, for its median, and by the bytes of its key: that halves the work.
function passed(rows: { came: Sql; decided: Sql }): Sql {
  return sql`select key, sum(received) as received, sum(approved) as approved, sum(rejected) as rejected,
      max("medianSeconds") as "medianSeconds"
    from (
      select key, sum(n) as received, 0 as approved, 0 as rejected, null::double precision as "medianSeconds"
      from (${rows.came}) c group by 1
      union all
      select key collate "C", 0, count(*) filter (where approved), count(*) filter (where not approved), ${percentile(0.5)}
      from (${rows.decided}) d group by 1) one
    group by 1`;
}

/** First decisions of an author by day. `day` null is of what was decided before: then only `decided` tells. */
export type CountedAuthor = {
  actor: string;
  id: string | null;
  name: string | null;
  day: number | null;
  decided: number;
  approved: number;
};

export function byAuthor(site: string): Sql {
  return sql`select n.actor, a.id, a.name, n.day, n.decided, n.approved from (
      select actor, day, sum(n) as decided, ${total(sql`approved`)} as approved from tallied group by 1, 2
      union all
      select actor, null, count(*), 0 from taken where not is_first group by 1) n
    left join account a on a.site = ${site} and a.id = ${accountOfActor(sql`n.actor`)}`;
}

/** What people decided first of what was screened in a week; `day` is one of its days. */
export type CountedWeek = { day: number; decided: number; suspected: number; right: number; rejected: number };

export const byWeek = sql`select min(day) as day, sum(n) as decided, ${total(sql`suggestion = 'reject'`)} as suspected,
    ${total(sql`suggestion = 'reject' and not approved`)} as right, ${total(sql`not approved`)} as rejected
  from tallied where ${byPerson(sql`actor`)} and suggestion is not null group by (day + 3) / 7`;

function byPerson(actor: Sql): Sql {
  return sql`${actor} like 'moderator:%'`;
}

export type CountedStory = Statistics['stories'][number];

export function busiestStories({ site, mostStories }: { site: string; mostStories: number }): Sql {
  return sql`select n.*, coalesce(s.headline, n.story) as headline, s.section from (
      select story, sum(n) as received, ${total(sql`state = 'approved'`)} as approved,
        ${total(sql`state in ('rejected', 'removed')`)} as rejected, ${total(sql`state = 'held'`)} as held
      from came group by 1 order by received desc, story limit ${mostStories}) n
    left join story s on s.site = ${site} and s.story = n.story`;
}

/** What people decided first: of what finds fault with the newsroom, and of all. */
export type CountedNewsroom = { isCritical: boolean; decided: number; approved: number };

export function ofNewsroom(site: string): Sql {
  return sql`select true as "isCritical", count(*) as decided, count(*) filter (where approved) as approved
    from decided d join sorting w on w.site = ${site} and w.seq = d.seq and w.is_critical
      and w.seq >= (select min(seq) from decided)
    where ${byPerson(sql`d.actor`)}
    union all
    select false, coalesce(sum(n), 0), ${total(sql`approved`)} from tallied where ${byPerson(sql`actor`)}`;
}
