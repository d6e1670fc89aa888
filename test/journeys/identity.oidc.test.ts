import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, test } from 'node:test';
import { fetchFrom } from '../../src/identity/oidcFetch.ts';
import { queryRows } from '../../src/storage/database.ts';
import { sql } from '../../src/storage/sql.ts';
import { client, startLyingProvider, startProvider, type LyingProvider, type TestProvider } from '../support/oidc.ts';
import { startServer, type TestServer } from '../support/server.ts';

let provider: TestProvider;
let server: TestServer;
let liar: LyingProvider;
let believing: TestServer;

before(async () => {
  [provider, liar] = await Promise.all([startProvider(), startLyingProvider()]);
  server = await serve(provider.issuer);
  believing = await serve(liar.issuer);
  await provider.admit(`${server.url}/desk/oidc/callback`);
  for (const { signIn } of [server, believing]) await signIn({ email: 'dana@example.org', role: 'editor' });
});
beforeEach(() => {
  provider.person = { email: 'Dana@Example.org', isVerified: true };
  liar.lie = {};
});
after(async () => {
  await server?.stop();
  await believing?.stop();
  await provider?.stop();
  await liar?.stop();
});

function serve(issuer: string): Promise<TestServer> {
  return startServer({ settings: { oidc: { issuer, ...client, name: 'The House' } } });
}

type Step = { location: string; cookies: readonly string[]; cookie: string };

async function get(at: TestServer, path: string, cookie = ''): Promise<Step> {
  const response = await at.fetch(path, { redirect: 'manual', headers: { cookie } });
  assert.equal(response.status, 303, await response.text());
  assert.equal(response.headers.get('cache-control'), 'no-store');
  assert.equal(response.headers.get('referrer-policy'), 'no-referrer');
  const cookies = response.headers.getSetCookie();
  const pairs = cookies.map((set) => set.split(';')[0] ?? '').filter((pair) => !pair.endsWith('='));
  return { location: response.headers.get('location') ?? '', cookies, cookie: pairs.join('; ') };
}

/** From the desk's link through the provider and back. */
async function signIn({ fresh = false, session = '' } = {}): Promise<Step> {
  const begun = await get(server, fresh ? '/desk/oidc?fresh=1' : '/desk/oidc', session);
  const back = new URL(await provider.signIn(begun.location));
  return get(server, back.pathname + back.search, begun.cookie);
}

/** The same with a provider that lies; what comes back is of the test's making. */
async function beLiedTo(back: (state: string) => string = (state) => `code=one&state=${state}`): Promise<Step> {
  const begun = await get(believing, '/desk/oidc');
  const asked = new URL(begun.location).searchParams;
  liar.nonce = asked.get('nonce') ?? '';
  return get(believing, `/desk/oidc/callback?${back(asked.get('state') ?? '')}`, begun.cookie);
}

function refusedFor(step: Step, problem: string): void {
  assert.equal(step.location, `/desk/sign-in?problem=${problem}`);
  assert.ok(!step.cookie.includes('stet-session'), 'no session');
  assert.ok(step.cookies.some((set) => set.startsWith('__Host-stet-oidc=;') && set.includes('Max-Age=0')));
}

type Shown = { email: string; accounts: { role: string }[] };

async function session(cookie: string): Promise<Shown | number> {
  const response = await server.fetch('/api/v1/desk/session', { headers: { cookie } });
  return response.ok ? ((await response.json()) as Shown) : response.status;
}

async function erase(cookie: string): Promise<string> {
  const response = await server.fetch('/api/v1/desk/comments/none/erasure', { method: 'POST', headers: { cookie } });
  return ((await response.json()) as { refusal: { reason: string } }).refusal.reason;
}

