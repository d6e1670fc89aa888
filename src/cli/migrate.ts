import { migrateDatabase } from '../storage/migrate.ts';
import { refuseArguments } from './arguments.ts';
import { openInstallation } from './open.ts';
import { printLine } from './print.ts';

/** `stet migrate`: brings the schema up to date and prints the versions applied. Safe while servers run. */
export async function migrate(args: readonly string[]): Promise<void> {
  refuseArguments(args, 'stet migrate');
  const { store } = await openInstallation();
  try {
    const applied = await migrateDatabase(store);
    printLine(applied.length === 0 ? 'The schema is up to date.' : `Applied ${applied.join(', ')}.`);
  } finally {
    await store.close();
  }
}
