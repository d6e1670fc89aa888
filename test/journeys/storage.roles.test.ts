import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type pg from 'pg';
import { withConnection } from '../../src/storage/connections.ts';
import { openDatabase } from '../../src/storage/database.ts';
import { StorageProblem } from '../../src/storage/problem.ts';
import { roleNames } from '../../src/storage/roles.ts';
import type { StorageSettings } from '../../src/storage/settings.ts';
import { type FreshDatabase, freshDatabase } from '../support/postgres.ts';

let fresh: FreshDatabase;
let name: string;

before(async () => {
  fresh = await freshDatabase({ migrated: false });
  name = new URL(fresh.settings.databaseUrl).pathname.slice(1);
});
after(async () => {
  await asOwner(`drop owned by ${name}_powerless, ${name}_plain`, `drop role ${name}_powerless, ${name}_plain`);
  await fresh.remove();
});

test('a role that may not create roles ends in a sentence with the statements for an administrator', async () => {
  await asOwner(`create role ${name}_powerless login`);
  const settings = { ...fresh.settings, rolePrefix: 'nobody_made_these', databaseUrl: urlAs(`${name}_powerless`) };
  await assert.rejects(openDatabase(settings), (problem: StorageProblem) => {
    assert.ok(problem instanceof StorageProblem);
    assert.equal(problem.kind, 'roles');
    assert.match(problem.mend, /DATABASE_READER_URL/);
    assert.match(problem.mend, /create role "nobody_made_these_stet_reader" login password/);
    assert.match(problem.mend, /grant connect on database/);
    return true;
  });
});

test("a readers' role that could read everything is refused", async () => {
  const refused = async (readerUrl: string): Promise<void> => {
    await assert.rejects(openDatabase(withReader(readerUrl)), { name: 'StorageProblem', kind: 'roles' });
  };
  await refused(urlAs('stet'));
  await refused(urlAs(`${name}_powerless`));
  await asOwner(`create role ${name}_plain login in role ${name}_powerless`);
  await refused(urlAs(`${name}_plain`));
});

test("a readers' role that is given is used, and none is created", async () => {
  await asOwner(`revoke ${name}_powerless from ${name}_plain`);
  const database = await openDatabase(withReader(urlAs(`${name}_plain`)));
  assert.deepEqual(database.roles, { writer: `${name}_powerless`, reader: `${name}_plain` });
  const { rows } = await database.reader.query('select current_user as role');
  assert.deepEqual(rows, [{ role: `${name}_plain` }]);
  await database.close();
});

test('the roles made here may log in and nothing else, and the two pools use them', async () => {
  const { writer, reader, roles } = fresh.database;
  assert.deepEqual(roles, { writer: `${name}_stet_writer`, reader: `${name}_stet_reader` });
  for (const [pool, role] of [
    [writer, roles.writer],
    [reader, roles.reader],
  ] as const) {
    const { rows } = await pool.query(
      `select rolname, rolsuper or rolcreaterole or rolcreatedb or rolreplication or rolbypassrls as powerful
         from pg_roles where rolname = current_user`,
    );
    assert.deepEqual(rows, [{ rolname: role, powerful: false }]);
  }
});

test('the password is kept as a verifier that PostgreSQL made no plain text of', async () => {
  const [row] = await asOwner(`select rolpassword from pg_authid where rolname = '${name}_stet_reader'`);
  assert.match(String(row?.['rolpassword']), /^SCRAM-SHA-256\$4096:/);
});

test('a long name gives role names that PostgreSQL does not cut, and two long names never the same', () => {
  const [one, other] = [roleNames(`${'ژ'.repeat(31)}a`), roleNames(`${'ژ'.repeat(31)}b`)];
  for (const role of [one.writer, one.reader]) assert.ok(Buffer.byteLength(role) <= 63, role);
  assert.notEqual(one.writer, other.writer);
  assert.match(one.writer, /^ژ+_[0-9a-f]{8}_stet_writer$/);
  assert.equal(roleNames('x'.repeat(51)).writer, `${'x'.repeat(51)}_stet_writer`);
});

function urlAs(user: string): string {
  const url = new URL(fresh.settings.databaseUrl);
  url.searchParams.set('user', user);
  return url.toString();
}

function withReader(readerUrl: string): StorageSettings {
  return { ...fresh.settings, databaseUrl: urlAs(`${name}_powerless`), readerUrl };
}

async function asOwner(...statements: string[]): Promise<Record<string, unknown>[]> {
  return await withConnection(fresh.database.owner, async (client) => {
    let result: pg.QueryResult<Record<string, unknown>> | undefined;
    for (const statement of statements) result = await client.query(statement);
    return result?.rows ?? [];
  });
}
