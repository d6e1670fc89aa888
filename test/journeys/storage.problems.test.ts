import assert from 'node:assert/strict';
import {
  chmodSync,
  chownSync,
  mkdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs';
import { cp } from 'node:fs/promises';
import { createServer } from 'node:net';
import path from 'node:path';
import { after, afterEach, before, beforeEach, test } from 'node:test';
import { once } from 'node:events';
import { withConnection } from '../../src/storage/connections.ts';
import { openDatabase } from '../../src/storage/database.ts';
import { prepareDataFolder, readSecret } from '../../src/storage/dataFolder.ts';
import { chooseAccount, runAs } from '../../src/storage/embedded/account.ts';
import { findBinaries, findPackage } from '../../src/storage/embedded/binaries.ts';
import { StorageProblem } from '../../src/storage/problem.ts';
import { temporaryFolder } from '../support/folders.ts';
import { type FreshDatabase, freshDatabase } from '../support/postgres.ts';
import { startNode } from '../support/processes.ts';

const asRoot = process.getuid?.() === 0;
const nobody = 65534;
const onlyRoot = asRoot ? false : 'shows what happens when root starts Stet';
const storageProcess = new URL('../support/storageProcess.ts', import.meta.url).pathname;

let fresh: FreshDatabase;
let folder: string;
let removeFolder: () => void;

before(async () => {
  fresh = await freshDatabase({ migrated: false });
});
after(() => fresh.remove());
beforeEach(() => {
  ({ folder, remove: removeFolder } = temporaryFolder());
});
afterEach(() => {
  chmodSync(folder, 0o711);
  removeFolder();
});

test('a database that cannot be reached is a sentence with its mend and an exit code', async () => {
  await refusedWith('postgres://stet@127.0.0.1:1/stet', 'unreachable', /DATABASE_URL/);
  await refusedWith('postgres://stet@no-such-host.invalid/stet', 'unreachable', /DATABASE_URL/);
  await refusedWith('postgres:///stet?host=/nowhere', 'unreachable', /DATABASE_URL/);
});

test('an address where something else answers is a sentence too', async () => {
  const web = createServer((socket) => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n')).listen(0, '127.0.0.1');
  await once(web, 'listening');
  const address = web.address();
  const port = typeof address === 'object' ? address?.port : undefined;
  await refusedWith(`postgres://stet:secret@127.0.0.1:${port}/stet`, 'unreachable', /DATABASE_URL/);
  web.close();
});

test('an address that is none never shows the password in it', async () => {
  for (const url of ['localhost:5432', 'mysql://stet:hush@host/x', 'postgres://stet:hush@ho st:99999999/x', ' ']) {
    const problem = await refusedWith(url, 'address', /postgres:\/\/user:password@host/);
    assert.doesNotMatch(`${problem.stack} ${problem.mend}`, /hush/);
  }
});

test('a database that does not exist is named as missing', async () => {
  const url = new URL(fresh.settings.databaseUrl);
  url.pathname = '/no_such_database';
  await refusedWith(url.toString(), 'missing', /create database/i);
});

test('a database that is not UTF8 is refused', async () => {
  const name = `${new URL(fresh.settings.databaseUrl).pathname.slice(1)}_latin`;
  const url = new URL(fresh.settings.databaseUrl);
  url.pathname = `/${name}`;
  await withConnection(fresh.database.owner, async (client) => {
    await client.query(`create database ${name} encoding 'LATIN1' locale 'C' locale_provider libc template template0`);
  });
  await refusedWith(url.toString(), 'address', /UTF8/);
  await withConnection(fresh.database.owner, async (client) => {
    await client.query(`drop database ${name} with (force)`);
    await client.query(`drop role "${name}_stet_writer", "${name}_stet_reader"`);
  });
});

test('a data folder that cannot be written to is named', async () => {
  writeFileSync(path.join(folder, 'file'), '');
  const problem = await rejectedBy(prepareDataFolder(path.join(folder, 'file', 'data')));
  assert.equal(problem.kind, 'folder');
  assert.match(problem.mend, /STET_DATA/);
});

test('a data folder of a newer Stet is left alone', async () => {
  writeFileSync(path.join(folder, 'version'), '2\n');
  const problem = await rejectedBy(openDatabase({ dataFolder: folder, secret: 'x' }));
  assert.equal(problem.kind, 'newerSchema');
});

test('the secret is made once, for its owner alone, also by two at once', async () => {
  const [one, other] = await Promise.all([readSecret(folder), readSecret(folder)]);
  assert.equal(one, other);
  assert.match(one, /^[\w-]{43}$/);
  assert.equal(statSync(path.join(folder, 'secret')).mode & 0o777, 0o600);
  assert.equal(readFileSync(path.join(folder, 'secret'), 'utf8'), one);
});

test(
  'an ordinary user starts the embedded server, and a user without a name is told so',
  { skip: onlyRoot },
  async (t) => {
    if (runAs({ uid: nobody, gid: nobody, name: 'nobody' }, process.execPath, ['-v']).status !== 0) {
      return t.skip('other users cannot reach this checkout');
    }
    chownSync(folder, nobody, nobody);
    const named = startNode(storageProcess, [folder], { uid: nobody, gid: nobody, cwd: '/' });
    named.child.stdin.end();
    assert.equal((await named.ended).code, 0, named.output());
    assert.match(named.output(), /open\nclosed/);
    const unnamed = startNode(storageProcess, [folder], { uid: 54321, gid: 54321, cwd: '/' });
    assert.equal((await unnamed.ended).code, 73, unnamed.output());
    chownSync(folder, 54321, 54321);
    chmodSync(folder, 0o777);
    const other = startNode(storageProcess, [path.join(folder, 'own')], { uid: 54321, gid: 54321, cwd: '/' });
    assert.equal((await other.ended).code, 70, other.output());
    assert.match(other.output(), /54321 has no entry in \/etc\/passwd/);
  },
);

test("binaries that the server's user cannot reach, or that cannot be linked, are copied", async () => {
  const closed = path.join(folder, 'checkout');
  mkdirSync(closed);
  await cp(findPackage().native, path.join(closed, 'native'), { recursive: true, verbatimSymlinks: true });
  const missing = path.join(closed, 'native/lib/libpq.so.5');
  unlinkSync(missing);
  // For root it is the private folder that keeps the server's user out; for others a folder that takes no link.
  if (asRoot) chmodSync(closed, 0o700);
  else chmodSync(path.dirname(missing), 0o500);
  const account = chooseAccount(path.join(folder, 'cluster'));
  const found = await findBinaries(account, folder, { native: path.join(closed, 'native'), version: '0' });
  assert.equal(found, path.join(folder, 'binaries-0', 'bin'));
  assert.equal(await findBinaries(account, folder, { native: path.join(closed, 'native'), version: '0' }), found);
  if (!asRoot) chmodSync(path.dirname(missing), 0o700);
});

test("a link under the name of the server's log is not followed", async () => {
  mkdirSync(path.join(folder, 'postgres'), { mode: 0o711 });
  writeFileSync(path.join(folder, 'precious'), 'kept');
  symlinkSync(path.join(folder, 'precious'), path.join(folder, 'postgres/server.log'));
  await assert.rejects(openDatabase({ dataFolder: folder, secret: 'x' }));
  assert.equal(readFileSync(path.join(folder, 'precious'), 'utf8'), 'kept');
});

async function refusedWith(databaseUrl: string, kind: string, mend: RegExp): Promise<StorageProblem> {
  const problem = await rejectedBy(openDatabase({ ...fresh.settings, databaseUrl, rolePrefix: undefined }));
  assert.equal(problem.kind, kind, `${databaseUrl}: ${problem.message}`);
  assert.match(problem.mend, mend);
  assert.ok(problem.exitCode > 0);
  return problem;
}

async function rejectedBy(promise: Promise<unknown>): Promise<StorageProblem> {
  const problem = await promise.then(
    () => new Error('nothing was refused'),
    (error: unknown) => error,
  );
  assert.ok(problem instanceof StorageProblem, String(problem));
  return problem;
}
