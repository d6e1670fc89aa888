import { queryRows } from '../storage/database.ts';
import { sql } from '../storage/sql.ts';
import type { Store } from './store.ts';

/** A comment as word lists are tried on it. `seq` is that of its arrival in the record; erased ones have no text. */
export type RecentText = {
  seq: number;
  id: string;
  text: string | null;
  lang: string;
  dir: 'ltr' | 'rtl';
  at: Date;
};

/** The comments of a site in the order of their arrival, the newest first, held and decided ones: at most `limit`, those before
 *  the sequence number `before`. Walks the record's own order, so that it needs no index that submissions would pay for. */
export async function listRecentTexts(
  store: Store,
  site: string,
  { before, limit }: { before: number | undefined; limit: number },
): Promise<RecentText[]> {
  const narrowed = before === undefined ? sql`true` : sql`e.seq < ${before}`;
  return queryRows(
    store.writer,
    sql`select e.seq, c.id, c.text, c.lang, c.dir, c.submitted_at as at
      from event e join comment c on c.site = e.site and c.id = e.comment
      where e.site = ${site} and e.kind = 'received' and ${narrowed}
      order by e.seq desc limit ${limit}`,
  );
}
