import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { attributes } from '../../src/scoring/attributes.ts';
import { detectLanguage, screen } from '../../src/screening/index.ts';
import {
  about,
  ask,
  errorTypeOf,
  scoreKey,
  startScores,
  type ScoreAnswer,
  type ScoreServer,
  withScores,
} from '../support/scoring.ts';
import { startServer, type TestServer } from '../support/server.ts';

// §11 of the contract: 5 to 12, texts, languages, attributes and thresholds. Where nothing differs by it, on both servers.
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
const sorani = 'ئەم بابەتە زۆر باشە، دەستتان خۆش بێت بۆ نووسینی.';
const arabic = 'شكرا على هذا المقال المفيد، ولكن ينقصه رأي السكان.';

function valueOf({ body }: ScoreAnswer, name = 'TOXICITY'): number | undefined {
  return body.attributeScores?.[name]?.summaryScore.value;
}

test('a text of 20,481 bytes is refused and one of 20,480 is read, in ASCII, Arabic and emoji', async () => {
  // By their bytes: one, two and four.
  for (const character of ['a', 'ب', '😀']) {
    const bytes = Buffer.byteLength(character);
    const fits = `${'a '.repeat(20)}${character.repeat((20_480 - 40) / bytes)}`;
    assert.equal(Buffer.byteLength(fits), 20_480);
    for (const server of both) {
      assert.equal((await ask(server, about(fits, ['SPAM']))).status, 200, character);
      const refused = await ask(server, about(`${fits}a`, ['SPAM']));
      assert.deepEqual([refused.status, errorTypeOf(refused)], [400, 'COMMENT_TOO_LONG'], character);
      assert.match(refused.body.error?.message ?? '', /Value \(20481\) exceeded limit \(20480\)/);
    }
  }
});

test('20,480 Arabic characters, which a client that counts characters lets through, are refused by their bytes', async () => {
  const refused = await ask(alone, about('ب'.repeat(20_480)));
  assert.equal(refused.status, 400);
  assert.match(refused.body.error?.message ?? '', /Value \(40960\) exceeded limit \(20480\)/);
});

test('a text of which nothing can be seen is empty, and one with NUL or a lone surrogate is refused', async () => {
  for (const server of both) {
    for (const text of ['', ' ', '\n\t \u00a0', '\u200b\u200e\u2060', '\u0007']) {
      const refused = await ask(server, about(text));
      assert.deepEqual([refused.status, errorTypeOf(refused)], [400, 'COMMENT_EMPTY'], JSON.stringify(text));
    }
    for (const text of ['a\u0000b', '\u0000 fine']) {
      assert.equal((await ask(server, about(text))).status, 400, JSON.stringify(text));
    }
    for (const escaped of ['\\ud83d', 'a \\udc00 b', '\\ud83d\\ud83d']) {
      const body = JSON.stringify(about('TEXT')).replace('TEXT', escaped);
      assert.equal((await ask(server, body)).status, 400, escaped);
    }
  }
});

test('a body that is not UTF-8 is refused', async () => {
  const [start = '', end = ''] = JSON.stringify(about('TEXT')).split('TEXT');
  for (const bytes of [[0xff], [0xc0, 0x80], [0xed, 0xa0, 0x80], [0xf5, 0x80, 0x80, 0x80], [0xe2, 0x82]]) {
    const body = Buffer.concat([Buffer.from(start), Buffer.from(bytes), Buffer.from(end)]);
    for (const server of both) assert.equal((await ask(server, body)).status, 400, bytes.join());
  }
});

