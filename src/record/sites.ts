import { fillSettings, type Site } from '../contract/site.ts';
import { queryRows } from '../storage/database.ts';
import { sql } from '../storage/sql.ts';
import type { Store, Transaction } from './store.ts';

/** A site as it is stored. */
export type SiteRow = { site: string; name: string; language: string; origins: string[]; settings: unknown };

/** The columns of `SiteRow`. */
export const siteColumns = sql`site, name, language, origins, settings`;

/** Every site, by key. */
export async function listSites(store: Store): Promise<Site[]> {
  return (await queryRows<SiteRow>(store.reader, sql`select ${siteColumns} from site order by site`)).map(toSite);
}

/** The site of a key, or undefined. */
export async function findSite(store: Store, site: string): Promise<Site | undefined> {
  const [row] = await queryRows<SiteRow>(store.reader, sql`select ${siteColumns} from site where site = ${site}`);
  return row && toSite(row);
}

/** Creates a site inside a transaction, so that its guidelines come with it. Undefined when the key is taken. */
export async function insertSite(
  transaction: Transaction,
  site: Omit<Site, 'settings'>,
  at: Date,
): Promise<Site | undefined> {
  const [row] = await queryRows<SiteRow>(
    transaction,
    sql`insert into site (site, name, language, origins, created_at)
      values (${site.site}, ${site.name}, ${site.language}, ${site.origins}, ${at})
      on conflict (site) do nothing returning ${siteColumns}`,
  );
  return row && toSite(row);
}

/** The site of a row. */
export function toSite({ settings, ...row }: SiteRow): Site {
  return { ...row, settings: fillSettings(settings) };
}
