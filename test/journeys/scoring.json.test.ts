import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { about, ask, scoreKey, startScores, type ScoreServer, withScores } from '../support/scoring.ts';
import { startServer, type TestServer } from '../support/server.ts';

// §3 and of §11: 13 to 16, the bodies. JSON is read by the room itself, so both servers have to refuse alike.
const bombs = path.join(import.meta.dirname, '../../../shared/corpora/bombs');
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

const good = JSON.stringify(about('Hello there.'));

test("names that JavaScript knows are names like any other: unknown attributes, and nobody's properties", async () => {
  for (const name of ['__proto__', 'constructor', 'toString', 'hasOwnProperty', 'valueOf', '']) {
    const body = `{"comment":{"text":"Hello there."},"requestedAttributes":{"${name}":{}}}`;
    for (const server of both) {
      const { status, body: answer } = await ask(server, body);
      assert.deepEqual([status, answer.error?.message], [400, `Unknown requested attribute: ${name}`]);
    }
  }
  const polluting = good.replace('{', '{"__proto__":{"text":"x"},"constructor":{"prototype":{"polluted":1}},');
  assert.equal((await ask(alone, polluting)).status, 200);
  assert.equal(({} as { polluted?: number }).polluted, undefined);
});

test('names may be in snake_case, enumerations numbers, and null is unset', async () => {
  const snake = JSON.stringify({
    comment: { text: 'Hello there. You idiot.', type: 1 },
    requested_attributes: { TOXICITY: { score_type: 1, score_threshold: null } },
    languages: ['en'],
    span_annotations: true,
    do_not_store: true,
    client_token: 'one',
    session_id: null,
    community_id: 'x',
    context: null,
  });
  const { status, body } = await ask(alone, snake);
  assert.equal(status, 200);
  assert.deepEqual([body.attributeScores?.['TOXICITY']?.spanScores.length, body.clientToken], [2, 'one']);
  const twice = good.replace('{', '{"client_token":"a","clientToken":"b",');
  assert.equal((await ask(alone, twice)).status, 400, 'one field under both of its names');
});

test('fields that nobody knows are passed over and counted', async () => {
  await withScores({}, async ({ url }) => {
    const body = { ...about('Hello there.'), newer: { field: [1] }, comment: { text: 'Hello there.', tone: 'kind' } };
    assert.equal((await ask({ url }, body)).status, 200);
    const figures = await (await fetch(`${url}/metrics`)).text();
    assert.match(figures, /^stet_scoring_unknown_fields_total 2$/m);
    assert.match(figures, /^stet_scoring_answers_total\{call="analyze",status="200"\} 1$/m);
    assert.ok(!/tone|Hello|newer/.test(figures));
  });
});

test('what is no JSON is refused, and not repeated in the answer', async () => {
  const broken = [
    '{',
    '[]',
    '"canaryq7"',
    '1',
    'null',
    'true',
    '{comment: {text: "canaryq7"}}',
    "{'comment': {'text': 'canaryq7'}}",
    `${good}x`,
    `${good}${good}`,
    `\ufeff${good}`,
    good.replace('}', ',}'),
    good.replace('"Hello there."', '"a\nb"'),
    good.replace('"Hello there."', '"\\x41"'),
    good.replace('"Hello there."', '01'),
    good.replace('"Hello there."', 'NaN'),
    `/* canaryq7 */${good}`,
    '\u0000',
    'comment=canaryq7',
  ];
  for (const body of broken) {
    for (const server of both) {
      const answer = await ask(server, body);
      assert.deepEqual([answer.status, answer.body.error?.status], [400, 'INVALID_ARGUMENT'], body);
      assert.match(answer.body.error?.message ?? '', /^Invalid JSON payload received\. /, body);
      assert.equal(answer.body.error?.details?.[0]?.['@type'], 'type.googleapis.com/google.rpc.BadRequest');
      assert.ok(!answer.text.includes('canaryq7'), body);
    }
  }
  assert.equal((await ask(alone, '')).body.error?.message, 'Comment must be non-empty.', 'nothing is an empty message');
});

