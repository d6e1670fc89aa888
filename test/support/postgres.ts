import { createHash, randomBytes } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { withConnection } from '../../src/storage/connections.ts';
import { type Database, openDatabase } from '../../src/storage/database.ts';
import { type EmbeddedHome, openEmbedded } from '../../src/storage/embedded.ts';
import { migrateDatabase, readMigrations } from '../../src/storage/migrate.ts';
import { roleNames, type Roles } from '../../src/storage/roles.ts';
import type { StorageSettings } from '../../src/storage/settings.ts';

/** A migrated database of a test file's own, on the embedded PostgreSQL that all test files share. */
export type FreshDatabase = {
  /** Open, with the writer's and the reader's pool, as the product has it. */
  database: Database;
  /** To open the same database once more: `openDatabase(settings)`. */
  settings: StorageSettings & { databaseUrl: string };
  /** For a `stet` process on the same database: DATABASE_URL and the two others beside it, and STET_SECRET. */
  environment: Record<string, string>;
  /** Closes the handle, drops the database and leaves the server. Twice is once. */
  remove(): Promise<void>;
};

const secret = 'a secret of the tests and of nobody else';

/** A fresh, migrated database; durable, real, made in a tenth of a second as a copy of a migrated template.
 *
 *      const { database, remove } = await freshDatabase();
 *      after(remove);
 *
 *  The server is started on demand and stopped by whichever test process leaves last. `migrated: false` gives an empty
 *  database. Everything in it belongs to a superuser; the pools are the writer's and the reader's roles. */
export async function freshDatabase({ migrated = true }: { migrated?: boolean } = {}): Promise<FreshDatabase> {
  const home = await openCluster();
  // The process number says later whether anybody still uses it.
  const name = `t_${process.pid}_${randomBytes(4).toString('hex')}`;
  const template = await onServer(home, async (client) => {
    const found = migrated ? await ensureTemplate(client, home) : 'template0';
    await client.query(`create database ${name} template ${found}`);
    return found;
  });
  const settings = settingsFor(home, name, migrated ? template : name);
  const database = await openDatabase(settings);
  let removing: Promise<void> | undefined;
  const remove = async (): Promise<void> => {
    await database.close();
    await onServer(home, async (client) => {
      await client.query(`drop database if exists ${name} with (force)`);
      if (!migrated) await dropRoles(client, database.roles);
    });
    await home.leave();
  };
  const environment = environmentFor(home, name, database);
  return { database, settings, environment, remove: () => (removing ??= remove()) };
}

/** Keeps the shared server running until the function returned is called; for whoever runs many test files. */
export async function holdTestServer(): Promise<() => Promise<void>> {
  const home = await openCluster();
  await onServer(home, (client) => ensureTemplate(client, home));
  return home.leave;
}

// Test files run at once, and each may have more than one server's pools open.
function openCluster(): Promise<EmbeddedHome> {
  return openEmbedded({ dataFolder: clusterFolder(), connections: 300 });
}

// STET_TEST_CLUSTER is set by scripts/test.ts, which removes the folder after its run. A single file that is run by hand
// keeps its cluster for the next time.
function clusterFolder(): string {
  const checkout = createHash('sha256')
    .update(import.meta.url)
    .digest('hex')
    .slice(0, 8);
  const folder = process.env['STET_TEST_CLUSTER'] ?? path.join(tmpdir(), `stet-test-${process.getuid?.()}-${checkout}`);
  mkdirSync(folder, { recursive: true, mode: 0o711 });
  return folder;
}

function settingsFor(home: EmbeddedHome, name: string, rolePrefix: string): FreshDatabase['settings'] {
  const databaseUrl = urlFor(home, name, 'stet');
  return { dataFolder: clusterFolder(), databaseUrl, secret, rolePrefix, pool: { writers: 4, readers: 4 } };
}

// The roles are the template's, so they are named, and not left to the started process to make.
function environmentFor(home: EmbeddedHome, name: string, { roles }: Database): Record<string, string> {
  return {
    DATABASE_URL: urlFor(home, name, roles.writer),
    DATABASE_READER_URL: urlFor(home, name, roles.reader),
    DATABASE_DIRECT_URL: urlFor(home, name, 'stet'),
    STET_SECRET: secret,
  };
}

function urlFor(home: EmbeddedHome, name: string, user: string): string {
  return `postgres:///${name}?host=${encodeURIComponent(home.socketFolder)}&user=${user}`;
}

/** The migrated template for exactly these migrations, made by whichever process comes first. The lock ends with the
 *  connection, so that nobody drops the template before the caller copied it. */
async function ensureTemplate(client: pg.Client, home: EmbeddedHome): Promise<string> {
  const migrations = createHash('sha256').update(JSON.stringify(readMigrations())).digest('hex').slice(0, 12);
  const template = `template_${migrations}`;
  await client.query('select pg_advisory_lock(1)');
  if (await exists(client, template)) return template;
  await dropLeftovers(client);
  const draft = `draft_${migrations}`;
  await client.query(`drop database if exists ${draft} with (force)`);
  await client.query(`create database ${draft} template template0`);
  const database = await openDatabase(settingsFor(home, draft, template));
  try {
    await migrateDatabase(database);
  } finally {
    await database.close();
  }
  // Connections that are closing would keep the rename from happening.
  await client.query('select pg_terminate_backend(pid, 5000) from pg_stat_activity where datname = $1', [draft]);
  await client.query(`alter database ${draft} rename to ${template}`);
  return template;
}

/** Drops what killed test processes left, and the templates of earlier migrations. */
async function dropLeftovers(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ datname: string }>(
    `select datname from pg_database d where datname ~ '^(t_\\d+_|template_|draft_)[0-9a-f]+$'
       and not exists (select from pg_stat_activity a where a.datname = d.datname)`,
  );
  for (const { datname } of rows) {
    const pid = Number(/^t_(\d+)_/.exec(datname)?.[1] ?? 0);
    if (pid !== 0 && isAlive(pid)) continue;
    await client.query(`drop database if exists ${pg.escapeIdentifier(datname)}`).catch(() => {});
    if (pid === 0) await dropRoles(client, roleNames(datname)).catch(() => {});
  }
}

async function dropRoles(client: pg.Client, roles: Roles): Promise<void> {
  for (const role of [roles.writer, roles.reader]) {
    await client.query(`drop role if exists ${pg.escapeIdentifier(role)}`);
  }
}

async function exists(client: pg.Client, name: string): Promise<boolean> {
  const { rowCount } = await client.query('select from pg_database where datname = $1', [name]);
  return rowCount === 1;
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

function onServer<T>(home: EmbeddedHome, work: (client: pg.Client) => Promise<T>): Promise<T> {
  return withConnection({ ...home.owner, database: 'postgres' }, work);
}
