import { queryRows } from '../storage/database.ts';
import { sql, type Sql } from '../storage/sql.ts';
import type { Store } from './store.ts';

// As principal.ts ranks the roles; here the database asks it of many rows.
const isEditor = (account: Sql): Sql =>
  sql`exists (select from account ea where ea.site = c.site and ea.id = ${account} and ea.role in ('editor', 'admin'))`;

/** Whether `comment c` may be offered to an account: always, unless it was handed to somebody else and that has not
 *  lapsed. Whoever handed it over is not offered it either. */
export function isOfferedTo({ account, now }: { account: string; now: Date }): Sql {
  return sql`not exists (select from hand_over ho where ho.site = c.site and ho.comment = c.id
    and ho.lapses_at > ${now}::timestamptz and not (ho.handed_by <> ${account}::uuid and (ho.handed_to is not distinct from ${account}::uuid
      or ho.handed_to is null and ${isEditor(sql`${account}::uuid`)})))`;
}

/** Whether `comment c` was not handed over by one of these accounts: what one gave away leaves one's own queue. */
export function isNotHandedBy(accounts: readonly string[], now: Date): Sql {
  return sql`not exists (select from hand_over ho where ho.site = c.site and ho.comment = c.id
    and ho.lapses_at > ${now}::timestamptz and ho.handed_by = any(${accounts}::uuid[]))`;
}

/** Whether one of these accounts has handed a comment over that has not lapsed. */
export async function hasHandedOver(
  store: Store,
  { accounts, now }: { accounts: readonly string[]; now: Date },
): Promise<boolean> {
  const [row] = await queryRows<{ has: boolean }>(
    store.writer,
    sql`select exists (select from hand_over where handed_by = any(${accounts}::uuid[]) and lapses_at > ${now}) as has`,
  );
  return row?.has === true;
}
