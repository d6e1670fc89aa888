import type { SettingsChanged } from '../contract/settingsDraft.ts';
import type { SettingChange, Site, SiteSettings } from '../contract/site.ts';
import { inTransaction, queryRows } from '../storage/database.ts';
import { sql, type Sql } from '../storage/sql.ts';
import { appendEvent } from './events.ts';
import { accountOfActor } from './actors.ts';
import { siteColumns, type SiteRow, toSite } from './sites.ts';
import type { Store } from './store.ts';

export type NewChange = { settings: SettingChange; was?: Partial<SiteSettings>; at: Date; actor: string };

/** Changes settings of a site and appends the event that says who did, with what stood before; null in `settings` takes a
 *  stored value away, so that the standard holds. Values that stand already are passed over, and nothing is recorded where
 *  all do. Undefined for an unknown site; 'moved_on' where a value that was seen (`was`) is not the one that stands. */
export async function changeSettings(
  store: Store,
  site: string,
  change: NewChange,
): Promise<Site | 'moved_on' | undefined> {
  return inTransaction(store.writer, async (transaction) => {
    const [row] = await queryRows<SiteRow>(
      transaction,
      sql`select ${siteColumns} from site where site = ${site} for update`,
    );
    if (!row) return undefined;
    const { settings } = toSite(row);
    const seen = Object.entries(change.was ?? {}) as [keyof SiteSettings, unknown][];
    if (seen.some(([name, value]) => settings[name] !== value)) return 'moved_on';
    const stored = row.settings as Record<string, unknown>;
    const names = (Object.keys(change.settings) as (keyof SiteSettings)[]).filter(
      (name) => change.settings[name] !== (stored[name] ?? null),
    );
    if (names.length === 0) return toSite(row);
    const pick = (from: Record<string, unknown>): object =>
      Object.fromEntries(names.map((name) => [name, from[name] ?? null]));
    const changed = pick(change.settings);
    const [saved] = await queryRows<SiteRow>(
      transaction,
      sql`update site set settings = jsonb_strip_nulls(settings || ${JSON.stringify(changed)}::jsonb)
        where site = ${site} returning ${siteColumns}`,
    );
    const { at, actor } = change;
    const body = { settings: changed, before: pick(stored) };
    await appendEvent(transaction, { site, kind: 'settings_changed', comment: null, at, actor, body });
    return saved && toSite(saved);
  });
}

/** Sets the origins of a site and appends the event that says who did, with those of before. Nothing is recorded where they
 *  stand already. Undefined for an unknown site. */
export async function changeOrigins(
  store: Store,
  site: string,
  { origins, at, actor }: { origins: readonly string[]; at: Date; actor: string },
): Promise<Site | undefined> {
  return inTransaction(store.writer, async (transaction) => {
    const [row] = await queryRows<SiteRow>(
      transaction,
      sql`select ${siteColumns} from site where site = ${site} for update`,
    );
    if (!row || JSON.stringify(row.origins) === JSON.stringify(origins)) return row && toSite(row);
    const [saved] = await queryRows<SiteRow>(
      transaction,
      sql`update site set origins = ${[...origins]} where site = ${site} returning ${siteColumns}`,
    );
    const body = { origins, before: { origins: row.origins } };
    await appendEvent(transaction, { site, kind: 'settings_changed', comment: null, at, actor, body });
    return saved && toSite(saved);
  });
}

type ChangeRow = Omit<SettingsChanged, 'at'> & { at: Date };

const columns = sql`e.seq, e.at, coalesce(a.name, e.actor) as by, e.body -> 'settings' as settings,
  e.body -> 'before' as before`;

// Of settings alone: the origins, which the same kind of event records, are the operator's and not the desk's.
function changesOf(site: string, narrowed: Sql): Sql {
  return sql`select ${columns} from event e
    left join account a on a.site = e.site and a.id = ${accountOfActor(sql`e.actor`)}
    where e.site = ${site} and e.kind = 'settings_changed' and e.body ? 'settings' and ${narrowed}`;
}

/** The changes of a site's settings, the newest first: at most `limit`, those before `before`. */
export async function listSettingChanges(
  store: Store,
  site: string,
  { before, limit }: { before: number | undefined; limit: number },
): Promise<SettingsChanged[]> {
  const narrowed = before === undefined ? sql`true` : sql`e.seq < ${before}`;
  const rows = await queryRows<ChangeRow>(
    store.writer,
    sql`${changesOf(site, narrowed)} order by e.seq desc limit ${limit}`,
  );
  return rows.map(toChange);
}

/** One change by its number in the record, or undefined. */
export async function findSettingChange(store: Store, site: string, seq: number): Promise<SettingsChanged | undefined> {
  const [row] = await queryRows<ChangeRow>(store.writer, changesOf(site, sql`e.seq = ${seq}`));
  return row && toChange(row);
}

function toChange({ at, ...row }: ChangeRow): SettingsChanged {
  return { ...row, at: at.toISOString() };
}
