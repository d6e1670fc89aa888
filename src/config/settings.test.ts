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

test('an identity provider is named whole, encrypted unless it is on this machine, or not at all', () => {
  const provider = { OIDC_ISSUER: 'https://id.example/realms/news', OIDC_CLIENT_ID: 'stet', OIDC_CLIENT_SECRET: 'x y' };
  const read = (more: Record<string, string>) => readSettings({ ...provider, ...more }).oidc;
  const wrongs: Record<string, string>[] = [
    { OIDC_ISSUER: '' },
    { OIDC_ISSUER: 'http://id.example' },
    { OIDC_ISSUER: 'http://127.0.0.1.example' },
    { OIDC_ISSUER: 'https://user:password@id.example' },
    { OIDC_ISSUER: 'https://id.example/?realm=news' },
    { OIDC_CLIENT_ID: '' },
    { OIDC_CLIENT_SECRET: '' },
    { OIDC_CLIENT_SECRET: 'x\ny' },
    { OIDC_NAME: 'x'.repeat(61) },
  ];
  for (const wrong of wrongs) {
    assert.throws(() => read(wrong), { name: 'SettingsProblem', message: /^OIDC_/ }, JSON.stringify(wrong));
  }
  assert.equal(readSettings({}).oidc, undefined);
  assert.deepEqual(read({}), {
    issuer: 'https://id.example/realms/news',
    clientId: 'stet',
    clientSecret: 'x y',
    name: 'id.example',
  });
  assert.equal(read({ OIDC_ISSUER: 'http://127.0.0.1:4000', OIDC_NAME: 'The House' })?.name, 'The House');
});

test('the providers of readers are named by the keys of sites, each whole, or the server does not start', () => {
  const read = (written: string) => readSettings({ READER_OIDC: written }).readerOidc;
  const provider = { issuer: 'https://id.example', clientId: 'stet' };
  const wrongs: object[] = [
    { courier: { ...provider, issuer: 'http://id.example' } },
    { courier: { ...provider, issuer: undefined } },
    { courier: { ...provider, clientId: '' } },
    { courier: { ...provider, clientSecret: 'x\ny' } },
    { courier: { ...provider, clientSecrets: 'misspelt' } },
    { courier: { ...provider, nameClaim: '' } },
    { 'The Courier': provider },
    { courier: 'https://id.example' },
    [provider],
  ];
  for (const wrong of ['courier', ...wrongs.map((one) => JSON.stringify(one))]) {
    assert.throws(() => read(wrong), { name: 'SettingsProblem', message: /READER_OIDC/ }, wrong);
  }
  assert.equal(read('')?.size, 0);
  const courier = { ...provider, clientSecret: 'x y', nameClaim: 'nickname' };
  assert.deepEqual(read(JSON.stringify({ courier }))?.get('courier'), courier);
  assert.equal(read(JSON.stringify({ courier: provider }))?.get('courier')?.nameClaim, 'name');
});
