import type { Settings } from '../config/settings.ts';
import type { Store } from '../record/store.ts';
import { openDatabase } from '../storage/database.ts';
import { prepareDataFolder, readSecret } from '../storage/dataFolder.ts';
import { migrateDatabase, readSchemaState } from '../storage/migrate.ts';
import { StorageProblem } from '../storage/problem.ts';
import type { PoolSettings } from '../storage/settings.ts';
import { readGivenSecret, readProcessSettings } from './environment.ts';

/** One installation, opened: what every command that touches rows begins with. */
export type Installation = { settings: Settings; secret: string; store: Store };

/** Opens the installation of this process's environment without looking at the schema. `pool` is what
 *  a server asks for. Throws a StorageProblem or a SettingsProblem, whose sentence names the mend. */
export async function openInstallation(pool?: PoolSettings): Promise<Installation> {
  const settings = readProcessSettings();
  const { dataFolder, databaseUrl, readerUrl, directUrl } = settings;
  await prepareDataFolder(dataFolder);
  const secret = readGivenSecret() ?? (await readSecret(dataFolder));
  const store = await openDatabase({ dataFolder, databaseUrl, readerUrl, directUrl, secret, pool });
  // On standard error, so that a command's own output stays what it is.
  if (store.embedded?.notice) process.stderr.write(`stet: ${store.embedded.notice}\n`);
  return { settings, secret, store };
}

/** Runs a command on an installation whose schema is up to date, and closes it. An empty database is migrated; one of
 *  an older Stet is left alone, since servers of that version may be running on it. */
export async function withInstallation<T>(work: (installation: Installation) => Promise<T>): Promise<T> {
  const installation = await openInstallation();
  try {
    await requireSchema(installation.store);
    return await work(installation);
  } finally {
    await installation.store.close();
  }
}

async function requireSchema(store: Store): Promise<void> {
  const { applied, missing } = await readSchemaState(store);
  if (applied.length === 0) await migrateDatabase(store);
  else if (missing.length > 0) {
    throw new StorageProblem(
      'missing',
      `The database lacks the schema version ${missing.join(', ')}.`,
      'Run `npx stet migrate` (it is safe while servers run), then this command again.',
    );
  }
}
