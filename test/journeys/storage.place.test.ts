import assert from 'node:assert/strict';
import { chmodSync, cpSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, test } from 'node:test';
import { type Database, openDatabase } from '../../src/storage/database.ts';
import { listOrphans, locateServer, placesFolder } from '../../src/storage/embedded/place.ts';
import { StorageProblem } from '../../src/storage/problem.ts';
import { temporaryFolder } from '../support/folders.ts';
import { startNode } from '../support/processes.ts';

const skip = process.getuid?.() === 0 ? false : 'shows what happens when root starts Stet in a private folder';
const storageProcess = new URL('../support/storageProcess.ts', import.meta.url).pathname;

let folder: string;
let removeFolder: () => void;
let opened: Database[] = [];
const places = new Set<string>();

beforeEach(() => {
  ({ folder, remove: removeFolder } = temporaryFolder());
  // As /root is on most machines.
  chmodSync(folder, 0o700);
});

afterEach(async () => {
  for (const database of opened) await database.close();
  opened = [];
  for (const place of places) rmSync(place, { recursive: true, force: true });
  places.clear();
  removeFolder();
});

test('root in a private folder gets a database that its own user can reach, and is told once', { skip }, async () => {
  const database = await open('data');
  const place = placeOf('data');
  assert.equal(path.dirname(place), placesFolder);
  assert.equal(statSync(place).mode & 0o777, 0o711);
  assert.equal(statSync(place).uid, 0);
  assert.equal(statSync(path.join(place, 'cluster')).mode & 0o777, 0o700);
  assert.notEqual(statSync(path.join(place, 'cluster')).uid, 0, 'PostgreSQL does not run as root');
  assert.match(database.embedded?.notice ?? '', new RegExp(`cannot reach ${folder}/data.*kept in ${place}`));
  assert.equal(statSync(folder).mode & 0o777, 0o700, 'the private folder stays private');
  const again = await open('data');
  assert.equal(again.embedded?.notice, undefined);
  assert.equal(again.embedded?.clusterFolder, database.embedded?.clusterFolder);
});

test('two first starts at once in a private folder share one database', { skip }, async () => {
  const both = [1, 2].map(() => startNode(storageProcess, [path.join(folder, 'data')]));
  await Promise.all(both.map((each) => each.waitFor(/open/)));
  for (const { child } of both) child.stdin.end();
  for (const each of both) assert.equal((await each.ended).code, 0, each.output());
  placeOf('data');
});

test('a data folder that was deleted begins anew, elsewhere', { skip }, async () => {
  await closeAll(await open('data'));
  const before = placeOf('data');
  rmSync(path.join(folder, 'data'), { recursive: true });
  await open('data');
  assert.notEqual(placeOf('data'), before);
  assert.ok(
    listOrphans().includes(before) && !listOrphans().includes(placeOf('data')),
    'the doctor tells of the old one',
  );
});

test('a data folder that was moved keeps its database, and a copy of it is refused', { skip }, async () => {
  await closeAll(await open('data'));
  const place = placeOf('data');
  cpSync(path.join(folder, 'data'), path.join(folder, 'copy'), { recursive: true });
  const problem = await rejectedBy(open('copy'));
  assert.match(problem.message, /copy is a copy of .*data/);
  assert.match(problem.mend, /copy\/postgres\/location/);
  rmSync(path.join(folder, 'copy'), { recursive: true });
  renameSync(path.join(folder, 'data'), path.join(folder, 'moved'));
  assert.equal((await open('moved')).embedded?.clusterFolder, path.join(place, 'cluster'));
});

test('a database whose folder is gone is never silently an empty one', { skip }, async () => {
  await closeAll(await open('data'));
  rmSync(placeOf('data'), { recursive: true });
  const problem = await rejectedBy(open('data'));
  assert.match(problem.message, /that folder is gone/);
  assert.match(problem.mend, /Restore it from a backup/);
});

test(
  'where no such folder can be made, the start ends in a sentence that names the closed folder',
  { skip },
  async () => {
    const home = path.join(folder, 'data', 'postgres');
    for (const nowhere of ['/proc/stet/places', '/no/such/folder']) {
      const { folders, notice } = await locateServer(path.join(folder, 'data'), nowhere);
      assert.deepEqual([folders.place, notice], [home, undefined]);
    }
    // Not in a folder of which somebody else is the master.
    const shared = path.join(folder, 'shared');
    mkdirSync(shared);
    chmodSync(shared, 0o777);
    assert.equal((await locateServer(path.join(folder, 'data'), shared)).folders.place, home);
    assert.equal(existsSync(path.join(home, 'location')), false);
  },
);

test('a cluster that stands in a folder closed afterwards is not left behind for an empty one', { skip }, async () => {
  chmodSync(folder, 0o711);
  await closeAll(await open('data'));
  chmodSync(folder, 0o700);
  const problem = await rejectedBy(open('data'));
  assert.equal(problem.kind, 'folder');
  assert.match(problem.message, new RegExp(`cannot pass through ${folder} `));
  assert.match(problem.mend, new RegExp(`chmod o\\+x ${folder}`));
});

async function open(name: string): Promise<Database> {
  const database = await openDatabase({ dataFolder: path.join(folder, name), secret: 'a secret of this test' });
  opened.push(database);
  return database;
}

async function closeAll(...databases: Database[]): Promise<void> {
  for (const database of databases) await database.close();
}

function placeOf(name: string): string {
  const [place = ''] = readFileSync(path.join(folder, name, 'postgres', 'location'), 'utf8').split('\n');
  places.add(place);
  return place;
}

async function rejectedBy(promise: Promise<unknown>): Promise<StorageProblem> {
  const problem = await promise.then(
    () => new Error('nothing was refused'),
    (error: unknown) => error,
  );
  assert.ok(problem instanceof StorageProblem, String(problem));
  return problem;
}
