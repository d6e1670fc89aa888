import { fillSettings, type Site, type SiteSettings } from '../contract/site.ts';
import { inTransaction, queryRows } from '../storage/database.ts';
import { sql } from '../storage/sql.ts';
import { appendEvent } from './events.ts';
import type { Store, Transaction } from './store.ts';

type SiteRow = { site: string; name: string; language: string; origins: string[]; settings: unknown };

const columns = sql`site, name, language, origins, settings`;

/** Every site, by key. */
export async function listSites(store: Store): Promise<Site[]> {
  return (await queryRows<SiteRow>(store.reader, sql`select ${columns} from site order by site`)).map(toSite);
}

/** The site of a key, or undefined. */
export async function findSite(store: Store, site: string): Promise<Site | undefined> {
  const [row] = await queryRows<SiteRow>(store.reader, sql`select ${columns} from site where site = ${site}`);
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
      on conflict (site) do nothing returning ${columns}`,
  );
  return row && toSite(row);
}

/** Changes settings of a site and appends the event that says who did. Undefined for an unknown site. */
export async function changeSettings(
  store: Store,
  site: string,
  change: { settings: Partial<SiteSettings>; at: Date; actor: string },
): Promise<Site | undefined> {
  return inTransaction(store.writer, async (transaction) => {
    const [row] = await queryRows<SiteRow>(
      transaction,
      sql`update site set settings = settings || ${JSON.stringify(change.settings)}::jsonb where site = ${site}
        returning ${columns}`,
    );
    if (!row) return undefined;
    await appendEvent(transaction, {
      site,
      kind: 'settings_changed',
      comment: null,
      at: change.at,
      actor: change.actor,
      body: { settings: change.settings },
    });
    return toSite(row);
  });
}

function toSite({ settings, ...row }: SiteRow): Site {
  return { ...row, settings: fillSettings(settings) };
}
