import { fileURLToPath } from 'node:url';
import { migrateDatabase } from '../storage/migrate.ts';
import type { RunningServer } from '../server/server.ts';
import { leaveAddress } from './addresses.ts';
import { refuseArguments } from './arguments.ts';
import { openModel } from './model.ts';
import { openInstallation, type Installation } from './open.ts';
import { printLine } from './print.ts';
import { readVersion } from './version.ts';
import { waitForStop } from './waitForStop.ts';

const assetsFolder = fileURLToPath(new URL('../../dist/web/', import.meta.url));

/** `npm start`: serves, with the sample site made on the first run, and prints where to look. */
export async function start(args: readonly string[]): Promise<void> {
  refuseArguments(args, 'npm start');
  await runServer(async (installation) => {
    const { createSample } = await import('./sample.ts');
    const signIn = await createSample(installation.store, new Date());
    return (publicUrl) => [
      `A story        ${publicUrl}/s/sample/welcome`,
      `The desk       ${publicUrl}${signIn === undefined ? '/desk' : `/desk/sign-in#${signIn}`}`,
      `The guidelines ${publicUrl}/s/sample/guidelines`,
    ];
  });
}

/** `stet serve`: serves without the sample. */
export async function serve(): Promise<void> {
  await runServer(async () => (publicUrl) => [`Stet serves at ${publicUrl}, the desk at ${publicUrl}/desk`]);
}

// A database that hangs is answered with 503 after this time. The longest statement of a server, a batch of 256 comments,
// takes a hundredth of it.
const queryMilliseconds = 10_000;

type Prepare = (installation: Installation) => Promise<(publicUrl: string) => readonly string[]>;

/** Opens, migrates, prepares, serves, and resolves when the server has been told to stop and has drained. */
async function runServer(prepare: Prepare): Promise<void> {
  const stopped = waitForStop();
  openModel();
  const installation = await openInstallation({ queryMilliseconds });
  const { settings, store, secret } = installation;
  let server: RunningServer;
  let lines: (publicUrl: string) => readonly string[];
  try {
    await migrateDatabase(store);
    lines = await prepare(installation);
    // Two thirds of what a start loads: not for a wrong setting, nor for a database that does not answer.
    const { startServer } = await import('../server/server.ts');
    server = await startServer({
      settings,
      store,
      secret,
      version: readVersion(),
      assetsFolder,
      now: () => new Date(),
    });
  } catch (error) {
    await store.close();
    throw error;
  }
  const takeAddress = await leaveAddress(settings.dataFolder, server.publicUrl).catch(goWithoutNote);
  for (const line of lines(server.publicUrl)) printLine(line);
  await stopped;
  await takeAddress();
  const failed = await server.close();
  if (failed.length > 0) throw new Error(`these did not end as they should: ${failed.join(', ')}`);
}

// A full disk, say: readers are served all the same, and commands print the standard address.
function goWithoutNote(): () => Promise<void> {
  process.stderr.write('stet: the address could not be left in STET_DATA; set PUBLIC_URL for commands too.\n');
  return async () => {};
}
