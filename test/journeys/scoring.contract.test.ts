import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { attributes } from '../../src/scoring/attributes.ts';
import { findFreePort } from '../support/ports.ts';
import { about, ask, errorKind, scoreKey, startScores, type ScoreServer, withScores } from '../support/scoring.ts';
import { startServer, type TestServer } from '../support/server.ts';

// §4 and §7 of the contract, field by field, on the endpoint alone and on a whole server.
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

const error = (errorType: string, more: object = {}): object => ({ '@type': errorKind, errorType, ...more });
const notGiven = (attribute: string, languages: object): object =>
  error('LANGUAGE_NOT_SUPPORTED_BY_ATTRIBUTE', { languageNotSupportedByAttributeError: { attribute, ...languages } });
const entries = { entries: [{ text: 'above' }] };
const tooLong = 'a'.repeat(23_368);

/** Each body, and the message and details that it is refused with. */
const refusals: readonly [object, string, object[]][] = [
  [about(''), 'Comment must be non-empty.', [error('COMMENT_EMPTY')]],
  [{}, 'Comment must be non-empty.', [error('COMMENT_EMPTY')]],
  [
    about(tooLong),
    'Comment text was too many bytes. Value (23368) exceeded limit (20480).',
    [error('COMMENT_TOO_LONG')],
  ],
  [{ comment: { text: 'a' } }, 'Missing requested_attributes', [error('NO_REQUESTED_ATTRIBUTES')]],
  [about('a', []), 'Missing requested_attributes', [error('NO_REQUESTED_ATTRIBUTES')]],
  [about('a', ['FOO']), 'Unknown requested attribute: FOO', [error('INVALID_REQUEST')]],
  [
    about('Hello there', ['SEXUALLY_EXPLICIT'], { languages: ['om'] }),
    'Attribute SEXUALLY_EXPLICIT does not support request languages: om',
    [notGiven('SEXUALLY_EXPLICIT', { requestedLanguages: ['om'] })],
  ],
  [
    about('Hello my friend, how are you today?', ['FLIRTATION'], { languages: [] }),
    'Attribute FLIRTATION does not support request languages: en',
    [notGiven('FLIRTATION', { detectedLanguages: ['en'] })],
  ],
  [about('12345', ['TOXICITY'], { languages: [] }), 'Unable to detect language', [error('LANGUAGE_DETECTION_FAILED')]],
  [
    { comment: { text: 'a' }, requestedAttributes: { TOXICITY: { scoreType: 'RAW' } } },
    'Requested score type RAW is not supported by attribute TOXICITY',
    [error('INVALID_REQUEST')],
  ],
  [
    { ...about('a'), comment: { text: 'a', type: 'HTML' } },
    "Currently, only 'PLAIN_TEXT' comments are supported",
    [error('INVALID_REQUEST')],
  ],
  [{ ...about('a'), comment: { text: 'a', type: 'WORD' } }, 'Unknown text type', [error('INVALID_REQUEST')]],
  [
    about('a', ['TOXICITY'], { context: { ...entries, articleAndParentComment: { article: { text: 'x' } } } }),
    'Context can have either entries or article_and_parent_comment, but both fields were populated.',
    [error('INVALID_REQUEST')],
  ],
];

test('what is wrong with a request is said with the message, the type and the code that clients look for', async () => {
  for (const server of both) {
    for (const [body, message, details] of refusals) {
      const answer = await ask(server, body);
      assert.deepEqual(
        [answer.status, answer.body],
        [400, { error: { code: 400, message, status: 'INVALID_ARGUMENT', details } }],
      );
    }
  }
});

