import assert from 'node:assert/strict';
import { cpSync, existsSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { after, test } from 'node:test';
import { screen } from '../../src/screening/index.ts';
import { temporaryFolder } from '../support/folders.ts';
import { makeInstallation } from '../support/installation.ts';
import { findOnDisk } from '../support/onDisk.ts';
import { connectRaw } from '../support/rawHttp.ts';
import { about, ask, scoreKey, withScores } from '../support/scoring.ts';
import { askAsCoral } from '../support/scoringClients.ts';
import { killAtOnce, startScoreProcess } from '../support/scoringProcess.ts';
import { checkout, runStet } from '../support/stet.ts';

// §10 and of §11: 20 logs, 23 many at once, 24 failures; and what the command does about its settings and its model.
const keys = { STET_SCORE_KEYS: scoreKey };
const { folder, remove } = temporaryFolder();
after(remove);

/** A copy of the checkout whose model is what `change` makes of it. */
function copyCheckout(name: string, change: (model: Buffer) => Buffer | undefined): readonly [string, string] {
  const copy = path.join(folder, name);
  const model = path.join('src', 'screening', 'model', 'weights.bin');
  const original = path.join(checkout, model);
  cpSync(path.join(checkout, 'src'), path.join(copy, 'src'), {
    recursive: true,
    filter: (source) => source !== original,
  });
  cpSync(path.join(checkout, 'package.json'), path.join(copy, 'package.json'));
  symlinkSync(path.join(checkout, 'node_modules'), path.join(copy, 'node_modules'));
  const changed = change(readFileSync(original));
  if (changed) writeFileSync(path.join(copy, model), changed);
  return [process.execPath, path.join(copy, 'src', 'cli', 'main.ts')];
}

test('without keys, or with one that no address can carry, the endpoint does not start and says what to do', async () => {
  for (const [STET_SCORE_KEYS, said] of [
    ['', /STET_SCORE_KEYS is empty/],
    [' , ,', /STET_SCORE_KEYS is empty/],
    ['a key with blanks in it', /holds a key with a blank/],
    [`${scoreKey},schlüssel-der-tests`, /holds a key with a blank/],
  ] as const) {
    const run = await runStet(['serve', '--score-only'], { environment: { STET_SCORE_KEYS, PORT: '0' } });
    assert.deepEqual([run.code, run.stdout], [78, '']);
    assert.match(run.stderr, said);
    assert.equal(run.stderr.trim().split('\n').length, 1);
    assert.ok(!run.stderr.includes(scoreKey));
  }
});

test('settings of the endpoint that do not fit are refused by their name', async () => {
  for (const [name, value] of [
    ['STET_SCORE_PER_MINUTE', '-1'],
    ['STET_SCORE_UNSUPPORTED', 'sometimes'],
    ['STET_SCORE_ORIGINS', 'https://news.example/path'],
  ] as const) {
    const run = await runStet(['serve', '--score-only'], { environment: { ...keys, PORT: '0', [name]: value } });
    assert.equal(run.code, 78);
    assert.ok(run.stderr.includes(`${name} `), run.stderr);
  }
});

test('with a model that is missing, cut off or damaged it refuses to start, in one sentence with the mend', async () => {
  const damage = (model: Buffer): Buffer => {
    const at = model.length >> 1;
    model[at] = (model[at] ?? 0) ^ 1;
    return model;
  };
  for (const [name, change] of [
    ['missing', () => undefined],
    ['empty', () => Buffer.alloc(0)],
    ['cut', (model: Buffer) => model.subarray(0, model.length - 4_096)],
    ['damaged', damage],
  ] as const) {
    const program = copyCheckout(name, change);
    const run = await runStet(['serve', '--score-only'], { program, environment: { ...keys, PORT: '0' } });
    assert.deepEqual([run.code, run.stdout], [78, ''], run.stderr);
    assert.match(run.stderr, /^stet: There is nothing to screen comments with: [^\n]+ Bring it back with [^\n]+\n$/);
  }
});

test('while the engine fails every text is answered 503, and when it works again it is scored again', async () => {
  let broken = true;
  const screenWith: typeof screen = (input, rules) => {
    if (broken) throw new Error(`cannot read ${input.text}`);
    return screen(input, rules);
  };
  await withScores({ screenWith }, async ({ url }) => {
    for (const more of [{}, { spanAnnotations: true }, { languages: ['en', 'de'] }]) {
      const { status, body, headers } = await ask({ url }, about('You idiot.', ['TOXICITY'], more));
      assert.deepEqual([status, body.error?.status, body.attributeScores], [503, 'UNAVAILABLE', undefined]);
      assert.match(headers.get('retry-after') ?? '', /^\d+$/);
    }
    assert.equal((await fetch(`${url}/readyz`)).status, 503);
    assert.equal((await fetch(`${url}/healthz`)).status, 200);
    broken = false;
    assert.equal((await ask({ url }, about('You idiot.'))).status, 200);
    assert.equal((await fetch(`${url}/readyz`)).status, 200);
  });
});

test('an engine that gives no number is a failure and not a score', async () => {
  for (const wrong of [Number.NaN, Number.POSITIVE_INFINITY, -0.1, 1.1]) {
    const screenWith: typeof screen = (input, rules) => {
      const screening = screen(input, rules);
      return { ...screening, scores: { ...screening.scores, toxic: wrong } };
    };
    await withScores({ screenWith }, async ({ url }) => {
      const { status, body } = await ask({ url }, about('You idiot.'));
      assert.deepEqual([status, body.attributeScores], [503, undefined]);
    });
  }
});

test('a process that is killed answers nobody, which Coral takes for unscored, and the next one scores', async () => {
  const first = await startScoreProcess(keys);
  const base = `${first.url}/v1alpha1`;
  assert.ok((await askAsCoral(base, { key: scoreKey, text: 'You idiot.' })).scored);
  await killAtOnce(first);
  assert.deepEqual(await askAsCoral(base, { key: scoreKey, text: 'You idiot.' }), { scored: false, value: 0 });
  const second = await startScoreProcess(keys, { port: first.port });
  assert.ok((await askAsCoral(base, { key: scoreKey, text: 'You idiot.' })).scored);
  assert.equal(await second.stop(), 0);
});

test('64 clients at once each get the answer to their own text', async () => {
  await withScores({}, async ({ url }) => {
    let scored = 0;
    const client = async (number: number): Promise<void> => {
      for (let turn = 0; turn < 8; turn += 1) {
        const clientToken = `token ${number} ${turn}`;
        const isHarsh = (number + turn) % 2 === 0;
        const text = isHarsh ? `You are a stupid idiot, number ${number}.` : `Thank you, number ${number}.`;
        const { status, body, headers } = await ask({ url }, about(text, ['TOXICITY'], { clientToken }));
        if (status === 503) {
          assert.ok(headers.get('retry-after'));
          continue;
        }
        assert.deepEqual([status, body.clientToken], [200, clientToken]);
        scored += 1;
        const value = body.attributeScores?.['TOXICITY']?.summaryScore.value ?? -1;
        assert.equal(value > 0.5, isHarsh, `${text} ${value}`);
        assert.equal(body.attributeScores?.['TOXICITY']?.spanScores[0]?.end, text.length);
      }
    };
    await Promise.all(Array.from({ length: 64 }, (_, number) => client(number)));
    assert.ok(scored > 0, 'somebody was let in');
    assert.equal((await ask({ url }, about('Still there?'))).status, 200);
  });
});

const canary = (word: string): string => `canary${word}q7`;

/** Requests that hold a canary wherever a client can put one, good and bad. */
async function sendCanaries(url: string, key: string): Promise<void> {
  const more = { clientToken: canary('Token'), sessionId: canary('Session'), communityId: canary('Community') };
  const good = about(`You idiot ${canary('Text')}`, ['TOXICITY'], more);
  const query = `quotaUser=${canary('User')}&access_token=${canary('Access')}`;
  for (const body of [good, { ...good, requestedAttributes: { [canary('Name')]: {} } }, `{"${canary('Broken')}`]) {
    await ask({ url, key, query }, body);
    await ask({ url, key, query, path: '/v1alpha1/comments:suggestscore' }, body);
    await ask({ url, key: `${canary('Key')}`, query }, body);
    await ask({ url, key, query, headers: { 'content-type': canary('type') } }, body);
    await ask({ url, key, query, path: `/v1alpha1/${canary('Path')}` }, body);
    await ask({ url, key, query, path: `/v1alpha1/%zz${canary('Path')}` }, body);
  }
  const hangingUp = await connectRaw(url);
  const head = `POST /v1alpha1/comments:analyze?key=${key} HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n`;
  hangingUp.send(`${head}Content-Length: 500\r\n\r\n{"comment":{"text":"${canary('Half')}`);
  hangingUp.socket.destroy();
}

test('no text, key, token or session is in a log or on a disk', async () => {
  const data = path.join(folder, 'data');
  const alone = await startScoreProcess({ ...keys, LOG_LEVEL: 'debug', STET_DATA: data });
  await sendCanaries(alone.url, scoreKey);
  const figures = await (await fetch(`${alone.url}/metrics`)).text();
  assert.equal(await alone.stop(), 0);
  for (const said of [alone.stdout(), alone.stderr(), figures])
    assert.ok(!/canary|a-key-of-the-tests/.test(said), said);
  assert.equal(existsSync(data), false, 'it needs no data folder');

  const installation = makeInstallation({ LOG_LEVEL: 'debug' });
  try {
    const whole = await installation.serve('start');
    const key = (await installation.stet('token', 'add', '--site', 'sample', '--scope', 'score')).trim();
    await sendCanaries(whole.url, key);
    await whole.stop();
    assert.ok(!/canary/.test(whole.output()) && !whole.output().includes(key));
    assert.ok(readdirSync(installation.dataFolder).length > 0);
    for (const word of ['canary', key]) assert.deepEqual(findOnDisk(installation.dataFolder, word), []);
  } finally {
    await installation.remove();
  }
});
