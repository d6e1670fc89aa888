import assert from 'node:assert/strict';
import { existsSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { withConnection } from '../../src/storage/connections.ts';
import { openDatabase } from '../../src/storage/database.ts';
import { type EmbeddedHome, openEmbedded } from '../../src/storage/embedded.ts';
import { migrateDatabase, readMigrations } from '../../src/storage/migrate.ts';
import { temporaryFolder } from '../support/folders.ts';

// The oldest server that Stet supports, with passwords asked for, as a hosted database has it.
const binaries = process.env['STET_TEST_POSTGRES'] ?? '/usr/lib/postgresql/15/bin';
const leftOut = existsSync(path.join(binaries, 'initdb'))
  ? false
  : `no PostgreSQL 15 in ${binaries}; STET_TEST_POSTGRES names a folder with initdb and postgres`;

let home: EmbeddedHome;
let dataFolder: string;
let removeFolder: () => void;

before(async () => {
  if (leftOut) return;
  ({ folder: dataFolder, remove: removeFolder } = temporaryFolder());
  home = await openEmbedded({ dataFolder, binaries });
  writeFileSync(path.join(home.clusterFolder, 'pg_hba.conf'), 'local all stet trust\nlocal all all scram-sha-256\n');
  await asOwner('select pg_reload_conf()');
});
after(async () => {
  if (leftOut) return;
  await home.leave();
  removeFolder();
});

test('the migrations run on the oldest supported PostgreSQL', { skip: leftOut }, async () => {
  const [row] = await asOwner(`select current_setting('server_version_num')::int / 10000 as major`);
  assert.ok(Number(row?.['major']) >= 15);
  const database = await openDatabase(settings());
  assert.deepEqual(
    await migrateDatabase(database),
    readMigrations().map(({ version }) => version),
  );
  assert.deepEqual(await migrateDatabase(database), []);
  await database.close();
});

test(
  'the two roles enter with the password derived from the secret, also after the secret changed',
  { skip: leftOut },
  async () => {
    for (const secret of ['the first secret', 'another secret']) {
      const database = await openDatabase({ ...settings(), secret });
      const { rows } = await database.reader.query('select current_user as role');
      assert.deepEqual(rows, [{ role: database.roles.reader }]);
      await database.close();
    }
  },
);

test('a wrong password ends in a sentence that does not hold it', { skip: leftOut }, async () => {
  await asOwner(`create role guest login password 'right'`);
  const databaseUrl = `${settings().databaseUrl}&user=guest&password=a-wrong-one`;
  await assert.rejects(
    openDatabase({ ...settings(), databaseUrl }),
    (problem: Error & { kind: string; mend: string }) => {
      assert.equal(problem.kind, 'denied');
      assert.doesNotMatch(problem.message + problem.mend + problem.stack, /a-wrong-one/);
      return true;
    },
  );
});

function settings(): { dataFolder: string; databaseUrl: string; secret: string } {
  const databaseUrl = `postgres:///stet?host=${encodeURIComponent(home.socketFolder)}&user=stet`;
  return { dataFolder, databaseUrl, secret: 'another secret' };
}

async function asOwner(statement: string): Promise<Record<string, unknown>[]> {
  return await withConnection(home.owner, async (client) => (await client.query(statement)).rows);
}
