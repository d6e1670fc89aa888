import type { Story, StoryDraft } from '../contract/story.ts';
import { inTransaction, queryRows } from '../storage/database.ts';
import { sql } from '../storage/sql.ts';
import type { Store, Transaction } from './store.ts';

// Nulls of the row are absent fields of the story.
type StoryRow = { [Field in keyof Story]: Story[Field] | null };

const columns = sql`site, story, url, headline, standfirst, byline, dateline, published, section, tags, language, dir, text,
  comments, comments_until as "commentsUntil", slow_seconds as "slowSeconds", withdrawn_at as "withdrawnAt", moved_to as "movedTo"`;

/** The story of a key, withdrawn and moved ones included; undefined where there is none. */
export async function findStory(store: Store, site: string, story: string): Promise<Story | undefined> {
  const [row] = await queryRows<StoryRow>(
    store.reader,
    sql`select ${columns} from story where site = ${site} and story = ${story}`,
  );
  return row && toStory(row);
}

/** The keys of the stories at the publisher's own addresses, by address; unknown ones are not in the answer. */
export async function findStoryKeys(
  store: Store,
  site: string,
  urls: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const rows = await queryRows<{ url: string; story: string }>(
    store.reader,
    sql`select url, story from story where site = ${site} and url = any (${urls}::text[])`,
  );
  return new Map(rows.map(({ url, story }) => [url, story]));
}

/** What stands in lists, feeds and the sitemap: neither withdrawn nor moved, and told by the publisher (`isTold`), since
 *  whoever writes the first comment chooses the address of a story that came from one. */
export const isListed = sql`withdrawn_at is null and moved_to is null and text <> ''`;

/** Stories that lists show, the latest first: of a tag where one is given. At most `limit` (1–1,000), past `skip`. */
export async function listStories(
  store: Store,
  site: string,
  page: { tag?: string | undefined; limit: number; skip?: number },
): Promise<Story[]> {
  const ofTag = page.tag === undefined ? sql`true` : sql`tags @> array[${page.tag}::text]`;
  const rows = await queryRows<StoryRow>(
    store.reader,
    sql`select ${columns} from story
      where site = ${site} and ${isListed} and ${ofTag}
      order by published desc, story limit ${page.limit} offset ${page.skip ?? 0}`,
  );
  return rows.map(toStory);
}

/** Creates or replaces a story. Comments under it stay, whatever changes. Its address is taken from a story that came from
 *  that address alone: readers may not keep one from the publisher. Throws where a told story has it (unique `story_url`). */
export async function saveStory(
  store: Store,
  key: { site: string; story: string },
  draft: StoryDraft & { at: Date },
): Promise<Story> {
  return inTransaction(store.writer, async (transaction) => {
    if (draft.url !== undefined) {
      await transaction.query(
        sql`update story set url = null, updated_at = ${draft.at}
          where site = ${key.site} and url = ${draft.url} and story <> ${key.story} and text = ''`,
      );
    }
    return writeStory(transaction, key, draft);
  });
}

async function writeStory(
  transaction: Transaction,
  key: { site: string; story: string },
  draft: StoryDraft & { at: Date },
): Promise<Story> {
  const withdrawnAt = draft.withdrawn ? draft.at : null;
  const [row] = await queryRows<StoryRow>(
    transaction,
    sql`insert into story (site, story, url, headline, standfirst, byline, dateline, published, section, tags, language, dir,
        text, comments, comments_until, slow_seconds, withdrawn_at, moved_to, updated_at, text_at)
      values (${key.site}, ${key.story}, ${draft.url ?? null}, ${draft.headline}, ${draft.standfirst ?? null}, ${draft.byline},
        ${draft.dateline ?? null}, ${draft.published}, ${draft.section ?? null}, ${draft.tags}, ${draft.language}, ${draft.dir},
        ${draft.text}, ${draft.comments}, ${draft.commentsUntil ?? null},
        ${draft.slowSeconds ?? null}, ${withdrawnAt}, ${draft.movedTo ?? null}, ${draft.at},
        ${draft.at})
      on conflict (site, story) do update set url = excluded.url, headline = excluded.headline,
        standfirst = excluded.standfirst, byline = excluded.byline, dateline = excluded.dateline,
        published = excluded.published, section = excluded.section, tags = excluded.tags, language = excluded.language,
        dir = excluded.dir, text = excluded.text, comments = excluded.comments, comments_until = excluded.comments_until,
        slow_seconds = excluded.slow_seconds,
        withdrawn_at = case when excluded.withdrawn_at is null then null
          else coalesce(story.withdrawn_at, excluded.withdrawn_at) end,
        moved_to = excluded.moved_to, updated_at = excluded.updated_at,
        text_at = case when story.text = excluded.text then coalesce(story.text_at, story.updated_at) else excluded.text_at end
      returning ${columns}`,
  );
  if (!row) throw new Error('a story was not stored');
  return toStory(row);
}

function toStory(row: StoryRow): Story {
  return Object.fromEntries(Object.entries(row).filter(([, value]) => value !== null)) as Story;
}
