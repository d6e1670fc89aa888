import assert from 'node:assert/strict';
import {
  chmodSync,
  linkSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, test } from 'node:test';
import { openDayKeys } from './dayKeys.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'stet-keys-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const at = (time: string): Date => new Date(`${time}Z`);
const file = (): string => path.join(folder, 'day-keys');
const days = (): string[] => Object.keys(JSON.parse(readFileSync(file(), 'utf8')) as object).toSorted();
const network = '203.0.113.0/24';

test('a key lives on its day and the next, and is gone from memory, the file and its old blocks after that', () => {
  const keys = openDayKeys(folder, at('2026-11-22T00:00:00'));
  const first = keys.nameNetwork(network, at('2026-11-22T23:59:59.999'));
  assert.equal(keys.nameNetwork(network, at('2026-11-22T00:00:00')), first);
  assert.match(first, /^[0-9a-f]{24}$/);
  const second = keys.nameNetwork(network, at('2026-11-23T00:00:00'));
  assert.notEqual(second, first);
  assert.deepEqual(days(), ['2026-11-22', '2026-11-23']);
  // The blocks of the file that is replaced stay readable under another name.
  linkSync(file(), path.join(folder, 'old-blocks'));
  const key = (JSON.parse(readFileSync(file(), 'utf8')) as Record<string, string>)['2026-11-22'] ?? '';
  keys.purge(at('2026-11-24T00:00:00'));
  assert.deepEqual(days(), ['2026-11-23']);
  for (const name of readdirSync(folder))
    assert.equal(readFileSync(path.join(folder, name), 'utf8').includes(key), false, name);
  assert.notEqual(keys.nameNetwork(network, at('2026-11-22T12:00:00')), first);
});

test('opening destroys what the last process left behind', () => {
  openDayKeys(folder, at('2026-11-22T12:00:00')).nameNetwork(network, at('2026-11-22T12:00:00'));
  assert.deepEqual(days(), ['2026-11-22']);
  openDayKeys(folder, at('2026-11-24T00:00:00'));
  assert.deepEqual(days(), []);
});

test('two processes on one folder have one key, also when both meet a new day', () => {
  const [one, two] = [openDayKeys(folder, at('2026-11-22T12:00:00')), openDayKeys(folder, at('2026-11-22T12:00:00'))];
  for (const time of ['2026-11-22T12:00:00', '2026-11-23T00:00:00', '2026-11-24T00:00:00', '2026-11-23T23:59:00']) {
    assert.equal(one.nameNetwork(network, at(time)), two.nameNetwork(network, at(time)), time);
  }
});

test('a restart on the same day names networks alike', () => {
  const name = (): string =>
    openDayKeys(folder, at('2026-11-22T12:00:00')).nameNetwork(network, at('2026-11-22T12:00:00'));
  assert.equal(name(), name());
});

test('the file can be read by its owner alone, whatever stood there before', () => {
  const keys = openDayKeys(folder, at('2026-11-22T12:00:00'));
  keys.nameNetwork(network, at('2026-11-22T12:00:00'));
  assert.equal(statSync(file()).mode & 0o777, 0o600);
  chmodSync(file(), 0o644);
  keys.nameNetwork(network, at('2026-11-23T12:00:00'));
  assert.equal(statSync(file()).mode & 0o777, 0o600);
});

test('a damaged file, and a draft of a process that died, are passed over', () => {
  for (const damaged of ['', 'x', '{"2026-11-22":7}', '[]', '\u0000\u0000\u0000']) {
    writeFileSync(file(), damaged);
    writeFileSync(`${file()}.new`, '{"2026');
    utimesSync(`${file()}.new`, 0, 0);
    const keys = openDayKeys(folder, at('2026-11-22T12:00:00'));
    assert.match(keys.nameNetwork(network, at('2026-11-22T12:00:00')), /^[0-9a-f]{24}$/);
    assert.deepEqual(days(), ['2026-11-22']);
  }
  assert.deepEqual(readdirSync(folder), ['day-keys']);
});
