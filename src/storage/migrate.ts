import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import type pg from 'pg';
import { type ConnectionSettings, withConnection } from './connections.ts';
import { explainFailure, StorageProblem } from './problem.ts';
import { grantAnew, lackRights, nameRoles } from './rights.ts';
import type { Roles } from './roles.ts';

/** One numbered file of `migrations/`; `checksum` is the SHA-256 of its bytes in hex. */
export type Migration = { version: number; name: string; text: string; checksum: string };

/** What the schema is against what this Stet needs. */
export type SchemaState = { applied: number[]; missing: number[] };

const folder = new URL('migrations/', import.meta.url);

/** Brings the schema up to date, each file in a transaction of its own, and returns the versions applied now, in order (empty
 *  where there was nothing to do). Roles that are not those of earlier files get their rights. Safe while other processes serve
 *  or migrate. Throws a StorageProblem for a schema of a newer Stet, or for a file that changed after it was applied. */
export async function migrateDatabase(
  database: { owner: ConnectionSettings; roles: Roles },
  migrations: Migration[] = readMigrations(),
): Promise<number[]> {
  return await withConnection(database.owner, async (client) => {
    const applied: number[] = [];
    try {
      await makeSchemaVersion(client);
      for (const migration of migrations) {
        if (await applyOne(client, migration, { roles: database.roles, migrations })) applied.push(migration.version);
      }
      // Also where nothing is to do, a newer schema is found.
      compare(await readApplied(client), migrations);
      if (await lackRights(client, migrations, database.roles)) {
        await inLockedTransaction(client, () => grantAnew(client, migrations, database.roles));
      }
    } catch (error) {
      throw explainFailure(error);
    }
    return applied;
  });
}

/** Which migrations the database has and which it lacks. Throws the same StorageProblems as `migrateDatabase`, and one
 *  for roles that have no rights yet. */
export async function readSchemaState(
  database: { owner: ConnectionSettings; roles: Roles },
  migrations: Migration[] = readMigrations(),
): Promise<SchemaState> {
  return await withConnection(database.owner, async (client) => {
    const { rows } = await client.query<{ there: boolean }>(
      `select to_regclass('schema_version') is not null as there`,
    );
    const applied = rows[0]?.there ? await readApplied(client) : [];
    compare(applied, migrations);
    const versions = applied.map(({ version }) => version);
    const known = migrations.filter(({ version }) => versions.includes(version));
    if (await lackRights(client, known, database.roles)) throw needsGrants(database.roles);
    return {
      applied: versions,
      missing: migrations.map(({ version }) => version).filter((version) => !versions.includes(version)),
    };
  });
}

/** The files of `migrations/` in the order of their numbers. Throws where a number is missing or stands twice. */
export function readMigrations(): Migration[] {
  const names = readdirSync(folder)
    .filter((name) => /^\d{4}_\w+\.sql$/.test(name))
    .sort();
  return names.map((file, index) => {
    const version = Number(file.slice(0, 4));
    if (version !== index + 1) throw new Error(`migrations/${file}: its number should be ${index + 1}`);
    const text = readFileSync(new URL(file, folder), 'utf8');
    const checksum = createHash('sha256').update(text).digest('hex');
    return { version, name: file.slice(5, -4), text, checksum };
  });
}

async function makeSchemaVersion(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ there: boolean }>(`select to_regclass('schema_version') is not null as there`);
  if (rows[0]?.there) return;
  await inLockedTransaction(client, async () => {
    await client.query(
      `create table if not exists schema_version (
         version int primary key,
         name text not null,
         checksum text not null,
         applied_at timestamptz not null default now()
       )`,
    );
  });
}

async function applyOne(
  client: pg.Client,
  migration: Migration,
  { roles, migrations }: { roles: Roles; migrations: Migration[] },
): Promise<boolean> {
  return await inLockedTransaction(client, async () => {
    const applied = await readApplied(client);
    compare(applied, migrations);
    if (applied.some(({ version }) => version === migration.version)) return false;
    await client.query(nameRoles(migration.text, roles));
    await client.query('insert into schema_version (version, name, checksum) values ($1, $2, $3)', [
      migration.version,
      migration.name,
      migration.checksum,
    ]);
    return true;
  });
}

// A lock of the transaction and not of the connection, so that it also holds through a PgBouncer.
async function inLockedTransaction<T>(client: pg.Client, work: () => Promise<T>): Promise<T> {
  await client.query('begin');
  try {
    await client.query(`select pg_advisory_xact_lock(hashtextextended('stet migrations', 0))`);
    const result = await work();
    await client.query('commit');
    return result;
  } catch (error) {
    await client.query('rollback').catch(() => {});
    throw error;
  }
}

type Applied = { version: number; name: string; checksum: string };

async function readApplied(client: pg.Client): Promise<Applied[]> {
  const { rows } = await client.query<Applied>('select version, name, checksum from schema_version order by version');
  return rows;
}

function compare(applied: Applied[], migrations: Migration[]): void {
  const newest = migrations.at(-1)?.version ?? 0;
  const beyond = applied.find(({ version }) => version > newest);
  if (beyond) {
    throw new StorageProblem(
      'newerSchema',
      `The database has the schema ${beyond.version} of a newer Stet, and this one knows ${newest}.`,
      'Run the newer version of Stet, or restore a backup from before its migration.',
    );
  }
  const changed = applied.find((row) => migrations[row.version - 1]?.checksum !== row.checksum);
  if (changed) {
    throw new StorageProblem(
      'changedMigration',
      `The migration ${changed.version} (${changed.name}) was changed after this database had applied it.`,
      'Restore that file as it was released and put the change into a new migration; a database made for trying can be deleted.',
    );
  }
}

function needsGrants({ writer, reader }: Roles): StorageProblem {
  return new StorageProblem(
    'roles',
    `The tables were made for other roles than ${writer} and ${reader}.`,
    'Run `npx stet migrate` (it is safe while servers run), then this command again.',
  );
}
