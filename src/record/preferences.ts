import type { Preferences } from '../contract/preferences.ts';
import { queryRows } from '../storage/database.ts';
import { sql } from '../storage/sql.ts';
import type { Store } from './store.ts';

type Named = { site: string; id: string };

/** What was last saved by the person of these accounts, unparsed; undefined where nothing was. */
export async function findPreferences(store: Store, accounts: readonly Named[]): Promise<unknown> {
  const [row] = await queryRows<{ body: unknown }>(
    store.writer,
    sql`select body from preference
      where (site, account) in (select * from unnest(${sitesOf(accounts)}::text[], ${idsOf(accounts)}::uuid[]))
      order by updated_at desc limit 1`,
  );
  return row?.body;
}

/** Saves them for every account of the person, so that they are the same on each of their sites. */
export async function savePreferences(
  store: Store,
  accounts: readonly Named[],
  preferences: Preferences & { at: Date },
): Promise<void> {
  const { at, ...body } = preferences;
  await store.writer.query(
    sql`insert into preference (site, account, body, updated_at)
      select site, id, ${JSON.stringify(body)}::jsonb, ${at}
      from unnest(${sitesOf(accounts)}::text[], ${idsOf(accounts)}::uuid[]) as of (site, id)
      on conflict (site, account) do update set body = excluded.body, updated_at = excluded.updated_at`,
  );
}

function sitesOf(accounts: readonly Named[]): string[] {
  return accounts.map(({ site }) => site);
}

function idsOf(accounts: readonly Named[]): string[] {
  return accounts.map(({ id }) => id);
}
