import type { ThreadSort } from '../contract/thread.ts';
import { queryRows } from '../storage/database.ts';
import { sql, type Sql } from '../storage/sql.ts';
import { isListed } from './stories.ts';
import type { Store } from './store.ts';

/** A published comment as the record has it. `parentId` and `parentName` are null for a reply whose parent is no longer
 *  published. `position` grows with each approval of the site; `replies` counts the published direct replies. */
export type PublishedRow = {
  id: string;
  parentId: string | null;
  parentName: string | null;
  name: string;
  text: string;
  sha256: string;
  lang: string;
  dir: 'ltr' | 'rtl';
  publishedAt: Date;
  position: number;
  replies: number;
};

/** Where a page of comments begins: behind this comment, whether it is still there or not. */
export type ThreadPlace =
  | { sort: 'newest' | 'oldest'; position: number }
  | { sort: 'replies'; snapshot: number; replies: number; position: number };

export type PublishedPage = { count: number; rows: readonly PublishedRow[]; next: ThreadPlace | null };

type StoryName = { site: string; story: string };

type PageOf = StoryName & {
  sort: ThreadSort;
  limit: number;
  after?: ThreadPlace | undefined;
};

/** One page of a story's published comments with the count of all, in one snapshot of the database. */
export async function listPublished(store: Store, page: PageOf): Promise<PublishedPage> {
  const found = await queryRows<CountedRow>(store.reader, page.sort === 'replies' ? byReplies(page) : byTime(page));
  const count = found[0]?.count ?? 0;
  const all = found.filter(isRow);
  const rows = all.slice(0, page.limit);
  const last = all.length > page.limit ? rows.at(-1) : undefined;
  return { count, rows: rows.map(toPublished), next: last ? placeAfter(page, last) : null };
}

// The count comes in every row; a page without comments is one row of the count alone.
type FoundRow = PublishedRow & { count: number; snapshot?: number; ranked?: number };
type CountedRow = FoundRow | { count: number; id: null };

function isRow(row: CountedRow): row is FoundRow {
  return row.id !== null;
}

function toPublished({ count: _, snapshot: _s, ranked: _r, ...row }: FoundRow): PublishedRow {
  return row;
}

function placeAfter({ sort }: PageOf, { position, snapshot = 0, ranked = 0 }: FoundRow): ThreadPlace {
  return sort === 'replies' ? { sort, snapshot, replies: ranked, position } : { sort, position };
}

const columns = sql`p.id, q.id as "parentId", q.name as "parentName", p.name, p.text, encode(p.sha256, 'hex') as sha256,
  p.lang, p.dir, p.published_at as "publishedAt", p.position`;

function byTime({ site, story, sort, limit, after }: PageOf): Sql {
  const order = sort === 'newest' ? sql`position desc` : sql`position`;
  return sql`select c.count, page.*
    from (select count(*) from published where site = ${site} and story = ${story}) c
    left join lateral (
      select ${columns},
        (select count(*) from published r where r.site = p.site and r.parent = p.id and r.story = p.story) as replies
      from (
        select * from published
        where site = ${site} and story = ${story} and ${pastPlace(after)}
        order by ${order} limit ${limit + 1}
      ) p
      left join published q on q.site = p.site and q.id = p.parent and q.story = p.story
    ) page on true
    order by ${order}`;
}

function pastPlace(after: ThreadPlace | undefined): Sql {
  if (!after) return sql`true`;
  return after.sort === 'newest' ? sql`position < ${after.position}` : sql`position > ${after.position}`;
}

// All pages of one reading rank by the replies that were there when its first page was read. Later approvals can then
// lift no comment over the place that was reached; a removal can only lower one, so that it may be met twice and is
// never missed.
function byReplies({ site, story, limit, after }: PageOf): Sql {
  const place = after?.sort === 'replies' ? after : undefined;
  const past = place ? sql`(ranked, position) < (${place.replies}::bigint, ${place.position}::bigint)` : sql`true`;
  return sql`with story_comments as materialized (
      select * from published where site = ${site} and story = ${story}
    ), whole as (
      select count(*), coalesce(${place?.snapshot ?? null}::bigint, max(position), 0) as snapshot from story_comments
    ), answered as (
      select r.parent, count(*) as replies, count(*) filter (where r.position <= whole.snapshot) as ranked
      from story_comments r, whole where r.parent is not null group by r.parent
    )
    select whole.count, whole.snapshot, page.*
    from whole left join lateral (
      select ${columns}, p.replies, p.ranked
      from (
        select * from (
          select s.*, coalesce(a.replies, 0) as replies, coalesce(a.ranked, 0) as ranked
          from story_comments s left join answered a on a.parent = s.id where s.position <= whole.snapshot
        ) counted
        where ${past} order by ranked desc, position desc limit ${limit + 1}
      ) p
      left join story_comments q on q.id = p.parent
    ) page on true
    order by page.ranked desc, page.position desc`;
}

/** One published comment; undefined when it is not, or no longer, published under this story. */
export async function findPublished(
  store: Store,
  { site, story, id }: StoryName & { id: string },
): Promise<PublishedRow | undefined> {
  const [row] = await queryRows<PublishedRow>(
    store.reader,
    sql`select ${columns},
        (select count(*) from published r where r.site = p.site and r.parent = p.id and r.story = p.story) as replies
      from published p left join published q on q.site = p.site and q.id = p.parent and q.story = p.story
      where p.site = ${site} and p.story = ${story} and p.id = ${id}`,
  );
  return row;
}

/** How many published comments stories have. Withdrawn and moved stories count 0; unknown ones are not in the answer. */
export async function countPublished(
  store: Store,
  site: string,
  stories: readonly string[],
): Promise<Map<string, number>> {
  const rows = await queryRows<{ story: string; count: number }>(
    store.reader,
    sql`select s.story, case when s.withdrawn_at is null and s.moved_to is null
        then (select count(*) from published p where p.site = s.site and p.story = s.story) else 0 end as count
      from story s where s.site = ${site} and s.story = any (${stories}::text[])`,
  );
  return new Map(rows.map(({ story, count }) => [story, count]));
}

/** A page of a site that readers may visit. `changedAt` is known of stories. */
export type PublicAddress = {
  kind: 'site' | 'guidelines' | 'tag' | 'story';
  site: string;
  name: string;
  changedAt: Date | null;
};

const addresses = joinAll([
  sql`select 1 as rank, 'site' as kind, site, '' as name, null::timestamptz as "changedAt" from site`,
  sql`select 2, 'guidelines', site, '', null from site`,
  sql`select distinct 3, 'tag', site, tag, null::timestamptz from story, unnest(tags) as tag
    where ${isListed}`,
  sql`select 4, 'story', site, story, updated_at from story where ${isListed}`,
]);

/** Pages of all sites in a lasting order, for the sitemap: at most `limit`, past `skip`. */
export async function listAddresses(
  store: Store,
  { skip, limit }: { skip: number; limit: number },
): Promise<PublicAddress[]> {
  const rows = await queryRows<PublicAddress>(
    store.reader,
    sql`select kind, site, name, "changedAt" from (${addresses}) a order by rank, site, name limit ${limit} offset ${skip}`,
  );
  return rows;
}

/** How many pages `listAddresses` would list. */
export async function countAddresses(store: Store): Promise<number> {
  const [row] = await queryRows<{ count: number }>(store.reader, sql`select count(*) from (${addresses}) a`);
  return row?.count ?? 0;
}

function joinAll(selects: readonly Sql[]): Sql {
  return selects.slice(1).reduce((all, select) => sql`${all} union all ${select}`, selects[0] ?? sql``);
}
