import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { listAddresses } from '../support/addresses.ts';
import { askRaw } from '../support/rawHttp.ts';
import { startServer, type TestServer } from '../support/server.ts';

const bombs = path.join(import.meta.dirname, '../../../shared/corpora/bombs');
const comments = '/api/v1/sites/sample/stories/welcome/comments';
const json = 'application/json';
const form = 'application/x-www-form-urlencoded';
const good = JSON.stringify({ name: 'Ada', text: 'The ferry is late again.' });

let server: TestServer;

before(async () => {
  server = await startServer();
});
after(() => server.stop());

test('only JSON and plain forms are understood, whatever else they are said to be', async () => {
  const types = [
    'text/plain',
    'text/json',
    'application/xml',
    'multipart/form-data; boundary=x',
    'application/jsonx',
    'application/ld+json',
    'application/json-patch+json',
    'application/octet-stream',
    'json',
    'application/json/x',
    '*/*',
    '',
  ];
  for (const type of types) assert.deepEqual(await answerTo(good, type), [415, 'media_type_unknown'], type);
  for (const type of [json, 'APPLICATION/JSON', 'application/json; charset=utf-8', ' application/json']) {
    assert.equal((await answerTo(good, type))[0], 202, type);
  }
});

test(
  'a body that was compressed is refused without being unpacked',
  { skip: existsSync(bombs) ? false : `${bombs} is not here` },
  async () => {
    const encodings: Record<string, string> = { gz: 'gzip', br: 'br', zz: 'deflate' };
    for (const file of readdirSync(bombs)) {
      const body = readFileSync(path.join(bombs, file));
      const encoding = encodings[path.extname(file).slice(1)] ?? 'gzip';
      for (const [type, header] of [
        [json, encoding],
        [form, encoding],
        [json, encoding.toUpperCase()],
        [json, `${encoding}, ${encoding}`],
      ] as const) {
        assert.deepEqual(await answerTo(body, type, { 'content-encoding': header }), [415, 'media_type_unknown'], file);
      }
      // Not said to be compressed it is what it is: no text.
      assert.deepEqual(
        await answerTo(body, json),
        body.length > 65_536 ? [413, 'body_too_large'] : [400, 'body_malformed'],
        file,
      );
    }
  },
);

test('64 KiB are taken and one byte more is not, with or without a length', async () => {
  for (const [bytes, status] of [
    [65_535, 202],
    [65_536, 202],
    [65_537, 413],
  ] as const) {
    const body = good.replace('}', `,"more":"${'m'.repeat(bytes - good.length - 10)}"}`);
    assert.equal(Buffer.byteLength(body), bytes);
    assert.equal((await answerTo(body, json))[0], status, `${bytes}`);
    const chunked = `POST ${comments} HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Type: ${json}\r\nTransfer-Encoding: chunked\r\n\r\n${bytes.toString(16)}\r\n${body}\r\n0\r\n\r\n`;
    assert.match(await askRaw(server.url, chunked), new RegExp(`^HTTP/1.1 ${status} `), `${bytes} in chunks`);
  }
});

test('a longer body is taken for stories, of programs alone', async () => {
  const token = await server.token('stories');
  const story = {
    headline: 'Long',
    byline: 'Desk',
    published: '2026-03-01T09:30:00Z',
    language: 'en',
    text: 'word '.repeat(30_000),
  };
  const put = (body: string, headers: Record<string, string>): Promise<Response> =>
    server.fetch('/api/v1/sites/sample/stories/long', {
      method: 'PUT',
      body,
      headers: { 'content-type': json, ...headers },
    });
  assert.equal((await put(JSON.stringify(story), {})).status, 401);
  assert.ok((await put(JSON.stringify(story), { authorization: `Bearer ${token}` })).ok);
  assert.equal((await put('x'.repeat(2_097_153), { authorization: `Bearer ${token}` })).status, 413);
});

test('what is no text is refused rather than put right', async () => {
  const broken = Buffer.concat([Buffer.from('{"name":"Ada","text":"'), Buffer.from([0xc3, 0x28]), Buffer.from('"}')]);
  assert.deepEqual(await answerTo(broken, json), [400, 'body_malformed']);
  assert.deepEqual(
    await answerTo(Buffer.from([0xef, 0xbb, 0xbf, ...Buffer.from(good)]), json),
    [400, 'body_malformed'],
    'a byte order mark',
  );
  assert.deepEqual(await answerTo('name=Ada&text=%c3%28', form), [400, 'body_malformed']);
  assert.deepEqual(await answerTo('name=Ada&text=%zz', form), [400, 'body_malformed']);
  assert.deepEqual(await answerTo('{"name":"Ada","text":"\\ud800"}', json), [422, 'text_characters']);
});

test('JSON of any shape and depth is refused or taken, and never a failure of ours', async () => {
  const shapes = [
    '',
    '[]',
    'null',
    '1',
    '"text"',
    '{',
    '[[[',
    '{"name":{},"text":[]}',
    '{"name":1,"text":true}',
    '{"name":"Ada"}',
    '{"text":"x"}',
    '['.repeat(30_000) + ']'.repeat(30_000),
    '{"a":'.repeat(10_000) + '1' + '}'.repeat(10_000),
    `{"name":"Ada","text":"x","parentId":${'['.repeat(5000)}${']'.repeat(5000)}}`,
    '{"name":"Ada","text":"x","email":{"__proto__":1}}',
    '{"name":"Ada","text":"x","website":"spam"}',
    '{"name":"Ada","text":1e400}',
  ];
  for (const shape of shapes) {
    const [status] = await answerTo(shape, json);
    assert.ok(status === 400 || status === 422, `${status} for ${shape.slice(0, 60)}`);
  }
});

