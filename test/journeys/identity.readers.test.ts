import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, beforeEach, test } from 'node:test';
import { createSite } from '../../src/cli/createSite.ts';
import { queryRows } from '../../src/storage/database.ts';
import { sql } from '../../src/storage/sql.ts';
import { client, startLyingProvider, startProvider, type LyingProvider, type TestProvider } from '../support/oidc.ts';
import { startServer, type TestServer } from '../support/server.ts';

let provider: TestProvider;
let liar: LyingProvider;
let server: TestServer;

before(async () => {
  [provider, liar] = await Promise.all([startProvider(), startLyingProvider()]);
  const readerOidc = new Map([
    ['sample', { issuer: provider.issuer, ...client, nameClaim: 'name' }],
    ['valley', { issuer: liar.issuer, clientId: client.clientId, nameClaim: 'nickname' }],
  ]);
  server = await startServer({ site: { screening: 'off', 'reader.accounts': 'optional' }, settings: { readerOidc } });
  await provider.admit(`${server.url}/reader/sample/callback`);
  await createSite(server.store, { site: 'valley', name: 'The Valley', language: 'en', origins: [] }, server.now());
  await server.set({ 'reader.accounts': 'optional' }, 'valley');
});
beforeEach(async () => {
  provider.person = { email: 'reader-7@example.org', isVerified: false, name: 'Dana Reader' };
  liar.lie = { claims: { nickname: 'Lia' } };
  await server.set({ 'reader.accounts': 'optional' });
});
after(async () => {
  await server?.stop();
  await provider?.stop();
  await liar?.stop();
});

type Step = { location: string; cookies: readonly string[]; cookie: string };

async function get(path: string, cookie = ''): Promise<Step> {
  const response = await server.fetch(path, { redirect: 'manual', headers: { cookie } });
  assert.equal(response.status, 303, await response.text());
  assert.equal(response.headers.get('cache-control'), 'no-store');
  assert.equal(response.headers.get('referrer-policy'), 'no-referrer');
  const cookies = response.headers.getSetCookie();
  const pairs = cookies.map((set) => set.split(';')[0] ?? '').filter((pair) => !pair.endsWith('='));
  return { location: response.headers.get('location') ?? '', cookies, cookie: pairs.join('; ') };
}

/** From the story's link through the provider and back. */
async function signIn(): Promise<Step> {
  const begun = await get('/reader/sample/sign-in?story=welcome');
  const back = new URL(await provider.signIn(begun.location));
  return get(back.pathname + back.search, begun.cookie);
}

async function nameOf(cookie: string, site = 'sample', headers: Record<string, string> = {}): Promise<string | null> {
  const response = await server.fetch(`/reader/${site}/session`, { headers: { cookie, ...headers } });
  assert.equal(response.headers.get('cache-control'), 'no-store');
  return ((await response.json()) as { name: string | null }).name;
}

async function write(cookie: string, more: object = {}, headers: Record<string, string> = {}): Promise<string> {
  const response = await server.fetch('/api/v1/sites/sample/stories/welcome/comments', {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'idempotency-key': randomUUID(), cookie, ...headers },
    body: JSON.stringify({ name: 'Whoever', text: 'A word.', ...more }),
  });
  const body = (await response.json()) as { id: string; refusal?: { reason: string } };
  return body.refusal?.reason ?? body.id;
}

type Stored = { name: string; kind: string | null; account: string | null };

async function stored(id: string): Promise<Stored | undefined> {
  const [row] = await queryRows<Stored>(
    server.store.writer,
    sql`select c.name, s.kind, encode(s.account, 'hex') as account from comment c
      left join speaker s on s.site = c.site and s.comment = c.id where c.id = ${id}`,
  );
  return row;
}

const failed = '/s/sample/welcome?sign-in=failed#write';

test('nobody is signed in by a callback of another browser, sent twice, without its state or too late', async () => {
  const begun = await get('/reader/sample/sign-in?story=welcome');
  const back = new URL(await provider.signIn(begun.location));
  const callback = back.pathname + back.search;
  const other = await get('/reader/sample/sign-in?story=welcome');
  for (const [cookie, location] of [
    ['', '/s/sample?sign-in=failed'],
    [other.cookie, '/s/sample?sign-in=failed'],
  ] as const) {
    const step = await get(callback, cookie);
    assert.deepEqual([step.location, step.cookie], [location, '']);
  }
  assert.match((await get(callback, begun.cookie)).cookie, /__Host-stet-account-sample=/);
  assert.deepEqual((await get(callback, begun.cookie)).location, failed, 'a second time');
  const late = await get('/reader/sample/sign-in?story=welcome');
  const lateBack = new URL(await provider.signIn(late.location));
  server.pass(11);
  assert.equal((await get(lateBack.pathname + lateBack.search, late.cookie)).location, failed);
});

test('what was begun at one site ends at no other, and a session holds at its own site alone', async () => {
  const begun = await get('/reader/valley/sign-in');
  const asked = new URL(begun.location).searchParams;
  liar.nonce = asked.get('nonce') ?? '';
  const query = `?code=one&state=${asked.get('state')}`;
  assert.equal((await get(`/reader/sample/callback${query}`, begun.cookie)).cookie, '');
  const valley = await get(`/reader/valley/callback${query}`, begun.cookie);
  assert.equal(valley.location, '/s/valley');
  assert.equal(await nameOf(valley.cookie, 'valley'), 'Lia', 'a public client, and a claim of the site’s choice');
  assert.equal(await nameOf(valley.cookie.replace('account-valley', 'account-sample')), null);
});

