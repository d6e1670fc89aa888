import { withConnection } from '../storage/connections.ts';
import { readFailure } from '../storage/problem.ts';
import type { Store } from './store.ts';

type Owned = Pick<Store, 'owner'>;

// Everything from which an erasure or a day's end takes words, names, addresses or digests.
const tables = [
  'comment',
  'sorting',
  'event',
  'decision',
  'published',
  'reaction',
  'appeal',
  'contact',
  'report',
  'outbox',
  'session',
  'sign_in',
];

const statement = 'vacuum (index_cleanup on)';

/** Clears the rows away that updates and deletions left dead, and with them what was forgotten: PostgreSQL's own daemon
 *  comes only when a fifth of a table has changed. Reads the changed pages alone; nobody waits. As the owner, since no
 *  other role may before PostgreSQL 17, and outside a transaction. A row that a running backup still sees stays for
 *  the next time. Ends early, and at once, when `stopping` says so. */
export async function sweepForgotten(store: Owned, stopping: AbortSignal): Promise<void> {
  let cancelling: Promise<void> | undefined;
  const cancel = (): void => void (cancelling = cancelSweep(store).catch(() => {}));
  stopping.addEventListener('abort', cancel, { once: true });
  try {
    await withConnection(store.owner, async (client) => {
      for (const table of tables) if (!stopping.aborted) await client.query(`${statement} ${table}`);
    });
  } catch (error) {
    const isCancelled = readFailure(error).code === '57014';
    if (!isCancelled) throw error;
  } finally {
    stopping.removeEventListener('abort', cancel);
    await cancelling;
  }
}

// By its text, because behind a PgBouncer a connection does not know the process that works for it.
async function cancelSweep(store: Owned): Promise<void> {
  await withConnection(store.owner, async (client) => {
    await client.query(
      `select pg_cancel_backend(pid) from pg_stat_activity
         where datname = current_database() and usename = current_user and starts_with(query, $1) and state = 'active'`,
      [statement],
    );
  });
}
