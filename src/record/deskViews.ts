import type { QueueViewDraft } from '../contract/queueFilter.ts';
import { queryRows } from '../storage/database.ts';
import { sql } from '../storage/sql.ts';
import type { Store } from './store.ts';

type Owner = { site: string; account: string };

/** The views that these accounts keep, the oldest first, unparsed: another version may have stored them. */
export async function listViews(
  store: Store,
  owners: readonly Owner[],
): Promise<{ id: string; site: string; body: object }[]> {
  const [sites, accounts] = [owners.map(({ site }) => site), owners.map(({ account }) => account)];
  return queryRows(
    store.writer,
    sql`select v.id, v.site, jsonb_build_object('name', v.name) || v.filter as body
      from unnest(${sites}::text[], ${accounts}::uuid[]) as own (site, account)
      join desk_view v on v.site = own.site and v.account = own.account
      order by v.created_at, v.name, v.id`,
  );
}

/** Keeps a view. False, and nothing kept, where the account has `most` already. */
export async function insertView(
  store: Store,
  { site, account }: Owner,
  view: QueueViewDraft & { id: string; at: Date; most: number },
): Promise<boolean> {
  const { id, at, most, name, ...rest } = view;
  const rows = await queryRows(
    store.writer,
    sql`insert into desk_view (site, id, account, name, filter, created_at)
      select ${site}, ${id}::uuid, ${account}::uuid, ${name}, ${JSON.stringify(rest)}::jsonb, ${at}::timestamptz
      where (select count(*) from desk_view where site = ${site} and account = ${account}) < ${most}
      returning 1`,
  );
  return rows.length > 0;
}

/** Deletes a view of this account's own. False where it has none of this id. */
export async function deleteView(store: Store, { site, account }: Owner, id: string): Promise<boolean> {
  const result = await store.writer.query(
    sql`delete from desk_view where site = ${site} and account = ${account} and id = ${id}`,
  );
  return result.rowCount === 1;
}
