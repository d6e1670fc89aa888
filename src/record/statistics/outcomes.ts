import type { Period } from '../../contract/period.ts';
import { measures } from '../../contract/sanction.ts';
import type { Statistics } from '../../contract/statistics.ts';
import { queryRows } from '../../storage/database.ts';
import { sql } from '../../storage/sql.ts';
import type { Store } from '../store.ts';
import { isWithin } from './clocks.ts';

/** What became of the appeals that came in a period, by the guideline of what they are against, the most first. An appeal
 *  against a comment that was withdrawn or erased meanwhile waits for nobody. */
export async function countAppeals(
  store: Store,
  { site, period }: { site: string; period: Period },
): Promise<Statistics['appeals']> {
  return queryRows(
    store.writer,
    sql`select d.guideline, count(*) as received,
        count(*) filter (where a.state = 'open' and c.state in ('rejected', 'removed')) as open,
        count(*) filter (where a.state = 'upheld') as upheld, count(*) filter (where a.state = 'overturned') as overturned,
        round(percentile_cont(0.5) within group (order by extract(epoch from a.decided_at - a.appealed_at)))
          as "medianSeconds"
      from appeal a join decision d on d.site = a.site and d.comment = a.comment and d.seq = a.decision
      join comment c on c.site = a.site and c.id = a.comment
      where a.site = ${site} and ${isWithin(sql`a.appealed_at`, period)}
      group by 1 order by received desc, 1`,
  );
}

/** What became of the sanctions that were imposed in a period, by measure, the mildest first. */
export async function countSanctions(
  store: Store,
  { site, period }: { site: string; period: Period },
): Promise<Statistics['sanctions']> {
  return queryRows(
    store.writer,
    sql`select s.measure, count(*) as imposed,
        count(*) filter (where s.lifted_at is null and s.ends_at > ${period.until}) as "inForce",
        count(*) filter (where s.lifted_at is not null) as lifted,
        count(*) filter (where s.appealed_at is not null) as appealed,
        count(*) filter (where s.appeal_state = 'overturned') as overturned
      from sanction s where s.site = ${site} and ${isWithin(sql`s.started_at`, period)}
      group by 1 order by array_position(${measures}::text[], s.measure)`,
  );
}
