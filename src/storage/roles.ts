import { createHash, createHmac } from 'node:crypto';
import pg from 'pg';
import { type ConnectionSettings, connectionToUrl, withConnection } from './connections.ts';
import type { EmbeddedHome } from './embedded.ts';
import { explainFailure, readFailure, StorageProblem } from './problem.ts';
import { scramVerifier } from './scram.ts';
import type { StorageSettings } from './settings.ts';

/** The names of the two roles that the product's pools connect as, unquoted. */
export type Roles = { writer: string; reader: string };

/** Who connects as whom, and where. */
export type Access = {
  owner: ConnectionSettings;
  writer: ConnectionSettings;
  reader: ConnectionSettings;
  listen: ConnectionSettings;
  roles: Roles;
};

/** Arranges the two roles: made here where the owner may, taken from `readerUrl` where it is given. The reader is never
 *  one that could read what the writer reads. Throws a StorageProblem with the statements an administrator can run. */
export async function arrangeAccess(settings: StorageSettings, home: EmbeddedHome | undefined): Promise<Access> {
  if (home) {
    const roles = await makeRoles(home.owner, settings);
    const as = (user: string): ConnectionSettings => ({ ...home.owner, user });
    const writer = as(roles.writer);
    return { owner: home.owner, writer, reader: as(roles.reader), listen: writer, roles };
  }
  const databaseUrl = settings.databaseUrl ?? '';
  const directUrl = settings.directUrl ?? databaseUrl;
  const owner = connectionToUrl(directUrl);
  if (settings.readerUrl) return await takeGivenRoles({ databaseUrl, directUrl, readerUrl: settings.readerUrl });
  const roles = await makeRoles(owner, settings);
  const to = (url: string, user: string): ConnectionSettings =>
    connectionToUrl(url, { user, password: rolePassword(settings.secret, user) });
  const access = {
    owner,
    writer: to(databaseUrl, roles.writer),
    reader: to(databaseUrl, roles.reader),
    listen: to(directUrl, roles.writer),
    roles,
  };
  await enter(access, settings.secret);
  return access;
}

async function takeGivenRoles(urls: { databaseUrl: string; directUrl: string; readerUrl: string }): Promise<Access> {
  const writer = connectionToUrl(urls.databaseUrl);
  const reader = connectionToUrl(urls.readerUrl);
  const roles = { writer: await currentRole(writer), reader: await currentRole(reader) };
  const [row] = await withConnection(reader, async (client) => {
    const answer = await client.query<{ powerful: boolean }>(
      `select rolsuper or pg_has_role(current_user, $1, 'member')
           or coalesce(has_any_column_privilege(current_user, to_regclass('comment'), 'select'), false)
           or exists (select from pg_roles where rolname = 'pg_read_all_data' and pg_has_role(current_user, oid, 'usage'))
           as powerful
         from pg_roles where rolname = current_user`,
      [roles.writer],
    );
    return answer.rows;
  });
  if (row?.powerful !== false) {
    throw new StorageProblem(
      'roles',
      `The role of DATABASE_READER_URL (${roles.reader}) could read comments that nobody approved.`,
      `Give DATABASE_READER_URL a role of its own that is neither superuser nor a member of ${roles.writer}.`,
    );
  }
  const direct = connectionToUrl(urls.directUrl);
  return { owner: direct, writer, reader, listen: direct, roles };
}

async function currentRole(connection: ConnectionSettings): Promise<string> {
  return await withConnection(connection, async (client) => {
    const { rows } = await client.query<{ role: string }>('select current_user as role');
    return rows[0]?.role ?? '';
  });
}

async function makeRoles(owner: ConnectionSettings, settings: StorageSettings): Promise<Roles> {
  return await withConnection(owner, async (client) => {
    const { rows } = await client.query<{ database: string; may: boolean }>(
      `select current_database() as database, rolsuper or rolcreaterole as may
         from pg_roles where rolname = current_user`,
    );
    const database = rows[0]?.database ?? '';
    const roles = roleNames(settings.rolePrefix ?? database);
    const existing = await client.query<{ rolname: string }>('select rolname from pg_roles where rolname = any($1)', [
      [roles.writer, roles.reader],
    ]);
    if (existing.rows.length === 2) return roles;
    if (!rows[0]?.may) throw await needsReaderUrl(client, roles.reader);
    await createRoles(client, roles, settings.secret);
    return roles;
  });
}

