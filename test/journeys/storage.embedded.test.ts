import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, test } from 'node:test';
import { withConnection } from '../../src/storage/connections.ts';
import { type Database, openDatabase } from '../../src/storage/database.ts';
import { temporaryFolder, waitUntil } from '../support/folders.ts';
import { type Running, startNode } from '../support/processes.ts';

const secret = 'a secret of this test';
const storageProcess = new URL('../support/storageProcess.ts', import.meta.url).pathname;

let dataFolder: string;
let removeFolder: () => void;
const opened: Database[] = [];
const started: Running[] = [];

beforeEach(() => {
  ({ folder: dataFolder, remove: removeFolder } = temporaryFolder());
});

afterEach(async () => {
  for (const { child } of started.splice(0)) child.kill('SIGKILL');
  for (const database of opened.splice(0)) await database.close();
  // What a killed process left running is joined once more, and stopped by leaving it.
  if (serverPid() !== undefined) await (await openDatabase({ dataFolder, secret })).close();
  removeFolder();
});

test('what was written is there the next time, and the server stops with the last who leaves', async () => {
  const first = await open();
  await asOwner(first, 'create table kept (word text)', "insert into kept values ('stet')");
  await first.close();
  await first.close();
  assert.equal(serverPid(), undefined);
  const second = await open();
  assert.deepEqual(await asOwner(second, 'select word from kept'), [{ word: 'stet' }]);
});

test('two processes that start on an empty folder at the same moment share one server', async () => {
  const [one, other] = [start(), start()];
  await Promise.all([one.waitFor(/open/), other.waitFor(/open/)]);
  one.child.stdin.end();
  assert.equal((await one.ended).code, 0, one.output());
  assert.notEqual(serverPid(), undefined, 'the other one still uses it');
  other.child.stdin.end();
  assert.equal((await other.ended).code, 0, other.output());
  assert.equal(serverPid(), undefined);
});

test('a process that comes while the last one stops the server gets a server', async () => {
  for (let round = 0; round < 5; round++) {
    const leaving = await open();
    const [next] = await Promise.all([open(), leaving.close()]);
    assert.deepEqual((await next.writer.query('select 1 as one')).rows, [{ one: 1 }]);
    await next.close();
  }
});

test('a start after kill -9 of the process joins the server that still runs', async () => {
  const killed = start();
  await killed.waitFor(/open/);
  const pid = serverPid();
  killed.child.kill('SIGKILL');
  await killed.ended;
  const next = await open();
  assert.equal(serverPid(), pid);
  await next.close();
  assert.equal(serverPid(), undefined);
});

test('after kill -9 of PostgreSQL the next start recovers what was acknowledged', async () => {
  const before = start();
  await before.waitFor(/open/);
  const writing = await open();
  await asOwner(writing, 'create table kept (n int)', 'insert into kept select generate_series(1, 1000)');
  before.child.kill('SIGKILL');
  process.kill(serverPid() ?? 0, 'SIGKILL');
  await before.ended;
  await writing.close();
  const next = await open();
  assert.deepEqual(await asOwner(next, 'select count(*) from kept'), [{ count: 1000 }]);
});

test('a running process gets its server back when PostgreSQL is killed', async () => {
  const database = await open();
  const pid = serverPid() ?? 0;
  process.kill(pid, 'SIGKILL');
  await waitUntil(() => serverPid() !== pid && serverPid() !== undefined, 'the server comes back');
  const rows = await waitUntil(
    () =>
      database.writer.query('select 1 as one').then(
        ({ rows: found }) => found,
        () => undefined,
      ),
    'queries are answered again',
  );
  assert.deepEqual(rows, [{ one: 1 }]);
});

test('a process number that another program got meanwhile does not keep the server from starting', async () => {
  await (await open()).close();
  writeFileSync(path.join(dataFolder, 'postgres/cluster/postmaster.pid'), `${process.pid}\n/nowhere\n`);
  const database = await open();
  assert.notEqual(serverPid(), process.pid);
  await database.close();
});

test('a folder too deep for a socket works, and its copy does not join the server of the original', async () => {
  const deep = path.join(dataFolder, 'a-rather-long-name-of-a-folder/'.repeat(4));
  mkdirSync(deep, { recursive: true, mode: 0o711 });
  const first = await open(deep);
  const second = await open(deep);
  assert.equal(first.embedded?.socketFolder, second.embedded?.socketFolder);
  const copy = path.join(deep, 'copy');
  mkdirSync(path.join(copy, 'postgres'), { recursive: true, mode: 0o711 });
  const record = readFileSync(path.join(deep, 'postgres/socket-folder'));
  writeFileSync(path.join(copy, 'postgres/socket-folder'), record);
  const third = await open(copy);
  assert.notEqual(third.embedded?.socketFolder, first.embedded?.socketFolder);
  for (const database of [third, second, first]) await database.close();
});

test('the server writes to disk, has checksums, listens to no network, and logs no statement', async () => {
  const database = await open();
  const names = 'fsync, full_page_writes, data_checksums, listen_addresses, log_statement, log_min_error_statement';
  const asked = names.split(', ').map((name) => `current_setting('${name}') as ${name}`);
  assert.deepEqual(await asOwner(database, `select ${asked.join(', ')}`), [
    {
      fsync: 'on',
      full_page_writes: 'on',
      data_checksums: 'on',
      listen_addresses: '',
      log_statement: 'none',
      log_min_error_statement: 'panic',
    },
  ]);
  const canary = 'canary-of-a-reader';
  await asOwner(database, 'create table once (word text primary key)', `insert into once values ('${canary}')`);
  await assert.rejects(asOwner(database, `insert into once values ('${canary}')`), /duplicate key/);
  await assert.rejects(asOwner(database, `select '${canary}'::int`), /invalid input/);
  assert.doesNotMatch(readFileSync(path.join(dataFolder, 'postgres/server.log'), 'utf8'), new RegExp(canary));
});

async function open(folder = dataFolder): Promise<Database> {
  const database = await openDatabase({ dataFolder: folder, secret });
  opened.push(database);
  return database;
}

function start(): Running {
  const running = startNode(storageProcess, [dataFolder]);
  started.push(running);
  return running;
}

function serverPid(): number | undefined {
  const file = path.join(dataFolder, 'postgres/cluster/postmaster.pid');
  return existsSync(file) ? Number.parseInt(readFileSync(file, 'utf8'), 10) : undefined;
}

async function asOwner(database: Database, ...statements: string[]): Promise<unknown[]> {
  return await withConnection(database.owner, async (client) => {
    let rows: unknown[] = [];
    for (const statement of statements) ({ rows } = await client.query(statement));
    return rows;
  });
}
