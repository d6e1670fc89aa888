import type pg from 'pg';
import { checkServer } from './checks.ts';
import { type ConnectionSettings, endPool, openPool } from './connections.ts';
import { type EmbeddedHome, openEmbedded } from './embedded.ts';
import { explainFailure } from './problem.ts';
import { arrangeAccess, type Roles } from './roles.ts';
import type { StorageSettings } from './settings.ts';
import type { Sql } from './sql.ts';

/** An open database: pools under two roles, and what migrations, LISTEN and backups connect with. */
export interface Database {
  /** Connections that write. Transaction mode: nothing may rely on a connection's state between transactions. */
  readonly writer: pg.Pool;
  /** A few more of the writer's role, for work behind everybody's back: where the disk hangs, what waits there takes no
   *  connection from submissions and desk. */
  readonly background: pg.Pool;
  /** Connections that serve readers; the database refuses them every comment without an approval. */
  readonly reader: pg.Pool;
  /** The names of the two roles, for grants. */
  readonly roles: Roles;
  /** The owner's own connection, past any PgBouncer: migrations, backups, the doctor. */
  readonly owner: ConnectionSettings;
  /** For `listenTo`: past any PgBouncer, since LISTEN is a connection's state. */
  readonly listen: ConnectionSettings;
  /** The embedded server's cluster and socket folders; absent where DATABASE_URL names a server. `notice` is a sentence
   *  for the operator, told once. */
  readonly embedded?:
    | { readonly clusterFolder: string; readonly socketFolder: string; readonly notice?: string | undefined }
    | undefined;
  /** Ends the pools after their queries; the last one to leave an embedded server stops it. Twice is once. */
  close(): Promise<void>;
}

/** Opens the database of the settings: starts or joins the embedded server, makes the two roles where it may, checks
 *  what the promises rest on. Does not migrate (`migrateDatabase` does). Throws a StorageProblem that names the mend. */
export async function openDatabase(settings: StorageSettings): Promise<Database> {
  const home = settings.databaseUrl ? undefined : await openEmbedded(settings);
  try {
    return await openOn(settings, home);
  } catch (error) {
    await home?.leave();
    throw explainFailure(error);
  }
}

// The rounds of this process (mails, retention, second readers, pending verdicts, sorting) use one or two each.
const backgroundConnections = 4;

async function openOn(settings: StorageSettings, home: EmbeddedHome | undefined): Promise<Database> {
  const access = await arrangeAccess(settings, home);
  await checkServer(access, { allowUnsafe: settings.allowUnsafe ?? false });
  const connectMilliseconds = settings.pool?.connectMilliseconds ?? 10_000;
  const times = { connectMilliseconds, queryMilliseconds: settings.pool?.queryMilliseconds };
  const writer = openPool(access.writer, { connections: settings.pool?.writers ?? 8, ...times });
  const background = openPool(access.writer, { connections: backgroundConnections, ...times });
  const reader = openPool(access.reader, { connections: settings.pool?.readers ?? 8, ...times });
  let closing: Promise<void> | undefined;
  const close = async (): Promise<void> => {
    await Promise.all([writer, background, reader].map(endPool));
    await home?.leave();
  };
  return {
    writer,
    background,
    reader,
    roles: access.roles,
    owner: access.owner,
    listen: access.listen,
    embedded: home && { clusterFolder: home.clusterFolder, socketFolder: home.socketFolder, notice: home.notice },
    close: () => (closing ??= close()),
  };
}

/** The rows of one statement, sent unnamed (a PgBouncer in transaction mode keeps no named ones). Throws what the
 *  database answers. */
export async function queryRows<Row>(on: pg.Pool | pg.PoolClient, query: Sql): Promise<Row[]> {
  const result = await on.query<Row & pg.QueryResultRow>(query.text, query.values);
  return result.rows;
}

/** Runs `work` in one transaction and returns what it returns after the commit reached the disk. Rolls back and throws
 *  what `work` throws. A commit that the database turned into a rollback, because `work` swallowed an error, throws too.
 *  A connection that broke is destroyed and not put back. */
export async function inTransaction<T>(pool: pg.Pool, work: (client: pg.PoolClient) => Promise<T>): Promise<T> {
  const client = await pool.connect();
  let broken: Error | undefined;
  // pg-pool listens only while a connection is idle; a loss in the middle of a transaction would end the process.
  const noteLoss = (error: Error): void => void (broken = error);
  client.on('error', noteLoss);
  try {
    await client.query('begin');
    const result = await work(client);
    const { command } = await client.query('commit');
    if (command !== 'COMMIT') throw new Error('The transaction was rolled back: a statement in it had failed.');
    return result;
  } catch (error) {
    await client.query('rollback').catch((failure: Error) => (broken ??= failure));
    throw error;
  } finally {
    client.removeListener('error', noteLoss);
    client.release(broken);
  }
}