test('spans are in UTF-16 code units of the text as it was sent, whatever stands before', async () => {
  for (const before of ['😀😀 Fine. ', 'سڵاو. ', '  \n']) {
    const text = `${before}${nasty}`;
    const plain = await ask(alone, about(text, ['INSULT']));
    const [all] = plain.body.attributeScores?.['INSULT']?.spanScores ?? [];
    assert.deepEqual([all?.begin, all?.end], [0, text.length]);
    const { body } = await ask(alone, about(text, ['INSULT'], { spanAnnotations: true }));
    const spans = body.attributeScores?.['INSULT']?.spanScores ?? [];
    const worst = spans.toSorted((a, b) => b.score.value - a.score.value)[0];
    assert.equal(text.slice(worst?.begin, worst?.end), nasty, before);
    for (const { begin, end, score } of spans) {
      assert.ok(begin >= 0 && begin < end && end <= text.length);
      assert.ok(score.value >= 0 && score.value <= 1 && score.type === 'PROBABILITY');
    }
  }
});

test('a text of a thousand sentences has no more than 64 spans, which cover all of them', async () => {
  const text = 'Yes. '.repeat(1_000).trim();
  const { body } = await ask(alone, about(text, ['TOXICITY'], { spanAnnotations: true }));
  const spans = body.attributeScores?.['TOXICITY']?.spanScores ?? [];
  assert.ok(spans.length > 1 && spans.length <= 64, String(spans.length));
  assert.deepEqual([spans[0]?.begin, spans.at(-1)?.end], [0, text.length]);
});

test('without a language, or with an empty list, the text is read in the one that it is in', async () => {
  for (const text of [nasty, sorani, arabic, 'Das ist ein sehr guter Artikel, vielen Dank dafür.']) {
    const detected = detectLanguage(text);
    for (const languages of [undefined, [], null]) {
      const { status, body } = await ask(alone, about(text, ['THREAT'], { languages }));
      assert.deepEqual([status, body.languages, body.detectedLanguages], [200, [detected], [detected]], text);
    }
  }
});

test('a language that nobody knows is refused by its name, and each of two has to be known', async () => {
  for (const languages of [['xx'], ['en', 'om'], ['klingon'], ['']]) {
    const refused = await ask(alone, about(nasty, ['TOXICITY'], { languages }));
    const wrong = languages.at(-1);
    assert.deepEqual([refused.status, errorTypeOf(refused)], [400, 'LANGUAGE_NOT_SUPPORTED_BY_ATTRIBUTE']);
    assert.equal(refused.body.error?.message, `Attribute TOXICITY does not support request languages: ${wrong}`);
  }
  const { status, body } = await ask(alone, about(nasty, ['TOXICITY'], { languages: ['en', 'de'] }));
  assert.deepEqual([status, body.languages], [200, ['en', 'de']]);
});

test('a text in two languages has the higher score of both readings', async () => {
  const scoreIn = async (...languages: string[]): Promise<number> =>
    valueOf(await ask(alone, about(nasty, ['TOXICITY'], { languages }))) ?? -1;
  assert.equal(await scoreIn('en', 'de'), Math.max(await scoreIn('en'), await scoreIn('de')));
});

test('tags of BCP 47 are understood, and come back as they were sent', async () => {
  for (const [tag, text] of [
    ['ckb-IQ', sorani],
    ['ku-Arab-IQ', sorani],
    ['ar-EG', arabic],
    ['en-US', nasty],
    ['EN', nasty],
    ['en_GB', nasty],
  ] as const) {
    const { status, body } = await ask(alone, about(text, ['TOXICITY'], { languages: [tag] }));
    assert.deepEqual([status, body.languages], [200, [tag]], tag);
  }
  assert.equal((await ask(alone, about(nasty, ['TOXICITY'], { languages: ['hi-Latn'] }))).status, 400);
});

test('Arabic and Sorani that Coral calls English are read as what they are', async () => {
  for (const [text, language] of [
    [sorani, 'ckb'],
    [arabic, 'ar'],
  ] as const) {
    const { status, body } = await ask(alone, about(text, ['TOXICITY'], { languages: ['en'] }));
    assert.deepEqual([status, body.languages, body.detectedLanguages], [200, ['en'], [language]]);
    const own = await ask(alone, about(text, ['TOXICITY'], { languages: [language] }));
    assert.equal(body.attributeScores?.['TOXICITY']?.summaryScore.value, valueOf(own));
  }
});

