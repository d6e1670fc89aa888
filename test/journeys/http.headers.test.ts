import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { after, before, test } from 'node:test';
import type { RouteName } from '../../src/contract/routes.ts';
import { listAddresses } from '../support/addresses.ts';
import { findFreePort } from '../support/ports.ts';
import { startServer, type TestServer } from '../support/server.ts';

let server: TestServer;
let asset: string;
let comment: string;

before(async () => {
  server = await startServer({ origins: ['https://news.example'] });
  asset = readdirSync(new URL('../../dist/web/', import.meta.url)).find((name) => name.endsWith('.css')) ?? '';
  comment = await publish();
});
after(() => server.stop());

async function publish(): Promise<string> {
  const authorization = `Bearer ${await server.token('desk')}`;
  const send = (path: string, body: object): Promise<Response> =>
    server.fetch(path, {
      method: 'POST',
      headers: { authorization, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
  const written = { name: 'Ann', text: 'Well said.' };
  const held = await send('/api/v1/sites/sample/stories/welcome/comments', written);
  const { id } = (await held.json()) as { id: string };
  const decided = await send(`/api/v1/desk/comments/${id}/decisions`, { verdict: 'approve', version: 1 });
  assert.equal(decided.status, 201, await decided.text());
  return id;
}

const nothingLoads = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
const ownOnly =
  "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; form-action 'self'; " +
  "base-uri 'none'; require-trusted-types-for 'script'; trusted-types 'none'; frame-ancestors";
const pageHeaders = { 'cross-origin-opener-policy': 'same-origin', 'permissions-policy': /camera=\(\)/ };

type Expected = Record<string, string | RegExp>;

const kinds = {
  page: {
    'content-type': 'text/html; charset=utf-8',
    'cache-control': 'public, max-age=0, must-revalidate',
    'content-security-policy': `${ownOnly} 'self' https://news.example`,
    'referrer-policy': 'strict-origin-when-cross-origin',
    ...pageHeaders,
  },
  privatePage: {
    'content-type': 'text/html; charset=utf-8',
    'cache-control': 'no-store',
    'content-security-policy': `${ownOnly} 'none'`,
    'referrer-policy': 'no-referrer',
    ...pageHeaders,
  },
  desk: {
    'content-type': 'text/html; charset=utf-8',
    'cache-control': 'no-store',
    'content-security-policy':
      /^default-src 'none'; script-src 'self'; .*form-action 'none'; .*frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'$/,
    'referrer-policy': 'no-referrer',
    ...pageHeaders,
  },
  fragment: {
    'content-type': 'text/html; charset=utf-8',
    'cache-control': 'public, max-age=0, must-revalidate',
    'content-security-policy': nothingLoads,
    'referrer-policy': 'no-referrer',
    vary: /^origin(, accept-encoding)?$/,
  },
  shared: {
    'content-type': 'application/json; charset=utf-8',
    'cache-control': /max-age=0, must-revalidate/,
    vary: /^origin(, accept-encoding)?$/,
  },
  api: { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store' },
  feed: {
    'content-type': /^application\/(?:rss\+xml|atom\+xml|feed\+json|xml); charset=utf-8$/,
    'cache-control': /max-age=0, must-revalidate/,
  },
  stream: { 'content-type': /^text\/event-stream/, 'cache-control': /no-(?:store|cache)/ },
  figures: { 'content-type': /^text\/plain/, 'cache-control': 'no-store' },
  nothing: { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store' },
  asset: { 'content-type': 'text/css; charset=utf-8', 'cache-control': /immutable/ },
  script: {
    'content-type': 'text/javascript; charset=utf-8',
    'cache-control': 'public, max-age=600, stale-while-revalidate=86400',
    'access-control-allow-origin': '*',
    'cross-origin-resource-policy': 'cross-origin',
  },
  font: {
    'content-type': 'text/css; charset=utf-8',
    'cache-control': 'public, max-age=2592000',
    'access-control-allow-origin': '*',
    'cross-origin-resource-policy': 'cross-origin',
  },
  worker: {
    'content-type': 'text/javascript; charset=utf-8',
    'cache-control': 'public, max-age=600, stale-while-revalidate=86400',
  },
} satisfies Record<string, Expected>;

const kindOf: Partial<Record<RouteName, keyof typeof kinds>> = {
  getFormToken: 'api',
  getThread: 'shared',
  getThreadHtml: 'fragment',
  getWidget: 'shared',
  getWidgetForm: 'shared',
  getThreadEvents: 'stream',
  getCounts: 'shared',
  // What it leads to.
  getHome: 'page',
  // What is said where no identity provider is named; with one: identity.oidc.test.ts.
  getOidc: 'nothing',
  getOidcCallback: 'nothing',
  // What is said where the site has no accounts of its own; with them: identity.readers.test.ts.
  getReaderSignIn: 'nothing',
  getReaderCallback: 'nothing',
  getReaderSession: 'nothing',
  getSite: 'page',
  getStory: 'page',
  // What is said of a code that is none; with one: mail.author.test.ts.
  getMailStop: 'nothing',
  getEmbed: 'page',
  getEmbedScript: 'script',
  getPushWorker: 'worker',
  getCountScript: 'script',
  getTag: 'page',
  getGuidelines: 'page',
  getGuidelineVersion: 'page',
  getPrivacy: 'page',
  getReceiptPage: 'privatePage',
  getReport: 'privatePage',
  getSiteRss: 'feed',
  getSiteAtom: 'feed',
  getSiteJson: 'feed',
  getTagRss: 'feed',
  getTagAtom: 'feed',
  getTagJson: 'feed',
  getCommentsRss: 'feed',
  getCommentsAtom: 'feed',
  getCommentsJson: 'feed',
  getSitemap: 'feed',
  getFont: 'font',
  getAsset: 'asset',
  getDesk: 'desk',
  getSignIn: 'desk',
  getHealth: 'api',
  getReady: 'api',
  getMetrics: 'figures',
  getOpenApi: 'api',
};

test('each public address has the headers of its kind, sets no cookie and names no software', async () => {
  for (const { name, route, address } of listAddresses({ name: asset, comment })) {
    if (route.method !== 'GET' || route.credentials !== 'none') continue;
    const kind = kindOf[name];
    assert.ok(kind, `say of which kind the answers of ${name} are`);
    const leaving = new AbortController();
    const asked =
      { getCounts: `${address}?site=sample&story=welcome`, getFont: '/fonts/arabic.css' }[name as string] ?? address;
    const { status, headers } = await server.fetch(asked, { signal: leaving.signal });
    leaving.abort();
    assert.equal(status, kind === 'nothing' ? 404 : 200, name);
    for (const [header, expected] of Object.entries<string | RegExp>(kinds[kind])) {
      if (typeof expected === 'string') assert.equal(headers.get(header), expected, `${name}: ${header}`);
      else assert.match(headers.get(header) ?? '', expected, `${name}: ${header}`);
    }
    assert.equal(headers.get('x-content-type-options'), 'nosniff', name);
    assert.doesNotMatch(headers.get('content-security-policy') ?? 'unsafe-', /unsafe-|\*/, name);
    for (const header of [
      'set-cookie',
      'server',
      'x-powered-by',
      ...(kind === 'script' || kind === 'font' ? [] : ['access-control-allow-origin']),
      'strict-transport-security',
    ]) {
      assert.equal(headers.get(header), null, `${name}: ${header}`);
    }
  }
});

test('refusals are never kept, load nothing and are no page to a program; a person sees a sentence', async () => {
  for (const address of ['/nowhere', '/s/sample/%zz', '/api/v1/desk/queue', '/api/v1/sites/nowhere/stories/x/thread']) {
    const { headers } = await server.fetch(address);
    assert.equal(headers.get('cache-control'), 'no-store', address);
    assert.equal(headers.get('content-type'), 'application/json; charset=utf-8', address);
    assert.equal(headers.get('x-content-type-options'), 'nosniff', address);
    assert.equal(headers.get('content-security-policy'), nothingLoads, address);
  }
  const seen = await server.fetch('/nowhere', { headers: { accept: 'text/html,*/*', 'accept-language': 'ckb' } });
  assert.equal(seen.status, 404);
  assert.equal(seen.headers.get('content-type'), 'text/html; charset=utf-8');
  assert.equal(seen.headers.get('referrer-policy'), 'no-referrer');
  assert.match(await seen.text(), /<html lang="ckb" dir="rtl">/);
});

test('behind https browsers are told to stay there', async () => {
  const port = await findFreePort();
  const secure = await startServer({ settings: { publicUrl: 'https://comments.example', port } });
  const { headers } = await fetch(`http://127.0.0.1:${port}/healthz`);
  assert.match(headers.get('strict-transport-security') ?? '', /^max-age=63072000/);
  await secure.stop();
});

test('each address answers its own methods and says so about the others', async () => {
  const addresses = listAddresses({ name: asset });
  const methodsOf = Map.groupBy(addresses, ({ address }) => address);
  for (const [address, routes] of methodsOf) {
    const known = routes.map(({ route }) => route.method as string);
    for (const method of ['GET', 'POST', 'PUT', 'DELETE', 'PATCH']) {
      if (known.includes(method)) continue;
      const answer = await server.fetch(address, { method });
      assert.equal(answer.status, 404, `${method} ${address}`);
      assert.equal(
        answer.headers.get('allow'),
        [...known, ...(known.includes('GET') ? ['HEAD'] : [])].join(', '),
        `${method} ${address}`,
      );
      assert.equal(((await answer.json()) as { refusal: { reason: string } }).refusal.reason, 'method_unknown');
    }
  }
});

test('HEAD tells what GET would, without the body', async () => {
  for (const address of [
    '/s/sample/welcome',
    '/s/sample/feed.rss',
    '/api/v1/sites/sample/stories/welcome/thread.html',
    '/receipt',
  ]) {
    const [head, get] = [await server.fetch(address, { method: 'HEAD' }), await server.fetch(address)];
    assert.deepEqual([head.status, await head.text()], [200, '']);
    for (const header of ['content-type', 'etag', 'cache-control', 'content-security-policy']) {
      assert.equal(head.headers.get(header), get.headers.get(header), `${address}: ${header}`);
    }
  }
});

test('without credentials the desk answers 401 before it looks at anything else', async () => {
  const closed = listAddresses({ id: 'no id', site: 'NO SITE' }).filter(({ route }) => route.credentials !== 'none');
  assert.ok(closed.length > 12);
  const bodies: RequestInit[] = [
    { body: '{"broken', headers: { 'content-type': 'application/json' } },
    { body: 'x', headers: { 'content-type': 'application/xml' } },
    { body: 'x'.repeat(3_000_000), headers: { 'content-type': 'application/json' } },
    { body: 'x', headers: { 'content-type': 'application/json', 'content-encoding': 'gzip' } },
  ];
  const credentials: Record<string, string>[] = [
    {},
    { authorization: 'Bearer wrong' },
    { authorization: `Bearer stet_sample_${'A'.repeat(43)}` },
    { authorization: 'Basic YTpi' },
    { cookie: `__Host-stet-session=sample_${'A'.repeat(43)}` },
    { cookie: 'other=1' },
  ];
  for (const { name, route, address } of closed) {
    const { method } = route;
    const variants = method === 'GET' ? [{}] : [{}, ...bodies];
    for (const [number, variant] of variants.entries()) {
      for (const brought of number === 0 ? credentials : credentials.slice(0, 1)) {
        const answer = await server.fetch(address, {
          method,
          ...variant,
          headers: { ...(variant.headers as Record<string, string>), ...brought },
        });
        assert.equal(answer.status, 401, `${name}, variant ${number}, ${JSON.stringify(brought)}`);
        const { refusal } = (await answer.json()) as { refusal: { reason: string } };
        assert.equal(
          refusal.reason,
          Object.keys(brought).length === 0 ? 'credentials_missing' : 'credentials_unknown',
          name,
        );
      }
    }
  }
});
