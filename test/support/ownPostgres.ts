import { randomBytes } from 'node:crypto';
import { chownSync, existsSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { spawn } from 'node:child_process';
import { connectionToUrl, withConnection } from '../../src/storage/connections.ts';
import { type Account, chooseAccount, processOf, runAs } from '../../src/storage/embedded/account.ts';
import { findBinaries } from '../../src/storage/embedded/binaries.ts';
import { temporaryFolder, waitUntil } from './folders.ts';
import { findFreePort } from './ports.ts';
import { type Running, watchProgram } from './processes.ts';

/** A role of a throw-away server. */
export type Login = { user: string; password: string };

/** A PostgreSQL as a newsroom would have it beside Stet: on loopback and in a socket folder, with passwords asked for. */
export type OwnPostgres = {
  port: number;
  folder: string;
  /** As what its programs run. */
  account: Account | undefined;
  /** Its superuser. */
  admin: Login;
  /** `postgres://user:password@127.0.0.1:port/database`. */
  url(database: string, as?: Login): string;
  /** Runs what may be several statements as the superuser and returns the last one's rows. */
  run(statements: string, database?: string): Promise<Record<string, unknown>[]>;
  /** Stops it as a service manager does (`fast`) or as a power cut does (`immediate`), and starts it again. */
  restart(mode: 'fast' | 'immediate'): Promise<void>;
  stop(): Promise<void>;
};

const signals = { fast: 'SIGINT', immediate: 'SIGQUIT' } as const;

/** Makes and starts a cluster of PostgreSQL 15: the binaries that STET_TEST_POSTGRES names, or Debian's, or else the
 *  embedded ones. */
export async function startOwnPostgres(): Promise<OwnPostgres> {
  const { folder, remove } = temporaryFolder();
  const cluster = path.join(folder, 'cluster');
  const account = chooseAccount(cluster);
  const binaries = await findServer(folder, account);
  const admin = { user: 'admin', password: randomBytes(12).toString('hex') };
  makeCluster(cluster, { account, binaries, admin });
  const port = await findFreePort();
  const start = (): Running => startServer(cluster, { account, binaries, port });
  let running = start();
  const url: OwnPostgres['url'] = (database, { user, password } = admin) =>
    `postgres://${user}:${password}@127.0.0.1:${port}/${database}`;
  const run: OwnPostgres['run'] = (statements, database = 'postgres') =>
    withConnection(connectionToUrl(url(database)), async (client) => {
      const answers = [await client.query(statements)].flat();
      return answers.at(-1)?.rows ?? [];
    });
  const answers = (): Promise<unknown> =>
    waitUntil(() => run('select 1').catch(() => undefined), `PostgreSQL on ${port}: ${running.output()}`);
  const end = async (signal: NodeJS.Signals): Promise<void> => {
    running.child.kill(signal);
    await running.ended;
  };
  await answers();
  return {
    port,
    folder: cluster,
    account,
    admin,
    url,
    run,
    restart: async (mode) => {
      await end(signals[mode]);
      running = start();
      await answers();
    },
    stop: async () => {
      await end(signals.fast);
      remove();
    },
  };
}

async function findServer(folder: string, account: Account | undefined): Promise<string> {
  const binaries = process.env['STET_TEST_POSTGRES'] ?? '/usr/lib/postgresql/15/bin';
  return existsSync(path.join(binaries, 'initdb')) ? binaries : findBinaries(account, folder);
}

type Made = { account: Account | undefined; binaries: string };

function makeCluster(cluster: string, { account, binaries, admin }: Made & { admin: Login }): void {
  mkdirSync(cluster, { mode: 0o700 });
  const secret = path.join(path.dirname(cluster), 'admin-password');
  writeFileSync(secret, admin.password, { mode: 0o600 });
  if (account) for (const place of [cluster, secret]) chownSync(place, account.uid, account.gid);
  const asked = ['-D', cluster, '-U', admin.user, '-A', 'scram-sha-256', `--pwfile=${secret}`, '-E', 'UTF8'];
  const { status, stderr, error } = runAs(account, path.join(binaries, 'initdb'), [...asked, '--locale=C.UTF-8']);
  if (status !== 0) throw new Error(`initdb: ${error?.message ?? stderr}`);
}

function startServer(cluster: string, { account, binaries, port }: Made & { port: number }): Running {
  const manners = [
    'listen_addresses=127.0.0.1',
    `port=${port}`,
    `unix_socket_directories=${cluster}`,
    'shared_buffers=16MB',
  ];
  const asked = ['-D', cluster, ...manners.flatMap((each) => ['-c', each])];
  return watchProgram(spawn(path.join(binaries, 'postgres'), asked, processOf(account)));
}
