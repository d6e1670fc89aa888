import type { CommentState } from '../contract/comment.ts';
import type { QueueOrder, QueueRow } from '../contract/desk.ts';
import { queryRows } from '../storage/database.ts';
import { joinSql, sql, type Sql } from '../storage/sql.ts';
import { accountOfActor, describeRows, toQueueRow, type DescribedRow } from './queueRows.ts';
import type { Store } from './store.ts';

/** Which comments of a site: every field that is there narrows. `guideline` is what screening found for a held comment and
 *  the ground of the decision for any other. `search` is looked for in name and text, letter case aside. */
export type QueueFilter = {
  site: string;
  state: CommentState;
  guideline?: string | undefined;
  lang?: string | undefined;
  story?: string | undefined;
  search?: string | undefined;
};

/** Where a page begins: after the comment with this need and place. */
export type QueuePlace = { need: number; seq: number };

export type QueuePage = { order: QueueOrder; after?: QueuePlace | undefined; limit: number };

/** Who looks: claims of these accounts are `mine`; a claim counts while it has not lapsed at `now`. */
export type Viewer = { accounts: readonly string[]; now: Date };

/** One page of the queue with the number of all comments that fit. One statement; held comments in order of need are read
 *  off the index `comment_held`. `next` is the place to go on from, undefined on the last page. */
export async function listQueue(
  store: Store,
  filter: QueueFilter,
  asked: QueuePage & { viewer: Viewer },
): Promise<{ total: number; comments: QueueRow[]; next: QueuePlace | undefined }> {
  const { order, after, limit, viewer } = asked;
  const { history, columns, joins } = describeRows(viewer);
  const rows = await queryRows<DescribedRow & { total: number }>(
    store.writer,
    sql`with page as materialized (
        select c.* from comment c ${decisionOf(filter)} where ${conditions(filter)} and ${past(order, after)}
        order by ${orderBy(order, sql`c.need`, sql`c.seq`)} limit ${limit + 1}
      ), ${history}
      select t.total, ${columns}
      from (select count(*) as total from comment c ${decisionOf(filter)} where ${conditions(filter)}) t
      left join page p on true ${joins}
      order by ${orderBy(order, sql`p.need`, sql`p.seq`)}`,
  );
  // Without a page there is still one row, for the total.
  const found = rows.filter(({ id }) => id !== null);
  const last = found.length > limit ? found[limit - 1] : undefined;
  return {
    total: rows[0]?.total ?? 0,
    comments: found.slice(0, limit).map(toQueueRow),
    next: last && { need: last.need, seq: last.seq },
  };
}

/** The conditions of a filter on `comment c`, with `decision d` beside it where `decisionOf` joined it. */
export function conditions(filter: QueueFilter): Sql {
  const { site, state, guideline, lang, story, search } = filter;
  const all = [sql`c.site = ${site}`, isInState(state)];
  if (lang !== undefined) all.push(sql`c.lang = ${lang}`);
  if (story !== undefined) all.push(sql`c.story = ${story}`);
  if (guideline !== undefined) all.push(state === 'held' ? isScreenedFor(guideline) : sql`d.guideline = ${guideline}`);
  if (search !== undefined) {
    const wanted = sql`lower(${search})`;
    all.push(sql`(strpos(lower(c.text), ${wanted}) > 0 or strpos(lower(c.name), ${wanted}) > 0)`);
  }
  return joinSql(all, 'and');
}

// Written out, because the planner takes the partial index only for a state it can read in the statement.
function isInState(state: CommentState): Sql {
  return state === 'held' ? sql`c.state = 'held'` : sql`c.state = ${state}`;
}

// 0.5 is the line between breach and no breach; relevance alone runs the other way (contract.md).
function isScreenedFor(guideline: string): Sql {
  const score = sql`(c.screening -> 'scores' ->> ${guideline}::text)::float8`;
  const breached = guideline === 'relevance' ? sql`${score} < 0.5` : sql`${score} >= 0.5`;
  const found = JSON.stringify([{ guideline }]);
  return sql`(c.screening -> 'findings' @> ${found}::jsonb or ${breached})`;
}

function decisionOf({ state, guideline }: QueueFilter): Sql {
  if (state === 'held' || guideline === undefined) return sql``;
  return sql`join decision d on d.site = c.site and d.comment = c.id and d.seq = c.decision`;
}

function orderBy(order: QueueOrder, need: Sql, seq: Sql): Sql {
  switch (order) {
    case 'need':
      return sql`${need} desc, ${seq}`;
    case 'oldest':
      return sql`${seq}`;
    case 'newest':
      return sql`${seq} desc`;
  }
}

function past(order: QueueOrder, after: QueuePlace | undefined): Sql {
  if (!after) return sql`true`;
  switch (order) {
    case 'need':
      // The first half is for the index, which cannot use the second.
      return sql`c.need <= ${after.need}::real and (c.need < ${after.need}::real or c.seq > ${after.seq})`;
    case 'oldest':
      return sql`c.seq > ${after.seq}`;
    case 'newest':
      return sql`c.seq < ${after.seq}`;
  }
}

/** One comment as the queue shows it; undefined where there is none. */
export async function findQueueRow(
  store: Store,
  named: { site: string; id: string },
  viewer: Viewer,
): Promise<QueueRow | undefined> {
  const { history, columns, joins } = describeRows(viewer);
  const [row] = await queryRows<DescribedRow>(
    store.writer,
    sql`with page as materialized (select * from comment where site = ${named.site} and id = ${named.id}), ${history}
      select ${columns} from page p ${joins}`,
  );
  return row && toQueueRow(row);
}

/** The site of each comment that is on one of these sites. An id on two sites (an import can bring that about) has two
 *  rows. */
export async function findSitesOf(
  store: Store,
  sites: readonly string[],
  ids: readonly string[],
): Promise<{ id: string; site: string }[]> {
  return queryRows(
    store.writer,
    sql`select id, site from comment where site = any(${sites}) and id = any(${ids}::uuid[]) order by site`,
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
