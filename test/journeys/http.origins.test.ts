import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { createSite } from '../../src/cli/createSite.ts';
import { listAddresses } from '../support/addresses.ts';
import { askRaw } from '../support/rawHttp.ts';
import { startServer, type TestServer } from '../support/server.ts';

const comments = '/api/v1/sites/sample/stories/welcome/comments';
const own = 'https://news.example';
const foreign = [
  'https://evil.example',
  'https://attacker-news.example',
  'https://news.example.evil.example',
  'https://news.example.',
  'https://news.example:444',
  'http://news.example',
  'https://NEWS.example',
  'https://news.example/',
  'https://xn--news-example',
  'https://news.example@evil.example',
  'https://[::1]',
  'file://',
  'null',
  '*',
  '',
];

let server: TestServer;

before(async () => {
  server = await startServer({ origins: [own, 'http://intranet.example:8080'] });
});
after(() => server.stop());

test("a site's own origins may read the public API, and no others", async () => {
  const open = listAddresses({ id: '00000000-0000-4000-8000-000000000000' }).filter(
    ({ route }) => route.credentials === 'none' && /^\/api\/v1\/(?!desk)/.test(route.path),
  );
  for (const { name, route, address } of open) {
    const ask = async (origin: string): Promise<Response> => {
      const leaving = new AbortController();
      const method = route.method;
      const answer = await server.fetch(name === 'getCounts' ? `${address}?site=sample&story=welcome` : address, {
        method,
        headers: { origin },
        signal: leaving.signal,
      });
      leaving.abort();
      return answer;
    };
    for (const origin of [own, 'http://intranet.example:8080']) {
      const { headers } = await ask(origin);
      assert.equal(headers.get('access-control-allow-origin'), origin, `${name} for ${origin}`);
      assert.match(headers.get('vary') ?? '', /^origin(, accept-encoding)?$/, `${name} for ${origin}`);
      assert.equal(headers.get('access-control-allow-credentials'), null);
      assert.equal(headers.get('access-control-expose-headers'), 'retry-after', name);
    }
    for (const origin of foreign) {
      const { headers } = await ask(origin);
      assert.equal(headers.get('access-control-allow-origin'), null, `${name} for ${origin}`);
      assert.equal(headers.get('access-control-expose-headers'), null, `${name} for ${origin}`);
      assert.match(
        headers.get('vary') ?? '',
        /^origin(, accept-encoding)?$/,
        `${name}: a cache must not mix the two up`,
      );
    }
  }
});

test('a preflight tells own origins what they may send, and foreign ones nothing', async () => {
  const ask = (origin: string): Promise<Response> =>
    server.fetch(comments, {
      method: 'OPTIONS',
      headers: { origin, 'access-control-request-method': 'POST', 'access-control-request-headers': 'idempotency-key' },
    });
  const { status, headers } = await ask(own);
  assert.equal(status, 204);
  assert.equal(headers.get('access-control-allow-origin'), own);
  assert.match(headers.get('access-control-allow-headers') ?? '', /idempotency-key/);
  for (const origin of foreign) {
    const refused = await ask(origin);
    for (const header of [
      'access-control-allow-origin',
      'access-control-allow-methods',
      'access-control-allow-headers',
    ]) {
      assert.equal(refused.headers.get(header), null, `${origin}: ${header}`);
    }
  }
});

test('one site does not open its API to the origins of another', async () => {
  await createSite(
    server.store,
    { site: 'other', name: 'Other', language: 'en', origins: ['https://other.example'] },
    server.now(),
  );
  const ask = async (address: string): Promise<string | null> =>
    (await server.fetch(address, { headers: { origin: 'https://other.example' } })).headers.get(
      'access-control-allow-origin',
    );
  assert.equal(await ask('/api/v1/sites/sample/stories/welcome/thread'), null);
  assert.equal(await ask('/api/v1/counts?site=sample&story=welcome'), null);
  assert.equal(await ask('/api/v1/counts?site=other&story=welcome'), 'https://other.example');
});

test('pages and the desk answer no other origin at all', async () => {
  for (const { route, address } of listAddresses()) {
    if (route.credentials === 'none' && /^\/api\/v1\/(?!desk)/.test(route.path)) continue;
    // Scripts for the pages of publishers, the same for everybody.
    if (/^\/(?:embed|count)\.js$/.test(route.path)) continue;
    for (const method of ['OPTIONS', route.method]) {
      const { headers } = await server.fetch(address, { method, headers: { origin: own } });
      assert.equal(headers.get('access-control-allow-origin'), null, `${method} ${address}`);
    }
  }
});

