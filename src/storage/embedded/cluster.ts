import { existsSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { open } from 'node:fs/promises';
import path from 'node:path';
import { explainFailure, readFailure, StorageProblem } from '../problem.ts';
import { type Account, runAs } from './account.ts';
import { makeClusterDraft, type ServerFolders } from './folders.ts';

/** The server's superuser, and the database that Stet keeps its rows in. */
export const owner = 'stet';
export const database = 'stet';

/** Makes the cluster unless it is there: checksummed, UTF8, trusting whoever reaches its private socket. Throws a
 *  StorageProblem where the cluster is of another PostgreSQL, or the disk is full. */
export async function makeCluster(
  folders: ServerFolders,
  account: Account | undefined,
  binaries: string,
): Promise<void> {
  if (!existsSync(path.join(folders.cluster, 'PG_VERSION'))) await initialise(folders, account, binaries);
  const clusterVersion = readFileSync(path.join(folders.cluster, 'PG_VERSION'), 'utf8').trim();
  const serverVersion = String(majorVersion(binaries));
  if (clusterVersion === serverVersion) return;
  throw new StorageProblem(
    'newerSchema',
    `The embedded database in ${folders.cluster} was made by PostgreSQL ${clusterVersion}, and this Stet brings ${serverVersion}.`,
    'Run the version of Stet that made it, export its sites (stet export), and import them into a new data folder.',
  );
}

// Made aside and renamed into place: of two processes that start at once the later one finds the place taken and throws
// its own away, and a crash leaves a draft and never half a cluster.
async function initialise(folders: ServerFolders, account: Account | undefined, binaries: string): Promise<void> {
  const draft = makeClusterDraft(folders, account);
  try {
    runInitdb(draft, account, binaries);
    renameSync(draft, folders.cluster);
    const place = await open(folders.place, 'r');
    await place.sync().catch(() => {});
    await place.close();
  } catch (error) {
    rmSync(draft, { recursive: true, force: true });
    if (!['ENOTEMPTY', 'EEXIST'].includes(readFailure(error).code)) throw explainFailure(error);
  }
}

function runInitdb(folder: string, account: Account | undefined, binaries: string): void {
  const builtin = majorVersion(binaries) >= 17 ? ['--locale-provider=builtin', '--builtin-locale=C.UTF-8'] : [];
  const fixed = ['-D', folder, '-U', owner, '-A', 'trust', '-E', 'UTF8', '-k', '--lc-messages=C', '--no-instructions'];
  let answer = '';
  // Trigrams and text search of a database with the locale C know no letters but Latin ones, so C is the last resort
  // (a system without either UTF-8 locale). The order of texts is the built-in one everywhere.
  for (const locale of ['C.UTF-8', 'en_US.UTF-8', 'C']) {
    const { status, stderr, stdout, error } = runAs(account, path.join(binaries, 'initdb'), [
      ...fixed,
      ...builtin,
      `--locale=${locale}`,
    ]);
    if (status === 0) return;
    answer = (error?.message ?? stderr + stdout).trim();
    if (!/invalid locale/.test(answer)) break;
  }
  if (/no space left/i.test(answer)) throw explainFailure(new Error(answer));
  const sentence = answer.split('\n').find((line) => line.includes('error:')) ?? answer.split('\n')[0] ?? '';
  throw new StorageProblem(
    'embedded',
    `The embedded PostgreSQL could not make its database (${sentence.trim()}).`,
    'Mend what it names, point STET_DATA to another folder, or set DATABASE_URL.',
  );
}

function majorVersion(binaries: string): number {
  const { stdout } = runAs(undefined, path.join(binaries, 'postgres'), ['-V']);
  return Number(/\d+/.exec(stdout)?.[0]);
}
