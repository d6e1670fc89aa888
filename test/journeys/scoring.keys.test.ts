import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { headsFile, headsFolderOf } from '../../src/contract/ownHeads.ts';
import { addToken, revokeToken } from '../../src/identity/tokens.ts';
import { leaseMilliseconds } from '../../src/record/watch.ts';
import { modelInputs, modelVersion } from '../../src/screening/index.ts';
import {
  about,
  ask,
  scoreKey,
  startScores,
  type ScoreAnswer,
  type ScoreServer,
  withScores,
} from '../support/scoring.ts';
import { waitUntil } from '../support/folders.ts';
import { startServer, type TestServer } from '../support/server.ts';

// §2, and of §11: 4 keys, 19 quota, 25 other origins.
let alone: ScoreServer;
let whole: TestServer;

before(async () => {
  alone = await startScores();
  whole = await startServer();
});
after(async () => {
  await alone.stop();
  await whole.stop();
});

const text = about('Hello there.');
const header = (key: string): Record<string, string> => ({ 'x-goog-api-key': key });

function isInvalid({ status, body }: ScoreAnswer): void {
  assert.deepEqual([status, body.error], [400, invalid]);
}
const invalid = {
  code: 400,
  message: 'API key not valid. Please pass a valid API key.',
  status: 'INVALID_ARGUMENT',
  details: [
    {
      '@type': 'type.googleapis.com/google.rpc.ErrorInfo',
      reason: 'API_KEY_INVALID',
      domain: 'googleapis.com',
      metadata: { service: 'commentanalyzer.googleapis.com' },
    },
  ],
};