test('an answer has a span and a summary for each attribute, the languages and the token, and nothing else', async () => {
  for (const server of both) {
    const text = 'You are a stupid idiot.';
    const answer = await ask(server, about(text, ['TOXICITY', 'INSULT'], { clientToken: 'opaque' }));
    assert.equal(answer.status, 200);
    const value = answer.body.attributeScores?.['TOXICITY']?.summaryScore.value ?? -1;
    assert.ok(value > 0.5 && value <= 1, `${value}`);
    const score = { value, type: 'PROBABILITY' };
    const shown = { spanScores: [{ begin: 0, end: text.length, score }], summaryScore: score };
    assert.deepEqual(answer.body, {
      attributeScores: { TOXICITY: shown, INSULT: answer.body.attributeScores?.['INSULT'] },
      languages: ['en'],
      detectedLanguages: ['en'],
      clientToken: 'opaque',
    });
    assert.equal((await ask(server, about(text))).body.clientToken, undefined);
  }
});

test('every attribute that is given has a finite number from 0 to 1, and the same text the same number', async () => {
  const given = attributes.filter(({ from }) => from.length > 0).map(({ name }) => name);
  for (const text of [
    'Thank you for the article.',
    'I will kill you, you fucking bitch. Buy followers at spam.example now!',
  ]) {
    const [first, second] = [await ask(alone, about(text, given)), await ask(alone, about(text, given))];
    assert.deepEqual(Object.keys(first.body.attributeScores ?? {}), given);
    for (const [name, { summaryScore }] of Object.entries(first.body.attributeScores ?? {})) {
      assert.ok(Number.isFinite(summaryScore.value) && summaryScore.value >= 0 && summaryScore.value <= 1, name);
    }
    assert.equal(first.text, second.text);
    const value = (name: string): number => first.body.attributeScores?.[name]?.summaryScore.value ?? -1;
    assert.ok(value('SEVERE_TOXICITY') <= value('TOXICITY'));
    assert.ok(value('LIKELY_TO_REJECT') >= Math.max(value('TOXICITY'), value('SPAM')));
    assert.equal(value('PROFANITY'), Math.max(value('STET_PROFANITY'), value('STET_VULGARITY')));
    for (const name of ['TOXICITY', 'INSULT', 'THREAT']) assert.equal(value(`${name}_EXPERIMENTAL`), value(name));
  }
});

test('the endpoint stands at the root and under /perspective, with the colon as it is or escaped, and redirects nobody', async () => {
  for (const server of both) {
    const paths = ['', '/perspective'].flatMap((prefix) =>
      ['comments:analyze', 'comments%3Aanalyze', 'comments%3aanalyze', 'comments:analyze/'].map(
        (name) => `${prefix}/v1alpha1/${name}`,
      ),
    );
    for (const path of [...paths, '/perspective/v1alpha1//comments:analyze']) {
      assert.equal((await ask({ ...server, path }, about('Hello there.'))).status, 200, path);
    }
  }
});

test('what stands at no address, or answers another method, is a no in the same envelope', async () => {
  for (const server of both) {
    for (const path of [
      '/v1alpha1/comments',
      '/v1alpha1/comments:erase',
      '/perspective/x',
      '/v1alpha1',
      '/perspective?x',
    ]) {
      const answer = await ask({ ...server, path }, about('a'));
      assert.deepEqual([answer.status, answer.body.error?.status], [404, 'NOT_FOUND'], path);
    }
    for (const method of ['GET', 'PUT', 'PATCH', 'DELETE']) {
      const answer = await ask({ ...server, method }, about('a'));
      assert.deepEqual([answer.status, answer.headers.get('allow')], [405, 'POST'], method);
      assert.equal(answer.body.error?.code, 405);
    }
    const malformed = await ask({ ...server, path: '/v1alpha1/%zz' }, about('a'));
    assert.deepEqual([malformed.status, malformed.body.error?.status], [400, 'INVALID_ARGUMENT']);
  }
});

