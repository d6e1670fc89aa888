import type { Colleague } from '../contract/deskEvents.ts';
import type { Reach } from '../contract/principal.ts';
import { queryRows } from '../storage/database.ts';
import { sql } from '../storage/sql.ts';
import { isReached } from './reach.ts';
import type { Store } from './store.ts';

/** Notes that somebody opened the desk of a site in a tab. */
export async function enterDesk(
  store: Store,
  entered: { site: string; tab: string; account: string; at: Date },
): Promise<void> {
  const { site, tab, account, at } = entered;
  await store.writer.query(
    sql`insert into presence (site, tab, account, seen_at) values (${site}, ${tab}, ${account}, ${at})`,
  );
}

/** Notes before which comment a tab sits, null for none; what is no comment of the site is none. False where the tab is not
 *  open, or is somebody else's. */
export async function noteLook(
  store: Store,
  look: { site: string; tab: string; account: string; comment: string | null; at: Date },
): Promise<boolean> {
  const { site, tab, account, comment, at } = look;
  const rows = await queryRows(
    store.writer,
    sql`update presence set seen_at = ${at},
        comment = (select c.id from comment c where c.site = ${site} and c.id = ${comment}::uuid)
      where site = ${site} and tab = ${tab} and account = ${account} returning tab`,
  );
  return rows.length > 0;
}

/** Notes that these tabs are still open, and forgets every tab that nobody has spoken for since `goneBefore`: its process
 *  died. */
export async function keepPresence(
  store: Store,
  tabs: readonly { site: string; tab: string }[],
  times: { at: Date; goneBefore: Date },
): Promise<void> {
  const [sites, ids] = [tabs.map(({ site }) => site), tabs.map(({ tab }) => tab)];
  await store.writer.query(
    sql`update presence p set seen_at = ${times.at} from unnest(${sites}::text[], ${ids}::uuid[]) as open (site, tab)
      where p.site = open.site and p.tab = open.tab`,
  );
  await store.writer.query(sql`delete from presence where seen_at < ${times.goneBefore}`);
}

/** Forgets a tab that was closed. */
export async function leaveDesk(store: Store, { site, tab }: { site: string; tab: string }): Promise<void> {
  await store.writer.query(sql`delete from presence where site = ${site} and tab = ${tab}`);
}

/** Who is at the desk of a site, by name, each person once with the comments before which they sit, of those that the
 *  account asking reaches. */
export async function listColleagues(store: Store, reach: Reach, seenSince: Date): Promise<Colleague[]> {
  return queryRows(
    store.writer,
    sql`select p.account, a.name, coalesce(array_agg(distinct c.id::text) filter (where c.id is not null), '{}') as comments
      from presence p join account a on a.site = p.site and a.id = p.account and a.removed_at is null
      left join comment c on c.site = p.site and c.id = p.comment and ${isReached(reach)}
      where p.site = ${reach.site} and p.seen_at >= ${seenSince}
      group by p.account, a.name order by a.name, p.account`,
  );
}