test('without a key, or with an empty one, nothing is scored', async () => {
  for (const { url } of [alone, whole]) {
    for (const asking of [{ key: '' }, { key: '', query: 'key=' }, { key: '', headers: header('') }]) {
      const { status, body } = await ask({ url, ...asking }, text);
      assert.deepEqual([status, body.error?.status, body.error?.details], [403, 'PERMISSION_DENIED', undefined]);
      assert.match(body.error?.message ?? '', /^Method doesn't allow unregistered callers/);
    }
  }
});

test('a key that nobody was given opens nothing, whatever it looks like', async () => {
  const wrong = ['x', `${scoreKey}x`, scoreKey.slice(1), scoreKey.toUpperCase(), 'ключ', 'a'.repeat(4_000)];
  for (const key of [...wrong, 'stet_sample_abc', 'stet_', '__proto__']) {
    isInvalid(await ask({ ...alone, key }, text));
    isInvalid(await ask({ url: whole.url, key }, text));
  }
});

test('a token of another scope does not score, and one that scores opens nothing else', async () => {
  isInvalid(await ask({ url: whole.url, key: await whole.token('desk') }, text));
  const key = await whole.token('score');
  const headers = { authorization: `Bearer ${key}` };
  for (const path of ['/api/v1/desk/queue?site=sample', '/api/v1/desk/guidelines']) {
    assert.equal((await whole.fetch(path, { headers })).status, 403, path);
  }
  const bearer = await ask({ url: whole.url, key: '', headers }, text);
  assert.equal(bearer.status, 403, 'Google knows no such header for a key');
});

test('a key works in the query and in the header, and two that differ are refused', async () => {
  const key = await whole.token('score');
  for (const [url, good] of [
    [alone.url, scoreKey],
    [whole.url, key],
  ] as const) {
    const answers = [
      await ask({ url, key: good }, text),
      await ask({ url, key: '', headers: header(good) }, text),
      await ask({ url, key: good, headers: header(good) }, text),
      await ask({ url, key: good, headers: header('another') }, text),
      await ask({ url, key: good, query: 'key=another' }, text),
      await ask({ url, key: 'another', headers: header(good) }, text),
    ];
    assert.deepEqual(
      answers.map(({ status }) => status),
      [200, 200, 200, 400, 400, 400],
    );
    assert.equal(answers[3]?.body.error?.message, 'The request brings more than one API key.');
  }
});

test('a revoked token opens nothing on any server, and its neighbours go on', async () => {
  const other = await whole.another();
  const add = (name: string): Promise<string> =>
    addToken(whole.store, { site: 'sample', scopes: ['score'], name }, whole.now());
  const [lost, kept] = [await add('lost'), await add('kept')];
  await new Promise((resolve) => setTimeout(resolve, leaseMilliseconds));
  for (const url of [whole.url, other.url]) {
    for (const key of [lost, kept]) assert.equal((await ask({ url, key }, text)).status, 200);
  }
  await revokeToken(whole.store, { site: 'sample', program: 'lost' }, whole.now());
  await new Promise((resolve) => setTimeout(resolve, leaseMilliseconds));
  for (const url of [whole.url, other.url]) {
    isInvalid(await ask({ url, key: lost }, text));
    assert.equal((await ask({ url, key: kept }, text)).status, 200);
  }
});

test('a key that asks too much is told when to come back, and another key is not', async () => {
  await withScores({ perMinute: 3, keys: [scoreKey, 'another-key-of-the-tests'] }, async ({ url }) => {
    for (let asked = 0; asked < 3; asked += 1) assert.equal((await ask({ url }, text)).status, 200);
    const { status, body, headers } = await ask({ url }, text);
    const metric = 'Analysis requests (AnalyzeComment)';
    assert.equal(status, 429);
    assert.match(headers.get('retry-after') ?? '', /^([1-9]|[1-5]\d|60)$/);
    assert.equal(
      body.error?.message,
      `Quota exceeded for quota metric '${metric}' and limit '${metric} per minute' of service ` +
        "'commentanalyzer.googleapis.com' for consumer 'key 1'.",
    );
    assert.deepEqual([body.error?.code, body.error?.status], [429, 'RESOURCE_EXHAUSTED']);
    const [info, help] = body.error?.details ?? [];
    assert.equal(info?.['@type'], 'type.googleapis.com/google.rpc.ErrorInfo');
    assert.equal(info?.['reason'], 'RATE_LIMIT_EXCEEDED');
    const metadata = info?.['metadata'] as Record<string, string>;
    assert.equal(metadata['quota_limit'], 'AnalyzeRequestsPerMinutePerProject');
    assert.equal(metadata['quota_limit_value'], '3');
    assert.equal(help?.['@type'], 'type.googleapis.com/google.rpc.Help');
    assert.equal((await ask({ url, key: 'another-key-of-the-tests' }, text)).status, 200);
    assert.ok(!JSON.stringify(body).includes(scoreKey));
  });
});

test('one request counts once, whatever the number of attributes, and an unknown key uses nobody up', async () => {
  await withScores({ perMinute: 2 }, async ({ url }) => {
    for (let asked = 0; asked < 5; asked += 1) isInvalid(await ask({ url, key: 'unknown' }, text));
    const many = about('Hello there.', ['TOXICITY', 'INSULT', 'THREAT', 'PROFANITY']);
    assert.equal((await ask({ url }, many)).status, 200);
    assert.equal((await ask({ url }, many)).status, 200);
    assert.equal((await ask({ url }, many)).status, 429);
  });
});

test("no origin but those that are named may ask from a page, not even a site's own", async () => {
  const preflight = { origin: 'https://page.example', 'access-control-request-method': 'POST' };
  for (const { url } of [alone, whole]) {
    const refused = await ask({ url, method: 'OPTIONS', key: '', headers: preflight }, '');
    assert.equal(refused.status, 405);
    assert.equal(refused.headers.get('access-control-allow-origin'), null);
  }
  const posted = await ask({ ...alone, headers: { origin: 'https://page.example' } }, text);
  assert.equal(posted.headers.get('access-control-allow-origin'), null);
  await withScores({ origins: ['https://page.example'] }, async ({ url }) => {
    const allowed = await ask({ url, method: 'OPTIONS', key: '', headers: preflight }, '');
    assert.deepEqual(
      [allowed.status, allowed.headers.get('access-control-allow-origin'), allowed.headers.get('vary')],
      [204, 'https://page.example', 'origin'],
    );
    const other = { ...preflight, origin: 'https://page.example.evil.example' };
    const refused = await ask({ url, method: 'OPTIONS', key: '', headers: other }, '');
    assert.deepEqual([refused.status, refused.headers.get('access-control-allow-origin')], [405, null]);
  });
});

test("a site's token is answered by the scores that the site has trained, and no other key is", async () => {
  const harmless = about('Thank you for the article.');
  const key = await whole.token('score');
  const scoreOf = ({ body }: ScoreAnswer): number => body.attributeScores?.['TOXICITY']?.summaryScore.value ?? -1;
  // A token is known to a server a moment after it was made.
  const before = await waitUntil(async () => {
    const answer = await ask({ url: whole.url, key }, harmless);
    return answer.status === 200 ? answer : undefined;
  }, 'the token is known');
  const folder = path.join(whole.dataFolder, headsFolderOf('sample'));
  mkdirSync(folder, { recursive: true });
  const weights = [...Array.from({ length: modelInputs() }, () => 0), 9];
  const heads = { en: { toxic: { weights, rows: 100, breaches: 50 } } };
  writeFileSync(path.join(folder, headsFile), JSON.stringify({ format: 1, base: modelVersion(), heads }));
  whole.pass(1);
  const after = await ask({ url: whole.url, key }, harmless);
  assert.ok(scoreOf(before) < 0.5 && scoreOf(after) > 0.5, `${scoreOf(before)} and ${scoreOf(after)}`);
  assert.match(after.headers.get('x-stet-model') ?? '', /^[\w.-]+@[\w.-]+\+own$/);
  assert.equal(scoreOf(await ask(alone, harmless)), scoreOf(before));
});
