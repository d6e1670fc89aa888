import { queryRows } from '../storage/database.ts';
import { sql } from '../storage/sql.ts';
import type { Store } from './store.ts';

/** Whether both kinds of connection answer now. Never throws. */
export async function isAnswering(store: Store): Promise<boolean> {
  const asked = [store.reader, store.writer].map((pool) => queryRows(pool, sql`select 1`));
  return (await Promise.allSettled(asked)).every(({ status }) => status === 'fulfilled');
}
