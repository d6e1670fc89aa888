import type { Period } from '../../contract/period.ts';
import { sql, type Sql } from '../../storage/sql.ts';

/** The hour of a time by the clocks of the period's zone, as hours since 1970 began by the same clocks: a whole number, which
 *  groups four times as fast as a day and an hour. A time before the period is told by its first clock. */
export function localHour(time: Sql, { clocks }: Period): Sql {
  const begun = clocks.map(({ from }) => from);
  const seconds = clocks.map(({ minutes }) => minutes * 60);
  return sql`floor((date_part('epoch', ${time}) + (${seconds}::integer[])[
    greatest(1, width_bucket(${time}, ${begun}::timestamptz[]))]) / 3600)::integer`;
}

/** Day and hour of the day of a local hour, and the Monday of its week. */
export function readHour(localHour: number): { day: string; hour: number; week: string } {
  const day = Math.floor(localHour / 24);
  // 1970-01-01 was a Thursday.
  const monday = day - ((day + 3) % 7);
  return { day: writeDay(day), hour: localHour - day * 24, week: writeDay(monday) };
}

function writeDay(day: number): string {
  return new Date(day * 86_400_000).toISOString().slice(0, 10);
}

/** Whether a time lies within the period. */
export function isWithin(time: Sql, { from, until }: Period): Sql {
  return sql`(${time} >= ${from} and ${time} <= ${until})`;
}
