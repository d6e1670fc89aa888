import { spawn } from 'node:child_process';
import { chownSync, existsSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { connectionToUrl, withConnection } from '../../src/storage/connections.ts';
import { processOf } from '../../src/storage/embedded/account.ts';
import { temporaryFolder, waitUntil } from './folders.ts';
import type { Login, OwnPostgres } from './ownPostgres.ts';
import { findFreePort } from './ports.ts';
import { watchProgram } from './processes.ts';

/** A PgBouncer before a PostgreSQL, in transaction mode. */
export type Bouncer = {
  /** `postgres://user:password@127.0.0.1:port/database`, through the PgBouncer. */
  url(database: string, as: Login): string;
  stop(): Promise<void>;
};

/** The program `pgbouncer`, on the PATH or in /usr/sbin, where Debian has it; undefined where there is none. */
export function findBouncer(): string | undefined {
  const folders = [...(process.env['PATH'] ?? '').split(path.delimiter), '/usr/sbin'];
  return folders.map((folder) => path.join(folder, 'pgbouncer')).find((program) => existsSync(program));
}

/** Starts one that knows these roles. Its settings are those of the package: nothing is tolerated for Stet's sake. */
export async function startBouncer(program: string, before: OwnPostgres, logins: readonly Login[]): Promise<Bouncer> {
  const { folder, remove } = temporaryFolder();
  const { account } = before;
  const port = await findFreePort();
  const users = path.join(folder, 'users');
  const settings = path.join(folder, 'pgbouncer.ini');
  writeFileSync(users, logins.map(({ user, password }) => `"${user}" "${password}"\n`).join(''), { mode: 0o600 });
  writeFileSync(settings, describeSettings({ port, users, server: before.port }), { mode: 0o600 });
  if (account) for (const file of [users, settings]) chownSync(file, account.uid, account.gid);
  const running = watchProgram(spawn(program, [settings], processOf(account)));
  const url: Bouncer['url'] = (database, { user, password }) =>
    `postgres://${user}:${password}@127.0.0.1:${port}/${database}`;
  const [first] = logins;
  if (!first) throw new Error('a PgBouncer for nobody');
  const answers = async (): Promise<boolean> => {
    const asked = withConnection(connectionToUrl(url('postgres', first)), (client) => client.query('select 1'));
    return asked.then(
      () => true,
      () => false,
    );
  };
  await waitUntil(answers, `PgBouncer on ${port}: ${running.output()}`);
  return {
    url,
    stop: async () => {
      running.child.kill('SIGTERM');
      await running.ended;
      remove();
    },
  };
}

function describeSettings({ port, users, server }: { port: number; users: string; server: number }): string {
  return `[databases]
* = host=127.0.0.1 port=${server}
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = ${port}
unix_socket_dir =
auth_type = scram-sha-256
auth_file = ${users}
pool_mode = transaction
default_pool_size = 6
max_client_conn = 200
`;
}
