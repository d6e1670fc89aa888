import { queryRows } from '../storage/database.ts';
import { sql } from '../storage/sql.ts';
import type { Store } from './store.ts';

/** How many comments of a site are held, and since when the oldest of them waits. */
export type Waiting = { site: string; held: number; oldestAt: Date };

/** The sites where comments are held. A site without one is absent. */
export async function listWaiting(store: Store): Promise<Waiting[]> {
  return queryRows<Waiting>(
    store.writer,
    sql`select site, count(*) as held, min(submitted_at) as "oldestAt" from comment where state = 'held'
      group by site order by site`,
  );
}
