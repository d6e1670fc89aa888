import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readSettings, SettingsProblem } from './settings.ts';

const given = { STET_READER_URL: 'https://models.example/v1', STET_READER_MODEL: 'small' };

function problemOf(environment: Record<string, string>): string {
  try {
    readSettings(environment);
    return '';
  } catch (error) {
    assert.ok(error instanceof SettingsProblem);
    return error.message;
  }
}

test('a second reader is reached over https or on this machine, and its address holds no secret', () => {
  for (const url of [
    'http://models.example/v1',
    'http://10.0.0.7:11434/v1',
    'http://127.0.0.1.example/v1',
    'http://localhost.example/v1',
    'http://0.0.0.0:11434/v1',
    'https://user:password@models.example/v1',
    'https://models.example/v1?key=secret',
    'https://models.example/v1#secret',
    'ftp://models.example/v1',
    'file:///etc/passwd',
    'models.example',
  ]) {
    const problem = problemOf({ ...given, STET_READER_URL: url });
    assert.match(problem, /STET_READER_URL does not fit/, url);
    assert.doesNotMatch(problem, /secret|password@/);
  }
  for (const [url, read] of [
    ['https://models.example/v1/', 'https://models.example/v1'],
    ['http://localhost:11434/v1', 'http://localhost:11434/v1'],
    ['http://127.0.0.1:8000/v1', 'http://127.0.0.1:8000/v1'],
    ['http://[::1]:8080', 'http://[::1]:8080'],
  ] as const) {
    assert.equal(readSettings({ ...given, STET_READER_URL: url }).chatReader?.url, read);
  }
});

test('a second reader that is half named is refused, and so are numbers and keys that do not fit', () => {
  const bad: [Record<string, string>, RegExp][] = [
    [{ STET_READER_URL: given.STET_READER_URL }, /STET_READER_MODEL is missing/],
    [{ STET_READER_MODEL: 'small' }, /STET_READER_URL is missing/],
    [{ STET_READER_KEY: 'sk-secret' }, /STET_READER_URL is missing/],
    [{ ...given, STET_READER_KEY: 'sk-secret\r\nx: y' }, /STET_READER_KEY/],
    [{ ...given, STET_READER_KEY: 'sk secret' }, /STET_READER_KEY/],
    [{ ...given, STET_READER_TIMEOUT: '20s' }, /STET_READER_TIMEOUT/],
    [{ ...given, STET_READER_TIMEOUT: '0' }, /STET_READER_TIMEOUT/],
    [{ ...given, STET_READER_DAILY: '-1' }, /STET_READER_DAILY/],
  ];
  for (const [environment, words] of bad) {
    assert.match(problemOf(environment), words);
    assert.doesNotMatch(problemOf(environment), /secret/);
  }
});

test('without a word about second readers there is none, and what is not said has its standard', () => {
  const { chatReader, onnxFolder } = readSettings({});
  assert.deepEqual([chatReader, onnxFolder], [undefined, undefined]);
  assert.deepEqual(readSettings({ ...given, STET_READER_KEY: '' }).chatReader, {
    url: 'https://models.example/v1',
    model: 'small',
    key: undefined,
    timeoutMilliseconds: 20_000,
    daily: 1000,
  });
});