test('a provider that lies, refuses or names nobody signs nobody in', async () => {
  const lies = [
    { isForged: true },
    { claims: { nickname: 'Lia', nonce: 'another' } },
    { claims: { nickname: 'Lia', aud: 'another' } },
    { claims: { nickname: 'Lia', exp: 1 } },
    { claims: { nickname: '' } },
    { claims: { nickname: 'Lia\u202e' } },
    { claims: { nickname: 7 } },
    { error: 'invalid_grant' },
  ];
  for (const lie of lies) {
    liar.lie = lie;
    const begun = await get('/reader/valley/sign-in');
    const asked = new URL(begun.location).searchParams;
    liar.nonce = asked.get('nonce') ?? '';
    const step = await get(`/reader/valley/callback?code=one&state=${asked.get('state')}`, begun.cookie);
    assert.deepEqual([step.location, step.cookie], ['/s/valley?sign-in=failed', ''], JSON.stringify(lie));
  }
  const page = await (await server.fetch('/s/sample/welcome?sign-in=failed')).text();
  assert.match(page, /You were not signed in\./);
});

test('a reader signs in with code, PKCE, state and nonce, and the cookie says who to this server alone', async () => {
  const begun = await get('/reader/sample/sign-in?story=welcome');
  const asked = new URL(begun.location).searchParams;
  assert.deepEqual(
    ['response_type', 'redirect_uri', 'code_challenge_method', 'scope'].map((name) => asked.get(name)),
    ['code', `${server.url}/reader/sample/callback`, 'S256', 'openid profile'],
  );
  for (const name of ['state', 'nonce', 'code_challenge']) assert.equal(asked.get(name)?.length, 43);
  const done = await signIn();
  assert.equal(done.location, '/s/sample/welcome#write');
  assert.match(
    done.cookies.join('\n'),
    /__Host-stet-account-sample=[\w.-]+; Path=\/; Max-Age=43200; Secure; HttpOnly; SameSite=Strict/,
  );
  assert.equal(await nameOf(done.cookie), 'Dana Reader');
  const [, sealed = ''] = done.cookie.split('=');
  const seen = sealed.split('.').map((part) => Buffer.from(part, 'base64url').toString('latin1'));
  assert.doesNotMatch(seen.join(), /reader-7|Dana/);
});

test('who is signed in writes under their account’s name, known again by nothing that anybody could read', async () => {
  const { cookie } = await signIn();
  const [first, second] = [await write(cookie), await write(cookie, { account: 'session' })];
  const [one, two] = [await stored(first), await stored(second)];
  assert.deepEqual([one?.name, one?.kind], ['Dana Reader', 'account']);
  assert.match(one?.account ?? '', /^[0-9a-f]{64}$/);
  assert.equal(one?.account, two?.account);
  const rows = await queryRows(
    server.store.writer,
    sql`select s::text || coalesce((select string_agg(e::text, '') from event e), '') as kept from speaker s`,
  );
  assert.doesNotMatch(JSON.stringify(rows), /reader-7/);
});

test('a session that ended, is altered, or that somebody else’s page sends is none; whoever relies on it is told', async () => {
  const { cookie } = await signIn();
  const altered = `${cookie.slice(0, -3)}AAA`;
  for (const bad of ['', altered, `${cookie}; ${cookie}`, '__Host-stet-account-sample=x.y.z']) {
    assert.equal(await nameOf(bad), null, bad);
    assert.equal(await write(bad, { account: 'session' }), 'account_unknown', bad);
  }
  const foreign = { 'sec-fetch-site': 'same-site' };
  assert.equal(await nameOf(cookie, 'sample', foreign), null);
  assert.equal((await stored(await write(cookie, {}, foreign)))?.kind, null);
  await server.set({ 'reader.accounts': 'required' });
  assert.equal(await write(''), 'account_required');
  assert.equal((await stored(await write(cookie)))?.name, 'Dana Reader');
  server.pass(12 * 60 + 1);
  assert.equal(await nameOf(cookie), null);
  assert.equal(await write(cookie), 'account_required');
});

test('signing out takes the cookie away; no other page signs a reader out, and a site without accounts has none of this', async () => {
  const { cookie } = await signIn();
  const out = (headers: Record<string, string>): Promise<Response> =>
    server.fetch('/reader/sample/session', { method: 'DELETE', headers: { cookie, ...headers } });
  assert.equal((await out({ 'sec-fetch-site': 'cross-site' })).status, 403);
  const done = await out({});
  assert.equal(done.status, 204);
  assert.match(done.headers.get('set-cookie') ?? '', /^__Host-stet-account-sample=; Path=\/; Max-Age=0/);
  await server.set({ 'reader.accounts': 'off' });
  for (const path of ['sign-in', 'callback', 'session']) {
    assert.equal((await server.fetch(`/reader/sample/${path}`, { redirect: 'manual' })).status, 404);
  }
  assert.doesNotMatch(await (await server.fetch('/s/sample/welcome')).text(), /\/reader\//);
});
