import assert from 'node:assert/strict';
import { afterEach, beforeEach, test } from 'node:test';
import { withConnection } from '../../src/storage/connections.ts';
import { openDatabase } from '../../src/storage/database.ts';
import { type Migration, migrateDatabase, readMigrations, readSchemaState } from '../../src/storage/migrate.ts';
import { type FreshDatabase, freshDatabase } from '../support/postgres.ts';

let fresh: FreshDatabase;

beforeEach(async () => {
  fresh = await freshDatabase({ migrated: false });
});
afterEach(() => fresh.remove());

test('a schema of a newer Stet is not touched', async () => {
  await migrateDatabase(fresh.database, [first, second]);
  const older = migrateDatabase(fresh.database, [first]);
  await assert.rejects(older, { name: 'StorageProblem', kind: 'newerSchema' });
  await assert.rejects(readSchemaState(fresh.database, [first]), { kind: 'newerSchema' });
});

test('a released file that was changed is reported', async () => {
  await migrateDatabase(fresh.database, [first]);
  const changed = { ...first, checksum: 'of another text' };
  await assert.rejects(migrateDatabase(fresh.database, [changed, second]), { kind: 'changedMigration' });
  assert.deepEqual((await readSchemaState(fresh.database, [first, second])).missing, [2]);
});

test('a file that fails leaves nothing of itself, and those before it stay', async () => {
  const broken = { ...second, text: 'create table half (n int); select 1 / 0' };
  await assert.rejects(migrateDatabase(fresh.database, [first, broken]), /division by zero/);
  assert.deepEqual(await readSchemaState(fresh.database, [first, second]), { applied: [1], missing: [2] });
  assert.deepEqual(await migrateDatabase(fresh.database, [first, second]), [2]);
});

test('four starts at once apply each file once', async () => {
  const all = await Promise.all([1, 2, 3, 4].map(() => migrateDatabase(fresh.database, [first, second])));
  assert.deepEqual(all.flat().sort(), [1, 2]);
});

test('the second run has nothing to do', async () => {
  const versions = readMigrations().map(({ version }) => version);
  assert.deepEqual(await migrateDatabase(fresh.database), versions);
  assert.deepEqual(await migrateDatabase(fresh.database), []);
  assert.deepEqual(await readSchemaState(fresh.database), { applied: versions, missing: [] });
});

test('the placeholders name the roles of this database', async () => {
  await migrateDatabase(fresh.database, [first, second]);
  assert.deepEqual((await fresh.database.reader.query('select * from kept')).rows, []);
  await assert.rejects(fresh.database.reader.query('insert into kept values (1)'), { code: '42501' });
  await fresh.database.writer.query('insert into kept values (1)');
});

test('a server that does not keep what it acknowledged is refused, unless that is wanted', async () => {
  const { writer } = fresh.database.roles;
  await withConnection(fresh.database.owner, (client) =>
    client.query(`alter role ${writer} set synchronous_commit = off`),
  );
  await assert.rejects(openDatabase(fresh.settings), { kind: 'unsafe', message: /synchronous_commit/ });
  await (await openDatabase({ ...fresh.settings, allowUnsafe: true })).close();
});

const first: Migration = { version: 1, name: 'kept', checksum: 'one', text: 'create table kept (n int)' };
const second: Migration = {
  version: 2,
  name: 'rights',
  checksum: 'two',
  text: 'grant insert on kept to {{writer}}; grant select on kept to {{reader}}',
};
