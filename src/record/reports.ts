import { queryRows } from '../storage/database.ts';
import { sql } from '../storage/sql.ts';
import type { Store } from './store.ts';

/** A reader's report of a published comment. Whoever wishes to be told is sealed as an author's address is. */
export type NewReport = {
  site: string;
  id: string;
  comment: string;
  reason: string;
  detail: string | null;
  sealedContact: Buffer | null;
  at: Date;
};

/** The site on which a comment of this id is published. The address of a report names none: each site is asked for the
 *  one row of its key, so that the query stays one of keys. */
export async function findPublishedSite(
  store: Store,
  sites: readonly string[],
  id: string,
): Promise<string | undefined> {
  const [row] = await queryRows<{ site: string }>(
    store.reader,
    sql`select p.site from unnest(${sites}::text[]) as s (site) join published p on p.site = s.site and p.id = ${id}`,
  );
  return row?.site;
}

/** Stores the report. False when the comment is no longer published. */
export async function recordReport(store: Store, report: NewReport): Promise<boolean> {
  const { site, id, comment, reason, detail, sealedContact, at } = report;
  const rows = await queryRows(
    store.writer,
    sql`insert into report (site, id, comment, reason, detail, sealed_contact, reported_at)
      select p.site, ${id}::uuid, p.id, ${reason}::text, ${detail}::text, ${sealedContact}::bytea, ${at}::timestamptz
      from published p where p.site = ${site} and p.id = ${comment}
      returning 1`,
  );
  return rows.length > 0;
}
