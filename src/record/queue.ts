import type { QueueOrder, QueueRow } from '../contract/desk.ts';
import type { Reach } from '../contract/principal.ts';
import type { Counted } from '../contract/queueFilter.ts';
import { queryRows } from '../storage/database.ts';
import { sql } from '../storage/sql.ts';
import { accountOfActor } from './actors.ts';
import { hasHandedOver } from './handOverRows.ts';
import { isNarrowed, type QueueFilter } from './queueFilter.ts';
import { compareRows, type QueuePlace, type StoryPlace } from './queueOrder.ts';
import { countLooked, lookFor, seekAll, type Found } from './queuePages.ts';
import { describeRows, toQueueRow, type DescribedRow } from './queueRows.ts';
import { listByStory } from './queueStories.ts';
import { isReachedByAny } from './reach.ts';
import type { Store } from './store.ts';

export type QueuePage = { order: QueueOrder; after?: QueuePlace | undefined; limit: number };

/** Who looks: claims of these accounts are `mine`; a claim counts while it has not lapsed at `now`. */
export type Viewer = { accounts: readonly string[]; now: Date };

export type QueueListing = { total: Counted; comments: QueueRow[]; next: QueuePlace | undefined };

/** One page of the queue over one site or several, in one order, with the number of comments that fit. Every order is read
 *  off an index. `next` is the place to go on from, undefined on the last page. */
export async function listQueue(
  store: Store,
  filters: readonly QueueFilter[],
  asked: QueuePage & { viewer: Viewer },
): Promise<QueueListing> {
  const { order, limit, viewer } = asked;
  const wanted = await withoutHandedOver(store, filters, viewer);
  const bySite = await Promise.all(wanted.map((filter) => listSite(store, filter, asked)));
  const found = bySite.flatMap((site) => site.found).toSorted((a, b) => compareRows(order, a, b));
  const page = found.slice(0, limit);
  const last = found.length > limit ? page.at(-1) : undefined;
  const rows = await Promise.all(filters.map(({ site }) => describe(store, { site, page, viewer })));
  const byId = new Map(rows.flat().map((row) => [`${row.site} ${row.id}`, row]));
  return {
    total: sum(bySite.map(({ total }) => total)),
    comments: page.flatMap(({ site, id }) => byId.get(`${site} ${id}`) ?? []),
    next: last && { urgency: last.urgency, seq: last.seq, ...(order === 'story' ? storyOf(last) : {}) },
  };
}

// What one gave away leaves one's own queue. Hardly anybody has given anything away, and then nothing has to be asked of
// each row.
async function withoutHandedOver(
  store: Store,
  filters: readonly QueueFilter[],
  viewer: Viewer,
): Promise<readonly QueueFilter[]> {
  if (!filters.some(({ state }) => state === 'held')) return filters;
  return (await hasHandedOver(store, viewer)) ? filters.map((filter) => ({ ...filter, notHandedBy: viewer })) : filters;
}

function storyOf({ site, story, top = 0 }: Found): StoryPlace {
  return { site, story, top };
}

type SiteListing = { total: Counted; found: Found[] };

/** What is asked for nearly always stands among the first rows of the order, so those are looked at first; what is too rare
 *  for that is read off the index of what narrows it. */
async function listSite(store: Store, filter: QueueFilter, asked: QueuePage): Promise<SiteListing> {
  const looking =
    asked.order === 'story'
      ? listByStory(store, filter, asked)
      : lookFor(store, filter, { ...asked, order: asked.order });
  const [total, found] = await Promise.all([countLooked(store, filter), looking]);
  const isRare = isNarrowed(filter) && total.isLeast && found.length <= asked.limit;
  return isRare ? seekAll(store, filter, asked) : { total, found };
}

/** How many comments fit a filter, in bounded time: exact for lists of up to 10,000 comments, else at least as many as fit
 *  among the 10,000 that need a person most. */
export async function countQueue(store: Store, filters: readonly QueueFilter[]): Promise<Counted> {
  return sum(await Promise.all(filters.map((filter) => countLooked(store, filter))));
}

function sum(counted: readonly Counted[]): Counted {
  return {
    count: counted.reduce((all, { count }) => all + count, 0),
    isLeast: counted.some(({ isLeast }) => isLeast),
  };
}

async function describe(
  store: Store,
  { site, page, viewer }: { site: string; page: readonly Found[]; viewer: Viewer },
): Promise<QueueRow[]> {
  const ids = page.filter((row) => row.site === site).map(({ id }) => id);
  if (ids.length === 0) return [];
  return describeComments(store, { site, ids }, viewer);
}

/** Comments of a site as the queue shows them, in no order. */
export async function describeComments(
  store: Store,
  { site, ids }: { site: string; ids: readonly string[] },
  viewer: Viewer,
): Promise<QueueRow[]> {
  const { columns, joins } = describeRows(site, viewer);
  const rows = await queryRows<DescribedRow>(
    store.writer,
    sql`with page as materialized (select * from comment where site = ${site} and id = any(${ids}::uuid[]))
      select ${columns} from page p ${joins}`,
  );
  return rows.map((row) => toQueueRow(row, viewer.now));
}

/** As `describeComments`, in the order of the ids; what is not there is left out. */
export async function describeInOrder(
  store: Store,
  named: { site: string; ids: readonly string[] },
  viewer: Viewer,
): Promise<QueueRow[]> {
  const byId = new Map((await describeComments(store, named, viewer)).map((row) => [row.id, row]));
  return named.ids.flatMap((id) => byId.get(id) ?? []);
}

/** One comment as the queue shows it; undefined where there is none. */
export async function findQueueRow(
  store: Store,
  named: { site: string; id: string },
  viewer: Viewer,
): Promise<QueueRow | undefined> {
  const [row] = await describeComments(store, { site: named.site, ids: [named.id] }, viewer);
  return row;
}

/** The site of each comment that one of these accounts reaches. An id on two sites (an import can bring that about) has two
 *  rows. */
export async function findSitesOf(
  store: Store,
  reaches: readonly Reach[],
  ids: readonly string[],
): Promise<{ id: string; site: string }[]> {
  return queryRows(
    store.writer,
    sql`select c.id, c.site from comment c where ${isReachedByAny(reaches)} and c.id = any(${ids}::uuid[]) order by c.site`,
  );
}

/** A line of a comment's history. `body` is as the event has it, null once erased. */
export type HistoryLine = { kind: string; at: Date; by: string; body: Record<string, unknown> | null };

/** Everything that happened to a comment, the oldest first, with the names of the moderators who did it. */
export async function listHistory(store: Store, named: { site: string; id: string }): Promise<HistoryLine[]> {
  return queryRows(
    store.writer,
    sql`select e.kind, e.at, coalesce(a.name, e.actor) as by, e.body from event e
      left join account a on a.site = e.site and a.id = ${accountOfActor(sql`e.actor`)}
      where e.site = ${named.site} and e.comment = ${named.id} order by e.seq`,
  );
}
