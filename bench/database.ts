import { readFileSync } from 'node:fs';
import path from 'node:path';
import pg from 'pg';

/** Where the PostgreSQL is on which both Stet and its peer store. */
export type Server = { host: string; port: number; user: string };

/** What was verified of it. */
export type Durability = {
  version: string;
  synchronousCommit: string;
  fsync: string;
  fullPageWrites: string;
  method: string;
};

/** The embedded server of a running Stet, by the record that PostgreSQL itself keeps in its folder. */
export function findServer(dataFolder: string): Server {
  const lines = readFileSync(path.join(dataFolder, 'postgres', 'cluster', 'postmaster.pid'), 'utf8').split('\n');
  return { port: Number(lines[3]), host: lines[4] ?? '', user: 'stet' };
}

/** Throws unless every commit of the roles that Stet is connected as waits for the disk. */
export async function checkDurability(server: Server): Promise<Durability> {
  const names = ['server_version', 'fsync', 'full_page_writes', 'wal_sync_method'];
  const read = (user: string): Promise<{ name: string; setting: string }[]> =>
    query({ ...server, user }, 'select name, setting from pg_settings where name = any($1)', [
      [...names, 'synchronous_commit'],
    ]);
  const roles = await query<{ role: string }>(
    server,
    `select distinct usename as role from pg_stat_activity where application_name = 'stet' and usename <> $1`,
    [server.user],
  );
  if (roles.length === 0) throw new Error('no server of Stet is connected');
  for (const { role } of roles) {
    const settings = new Map((await read(role)).map(({ name, setting }) => [name, setting]));
    for (const name of ['fsync', 'full_page_writes', 'synchronous_commit']) {
      if (settings.get(name) !== 'on')
        throw new Error(`${name} is ${settings.get(name)} for ${role}: nothing here would be durable`);
    }
  }
  const found = new Map((await read(server.user)).map(({ name, setting }) => [name, setting]));
  const setting = (name: string): string => found.get(name) ?? 'unknown';
  return {
    version: setting('server_version'),
    synchronousCommit: setting('synchronous_commit'),
    fsync: setting('fsync'),
    fullPageWrites: setting('full_page_writes'),
    method: setting('wal_sync_method'),
  };
}

/** How often the write-ahead log was flushed to the disk since the server began. */
export async function countFlushes(server: Server): Promise<number> {
  const [row] = await query<{ flushes: string }>(
    server,
    `select sum(fsyncs) as flushes from pg_stat_io where object = 'wal' and context = 'normal'`,
  );
  return Number(row?.flushes ?? 0);
}

/** The comments that Stet holds of a site, each with its event. */
export async function countStored(server: Server, site: string): Promise<number> {
  const [row] = await query<{ comments: string; events: string }>(
    server,
    `select (select count(*) from comment where site = $1) as comments,
       (select count(*) from event where site = $1 and kind = 'received') as events`,
    [site],
  );
  if (row?.comments !== row?.events) throw new Error(`${row?.comments} comments and ${row?.events} events`);
  return Number(row?.comments);
}

/** Makes an empty database on the server; throws away one that an earlier run left. */
export async function makeDatabase(server: Server, name: string, schema: string): Promise<void> {
  await query(server, `drop database if exists ${name} with (force)`);
  await query(server, `create database ${name}`);
  await query(server, schema, [], name);
}

/** The rows of one statement, as text. */
export async function query<Row extends pg.QueryResultRow>(
  server: Server,
  text: string,
  values: readonly unknown[] = [],
  database = 'stet',
): Promise<Row[]> {
  const client = new pg.Client({ ...server, database });
  await client.connect();
  try {
    const { rows } = values.length > 0 ? await client.query<Row>(text, [...values]) : await client.query<Row>(text);
    return rows;
  } finally {
    await client.end();
  }
}
