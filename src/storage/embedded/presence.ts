import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { connectionToSocket, endClient } from '../connections.ts';
import { explainFailure, readFailure, StorageProblem } from '../problem.ts';
import { type Account, chooseAccount } from './account.ts';
import { findBinaries } from './binaries.ts';
import { database, makeCluster, owner } from './cluster.ts';
import {
  findSocketFolder,
  makeHome,
  makeSocketFolder,
  removeSocketFolder,
  type ServerFolders,
  socketPort,
} from './folders.ts';
import type { StorageSettings } from '../settings.ts';
import { clearStalePid, explainEnd, isPassing, readServerPid, spawnServer, type Starting } from './server.ts';

// Each process that uses the server holds this lock shared, on one connection, from joining to leaving. Whoever gets it
// exclusively is alone and may stop the server; who joins at that moment waits for the lock, sees the connection break,
// and starts the server again. Locks end with their holder, so a killed process counts as gone.
const presenceLock = 1_937_007_988; // "stet"

const leaveMilliseconds = 5_000;

/** How the server is started where it does not run; see `StorageSettings`. */
export type ServerChoice = Pick<StorageSettings, 'binaries' | 'connections'>;

/** Joins the server of the folders, starting it where it does not run. The connection returned stands for this process;
 *  its end means that the server is gone. Throws a StorageProblem, or the signal's reason when aborted. */
export async function joinServer(
  folders: ServerFolders,
  { binaries, connections, signal }: ServerChoice & { signal: AbortSignal },
): Promise<{ client: pg.Client; socketFolder: string }> {
  let patience = patienceFrom(performance.now());
  let prepared: Prepared | undefined;
  let starting: Starting | undefined;
  for (;;) {
    signal.throwIfAborted();
    const socketFolder = findSocketFolder(folders);
    const found = socketFolder === undefined ? 'absent' : await enter(socketFolder);
    if (socketFolder !== undefined && typeof found !== 'string') return { client: found, socketFolder };
    const failure = starting?.failure();
    if (failure !== undefined) {
      if (!isPassing(failure)) throw explainEnd(failure, folders);
      starting = undefined;
      if (!clearStalePid(folders)) await pause(100);
    } else if (found === 'absent' && !starting) {
      prepared ??= await prepare(folders, binaries);
      const how = { ...prepared, connections, socketFolder: makeSocketFolder(folders, prepared.account) };
      starting = spawnServer(folders, how);
    }
    // A server that replays its log after a crash answers that it is starting; that can take minutes and is no fault.
    if (found === 'starting') patience = patienceFrom(performance.now());
    if (performance.now() > patience) throw noAnswer(folders);
    await pause(20);
  }
}

/** Leaves the server, and stops it where nobody else is connected: no other Stet process, no tool of an operator.
 *  Returns when it has stopped. Never throws: a server that is gone already is what was wanted. */
export async function leaveServer(client: pg.Client, folders: ServerFolders): Promise<void> {
  try {
    // A server that hangs must not keep this process from ending.
    const ask = (text: string): Promise<pg.QueryResult<{ alone: boolean }>> => {
      const query = { text, values: [presenceLock], query_timeout: leaveMilliseconds };
      return client.query<{ alone: boolean }>(query);
    };
    await ask('select pg_advisory_unlock_shared($1)');
    const { rows } = await ask('select pg_try_advisory_lock($1) as alone');
    if (rows[0]?.alone && (await isAlone(client))) await stopServer(folders);
  } catch {
    // The connection is gone, and the server with it.
  } finally {
    await endClient(client);
  }
}

type Prepared = { account: Account | undefined; binaries: string };

async function prepare(folders: ServerFolders, given: string | undefined): Promise<Prepared> {
  try {
    const account = chooseAccount(folders.cluster);
    makeHome(folders, account);
    const binaries = given ?? (await findBinaries(account, folders.place));
    await makeCluster(folders, account, binaries);
    return { account, binaries };
  } catch (error) {
    throw explainFailure(error);
  }
}

async function enter(socketFolder: string): Promise<pg.Client | 'absent' | 'starting' | 'busy'> {
  const client = clientFor(socketFolder, database);
  try {
    await client.connect();
    await client.query('select pg_advisory_lock_shared($1)', [presenceLock]);
    return client;
  } catch (error) {
    await client.end().catch(() => {});
    const { code, message } = readFailure(error);
    if (code === 'ENOENT' || code === 'ECONNREFUSED') return 'absent';
    if (code === '57P03') return 'starting';
    // A connection that broke between its opening and the question for the lock says that it is not queryable.
    if (code === '3D000') await createDatabase(socketFolder);
    else if (!/^(57P0|53300|ECONNRESET|EPIPE)/.test(code) && !/terminated|timeout|not queryable/i.test(message)) {
      throw explainFailure(error);
    }
    return 'busy';
  }
}

async function createDatabase(socketFolder: string): Promise<void> {
  const client = clientFor(socketFolder, 'postgres');
  try {
    await client.connect();
    await client.query(`create database ${database}`);
  } catch (error) {
    const { code, message } = readFailure(error);
    const madeByAnother = code === '42P04' || code === '23505';
    if (!madeByAnother && !/^(57P0|55006)/.test(code) && !/terminated/i.test(message)) throw explainFailure(error);
  } finally {
    await client.end().catch(() => {});
  }
}

function clientFor(socketFolder: string, name: string): pg.Client {
  const client = new pg.Client({
    ...connectionToSocket(socketFolder, { port: socketPort, user: owner, database: name }),
    connectionTimeoutMillis: 10_000,
  });
  client.on('error', () => {});
  return client;
}

// Processes that leave at the same moment are still closing their connections; a second is enough for them. Whoever
// waits for the lock has come to stay.
async function isAlone(client: pg.Client): Promise<boolean> {
  for (let tries = 0; tries < 20; tries++) {
    const { rows } = await client.query<{ others: boolean; waiting: boolean }>(
      `select exists (select from pg_stat_activity
                       where backend_type = 'client backend' and pid <> pg_backend_pid()) as others,
              exists (select from pg_locks where locktype = 'advisory' and not granted) as waiting`,
    );
    if (rows[0]?.others === false) return true;
    if (rows[0]?.waiting) return false;
    await pause(50);
  }
  return false;
}

async function stopServer(folders: ServerFolders): Promise<void> {
  const pid = readServerPid(folders);
  if (pid === undefined) return;
  // The fast shutdown: it writes a checkpoint and waits for no client.
  process.kill(pid, 'SIGINT');
  const patience = patienceFrom(performance.now());
  while (readServerPid(folders) === pid && performance.now() < patience) await pause(20);
  if (readServerPid(folders) === undefined) removeSocketFolder(folders);
}

function patienceFrom(now: number): number {
  return now + 60_000;
}

function noAnswer(folders: ServerFolders): StorageProblem {
  const pid = readServerPid(folders);
  return new StorageProblem(
    'unreachable',
    `The embedded PostgreSQL in ${folders.cluster} does not answer.`,
    `${pid === undefined ? 'Start again' : `End the process ${pid} (kill -INT ${pid}) and start again`}, and read ${folders.log}.`,
  );
}
