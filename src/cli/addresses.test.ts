import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, test } from 'node:test';
import { readSettings } from '../config/settings.ts';
import { findPublicUrl, leaveAddress } from './addresses.ts';
import { describeSelf, isLiving } from './processMark.ts';

const standard = 'http://localhost:3000';
let folder: string;

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'stet-addresses-'));
  mkdirSync(path.join(folder, 'servers'));
});
afterEach(() => rmSync(folder, { recursive: true }));

test('what is no note of a living server is passed over and cleared away', async () => {
  const self = describeSelf();
  const wrong = [
    '',
    'null',
    '[]',
    '{"publicUrl":"http://evil.example","since":1',
    JSON.stringify({ publicUrl: 'http://evil.example', since: 1 }),
    JSON.stringify({ publicUrl: 7, since: 1, by: self }),
    // Numbers with which kill(2) means others than one process.
    ...[0, -1, 1.5, 2 ** 53].map((pid) =>
      JSON.stringify({ publicUrl: 'http://evil.example', since: 1, by: { ...self, pid } }),
    ),
    JSON.stringify({ publicUrl: 'http://evil.example', since: 1, by: { ...self, pid: await endedPid() } }),
  ];
  for (const [number, text] of wrong.entries()) plant(`${number}.json`, text);
  assert.equal(await find(), standard);
  assert.deepEqual(readdirSync(path.join(folder, 'servers')), []);
});

test(
  'a process that was given the number of a dead server is not taken for it',
  { skip: process.platform === 'linux' ? false : 'only Linux tells when a process began' },
  async () => {
    plant(
      '1.json',
      JSON.stringify({ publicUrl: 'http://evil.example', since: 1, by: { ...describeSelf(), began: '1' } }),
    );
    assert.equal(await find(), standard);
  },
);

test("another machine's server is believed for a day, and after one of this machine", async () => {
  const by = { machine: 'another machine', pid: process.pid, began: '1' };
  assert.equal(isLiving(by), 'unknown');
  plant('far.json', JSON.stringify({ publicUrl: 'http://far.example', since: Date.now() + 1_000_000, by }));
  assert.equal(await find(), 'http://far.example');
  const take = await leaveAddress(folder, 'http://here.example');
  assert.equal(await find(), 'http://here.example');
  await take();
  assert.equal(await find(), 'http://far.example');
  const twoDaysAgo = new Date(Date.now() - 2 * 86_400_000);
  utimesSync(path.join(folder, 'servers', 'far.json'), twoDaysAgo, twoDaysAgo);
  assert.equal(await find(), standard);
  assert.deepEqual(readdirSync(path.join(folder, 'servers')), []);
});

test('of several addresses the last one left is found, and taking one leaves the others', async () => {
  const takeFirst = await leaveAddress(folder, 'http://first.example');
  plant(
    'older.json',
    JSON.stringify({ publicUrl: 'http://older.example', since: Date.now() - 60_000, by: describeSelf() }),
  );
  assert.equal(await find(), 'http://first.example');
  await takeFirst();
  await takeFirst();
  assert.equal(await find(), 'http://older.example');
});

test('PUBLIC_URL goes before every note', async () => {
  const take = await leaveAddress(folder, 'http://here.example');
  assert.equal(await find({ PUBLIC_URL: 'https://comments.example' }), 'https://comments.example');
  await take();
});

test('without a folder the address is the one a server would have', async () => {
  rmSync(path.join(folder, 'servers'), { recursive: true });
  assert.equal(await find({ PORT: '4000' }), 'http://localhost:4000');
});

function find(environment: Record<string, string> = {}): Promise<string> {
  return findPublicUrl(readSettings({ STET_DATA: folder, ...environment }));
}

function plant(name: string, text: string): void {
  writeFileSync(path.join(folder, 'servers', name), text);
}

async function endedPid(): Promise<number> {
  const child = spawn(process.execPath, ['--version'], { stdio: 'ignore' });
  await once(child, 'exit');
  return child.pid ?? 0;
}