test("a session cookie that somebody else's page sends opens nothing", async () => {
  const secret = (await server.signIn()).split('#')[1];
  const signedIn = await server.fetch('/api/v1/desk/sessions', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ secret }),
  });
  const [cookie = ''] = (signedIn.headers.get('set-cookie') ?? '').split(';');
  const ask = async (headers: Record<string, string>): Promise<number> =>
    (await server.fetch('/api/v1/desk/session', { headers: { cookie, ...headers } })).status;
  assert.equal(await ask({}), 200);
  assert.equal(await ask({ origin: server.url, 'sec-fetch-site': 'same-origin' }), 200);
  for (const origin of [own, 'https://evil.example', 'null', server.url.replace('localhost', 'localhost.evil.example')])
    assert.equal(await ask({ origin }), 403, origin);
  for (const site of ['cross-site', 'same-site']) assert.equal(await ask({ 'sec-fetch-site': site }), 403, site);
});

test('no address leads anywhere else: not the sign-in, not a host that was made up, not a path with two slashes', async () => {
  const tricks = [
    '/desk/sign-in?next=https://evil.example',
    '/desk/sign-in?next=//evil.example',
    '/desk/sign-in?returnTo=/\\evil.example',
    '/desk?redirect=https:evil.example',
    '//evil.example',
    '//evil.example/s/sample',
    '/\\evil.example',
    '/%2f%2fevil.example',
    '/%5cevil.example',
    '/.evil.example',
    '///evil.example/%2e%2e',
    '/s/sample//evil.example',
    '/s//evil.example',
    '/receipt?next=javascript:alert(1)',
    '/s/sample/welcome?url=https://evil.example',
    '/s/sample?url=//evil.example',
  ];
  for (const trick of tricks) {
    const answer = await askRaw(
      server.url,
      `GET ${trick} HTTP/1.1\r\nHost: evil.example\r\nX-Forwarded-Host: evil.example\r\nX-Forwarded-Proto: javascript\r\nConnection: close\r\n\r\n`,
    );
    assert.match(answer, /^HTTP\/1\.1 (?:200|400|404) /, trick);
    assert.doesNotMatch(answer, /^location:/im, trick);
    assert.doesNotMatch(answer.slice(answer.indexOf('\r\n\r\n')), /evil\.example/, `${trick} is repeated`);
  }
});

test('paths that climb, end early or are too long find nothing, and are not repeated', async () => {
  const tricks = [
    '/assets/../package.json',
    '/assets/..%2f..%2fpackage.json',
    '/assets/%2e%2e%2f%2e%2e%2fpackage.json',
    '/assets/..%5c..%5cpackage.json',
    '/assets/%00',
    '/assets/.stamp',
    '/assets/manifest.json%00.css',
    '/s/../../etc/passwd',
    '/s/sample/..%2f..%2f..%2fetc%2fpasswd',
    '/s/%zz',
    '/s/%ff%fe',
    '/s/sample/%',
    `/s/${'a'.repeat(400)}`,
    '/s/sample/welcome%00',
    '/s/SAMPLE/welcome',
    '/s/__proto__',
    '/s/constructor/prototype',
    '/s/sample/toString',
    '/api/v1/sites/sample/stories/..%2f..%2fsecret/thread',
    '/s/sample/tags/%E2%80%AE',
    "/s/sample/tags/'%20or%201=1--",
    '/s/sample/guidelines/attack/99999999999999999999',
    '/s/sample/guidelines/attack/-1',
    '/s/sample/guidelines/attack/1%00',
  ];
  for (const trick of tricks) {
    const answer = await askRaw(server.url, `GET ${trick} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`);
    assert.match(answer, /^HTTP\/1\.1 40[04] /, trick);
    assert.doesNotMatch(answer, /root:|"name": "stet"|node_modules|\/work\/|at Object|FST_ERR/, trick);
  }
});

test('what is no HTTP is refused in the usual shape, and the connection ends', async () => {
  const body = '{"name":"Ada","text":"smuggled"}';
  const head = `POST ${comments} HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n`;
  const requests = [
    'NONSENSE\r\n\r\n',
    `GET / HTTP/1.1\r\nHost: x\r\nX: ${'x'.repeat(20_000)}\r\n\r\n`,
    `${head}Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET /healthz HTTP/1.1\r\nHost: x\r\n\r\n`,
    `${head}Content-Length: 5\r\nContent-Length: 6\r\n\r\nabcdef`,
    `${head}Content-Length: -1\r\n\r\n`,
    `${head}Transfer-Encoding: chunked\r\n\r\nZZ\r\n`,
    `GET /healthz HTTP/1.1\r\nHost: x\r\nBad Header: 1\r\n\r\n`,
    `${head}Transfer-Encoding: chunked, identity\r\n\r\n${body}`,
  ];
  for (const request of requests) {
    const answer = await askRaw(server.url, request);
    assert.match(answer, /^HTTP\/1\.1 4\d\d /, request.slice(0, 60));
    assert.equal([...answer.matchAll(/^HTTP\/1\.1 /gm)].length, 1, 'one answer to one request');
  }
  assert.match(
    await askRaw(server.url, 'NONSENSE\r\n\r\n'),
    /\{"refusal":\{"reason":"body_malformed","detail":"[^"]+"\}\}$/,
  );
});
