import type { Counted } from '../contract/queueFilter.ts';
import { queryRows } from '../storage/database.ts';
import { joinSql, sql, type Sql } from '../storage/sql.ts';
import type { QueuePage } from './queue.ts';
import { conditions, inState, narrowings, type QueueFilter } from './queueFilter.ts';
import { orderBy, past, type PlainOrder, type QueuePlace } from './queueOrder.ts';
import type { Store } from './store.ts';

/** A comment that was found, with its place. `top` is the urgency of the neediest comment of its story, where one asked in
 *  that order. */
export type Found = { site: string; id: string; story: string; urgency: number; seq: number; top?: number };

/** How many rows of an order one question looks at, at most: at a million comments about 15 milliseconds. What is rarer than
 *  one in two hundred is sought by its own index, which is then the shorter way. */
export const mostLooked = 10_000;

/** The columns of `Found` of rows `from`. */
export function foundColumns(from: Sql): Sql {
  return sql`${from}.site, ${from}.id, ${from}.story, ${from}.urgency, ${from}.seq`;
}

/** How many comments fit among the 10,000 of a list that need a person most; all of them where the list has no more. */
export async function countLooked(store: Store, filter: QueueFilter): Promise<Counted> {
  const narrow = narrowings(filter, 'looked');
  const first = mostLooked + 1;
  const [row] = await queryRows<{ fitting: number; looked: number }>(
    store.writer,
    narrow.length === 0
      ? sql`select count(*) as fitting, count(*) as looked from (
          select from comment c where ${inState(filter)} order by c.seq limit ${first}) c`
      : sql`select count(*) filter (where ${joinSql(narrow, 'and')}) as fitting, count(*) as looked from (
          select c.* from comment c where ${inState(filter)} order by ${orderBy('need', sql`c`)} limit ${first}) c`,
  );
  const { fitting = 0, looked = 0 } = row ?? {};
  const isLeast = looked > mostLooked;
  return { count: isLeast ? Math.min(fitting, mostLooked) : fitting, isLeast };
}

/** The comments of a page and the one after it, of those that fit among the next 10,000 of the order. */
export async function lookFor(
  store: Store,
  filter: QueueFilter,
  { order, after, limit }: QueuePage & { order: PlainOrder },
): Promise<Found[]> {
  const narrow = narrowings(filter, 'looked');
  const looked = sql`select c.* from comment c where ${inState(filter)} and ${past(order, after)}
    order by ${orderBy(order, sql`c`)} limit ${mostLooked}`;
  return queryRows(
    store.writer,
    sql`select ${foundColumns(sql`c`)} from (${looked}) c
      where ${narrow.length === 0 ? sql`true` : joinSql(narrow, 'and')}
      order by ${orderBy(order, sql`c`)} limit ${limit + 1}`,
  );
}

/** The same by the index of what narrows the filter, with the number of all that fit: for what is rare. */
export async function seekAll(
  store: Store,
  filter: QueueFilter,
  { order, after, limit }: QueuePage,
): Promise<{ total: Counted; found: Found[] }> {
  const byStory = order === 'story';
  const top = sql`max(c.urgency) over (partition by c.story)`;
  const rows = await queryRows<{ total: number; id: string | null } & Found>(
    store.writer,
    sql`with sought as materialized (
        select ${foundColumns(sql`c`)}, ${byStory ? top : sql`null::float8`} as top from comment c
        where ${conditions(filter, 'sought')}
      )
      select t.total, ${foundColumns(sql`x`)}, x.top from (select count(*) as total from sought) t
      left join (
        select * from sought c where ${byStory ? pastStories(after) : past(order, after)}
        order by ${byStory ? orderByStories(sql`c`) : orderBy(order, sql`c`)} limit ${limit + 1}
      ) x on true
      order by ${byStory ? orderByStories(sql`x`) : orderBy(order, sql`x`)}`,
  );
  return {
    total: { count: rows[0]?.total ?? 0, isLeast: false },
    found: rows.filter(({ id }) => id !== null).map(({ total: _, ...found }) => found),
  };
}

/** Comments of one story together, the story with the neediest comment first. */
export function orderByStories(from: Sql): Sql {
  return sql`${from}.top desc, ${from}.story collate "C", ${from}.urgency desc, ${from}.seq`;
}

/** Whether `c`, which has a `top`, comes after a place in the order of stories. A story that has lost its neediest comment
 *  since goes on where it was left. */
export function pastStories(after: QueuePlace | undefined): Sql {
  const { site, story, top } = after ?? {};
  if (after === undefined || site === undefined || story === undefined || top === undefined) return sql`true`;
  return sql`case when c.site = ${site} and c.story = ${story}
    then c.urgency < ${after.urgency}::float8 or (c.urgency = ${after.urgency}::float8 and c.seq > ${after.seq})
    else c.top < ${top}::float8 or (c.top = ${top}::float8
      and (c.site collate "C", c.story collate "C") > (${site}, ${story})) end`;
}
