import type { Reactions } from '../contract/reaction.ts';
import type { SpeakerKind } from '../contract/reader.ts';
import type { ThreadSort } from '../contract/thread.ts';
import { queryRows } from '../storage/database.ts';
import { sql, type Sql } from '../storage/sql.ts';
import { countReactions } from './reactions.ts';
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
  /** Whether the newsroom wrote it itself. */
  byNewsroom: boolean;
  /** Who wrote it, where more is known than a name. */
  speaker: SpeakerKind | null;
  /** Whether the newsroom features it, and the site shows that. */
  featured: boolean;
  /** What readers said of it; null where the site does not ask. */
  reactions: Reactions | null;
};

/** Where a page of comments begins: behind this comment, whether it is still there or not. Of featured ones `position` is that
 *  of the mark. */
export type ThreadPlace =
  | { sort: 'newest' | 'oldest' | 'featured'; position: number }
  | { sort: 'replies'; snapshot: number; replies: number; position: number };

export type PublishedPage = {
  count: number;
  featured: number;
  rows: readonly PublishedRow[];
  next: ThreadPlace | null;
};

type StoryName = { site: string; story: string };

type PageOf = StoryName & {
  sort: ThreadSort;
  limit: number;
  after?: ThreadPlace | undefined;
};

/** One page of a story's published comments with the count of all, in one snapshot of the database. */
export async function listPublished(store: Store, page: PageOf): Promise<PublishedPage> {
  const found = await queryRows<CountedRow>(store.reader, inOrder(page));
  const { count = 0, marks = 0 } = found[0] ?? {};
  const all = found.filter(isRow);
  const rows = all.slice(0, page.limit);
  const last = all.length > page.limit ? rows.at(-1) : undefined;
  return { count, featured: marks, rows: rows.map(toPublished), next: last ? placeAfter(page, last) : null };
}

// The count comes in every row; a page without comments is one row of the count alone.
type Counts = { count: number; marks: number };
type FoundRow = PublishedRow & Counts & { snapshot?: number; ranked?: number };
type CountedRow = FoundRow | (Counts & { id: null });

function isRow(row: CountedRow): row is FoundRow {
  return row.id !== null;
}

function toPublished({ count: _, marks: _m, snapshot: _s, ranked: _r, ...row }: FoundRow): PublishedRow {
  return row;
}

function placeAfter({ sort }: PageOf, { position, snapshot = 0, ranked = 0 }: FoundRow): ThreadPlace {
  if (sort === 'replies') return { sort, snapshot, replies: ranked, position };
  return { sort, position: sort === 'featured' ? ranked : position };
}

function inOrder(page: PageOf): Sql {
  if (page.sort === 'replies') return byReplies(page);
  return page.sort === 'featured' ? byMark(page) : byTime(page);
}

// What a site has switched off is kept and shown to nobody, wherever readers look. Asked once for a statement.
const shows = (site: string, setting: 'featured' | 'reactions', standard: 'on' | 'off'): Sql =>
  sql`(select coalesce(i.settings ->> ${setting}::text, ${standard}::text) = 'on' from site i where i.site = ${site})`;

const countsOf = ({ site, story }: StoryName): Sql => sql`(select
    (select count(*) from published where site = ${site} and story = ${story}) as count,
    (select count(*) from featured f where f.site = ${site} and f.story = ${story} and ${shows(site, 'featured', 'on')}) as marks)`;

const columnsOf = ({ site }: { site: string }): Sql =>
  sql`p.id, q.id as "parentId", q.name as "parentName", p.name, p.text, encode(p.sha256, 'hex') as sha256,
  p.lang, p.dir, p.published_at as "publishedAt", p.position, p.by_newsroom as "byNewsroom", p.speaker,
  ${shows(site, 'featured', 'on')} and exists (
    select from featured f where f.site = p.site and f.comment = p.id) as featured,
  case when ${shows(site, 'reactions', 'off')} then ${countReactions} end as reactions`;

const repliesOf = sql`(select count(*) from published r
  where r.site = p.site and r.parent = p.id and r.story = p.story)`;

function byTime({ site, story, sort, limit, after }: PageOf): Sql {
  const order = sort === 'newest' ? sql`position desc` : sql`position`;
  return sql`select c.count, c.marks, page.*
    from ${countsOf({ site, story })} c
    left join lateral (
      select ${columnsOf({ site })},
        ${repliesOf} as replies
      from (
        select * from published
        where site = ${site} and story = ${story} and ${pastPlace(after)}
        order by ${order} limit ${limit + 1}
      ) p
      left join published q on q.site = p.site and q.id = p.parent and q.story = p.story
    ) page on true
    order by ${order}`;
}

/** Those that the newsroom features, the last one first. */
function byMark({ site, story, limit, after }: PageOf): Sql {
  const past = after ? sql`m.position < ${after.position}` : sql`true`;
  return sql`select c.count, c.marks, page.*
    from ${countsOf({ site, story })} c
    left join lateral (
      select ${columnsOf({ site })}, p.ranked,
        ${repliesOf} as replies
      from (
        select p.*, m.position as ranked from featured m join published p on p.site = m.site and p.id = m.comment
        where m.site = ${site} and m.story = ${story} and ${past} and ${shows(site, 'featured', 'on')}
        order by m.position desc limit ${limit + 1}
      ) p
      left join published q on q.site = p.site and q.id = p.parent and q.story = p.story
    ) page on true
    order by page.ranked desc`;
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
    select c.marks, whole.count, whole.snapshot, page.*
    from ${countsOf({ site, story })} c cross join whole left join lateral (
      select ${columnsOf({ site })}, p.replies, p.ranked
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
    sql`select ${columnsOf({ site })},
        ${repliesOf} as replies
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
