import { needParts, type NeedWeights } from '../contract/need.ts';
import { inTransaction, queryRows } from '../storage/database.ts';
import { sql, type Sql } from '../storage/sql.ts';
import { isTurn, standardWeights, weightsOfSite } from './sorting.ts';
import type { Store, Transaction } from './store.ts';

// Few enough that nobody waits long for a row, many enough that a campaign is weighed within seconds.
const mostAtOnce = 1000;

/** Looks which stories have other steps of reports or traffic than are folded in, and notes them for `weighSome`. Hours of
 *  more than a day ago are forgotten. */
export async function noteStories(store: Store, site: string, now: Date): Promise<void> {
  const dayAgo = new Date(now.getTime() - 86_400_000);
  await store.writer.query(sql`delete from story_hour where site = ${site} and hour < ${dayAgo}`);
  await store.writer.query(
    sql`insert into story_need (site, story, reports, traffic, until)
      select ${site}, w.story, w.reports, w.traffic, 0 from (
        select a.story, report_step(sum(a.reports)::bigint) as reports, traffic_step(sum(a.comments)::bigint) as traffic from (
          select h.story, h.comments, 0 as reports from story_hour h where h.site = ${site}
          union all
          select c.story, 0, 1 from report r join comment c on c.site = r.site and c.id = r.comment
            where r.site = ${site} and r.state = 'open' and c.state = 'approved'
          union all
          select n.story, 0, 0 from story_need n where n.site = ${site}
        ) a group by a.story
      ) w left join story_need n on n.site = ${site} and n.story = w.story
      where (w.reports, w.traffic) is distinct from (coalesce(n.reports, 0), coalesce(n.traffic, 0))
      on conflict (site, story) do update set reports = excluded.reports, traffic = excluded.traffic, until = 0`,
  );
}

/** Notes for `weighSome` that a site has other weights than its held comments were weighed with. Reported comments that are
 *  published are weighed at once: they are few. */
export async function noteWeights(store: Store, site: string, weights: NeedWeights): Promise<void> {
  const { screening, age, reports } = weights;
  const wanted = inOrder(weights);
  await inTransaction(store.writer, async (transaction) => {
    // Comments that came in before anybody changed a weight were weighed with the standard ones.
    const noted = await transaction.query(
      sql`insert into weighed (site, weights, until) select ${site}, ${wanted}, 0
        where ${wanted} is distinct from coalesce(
          (select w.weights from weighed w where w.site = ${site}), ${inOrder(standardWeights)})
        on conflict (site) do update set weights = excluded.weights, until = 0`,
    );
    if (noted.rowCount === 0) return;
    await transaction.query(
      sql`update comment c set urgency = queue_urgency(c.need, c.submitted_at, report_step(o.reports), 0, ${screening}::integer,
          ${age}::integer, ${reports}::integer, 0)
        from (select r.comment, count(*) as reports from report r where r.site = ${site} and r.state = 'open'
          group by r.comment) o
        where c.site = ${site} and c.id = o.comment and c.state <> 'held'`,
    );
  });
}

function inOrder(weights: NeedWeights): Sql {
  return sql`${needParts.map((part) => weights[part])}::integer[]`;
}

/** Weighs up to 1,000 held comments of what was noted. True where more is left. */
export async function weighSome(store: Store, site: string): Promise<boolean> {
  return inTransaction(store.writer, async (transaction) => {
    if (!(await isTurn(transaction, site))) return false;
    const [whole] = await queryRows<{ until: number }>(
      transaction,
      sql`select until from weighed where site = ${site} and until is not null`,
    );
    if (whole) {
      const until = await weighSlice(transaction, site, { until: whole.until });
      await transaction.query(sql`update weighed set until = ${until} where site = ${site}`);
      return true;
    }
    const [one] = await queryRows<{ story: string; until: number }>(
      transaction,
      sql`select story, until from story_need where site = ${site} and until is not null limit 1`,
    );
    if (!one) return false;
    const until = await weighSlice(transaction, site, one);
    await transaction.query(sql`update story_need set until = ${until} where site = ${site} and story = ${one.story}`);
    return true;
  });
}

/** Weighs the next held comments after a `seq`; returns the last of them, or null when they were the last. */
async function weighSlice(
  transaction: Transaction,
  site: string,
  { until, story }: { until: number; story?: string },
): Promise<number | null> {
  const ofStory: Sql = story === undefined ? sql`true` : sql`c.story = ${story}`;
  const [row] = await queryRows<{ last: number | null; taken: number }>(
    transaction,
    sql`with next as (
        select c.site, c.id, c.seq, queue_urgency(c.need, c.submitted_at, coalesce(n.reports, 0), coalesce(n.traffic, 0),
          ${weightsOfSite}) as urgency
        from comment c join site s on s.site = c.site
        left join story_need n on n.site = c.site and n.story = c.story
        where c.site = ${site} and c.state = 'held' and c.seq > ${until} and ${ofStory}
        order by c.seq limit ${mostAtOnce} for update of c
      ), moved as (
        update comment c set urgency = s.urgency from next s
        where c.site = s.site and c.id = s.id and abs(c.urgency - s.urgency) > 1e-9
      )
      select max(seq) as last, count(*) as taken from next`,
  );
  return row && row.taken === mostAtOnce ? row.last : null;
}