/** The two role names for a database, at most 63 bytes each as PostgreSQL wants; a long name is cut at a character and
 *  made unmistakable by a hash. */
export function roleNames(prefix: string): Roles {
  const longest = 63 - '_stet_writer'.length;
  let begin = prefix;
  if (Buffer.byteLength(prefix) > longest) {
    const hash = createHash('sha256').update(prefix).digest('hex').slice(0, 8);
    const characters = [...prefix];
    while (Buffer.byteLength(characters.join('')) > longest - 9) characters.pop();
    begin = `${characters.join('')}_${hash}`;
  }
  return { writer: `${begin}_stet_writer`, reader: `${begin}_stet_reader` };
}

async function createRoles(client: pg.Client, roles: Roles, secret: string): Promise<void> {
  await client.query('begin');
  // Two processes that start at once would both find no role; the second waits here and finds it.
  await client.query(`select pg_advisory_xact_lock(hashtextextended('stet roles', 0))`);
  for (const role of [roles.writer, roles.reader]) {
    const name = pg.escapeIdentifier(role);
    const password = `login password ${pg.escapeLiteral(roleVerifier(secret, role))}`;
    // The attributes only where the role is made: to name them again takes a superuser, even where nothing changes.
    if (await hasRole(client, role)) await client.query(`alter role ${name} ${password}`);
    else await client.query(`create role ${name} nosuperuser nocreatedb nocreaterole noreplication ${password}`);
  }
  await client.query('commit');
}

// The password of a role made under an earlier secret is set anew, once.
async function enter(access: Access, secret: string): Promise<void> {
  try {
    await currentRole(access.writer);
    await currentRole(access.reader);
  } catch (error) {
    if (!(error instanceof StorageProblem) || error.kind !== 'denied') throw error;
    await withConnection(access.owner, async (client) => {
      try {
        await createRoles(client, access.roles, secret);
      } catch (refused) {
        await client.query('rollback');
        if (readFailure(refused).code === '42501') throw await needsReaderUrl(client, access.roles.reader);
        throw explainFailure(refused);
      }
    });
    await enterAgain(access);
  }
}

async function enterAgain(access: Access): Promise<void> {
  try {
    await currentRole(access.writer);
    await currentRole(access.reader);
  } catch (error) {
    if (!(error instanceof StorageProblem) || error.kind !== 'denied') throw error;
    throw new StorageProblem(
      'roles',
      `The database does not let the roles ${access.roles.writer} and ${access.roles.reader} in, which Stet made.`,
      'Let pg_hba.conf accept them with scram-sha-256, and a PgBouncer look them up (auth_query), or give roles of your ' +
        'own in DATABASE_URL, DATABASE_READER_URL and DATABASE_DIRECT_URL.',
    );
  }
}

// The statements are ones that work as they stand: of an administrator who ran them before, the role is there already.
async function needsReaderUrl(client: pg.Client, reader: string): Promise<StorageProblem> {
  const verb = (await hasRole(client, reader)) ? 'alter' : 'create';
  const { rows } = await client.query<{ database: string }>('select current_database() as database');
  const role = pg.escapeIdentifier(reader);
  return new StorageProblem(
    'roles',
    'The role of DATABASE_URL may not create the role that serves readers, which must not see held comments.',
    `Let an administrator run: ${verb} role ${role} login password '…'; grant connect on database ` +
      `${pg.escapeIdentifier(rows[0]?.database ?? '')} to ${role}; and set DATABASE_READER_URL to that role's address.`,
  );
}

async function hasRole(client: pg.Client, role: string): Promise<boolean> {
  const { rowCount } = await client.query('select from pg_roles where rolname = $1', [role]);
  return rowCount === 1;
}

function rolePassword(secret: string, role: string): string {
  return createHmac('sha256', secret).update(`stet database role ${role}`).digest('base64url');
}

function roleVerifier(secret: string, role: string): string {
  const salt = createHmac('sha256', secret).update(`stet database salt ${role}`).digest().subarray(0, 16);
  return scramVerifier(rolePassword(secret, role), salt);
}
