import pg from 'pg';
import { readColumn } from './columns.ts';
import { explainFailure } from './problem.ts';

/** Whom to connect as, and where. Holds a password: never print it. */
export type ConnectionSettings = pg.ClientConfig;

/** Connection to the database of a URL; with `as`, under another role than the URL's. Throws a StorageProblem for what
 *  is no PostgreSQL URL. */
export function connectionToUrl(url: string, as?: { user: string; password: string }): ConnectionSettings {
  const parsed = URL.parse(url);
  if (!parsed || !/^postgres(ql)?:$/.test(parsed.protocol)) throw explainFailure({ code: 'ERR_INVALID_URL' });
  if (as) {
    // In the query string, because a URL without a host (`postgres:///stet?host=/run/postgresql`) can name no user
    // before the @, and because pg lets the query string win.
    parsed.username = '';
    parsed.password = '';
    parsed.searchParams.set('user', as.user);
    parsed.searchParams.set('password', as.password);
  }
  return { ...connectionManners, connectionString: parsed.toString() };
}

// `application_name` is the only start-up parameter: a PgBouncer refuses those it does not know.
const connectionManners = { application_name: 'stet', types: { getTypeParser: readColumn }, keepAlive: true };

/** Connection to an embedded server through its socket folder; the server trusts whoever reaches the socket. */
export function connectionToSocket(
  folder: string,
  names: { port: number; user: string; database: string },
): ConnectionSettings {
  return { ...connectionManners, ...names, host: folder, password: '', ssl: false };
}

/** A pool that survives the loss of idle connections: the next query opens a new one, or fails and says why. */
export function openPool(
  connection: ConnectionSettings,
  limits: { connections: number; connectMilliseconds: number; queryMilliseconds: number | undefined },
): pg.Pool {
  const pool = new pg.Pool({
    ...connection,
    max: limits.connections,
    connectionTimeoutMillis: limits.connectMilliseconds,
    idleTimeoutMillis: 30_000,
    // Counted here and not by the server (`statement_timeout`), which may be what hangs; nor would a PgBouncer take it.
    ...(limits.queryMilliseconds !== undefined && { query_timeout: limits.queryMilliseconds }),
  });
  // Without a listener the loss of an idle connection would end the process.
  pool.on('error', () => {});
  noteClients(pool);
  return pool;
}

/** Ends a pool after its queries. A server that hangs does not hear the farewell: after five seconds its connections are
 *  cut, so that this process can end. Never throws. */
export async function endPool(pool: pg.Pool): Promise<void> {
  cutLater(openClients.get(pool) ?? new Set());
  await pool.end().catch(() => {});
}

/** Ends a connection, as `endPool` does. */
export async function endClient(client: pg.Client): Promise<void> {
  const cut = cutLater(new Set([client]));
  await client.end().catch(() => {});
  clearTimeout(cut);
}

const farewellMilliseconds = 5_000;

// pg forgets a client as soon as it has said goodbye to it; the open socket then keeps the process.
const openClients = new WeakMap<pg.Pool, Set<pg.Client>>();

function noteClients(pool: pg.Pool): void {
  const clients = new Set<pg.Client>();
  openClients.set(pool, clients);
  pool.on('connect', (client) => {
    clients.add(client);
    client.once('end', () => clients.delete(client));
  });
}

// Keeps no process waiting by itself.
function cutLater(clients: ReadonlySet<pg.Client>): NodeJS.Timeout {
  return setTimeout(() => {
    for (const client of clients) client.connection.stream.destroy();
  }, farewellMilliseconds).unref();
}

/** Runs `work` on a connection of its own and closes it. Throws what `work` throws, and a StorageProblem where no
 *  connection came about within ten seconds. */
export async function withConnection<T>(
  connection: ConnectionSettings,
  work: (client: pg.Client) => Promise<T>,
): Promise<T> {
  const client = await connect(connection);
  try {
    return await work(client);
  } finally {
    await endClient(client);
  }
}

/** An open connection that the caller ends. Its loss is seen by the next query, or by a listener of the caller's own.
 *  Throws a StorageProblem where none came about within ten seconds. */
export async function connect(connection: ConnectionSettings): Promise<pg.Client> {
  const client = new pg.Client({ connectionTimeoutMillis: 10_000, ...connection });
  client.on('error', () => {});
  try {
    await client.connect();
    return client;
  } catch (error) {
    await client.end().catch(() => {});
    throw explainFailure(error);
  }
}
