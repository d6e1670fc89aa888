import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { Discovery } from 'googleapis-common';
import type { AnalyzeBody } from '../support/scoring.ts';
import { about, ask, scoreKey, startScores, type ScoreServer, withScores } from '../support/scoring.ts';
import { askAsCoral, askAsDiscourse, coralModeration } from '../support/scoringClients.ts';
import { askWithPython, findPython } from '../support/scoringPython.ts';
import { startServer, type TestServer } from '../support/server.ts';

// §8, §9 and of §11: 17 suggestscore, 18 both of Google's clients, 21 Coral, 22 Discourse.
let alone: ScoreServer;
let whole: TestServer;
let both: { url: string; key: string }[];

before(async () => {
  alone = await startScores();
  whole = await startServer();
  both = [
    { url: alone.url, key: scoreKey },
    { url: whole.url, key: await whole.token('score') },
  ];
});
after(async () => {
  await alone.stop();
  await whole.stop();
});

const nasty = 'You are a stupid idiot.';
const suggest = '/v1alpha1/comments:suggestscore';

test('what moderators decided in Coral is heard, said back, and kept nowhere', async () => {
  for (const server of both) {
    for (const action of ['APPROVE', 'REJECT'] as const) {
      const { status, body } = await ask({ ...server, path: suggest }, coralModeration(action, nasty));
      assert.deepEqual([status, body], [200, { clientToken: 'comment:c1', detectedLanguages: ['en'] }]);
    }
    const named = { ...coralModeration('REJECT', nasty), languages: ['en'], clientToken: null };
    const { body } = await ask({ ...server, path: suggest }, named);
    assert.deepEqual(body, { detectedLanguages: ['en'], requestedLanguages: ['en'] });
  }
});

test('a suggestion without a text, a score or the ends of a span is refused, and so is one without a key', async () => {
  const good = coralModeration('REJECT', nasty);
  const span = { score: { value: 1 }, begin: 0 };
  for (const body of [
    { ...good, comment: { text: '' } },
    { ...good, comment: null },
    { ...good, attributeScores: {} },
    { ...good, attributeScores: null },
    { ...good, attributeScores: { TOXICITY: {} } },
    { ...good, attributeScores: { TOXICITY: { spanScores: [span] } } },
    { ...good, attributeScores: { TOXICITY: { summaryScore: { value: 'high' } } } },
  ]) {
    assert.equal((await ask({ ...alone, path: suggest }, body)).status, 400, JSON.stringify(body));
  }
  const spans = { ...good, attributeScores: { TOXICITY: { spanScores: [{ ...span, end: 3 }] } } };
  assert.equal((await ask({ ...alone, path: suggest }, spans)).status, 200);
  assert.equal((await ask({ ...alone, key: '', path: suggest }, good)).status, 403);
});

test("Coral's filter scores comments below the root and below a prefix, by whatever attribute it is set to", async () => {
  for (const { url, key } of both) {
    for (const base of [`${url}/v1alpha1`, `${url}/perspective/v1alpha1`]) {
      const harsh = await askAsCoral(base, { key, text: nasty });
      assert.ok(harsh.scored && harsh.value > 0.8, `${harsh.value}`);
      const kind = await askAsCoral(base, { key, text: 'Thank you for the article.' });
      assert.ok(kind.scored && kind.value < 0.5, `${kind.value}`);
      for (const model of ['SEVERE_TOXICITY', 'LIKELY_TO_REJECT', 'STET_ATTACK']) {
        assert.ok((await askAsCoral(base, { key, text: nasty, model })).scored, model);
      }
    }
    const sorani = await askAsCoral(`${url}/v1alpha1`, { key, text: 'ئەم بابەتە زۆر باشە، دەستتان خۆش بێت.' });
    assert.ok(sorani.scored, 'though Coral says that it is English');
  }
});

test('Coral lets on what could not be scored, so that no failure may look like a low score', async () => {
  const failing = (): never => {
    throw new Error('the model is gone');
  };
  await withScores({ screenWith: failing }, async ({ url }) => {
    const judged = await askAsCoral(`${url}/v1alpha1`, { key: scoreKey, text: nasty });
    assert.deepEqual(judged, { scored: false, value: 0 });
  });
  const unscored = await askAsCoral(`${alone.url}/v1alpha1`, { key: 'wrong', text: nasty });
  assert.equal(unscored.scored, false);
});

test("Discourse's plugin reads a score, and its texts of 20 KB fit", async () => {
  for (const { url, key } of both) {
    const scores = await askAsDiscourse(url, { key, text: nasty });
    assert.ok((scores['TOXICITY'] ?? 0) > 0.8);
    const long = await askAsDiscourse(url, { key, text: `${nasty} ${'بابەت '.repeat(4_000)}`, attributes: ['SPAM'] });
    assert.equal(typeof long['SPAM'], 'number');
  }
});

test("Discourse's plugin reads 0.0 out of every error, and every error is JSON", async () => {
  const { url, key } = { url: alone.url, key: scoreKey };
  const errors = [
    { key: 'wrong', text: nasty },
    { key: '', text: nasty },
    { key, text: '' },
    { key, text: ' ' },
    { key, text: nasty, attributes: ['FOO'] },
    { key, text: nasty, attributes: ['FLIRTATION'] },
    { key, text: '12345' },
    { key: `${key}&callback=x`, text: nasty },
  ];
  for (const sent of errors) {
    for (const value of Object.values(await askAsDiscourse(url, sent))) assert.equal(value, 0, JSON.stringify(sent));
  }
  await withScores({ perMinute: 1 }, async (limited) => {
    await ask(limited, about(nasty));
    assert.equal((await askAsDiscourse(limited.url, { key, text: nasty }))['TOXICITY'], 0);
  });
});

test("Google's client for Node makes itself of the discovery document, at the root and below the prefix", async () => {
  for (const prefix of ['', '/perspective']) {
    const create = await new Discovery({}).discoverAPI(`${alone.url}${prefix}/$discovery/rest?version=v1alpha1`);
    const client = create({ auth: scoreKey }, {}) as unknown as GoogleClient;
    const requestBody = about(nasty);
    const { data } = await client.comments.analyze({ requestBody });
    assert.ok((data.attributeScores?.['TOXICITY']?.summaryScore.value ?? 0) > 0.8);
    const heard = await client.comments.suggestscore({ requestBody: coralModeration('REJECT', nasty) });
    assert.equal(heard.data.clientToken, 'comment:c1');
    await assert.rejects(client.comments.analyze({ requestBody: about('') }), /Comment must be non-empty\./);
  }
});

type GoogleClient = {
  comments: Record<'analyze' | 'suggestscore', (call: { requestBody: object }) => Promise<{ data: AnalyzeBody }>>;
};

const python = findPython();

test(
  "Google's client for Python makes itself of the discovery document, and sees the details of an error",
  { skip: python === undefined && 'no Python with googleapiclient is here' },
  async () => {
    for (const prefix of ['', '/perspective']) {
      const found = await askWithPython(python ?? '', {
        url: `${alone.url}${prefix}/$discovery/rest?version=v1alpha1`,
        key: scoreKey,
        good: about(nasty),
        bad: about(nasty, ['FLIRTATION']),
      });
      assert.ok((found.answer.attributeScores?.['TOXICITY']?.summaryScore.value ?? 0) > 0.8);
      assert.equal(found.status, 400);
      assert.equal(found.details[0]?.errorType, 'LANGUAGE_NOT_SUPPORTED_BY_ATTRIBUTE');
    }
  },
);
