import type { CommentState } from '../contract/comment.ts';
import { queryRows } from '../storage/database.ts';
import { joinSql, sql, type Sql } from '../storage/sql.ts';
import type { Store } from './store.ts';

/** What is looked for in names, texts and headlines, ready to be asked: `parts` for Arabic letters, each somewhere in a
 *  word; `words` for all others, each as the beginning of a word; `signs` for what has neither letter nor digit. */
export type Search = { by: 'parts'; words: readonly string[] } | { by: 'words' | 'signs'; asked: string };

const arabicLetter = /[\u0600-\u06ff\u0750-\u077f\u08a0-\u08ff\ufb50-\ufdff\ufe70-\ufeff]/;
const letterOrDigit = /[\p{L}\p{N}]/u;

// More words narrow no further, and each is one more condition.
const mostWords = 8;
const mostStories = 500;

/** How a text is looked for in this database: Arabic words by their parts where it has trigrams, else by their beginnings.
 *  Both sides are folded by `search_key` (threats.md §4). */
export async function prepareSearch(store: Store, asked: string): Promise<Search> {
  if (!letterOrDigit.test(asked)) return { by: 'signs', asked };
  if (!arabicLetter.test(asked) || !(await hasTrigrams(store))) return { by: 'words', asked };
  return { by: 'parts', words: asked.split(/\s+/).filter(Boolean).slice(0, mostWords) };
}

const known = new WeakMap<object, Promise<boolean>>();

/** Whether the database has the extension pg_trgm and the index made with it. Asked once. */
export function hasTrigrams(store: Pick<Store, 'writer'>): Promise<boolean> {
  const before = known.get(store);
  if (before) return before;
  const asked = queryRows<{ there: boolean }>(
    store.writer,
    sql`select to_regclass('sorting_trigram') is not null as there`,
  ).then(([row]) => row?.there === true);
  known.set(store, asked);
  // A database that is away for a moment is asked again.
  asked.catch(() => known.delete(store));
  return asked;
}

/** Whether `comment c` is found. What is not sorted yet is read where it stands. */
export function matches(search: Search, site: string): Sql {
  const inSorted = sql`select ${fits(search, sql`w.words`, sql`w.key`)} from sorting w where w.site = c.site and w.seq = c.seq`;
  const stories = sql`c.story = any(array(${storiesOfSearch(search, site)}))`;
  if (search.by === 'signs') return sql`(${inText(search.asked)} or ${stories})`;
  return sql`(coalesce((${inSorted}), ${fitsUnsorted(search, sql`c`)}) or ${stories})`;
}

/** The places (`seq`) of all comments of a site and state that are found, as an array: read off the indexes, with what is
 *  not sorted yet beside it. */
export function seqsOfSearch(search: Search, { site, state }: { site: string; state: CommentState }): Sql {
  const ofStories = sql`select o.seq from comment o where o.site = ${site} and o.state = ${state}
    and o.story = any(array(${storiesOfSearch(search, site)}))`;
  if (search.by === 'signs') {
    return sql`array(select c.seq from comment c where c.site = ${site} and c.state = ${state} and ${inText(search.asked)}
      union ${ofStories})`;
  }
  return sql`array(
    select w.seq from sorting w where w.site = ${site} and ${fits(search, sql`w.words`, sql`w.key`)}
    union ${ofStories}
    union select u.seq from comment u where u.site = ${site} and u.state = ${state}
      and u.seq > coalesce((select t.seq from sorted_until t where t.site = ${site}), 0)
      and not exists (select from sorting w where w.site = u.site and w.seq = u.seq) and ${fitsUnsorted(search, sql`u`)})`;
}

function storiesOfSearch(search: Search, site: string): Sql {
  const headline = sql`search_key(s.headline)`;
  const fit =
    search.by === 'signs'
      ? sql`strpos(s.headline, ${search.asked}) > 0`
      : fits(search, sql`to_tsvector('simple', ${headline})`, headline);
  return sql`select s.story from story s where s.site = ${site} and ${fit} limit ${mostStories}`;
}

function fitsUnsorted(search: Search, comment: Sql): Sql {
  const key = sql`search_key(coalesce(${comment}.name, '') || ' ' || coalesce(${comment}.text, ''))`;
  return fits(search, sql`to_tsvector('simple', ${key})`, key);
}

function fits(search: Search, words: Sql, key: Sql): Sql {
  if (search.by !== 'parts') return sql`${words} @@ search_query(${search.asked})`;
  return joinSql(
    search.words.map((word) => sql`${key} like search_pattern(${word})`),
    'and',
  );
}

function inText(asked: string): Sql {
  return sql`(strpos(c.text, ${asked}) > 0 or strpos(c.name, ${asked}) > 0)`;
}
