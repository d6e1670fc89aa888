import { sql, type Sql } from '../../storage/sql.ts';
import { accountOfActor } from '../actors.ts';

// Parts of the one statement of counts.ts: each groups what `recent`, `taken` and `decided` list. Hours are those of
// `localHour`, days a 24th and weeks a 168th of them.

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

export type CountedGuideline = { guideline: string; rejected: number; automated: number; removed: number };

export const ofGuidelines = sql`select guideline, count(*) filter (where not removed) as rejected,
    count(*) filter (where automated) as automated, count(*) filter (where removed) as removed
  from (
    select guideline, automated, false as removed from decided where not approved
    union all
    select guideline, false, true from taken where verdict = 'remove') breach
  group by 1`;

/** What came in and what was decided first, of one language or section. */
export type CountedPassed = {
  key: string | null;
  received: number;
  approved: number;
  rejected: number;
  medianSeconds: number | null;
};

export const byLanguage = passed({
  recent: sql`select lang as key from recent`,
  decided: sql`select lang as key, approved, waited from decided`,
});

/** By the section in which a story is now. */
export function bySection(site: string): Sql {
  const sections = sql`(select s.story, s.section as key from story s where s.site = ${site})`;
  return passed({
    recent: sql`select s.key from recent r left join ${sections} s on s.story = r.story`,
    decided: sql`select s.key, d.approved, d.waited from decided d left join ${sections} s on s.story = d.story`,
  });
}

// Only what was decided is sorted, for its median, and by the bytes of its key: that halves the work.
function passed({ recent, decided }: { recent: Sql; decided: Sql }): Sql {
  return sql`select key, sum(received) as received, sum(approved) as approved, sum(rejected) as rejected,
      max("medianSeconds") as "medianSeconds"
    from (
      select key, count(*) as received, 0 as approved, 0 as rejected, null::double precision as "medianSeconds"
      from (${recent}) r group by 1
      union all
      select key collate "C", 0, count(*) filter (where approved), count(*) filter (where not approved), ${percentile(0.5)}
      from (${decided}) d group by 1) one
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
      select actor, hour / 24 as day, count(*) as decided, count(*) filter (where approved) as approved
      from decided group by 1, 2
      union all
      select actor, null, count(*), 0 from taken where not is_first group by 1) n
    left join account a on a.site = ${site} and a.id = ${accountOfActor(sql`n.actor`)}`;
}

/** What people decided first of what was screened in a week; `day` is one of its days. */
export type CountedWeek = { day: number; decided: number; suspected: number; right: number; rejected: number };

export const byWeek = sql`select min(hour) / 24 as day, count(*) as decided,
    count(*) filter (where suggestion = 'reject') as suspected,
    count(*) filter (where suggestion = 'reject' and not approved) as right,
    count(*) filter (where not approved) as rejected
  from decided where by_person and suggestion is not null group by (hour + 72) / 168`;

export type CountedStory = {
  story: string;
  headline: string;
  section: string | null;
  received: number;
  approved: number;
  rejected: number;
  held: number;
};

export function busiestStories({ site, mostStories }: { site: string; mostStories: number }): Sql {
  return sql`select n.*, coalesce(s.headline, n.story) as headline, s.section from (
      select story, count(*) as received, count(*) filter (where state = 'approved') as approved,
        count(*) filter (where state in ('rejected', 'removed')) as rejected, count(*) filter (where state = 'held') as held
      from recent group by 1 order by received desc, story limit ${mostStories}) n
    left join story s on s.site = ${site} and s.story = n.story`;
}

/** What people decided first: of what finds fault with the newsroom, and of all. */
export type CountedNewsroom = { isCritical: boolean; decided: number; approved: number };

export function ofNewsroom(site: string): Sql {
  const counts = sql`count(*) as decided, count(*) filter (where approved) as approved`;
  return sql`select true as "isCritical", ${counts} from decided d
      join sorting w on w.site = ${site} and w.seq = d.seq and w.is_critical
        and w.seq >= (select min(seq) from decided)
      where d.by_person
    union all
    select false, ${counts} from decided where by_person`;
}