test('a client that drops the attribute it was refused and asks again comes to an end', async () => {
  let left = attributes.map(({ name }) => name).toSorted((a, b) => a.localeCompare(b));
  const given = new Set(attributes.filter(({ from }) => from.length > 0).map(({ name }) => name));
  const expected = left.filter((name) => !given.has(name));
  const dropped: string[] = [];
  for (;;) {
    const answer = await ask(alone, about(nasty, left));
    if (answer.status === 200) break;
    const error = answer.body.error?.details?.[0]?.['languageNotSupportedByAttributeError'] as { attribute: string };
    assert.ok(left.includes(error.attribute), `${error.attribute} twice`);
    dropped.push(error.attribute);
    left = left.filter((name) => name !== error.attribute);
  }
  assert.deepEqual(dropped, expected, 'in the order of the request');
});

test('where the operator says so, what is not given in a language is left out and not refused', async () => {
  await withScores({ unsupported: 'omit' }, async ({ url }) => {
    const { status, body } = await ask({ url }, about(nasty, ['FLIRTATION', 'TOXICITY']));
    assert.deepEqual([status, Object.keys(body.attributeScores ?? {})], [200, ['TOXICITY']]);
    assert.equal((await ask({ url }, about(nasty, ['FOO']))).status, 400, 'a name that none has is still refused');
  });
});

test('a score that the engine does not give is never made up', async () => {
  const withoutAttack: typeof screen = (input, rules) => {
    const { scores, ...screening } = screen(input, rules);
    const { attack: _, ...left } = scores;
    return { ...screening, scores: left };
  };
  await withScores({ screenWith: withoutAttack }, async ({ url }) => {
    const refused = await ask({ url }, about(nasty, ['TOXICITY', 'INSULT']));
    assert.deepEqual([refused.status, errorTypeOf(refused)], [400, 'LANGUAGE_NOT_SUPPORTED_BY_ATTRIBUTE']);
    assert.equal(valueOf(refused), undefined);
    assert.equal((await ask({ url }, about(nasty, ['THREAT']))).status, 200);
  });
});

test('scores below a threshold are left out with their attribute; one that is no number is refused', async () => {
  const text = 'This is a silly plan.';
  const value = valueOf(await ask(alone, about(text))) ?? -1;
  assert.ok(value > 0.001 && value < 0.999, `${value}`);
  const given = async (scoreThreshold: unknown): Promise<number | boolean> => {
    const body = { ...about(text), requestedAttributes: { TOXICITY: { scoreThreshold } } };
    const answer = await ask(alone, body);
    return answer.status === 200 ? 'TOXICITY' in (answer.body.attributeScores ?? {}) : answer.status;
  };
  assert.equal(await given(0.5), value >= 0.5);
  for (const threshold of [0, -1, value, `${value}`, value / 2, null]) assert.equal(await given(threshold), true);
  for (const threshold of [1, value + 0.0005, 7]) assert.equal(await given(threshold), false, `${threshold}`);
  for (const threshold of ['NaN', 'Infinity', 'high', '', true, {}]) assert.equal(await given(threshold), 400);
  const bare = JSON.stringify(about(text)).replace('"TOXICITY":{}', '"TOXICITY":{"scoreThreshold":NaN}');
  assert.equal((await ask(alone, bare)).status, 400);
});

test('an unknown attribute among known ones refuses the request and names it', async () => {
  for (const server of both) {
    for (const names of [
      ['TOXICITY', 'FOO'],
      ['FOO', 'TOXICITY', 'BAR'],
      ['toxicity', 'FOO'],
    ]) {
      const refused = await ask(server, about(nasty, names));
      const wrong = names.find((name) => name !== 'TOXICITY');
      assert.deepEqual([refused.status, errorTypeOf(refused)], [400, 'INVALID_REQUEST']);
      assert.equal(refused.body.error?.message, `Unknown requested attribute: ${wrong}`);
    }
  }
});