describe('a person with an account', () => {
  test('signs in by the provider, with code, PKCE, state and nonce, in a session like any other', async () => {
    const begun = await get(server, '/desk/oidc');
    const asked = new URL(begun.location);
    assert.equal(asked.origin, provider.issuer);
    assert.deepEqual(
      ['response_type', 'redirect_uri', 'code_challenge_method', 'scope', 'client_id'].map((name) =>
        asked.searchParams.get(name),
      ),
      ['code', `${server.url}/desk/oidc/callback`, 'S256', 'openid email', 'stet'],
    );
    for (const name of ['state', 'nonce', 'code_challenge']) assert.equal(asked.searchParams.get(name)?.length, 43);
    assert.match(
      begun.cookies.join(),
      /^__Host-stet-oidc=[\w-]{43}; Path=\/; Max-Age=600; Secure; HttpOnly; SameSite=Lax$/,
    );
    const back = new URL(await provider.signIn(begun.location));
    const done = await get(server, back.pathname + back.search, begun.cookie);
    assert.equal(done.location, '/desk');
    assert.match(done.cookies.join(), /__Host-stet-session=sample_[\w-]{43}; .*; Secure; HttpOnly; SameSite=Strict/);
    const shown = await session(done.cookie);
    assert.ok(typeof shown === 'object');
    assert.deepEqual([shown.email, shown.accounts[0]?.role], ['dana@example.org', 'editor']);
  });

  test('who has just signed in at the provider may do what asks for that; the session of before ends', async () => {
    const first = await signIn();
    assert.equal(await erase(first.cookie), 'comment_unknown');
    const again = await signIn({ fresh: true, session: first.cookie });
    assert.equal(await session(first.cookie), 401);
    assert.equal(await erase(again.cookie), 'comment_unknown');
  });

  test('whom the provider only remembers has to sign in anew for that', async () => {
    liar.lie = { claims: { auth_time: Math.floor(Date.now() / 1000) - 3600 } };
    for (const claims of [liar.lie.claims, { auth_time: undefined }]) {
      liar.lie = { claims: claims ?? {} };
      const { cookie, location } = await beLiedTo();
      assert.equal(location, '/desk');
      const response = await believing.fetch('/api/v1/desk/comments/x/erasure', {
        method: 'POST',
        headers: { cookie },
      });
      assert.equal(((await response.json()) as { refusal: { reason: string } }).refusal.reason, 'step_up_required');
    }
  });
});

describe('nobody is signed in', () => {
  test('whose address is not verified, is nobody’s here, or was removed; and no account is made', async () => {
    provider.person = { email: 'dana@example.org', isVerified: false };
    refusedFor(await signIn(), 'unverified');
    provider.person = { email: 'stranger@example.org', isVerified: true };
    refusedFor(await signIn(), 'unknown');
    for (const email_verified of ['true', 1, undefined]) {
      liar.lie = { claims: { email_verified } };
      refusedFor(await beLiedTo(), 'unverified');
    }
    const rows = await queryRows<{ email: string }>(server.store.writer, sql`select email from account`);
    assert.deepEqual(rows, [{ email: 'dana@example.org' }]);
  });

  test('by a callback that is sent twice, of another browser, without its state, or too late', async () => {
    const begun = await get(server, '/desk/oidc');
    const back = new URL(await provider.signIn(begun.location));
    const callback = back.pathname + back.search;
    refusedFor(await get(server, callback), 'state');
    const other = await get(server, '/desk/oidc');
    refusedFor(await get(server, callback, other.cookie), 'state');
    refusedFor(await get(server, callback, `${begun.cookie}; ${begun.cookie}`), 'state');
    refusedFor(await get(server, callback.replace(/state=[^&]*/, 'state=x'), begun.cookie), 'state');
    refusedFor(await get(server, `${callback}&state=x`, begun.cookie), 'state');
    assert.equal((await get(server, callback, begun.cookie)).location, '/desk');
    refusedFor(await get(server, callback, begun.cookie), 'replayed');
    server.pass(16);
    const late = await get(server, '/desk/oidc');
    const lateBack = new URL(await provider.signIn(late.location));
    server.pass(10);
    refusedFor(await get(server, lateBack.pathname + lateBack.search, late.cookie), 'replayed');
  });

  test('by an answer for another desk, another sign-in, of another issuer, out of date, or signed by somebody else', async () => {
    const lies: [LyingProvider['lie'], string][] = [
      [{ claims: { aud: 'another' } }, 'answer'],
      [{ claims: { aud: ['stet', 'another'] } }, 'answer'],
      [{ claims: { nonce: 'another' } }, 'answer'],
      [{ claims: { nonce: undefined } }, 'answer'],
      [{ claims: { iss: 'https://evil.example' } }, 'answer'],
      [{ isForged: true }, 'answer'],
      [{ claims: { exp: Math.floor(Date.now() / 1000) - 60 } }, 'late'],
      [{ error: 'invalid_grant' }, 'replayed'],
    ];
    believing.pass(16);
    for (const [lie, problem] of lies) {
      liar.lie = lie;
      refusedFor(await beLiedTo(), problem);
    }
    believing.pass(16);
    liar.lie = {};
    refusedFor(await beLiedTo((state) => `error=access_denied&state=${state}`), 'denied');
    refusedFor(await beLiedTo((state) => `code=one&code=two&state=${state}`), 'answer');
    assert.equal((await beLiedTo()).location, '/desk', 'the same provider, when it tells the truth');
  });
});

