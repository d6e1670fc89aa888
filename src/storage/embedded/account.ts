import { spawnSync, type SpawnSyncReturns } from 'node:child_process';
import { statSync } from 'node:fs';
import { userInfo } from 'node:os';
import { readFailure, StorageProblem } from '../problem.ts';

/** The user that the server runs as where this process is root, which PostgreSQL refuses to run as. */
export type Account = { uid: number; gid: number; name: string };

/** The account for the server: undefined for an ordinary user, who runs it himself; for root whoever owns the cluster
 *  already, or else `postgres`, or else `nobody`. Throws a StorageProblem where there is none. */
export function chooseAccount(clusterFolder: string): Account | undefined {
  const uid = process.getuid?.();
  if (uid === undefined) {
    throw new StorageProblem(
      'embedded',
      'The embedded PostgreSQL does not run on Windows.',
      'Set DATABASE_URL to a PostgreSQL 15 or newer, or run Stet under WSL.',
    );
  }
  if (uid !== 0) return checkPasswordEntry(uid);
  const owner = statSync(clusterFolder, { throwIfNoEntry: false });
  if (owner && owner.uid !== 0) return { uid: owner.uid, gid: owner.gid, name: `with the number ${owner.uid}` };
  for (const name of ['postgres', 'nobody']) {
    const [foundUid, foundGid] = [lookUp('-u', name), lookUp('-g', name)];
    if (foundUid !== undefined && foundGid !== undefined) return { uid: foundUid, gid: foundGid, name };
  }
  throw new StorageProblem(
    'embedded',
    'PostgreSQL refuses to run as root, and this machine has neither a user postgres nor a user nobody.',
    'Start Stet as an ordinary user, or set DATABASE_URL.',
  );
}

/** Runs a program to its end as the account, from `/`, with an environment of its own: English messages, and none of
 *  the PG… variables of whoever started Stet. */
export function runAs(
  account: Account | undefined,
  program: string,
  programArguments: string[],
): SpawnSyncReturns<string> {
  return spawnSync(program, programArguments, { ...processOf(account), encoding: 'utf8' });
}

/** How a program of the server is spawned: as whom, where, with which environment. */
export function processOf(account: Account | undefined): {
  uid?: number;
  gid?: number;
  cwd: string;
  env: Record<string, string>;
} {
  return {
    ...(account && { uid: account.uid, gid: account.gid }),
    cwd: '/',
    env: { PATH: '/usr/bin:/bin', LC_ALL: 'C' },
  };
}

function checkPasswordEntry(uid: number): undefined {
  try {
    userInfo();
  } catch (error) {
    if (readFailure(error).code !== 'ERR_SYSTEM_ERROR' && readFailure(error).code !== 'ENOENT') throw error;
    throw new StorageProblem(
      'embedded',
      `User number ${uid} has no entry in /etc/passwd, and PostgreSQL does not start without one.`,
      'Start Stet as a user of this machine, add the entry, or set DATABASE_URL.',
    );
  }
}

function lookUp(flag: '-u' | '-g', name: string): number | undefined {
  const { status, stdout } = runAs(undefined, 'id', [flag, name]);
  return status === 0 ? Number(stdout) : undefined;
}
