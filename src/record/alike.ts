import type { Reach } from '../contract/principal.ts';
import { queryRows } from '../storage/database.ts';
import { sql } from '../storage/sql.ts';
import { isReached } from './reach.ts';
import type { Store } from './store.ts';

// With the comment itself as many as one call may decide.
const mostAlike = 499;

/** The other held comments that say nearly the same as this one, of those that an account reaches, the oldest first. */
export async function listAlike(store: Store, reach: Reach, id: string): Promise<string[]> {
  const rows = await queryRows<{ id: string }>(
    store.writer,
    sql`select c.id from comment me
      join sorting s on s.site = me.site and s.seq = me.seq
      join sorting o on o.site = s.site and o.alike = s.alike and o.seq <> s.seq
      join comment c on c.site = o.site and c.id = o.comment and c.state = 'held'
      where me.site = ${reach.site} and me.id = ${id} and ${isReached(reach)}
      order by o.seq limit ${mostAlike}`,
  );
  return rows.map((row) => row.id);
}