test('a guesser waits after ten wrong callbacks', async () => {
  believing.pass(16);
  for (let count = 0; count < 10; count += 1) refusedFor(await get(believing, '/desk/oidc/callback?state=x'), 'state');
  refusedFor(await get(believing, '/desk/oidc/callback?state=x'), 'too_many');
  believing.pass(16);
});

test('a provider that is down, or is another than its address says, is named as such; the desk works without', async () => {
  const down = await startLyingProvider();
  down.lie = { metadata: { issuer: 'https://other.example' } };
  const desk = await serve(down.issuer);
  try {
    refusedFor(await get(desk, '/desk/oidc'), 'provider_down');
    down.lie = {};
    const begun = await get(desk, '/desk/oidc');
    assert.ok(begun.location.startsWith(`${down.issuer}/auth?`), 'what failed is asked again');
    await down.stop();
    const state = new URL(begun.location).searchParams.get('state');
    refusedFor(await get(desk, `/desk/oidc/callback?code=one&state=${state}`, begun.cookie), 'provider_down');
    assert.equal((await desk.fetch('/readyz')).status, 200);
  } finally {
    await desk.stop();
  }
});

test('S-SSRF-1: what a provider’s documents name leads neither into the newsroom’s network nor past encryption', async () => {
  const options = { method: 'GET', headers: {}, body: undefined, redirect: 'manual' } as const;
  const local = (): Promise<{ address: string; family: number }[]> =>
    Promise.resolve([{ address: '127.0.0.1', family: 4 }]);
  const ask = fetchFrom(new URL('https://id.example'), local);
  await assert.rejects(ask('https://tokens.example/token', options), /private/);
  await assert.rejects(ask('http://id.example/token', options), /not encrypted/);
  await assert.rejects(ask('http://169.254.169.254/latest', options), /not encrypted/);
  const here = fetchFrom(new URL(liar.issuer));
  const before = liar.asked.length;
  const other = await startLyingProvider();
  await assert.rejects(here(`${other.issuer}/token`, options), /not encrypted/);
  assert.equal(other.asked.length, 0, 'another port of this machine is another provider');
  await other.stop();
  assert.equal((await here(`${liar.issuer}/jwks`, options)).status, 200);
  assert.equal(liar.asked.length, before + 1);
});

test('without a provider there is nothing at its addresses', async () => {
  const plain = await startServer();
  try {
    for (const path of ['/desk/oidc', '/desk/oidc/callback'])
      assert.equal((await plain.fetch(path, { redirect: 'manual' })).status, 404);
  } finally {
    await plain.stop();
  }
});
