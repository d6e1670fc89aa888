import { queryRows } from '../storage/database.ts';
import { joinSql, sql } from '../storage/sql.ts';
import type { QueuePage } from './queue.ts';
import { inState, narrowings, type QueueFilter } from './queueFilter.ts';
import { compareStories, orderBy, past, type StoryPlace } from './queueOrder.ts';
import { foundColumns, mostLooked, orderByStories, pastStories, type Found } from './queuePages.ts';
import type { Store } from './store.ts';

// A page of fifty stories with one comment each asks three times; a page of one story reads fifty rows of it.
const storiesAtOnce = 20;

/** A page of the order of stories and the comment after it: the comments of one story together, the story with the neediest
 *  comment first. The neediest of each story is one step on the index, so that the cost goes with the number of stories
 *  and not of comments. A list that is narrowed by more than a story holds the stories of those among the 10,000
 *  neediest comments that fit. */
export async function listByStory(store: Store, filter: QueueFilter, asked: QueuePage): Promise<Found[]> {
  const { story, fold, site, sections, state } = filter;
  const isWhole = narrowings({ ...filter, story: undefined, fold: undefined }, 'looked').length === 0;
  if (!isWhole) return listNarrowed(store, filter, asked);
  const stories = await listTops(store, { site, state });
  const wanted = stories.filter((one) => story === undefined || one.story === story);
  return readStories(store, { filter: { site, sections, state, fold }, stories: wanted }, asked);
}

type Top = StoryPlace;

/** The stories of a site's list with the urgency of their neediest comment, the neediest first. */
async function listTops(store: Store, filter: Pick<QueueFilter, 'site' | 'state'>): Promise<Top[]> {
  const first = sql`select c.story, c.urgency from comment c where ${inState(filter)}`;
  const rows = await queryRows<Omit<Top, 'site'>>(
    store.writer,
    sql`with recursive tops as (
        (${first} order by c.story, c.urgency desc, c.seq limit 1)
        union all
        select n.story, n.urgency from tops t cross join lateral (
          ${first} and c.story > t.story order by c.story, c.urgency desc, c.seq limit 1) n
      )
      select story, urgency as top from tops`,
  );
  return rows.map((row) => ({ ...row, site: filter.site })).toSorted(compareStories);
}

async function readStories(
  store: Store,
  { filter, stories }: { filter: QueueFilter; stories: readonly Top[] },
  { after, limit }: QueuePage,
): Promise<Found[]> {
  const begun = stories.find(({ site, story }) => site === after?.site && story === after.story);
  const others = stories.filter((one) => one !== begun && (!after || compareStories(one, after) > 0));
  const found = begun && after ? await readSome(store, filter, { stories: [begun], after, limit }) : [];
  for (let at = 0; at < others.length && found.length <= limit; at += storiesAtOnce) {
    const some = others.slice(at, at + storiesAtOnce);
    found.push(...(await readSome(store, filter, { stories: some, limit: limit - found.length })));
  }
  return found;
}

async function readSome(
  store: Store,
  filter: QueueFilter,
  { stories, after, limit }: Pick<QueuePage, 'after' | 'limit'> & { stories: readonly Top[] },
): Promise<Found[]> {
  const all = [inState(filter), sql`c.story = t.story`, past('need', after), ...narrowings(filter, 'looked')];
  return queryRows(
    store.writer,
    sql`select ${foundColumns(sql`x`)}, t.top
      from unnest(${stories.map(({ story }) => story)}::text[], ${stories.map(({ top }) => top)}::float8[])
        with ordinality as t (story, top, place)
      cross join lateral (
        select c.* from comment c where ${joinSql(all, 'and')} order by ${orderBy('need', sql`c`)} limit ${limit + 1}
      ) x
      order by t.place, ${orderBy('need', sql`x`)} limit ${limit + 1}`,
  );
}

async function listNarrowed(store: Store, filter: QueueFilter, { after, limit }: QueuePage): Promise<Found[]> {
  const looked = sql`select c.* from comment c where ${inState(filter)} order by ${orderBy('need', sql`c`)} limit ${mostLooked}`;
  return queryRows(
    store.writer,
    sql`with fitting as (
        select ${foundColumns(sql`c`)}, max(c.urgency) over (partition by c.story) as top from (${looked}) c
        where ${joinSql(narrowings(filter, 'looked'), 'and')}
      )
      select ${foundColumns(sql`c`)}, c.top from fitting c where ${pastStories(after)}
      order by ${orderByStories(sql`c`)} limit ${limit + 1}`,
  );
}