test('a value of the wrong kind is refused, with the place where it stands', async () => {
  const wrong: readonly [object, string][] = [
    [{ comment: 'text' }, 'comment'],
    [{ comment: { text: 7 } }, 'comment.text'],
    [{ comment: [] }, 'comment'],
    [{ ...about('a'), requestedAttributes: ['TOXICITY'] }, 'requestedAttributes'],
    [{ ...about('a'), requestedAttributes: { TOXICITY: 'yes' } }, 'requestedAttributes[0]'],
    [{ ...about('a'), languages: 'en' }, 'languages'],
    [{ ...about('a'), languages: [null] }, 'languages[0]'],
    [{ ...about('a'), spanAnnotations: 'true' }, 'spanAnnotations'],
    [{ ...about('a'), clientToken: 5 }, 'clientToken'],
    [{ ...about('a'), context: { entries: {} } }, 'context.entries'],
  ];
  for (const [body, place] of wrong) {
    const answer = await ask(alone, body);
    const [detail] = answer.body.error?.details ?? [];
    const [violation] = (detail?.['fieldViolations'] ?? []) as { field: string }[];
    assert.deepEqual([answer.status, violation?.field], [400, place]);
  }
});

test('keys given twice, depths without end and numbers without end are read or refused, and never break anything', async () => {
  const deep = 50_000;
  const bodies = [
    good.replace('{', '{"comment":{"text":"first"},'),
    `{"context":${'['.repeat(deep)}${']'.repeat(deep)},${good.slice(1)}`,
    `{"x":${'{"a":'.repeat(deep / 2)}1${'}'.repeat(deep / 2)},${good.slice(1)}`,
    `{"x":${'['.repeat(deep)}`,
    good.replace('{', `{"x":${'9'.repeat(10_000)},`),
    good.replace('{', '{"x":1e999999,'),
    good.replace('{', '{"x":-0.0e-999999,'),
    good.replace('{}', '{"scoreThreshold":1e400}'),
    JSON.stringify(
      about(
        'Hello.',
        Array.from({ length: 65 }, (_, at) => `A${at}`),
      ),
    ),
    JSON.stringify(about('Hello.', ['TOXICITY'], { languages: Array.from({ length: 5_000 }, () => 'en') })),
    JSON.stringify({
      ...about('Hello.'),
      ...Object.fromEntries(Array.from({ length: 9_000 }, (_, at) => [`f${at}`, at])),
    }),
  ];
  for (const body of bodies) {
    for (const server of both) {
      const { status } = await ask(server, body);
      assert.ok(status === 200 || status === 400, `${status}: ${body.slice(0, 60)}`);
    }
  }
  assert.equal((await ask(alone, good)).status, 200);
});

test('a body beyond 256 KB is refused in the same envelope', async () => {
  const large = JSON.stringify(about('Hello.', ['TOXICITY'], { sessionId: 's'.repeat(262_144) }));
  for (const server of both) {
    const answer = await ask(server, large);
    assert.deepEqual([answer.status, answer.body.error?.code], [413, 413]);
  }
  const escaped = `{"comment":{"text":"${'\\u0061'.repeat(20_480)}"},"requestedAttributes":{"SPAM":{}}}`;
  assert.equal((await ask(alone, escaped)).status, 200, 'the longest text, every character escaped');
});

test('a body that was compressed is refused without being unpacked', async () => {
  for (const server of both) {
    const headers = { 'content-encoding': 'gzip' };
    assert.equal((await ask({ ...server, headers }, gzipSync(good))).status, 415);
    assert.equal((await ask(server, gzipSync(good))).status, 400, 'nor read when it does not say so');
  }
});

test(
  'a small body that would unpack to 10 MiB is refused as quickly',
  { skip: existsSync(bombs) ? false : `${bombs} is not here` },
  async () => {
    for (const file of readdirSync(bombs)) {
      const body = readFileSync(path.join(bombs, file));
      for (const encoding of ['gzip', 'br', 'deflate', 'gzip, gzip', 'identity;q=1']) {
        const { status } = await ask({ ...alone, headers: { 'content-encoding': encoding } }, body);
        assert.equal(status, 415, `${file} as ${encoding}`);
      }
    }
  },
);

test('JSON is taken under its own name or none, and a form, which any page can send, is not', async () => {
  for (const type of ['application/json', 'application/json; charset=utf-8', 'APPLICATION/JSON']) {
    assert.equal((await ask({ ...alone, headers: { 'content-type': type } }, good)).status, 200, type);
  }
  for (const type of ['application/x-www-form-urlencoded', 'text/plain', 'multipart/form-data; boundary=x', 'x']) {
    for (const server of both) {
      assert.equal((await ask({ ...server, headers: { 'content-type': type } }, good)).status, 415, type);
    }
  }
  const bytes = new TextEncoder().encode(good);
  for (const { url, key } of both) {
    const unnamed = await fetch(`${url}/v1alpha1/comments:analyze?key=${key}`, { method: 'POST', body: bytes });
    assert.equal(unnamed.status, 200);
  }
});