test('names that mean something to JavaScript mean nothing in a body', async () => {
  const hostile = [
    '{"__proto__":{"name":"Eve","text":"x","state":"approved"}}',
    '{"constructor":{"prototype":{"name":"Eve"}},"text":"x"}',
  ];
  for (const body of hostile) assert.deepEqual(await answerTo(body, json), [422, 'name_required']);
  const [status] = await answerTo(
    `{"__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}},${good.slice(1)}`,
    json,
  );
  assert.equal(status, 202);
  assert.equal(({} as { polluted?: boolean }).polluted, undefined);
  for (const body of ['__proto__=x', 'constructor=x&toString=y']) assert.equal((await answerTo(body, form))[0], 422);
});

test('fields that a reader may not set are passed over', async () => {
  const sent = {
    name: 'Ada',
    text: 'Mass assignment.',
    id: '00000000-0000-4000-8000-000000000001',
    state: 'approved',
    site: 'other',
    version: 9,
    need: 0,
    verdict: 'approve',
    publishedAt: '2020-01-01T00:00:00Z',
    sha256: 'x',
    screening: {},
    account: 'admin',
    decision: 1,
  };
  const answer = await server.fetch(comments, {
    method: 'POST',
    headers: { 'content-type': json },
    body: JSON.stringify(sent),
  });
  const held = (await answer.json()) as { id: string; state: string };
  assert.deepEqual([answer.status, held.state, held.id === sent.id], [202, 'held', false]);
  assert.doesNotMatch(await (await server.fetch('/s/sample/welcome')).text(), /Mass assignment/);
});

test('a form field that comes twice is refused, and so is a parameter of an address', async () => {
  assert.deepEqual(await answerTo('name=Ada&name=Eve&text=x', form), [400, 'body_malformed']);
  const twice = [
    '/api/v1/sites/sample/stories/welcome/thread?limit=1&limit=2',
    '/api/v1/sites/sample/stories/welcome/thread?sort=newest&sort=oldest',
    '/api/v1/counts?site=sample&site=other&story=welcome',
    '/api/v1/sites/sample/stories/welcome/thread.html?after=1&after=2',
  ];
  for (const address of twice) assert.deepEqual(await reasonAt(address), [400, 'parameter_malformed'], address);
  const token = await server.token('desk');
  const queue = await server.fetch('/api/v1/desk/queue?site=sample&site=other', {
    headers: { authorization: `Bearer ${token}` },
  });
  assert.equal(queue.status, 400);
});

test('a parameter that does not fit is refused, and a limit is clamped', async () => {
  const thread = '/api/v1/sites/sample/stories/welcome/thread';
  for (const query of ['limit=many', 'limit=-1', 'limit=1e3', 'limit=0x10', 'sort=worst', 'after=%00', "after='--"]) {
    const [status] = await reasonAt(`${thread}?${query}`);
    assert.equal(status, 400, query);
  }
  for (const query of [
    'limit=0',
    'limit=100000',
    'limit=99999999999',
    `limit=${'9'.repeat(400)}`,
    'limit=',
    'unknown=1',
    '__proto__=1',
    '__proto__[limit]=1',
    'limit[]=1',
  ]) {
    assert.equal((await server.fetch(`${thread}?${query}`)).status, 200, query);
  }
});

test('every route that takes a body refuses rubbish with a reason, and fails at nothing', async () => {
  const [desk, stories] = [await server.token('desk'), await server.token('stories')];
  const rubbish = [
    '',
    '{',
    '[]',
    'null',
    '{"receipt":1}',
    '{"site":"sample","comments":[{}],"verdict":"approve"}',
    '{"secret":{},"text":[],"verdict":{},"reason":1}',
    `{"receipt":"${'A'.repeat(60_000)}"}`,
    '{"__proto__":null}',
    '{"verdict":"approve","version":1e99}',
    '{"verdict":"approve","version":-1}',
  ];
  for (const { name, route, address } of listAddresses()) {
    if (route.method === 'GET') continue;
    const bearer =
      route.credentials === 'none'
        ? {}
        : { authorization: `Bearer ${route.credentials === 'stories' ? stories : desk}` };
    for (const body of rubbish) {
      for (const type of [json, form]) {
        const answer = await server.fetch(address, {
          method: route.method,
          body,
          headers: { 'content-type': type, ...bearer },
        });
        const acceptable = answer.ok
          ? ['postPasskeySignInOptions', 'deleteClaim', 'postClaim', 'deleteView'].includes(name)
          : answer.status < 500;
        assert.ok(
          acceptable,
          `${name}: ${answer.status} for ${body.slice(0, 60)} as ${type}: ${(await answer.text()).slice(0, 200)}`,
        );
      }
    }
  }
});

async function answerTo(
  body: string | Buffer,
  type: string,
  headers: Record<string, string> = {},
): Promise<[number, string | undefined]> {
  const answer = await server.fetch(comments, {
    method: 'POST',
    body: typeof body === 'string' ? body : new Uint8Array(body),
    headers: { 'content-type': type, ...headers },
  });
  return [answer.status, reasonIn(await answer.text())];
}

async function reasonAt(address: string): Promise<[number, string | undefined]> {
  const answer = await server.fetch(address);
  return [answer.status, reasonIn(await answer.text())];
}

function reasonIn(text: string): string | undefined {
  return text.startsWith('{') ? (JSON.parse(text) as { refusal?: { reason: string } }).refusal?.reason : undefined;
}
