import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, constants, fstatSync, ftruncateSync, openSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { readFailure, StorageProblem } from '../problem.ts';
import { type Account, processOf, runAs } from './account.ts';
import { type ServerFolders, socketPort } from './folders.ts';

/** A server process of our own making, until it answers or gives up. */
export type Starting = {
  /** Why it ended, in the server's words; undefined as long as it runs. */
  failure(): string | undefined;
};

const longestLogBytes = 1_000_000;

/** Spawns the server, detached, so that it outlives this process and a start after `kill -9` finds it running. */
export function spawnServer(
  folders: ServerFolders,
  how: { account: Account | undefined; binaries: string; socketFolder: string; connections: number | undefined },
): Starting {
  const { account, binaries, socketFolder, connections = 60 } = how;
  const asked = [...manners, `max_connections=${connections}`].flatMap((each) => ['-c', each]);
  const log = openLog(folders.log);
  const child = spawn(
    path.join(binaries, 'postgres'),
    ['-D', folders.cluster, '-k', socketFolder, '-p', String(socketPort), ...asked],
    { ...processOf(account), detached: true, stdio: ['ignore', log.descriptor, log.descriptor] },
  );
  closeSync(log.descriptor);
  const ended = watchEnd(child);
  child.unref();
  return {
    failure: () => (ended() ? readFileSync(folders.log, 'utf8').slice(log.begin).trim() || 'no word' : undefined),
  };
}

const manners = [
  'listen_addresses=',
  'unix_socket_permissions=0700',
  'shared_buffers=128MB',
  'fsync=on',
  'full_page_writes=on',
  'synchronous_commit=on',
  // An online backup needs it, and a standby can be grown from one.
  'wal_level=replica',
  'random_page_cost=1.1',
  'jit=off',
  // Parallel workers share memory through /dev/shm, which is 64 MB in a container, and small desks have few cores.
  'max_parallel_workers_per_gather=0',
  'timezone=UTC',
  'log_timezone=UTC',
  // No text of a reader in the server's log: no statements, no values, no details ("Key (name)=(…) already exists").
  'log_min_messages=log',
  'log_min_error_statement=panic',
  'log_error_verbosity=terse',
  'log_statement=none',
  'log_min_duration_statement=-1',
  'log_parameter_max_length=0',
  'log_parameter_max_length_on_error=0',
  'log_checkpoints=off',
  'log_autovacuum_min_duration=-1',
  'logging_collector=off',
];

/** Removes a `postmaster.pid` whose process number now belongs to some other program, as it happens after a restart of
 *  a container; PostgreSQL itself takes any living process for a server. True where it did. */
export function clearStalePid(folders: ServerFolders): boolean {
  const pid = readServerPid(folders);
  if (pid === undefined) return false;
  const program = nameOfProgram(pid);
  if (program === undefined || /postgres|postmaster/.test(program) || readServerPid(folders) !== pid) return false;
  rmSync(path.join(folders.cluster, 'postmaster.pid'), { force: true });
  return true;
}

/** The server's process number by its own record, which it removes when it has stopped. */
export function readServerPid(folders: ServerFolders): number | undefined {
  try {
    const pid = Number.parseInt(readFileSync(path.join(folders.cluster, 'postmaster.pid'), 'utf8'), 10);
    return Number.isSafeInteger(pid) && pid > 1 ? pid : undefined;
  } catch (error) {
    if (readFailure(error).code === 'ENOENT') return undefined;
    throw error;
  }
}

/** True for an end that another process explains: it started the server a moment earlier, or took the socket folder away
 *  with the server it stopped, or the parts of a killed server are still going. Trying again helps. */
export function isPassing(failure: string): boolean {
  return /lock file ".*" already exists|still in use|Is another postmaster|lock file ".*": No such file/.test(failure);
}

/** A StorageProblem for a server that ended while starting. */
export function explainEnd(failure: string, folders: ServerFolders): StorageProblem {
  if (/no space left on device/i.test(failure)) {
    return new StorageProblem(
      'space',
      'The embedded PostgreSQL cannot start, because the disk of STET_DATA is full.',
      'Free some space there and start again; nothing that was acknowledged is lost.',
    );
  }
  const sentence = failure.split('\n').find((line) => /FATAL|PANIC|ERROR|error/.test(line)) ?? failure.split('\n')[0];
  return new StorageProblem(
    'embedded',
    `The embedded PostgreSQL does not start (${sentence?.replace(/^.*?(FATAL|PANIC|ERROR):\s*/, '').trim()}).`,
    `Read ${folders.log}, mend what it names, and start again.`,
  );
}

// The folder is ours and not the account's, but a link planted under the log's name is refused all the same.
function openLog(file: string): { descriptor: number; begin: number } {
  const { O_APPEND, O_CREAT, O_NOFOLLOW, O_RDWR } = constants;
  const descriptor = openSync(file, O_APPEND | O_CREAT | O_NOFOLLOW | O_RDWR, 0o600);
  if (fstatSync(descriptor).size > longestLogBytes) ftruncateSync(descriptor, 0);
  return { descriptor, begin: fstatSync(descriptor).size };
}

function watchEnd(child: ChildProcess): () => boolean {
  let ended = false;
  child.once('exit', () => (ended = true));
  child.once('error', () => (ended = true));
  return () => ended;
}

function nameOfProgram(pid: number): string | undefined {
  if (process.platform !== 'linux') {
    const { status, stdout } = runAs(undefined, 'ps', ['-p', String(pid), '-o', 'comm=']);
    return status === 0 ? stdout.trim() : undefined;
  }
  try {
    const [, program = '', state] = /\((.*)\) (\S)/s.exec(readFileSync(`/proc/${pid}/stat`, 'utf8')) ?? [];
    // A killed server that nobody has waited for keeps its number without being there.
    return state === 'Z' ? 'nothing' : program;
  } catch {
    return undefined;
  }
}