test('clients of the older kind get the list of errors that they read', async () => {
  const legacy = await ask({ ...alone, query: '$.xgafv=1' }, about(''));
  assert.deepEqual(legacy.body.error?.errors, [
    { message: 'Comment must be non-empty.', domain: 'global', reason: 'badRequest' },
  ]);
  assert.equal((await ask({ ...alone, query: '$.xgafv=2' }, about(''))).body.error?.errors, undefined);
  const limited = await ask({ ...alone, key: '', query: '$.xgafv=1' }, about('a'));
  assert.deepEqual(
    limited.body.error?.errors?.map(({ reason }) => reason),
    ['forbidden'],
  );
});

test("what Google's clients put into the query is passed over, and JSONP and other forms are refused", async () => {
  const query =
    'alt=json&prettyPrint=false&fields=attributeScores&quotaUser=u&access_token=t&oauth_token=t&uploadType=x&upload_protocol=raw';
  assert.equal((await ask({ ...alone, query }, about('Hello there.'))).status, 200);
  for (const refused of ['callback=run', 'alt=media', 'alt=proto']) {
    assert.equal((await ask({ ...alone, query: refused }, about('Hello there.'))).status, 400, refused);
  }
});

test('the headers are those of the contract, the model is named, and what is long comes compressed to whoever asks', async () => {
  const wanted = attributes.filter(({ from }) => from.length > 0).map(({ name }) => name);
  const plain = await ask({ ...alone, headers: { 'accept-encoding': 'identity' } }, about('Hello there.', wanted));
  const packed = await ask({ ...alone, headers: { 'accept-encoding': 'gzip' } }, about('Hello there.', wanted));
  for (const { headers } of [plain, packed]) {
    assert.equal(headers.get('content-type'), 'application/json; charset=UTF-8');
    assert.equal(headers.get('cache-control'), 'private, no-store');
    assert.equal(headers.get('x-content-type-options'), 'nosniff');
    assert.match(headers.get('x-stet-model') ?? '', /^[\w.-]+@[\w.-]+$/);
    assert.match(headers.get('vary') ?? '', /accept-encoding/);
    for (const header of ['set-cookie', 'server', 'access-control-allow-origin'])
      assert.equal(headers.get(header), null);
  }
  assert.deepEqual([plain.headers.get('content-encoding'), packed.headers.get('content-encoding')], [null, 'gzip']);
  assert.equal(plain.text, packed.text);
  const unwanted = await ask(
    { ...alone, headers: { 'accept-encoding': 'gzip;q=0, *' } },
    about('Hello there.', wanted),
  );
  assert.equal(unwanted.headers.get('content-encoding'), null);
});

test('the discovery document names the public address, whatever Host a client wrote', async () => {
  const port = await findFreePort();
  await withScores({ publicUrl: 'https://scores.example', port }, async ({ url }) => {
    for (const [path, rootUrl] of [
      ['/$discovery/rest', 'https://scores.example/'],
      ['/%24discovery/rest', 'https://scores.example/'],
      ['/perspective/$discovery/rest', 'https://scores.example/perspective/'],
    ] as const) {
      const headers = { host: 'evil.example', 'x-forwarded-host': 'evil.example' };
      const answer = await ask({ url, path, key: '', query: 'version=v1alpha1', method: 'GET', headers }, {});
      const document = answer.body as { rootUrl?: string; baseUrl?: string; servicePath?: string; auth?: object };
      assert.deepEqual(
        [answer.status, document.rootUrl, document.baseUrl, document.servicePath, document.auth],
        [200, rootUrl, rootUrl, '', undefined],
      );
      assert.ok(!answer.text.includes('evil'));
    }
  });
});

test('the list of attributes says of each what it is made of and in which languages it is given', async () => {
  const answer = await ask({ ...alone, path: '/v1alpha1/attributes', key: '', method: 'GET' }, {});
  const listed =
    (answer.body as { attributes?: { name: string; scores: string[]; languages: object }[] }).attributes ?? [];
  assert.deepEqual(
    listed.map(({ name }) => name),
    attributes.map(({ name }) => name),
  );
  for (const { name, scores, languages } of listed) {
    assert.equal(Object.keys(languages).length > 0, scores.length > 0, name);
  }
});
