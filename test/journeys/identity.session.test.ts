import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Role } from '../../src/contract/desk.ts';
import type { Call } from '../../src/contract/http.ts';
import type { Principal } from '../../src/contract/principal.ts';
import { addMinutes } from '../../src/contract/time.ts';
import { createIdentity, type Identity } from '../../src/identity/identify.ts';
import { listAccounts } from '../../src/record/accounts.ts';
import { addModerator, removeModerator } from '../../src/identity/moderators.ts';
import { addToken } from '../../src/identity/tokens.ts';
import { sql } from '../../src/storage/sql.ts';
import { askHandler, noon, openDesk, type Asked, type Desk, type Read } from '../support/desk.ts';

let desk: Desk;
let identity: Identity;

before(async () => {
  desk = await openDesk('harbour', 'valley');
  identity = open();
});
after(() => desk.remove());

// A fresh one has forgotten who guessed before.
function open(): Identity {
  return createIdentity({ store: desk.database, secret: 'a secret', publicUrl: 'https://desk.example' });
}

let people = 0;

async function person(
  role: 'moderator' | 'editor' = 'moderator',
  site = 'harbour',
): Promise<{ email: string; secret: string }> {
  people += 1;
  const email = `person${people}@desk.example`;
  return { email, secret: await addModerator(desk.database, { site, email, role }, noon) };
}

function signIn(secret: unknown, more: Asked = {}, at: Identity = identity): Promise<Read> {
  return askHandler(at.handlers.postSession, { body: { secret }, ...more });
}

function cookieOf(answer: Read): string {
  const [pair = ''] = String(answer.headers['set-cookie']).split(';');
  return pair;
}

async function session(secret: string): Promise<string> {
  const answer = await signIn(secret);
  assert.equal(answer.status, 201);
  return cookieOf(answer);
}

function identify(headers: Call['headers'], now = noon): Promise<Principal | undefined> {
  return identity.identify({
    params: {},
    query: {},
    headers,
    body: undefined,
    isForm: false,
    address: '192.0.2.7',
    now,
  });
}

describe('a one-time sign-in', () => {
  test('that is malformed, unknown, or of another site is refused', async () => {
    const at = open();
    const { secret } = await person();
    assert.equal((await askHandler(at.handlers.postSession, { body: undefined })).reason, 'body_malformed');
    assert.equal((await askHandler(at.handlers.postSession, { body: {} })).reason, 'field_required');
    const unknown = [
      7,
      '',
      'x',
      `harbour_${'a'.repeat(43)}`,
      secret.replace('harbour', 'valley'),
      `${secret}a`,
      secret.toUpperCase(),
      `stet_${secret}`,
    ];
    for (const sent of unknown) assert.equal((await signIn(sent, {}, at)).reason, 'credentials_unknown');
    assert.equal((await signIn(secret, { address: '198.51.100.9' }, at)).status, 201);
  });

  test('works once, also when it is sent sixteen times at once', async () => {
    const { secret } = await person();
    const answers = await Promise.all(
      Array.from({ length: 16 }, (_, index) => signIn(secret, { address: `203.0.113.${index}` })),
    );
    assert.equal(answers.filter(({ status }) => status === 201).length, 1);
    assert.equal(answers.filter(({ reason }) => reason === 'sign_in_used').length, 15);
  });

  test('works for a day and not a moment longer', async () => {
    const [late, early] = [await person(), await person()];
    assert.equal((await signIn(late.secret, { now: addMinutes(noon, 1440) })).reason, 'sign_in_used');
    assert.equal((await signIn(early.secret, { now: addMinutes(noon, 1439.9) })).status, 201);
  });

  test('ends when a newer one is made by `moderator add`, and when the account is removed', async () => {
    const { email, secret } = await person();
    const newer = await addModerator(
      desk.database,
      { site: 'harbour', email: ` ${email.toUpperCase()} `, role: 'moderator' },
      noon,
    );
    assert.equal((await signIn(secret)).reason, 'sign_in_used');
    await removeModerator(desk.database, { site: 'harbour', email }, noon);
    assert.equal((await signIn(newer)).reason, 'sign_in_used');
    assert.equal(await removeModerator(desk.database, { site: 'harbour', email }, noon), false);
  });
});

describe('a one-time sign-in, by whoever should not have it,', () => {
  test('is refused from a page of somebody else, who would sign a moderator in as another', async () => {
    const { secret } = await person();
    const foreign: Call['headers'][] = [
      { 'sec-fetch-site': 'cross-site' },
      { 'sec-fetch-site': 'same-site' },
      { origin: 'https://evil.example', host: 'desk.example' },
      { origin: 'null', host: 'desk.example' },
    ];
    for (const headers of foreign) assert.equal((await signIn(secret, { headers })).reason, 'origin_foreign');
    const own = { 'sec-fetch-site': 'same-origin', origin: 'https://desk.example', host: 'inner:3000' };
    assert.equal((await signIn(secret, { headers: own })).status, 201);
  });

  test('is limited: after ten wrong ones a network waits, and other networks do not', async () => {
    const at = open();
    const { secret } = await person();
    for (let count = 0; count < 10; count += 1)
      assert.equal((await signIn('wrong', {}, at)).reason, 'credentials_unknown');
    assert.equal((await signIn(secret, {}, at)).reason, 'too_many_attempts');
    assert.equal((await signIn('wrong', { address: '2001:db8::1' }, at)).reason, 'credentials_unknown');
    assert.equal((await signIn(secret, { now: addMinutes(noon, 15) }, at)).status, 201);
  });

  test('is stored as its SHA-256 and nowhere as it is; so are session and token', async () => {
    const { secret } = await person();
    const cookie = await session(secret);
    const token = await addToken(desk.database, { site: 'harbour', scopes: ['desk'], name: 'robot' }, noon);
    const rows = await desk.rows<{ row: string }>(
      sql`select t::text as row from sign_in t union all select t::text from session t union all select t::text from token t`,
    );
    const stored = rows.map(({ row }) => row).join('\n');
    for (const part of [secret, cookie.split('=')[1] ?? '', token]) {
      const random = part.slice(-43);
      assert.ok(random.length > 20 && !stored.includes(random));
    }
  });
});

describe('a session', () => {
  test('comes in a cookie that no script, no other site and no plain connection gets', async () => {
    const answer = await signIn((await person()).secret);
    assert.match(
      String(answer.headers['set-cookie']),
      /^__Host-stet-session=harbour_[A-Za-z0-9_-]{43}; Path=\/; Max-Age=43200; Secure; HttpOnly; SameSite=Strict$/,
    );
    assert.equal(answer.headers['cache-control'], 'no-store');
    assert.ok(!JSON.stringify(answer.body).includes(cookieOf(answer).split('=')[1] ?? ''));
  });

  test('belongs to nobody with a malformed, unknown, doubled or foreign cookie', async () => {
    const cookie = await session((await person()).secret);
    const nobody: Call['headers'][] = [
      {},
      { cookie: '__Host-stet-session=' },
      { cookie: '__Host-stet-session=x' },
      { cookie: `__Host-stet-session=harbour_${'a'.repeat(43)}` },
      { cookie: cookie.replace('harbour', 'valley') },
      { cookie: cookie.replace('__Host-', '') },
      { cookie: `${cookie}; ${cookie}` },
      { cookie, 'sec-fetch-site': 'cross-site' },
      { cookie, 'sec-fetch-site': 'same-site' },
      { cookie, 'sec-fetch-site': ['same-origin', 'cross-site'] },
      { cookie, origin: 'null', host: 'desk.example' },
      { cookie, origin: 'https://evil.example', host: 'desk.example' },
      { cookie, origin: 'https://desk.example.evil.example', host: 'desk.example' },
      { cookie, origin: 'https://desk.example:8443', host: 'desk.example' },
      { cookie, origin: 'http://desk.example.', host: 'desk.example' },
      { cookie, origin: 'https://desk.example@evil.example', host: 'desk.example' },
    ];
    for (const headers of nobody) assert.equal(await identify(headers), undefined, JSON.stringify(headers));
    const somebody: Call['headers'][] = [
      { cookie },
      { cookie: `theme=dark; ${cookie}; other=1` },
      { cookie, 'sec-fetch-site': 'same-origin', origin: 'https://desk.example', host: 'inner:3000' },
      { cookie, origin: 'http://127.0.0.1:3000', host: '127.0.0.1:3000' },
    ];
    for (const headers of somebody) assert.equal((await identify(headers))?.kind, 'person', JSON.stringify(headers));
  });

  test('a cookie sent by a page of somebody else is named as such; a bearer token and no cookie are not', async () => {
    const call = { params: {}, query: {}, body: undefined, isForm: false, address: '', now: noon };
    const cookie = '__Host-stet-session=x';
    const foreign = { 'sec-fetch-site': 'cross-site' };
    assert.equal(
      identity.refuseForeign({ ...call, headers: { ...foreign, cookie } })?.refusal.reason,
      'origin_foreign',
    );
    assert.equal(identity.refuseForeign({ ...call, headers: foreign }), undefined);
    assert.equal(
      identity.refuseForeign({ ...call, headers: { ...foreign, cookie, authorization: 'Bearer x' } }),
      undefined,
    );
    assert.equal(identity.refuseForeign({ ...call, headers: { cookie, 'sec-fetch-site': 'same-origin' } }), undefined);
  });
});

describe('a session, as time goes by,', () => {
  test('ends after an hour without a request, and after twelve hours with them', async () => {
    const cookie = await session((await person()).secret);
    assert.ok(await identify({ cookie }, addMinutes(noon, 59)));
    assert.ok(await identify({ cookie }, addMinutes(noon, 118)));
    assert.equal(await identify({ cookie }, addMinutes(noon, 178)), undefined);
    const busy = await session((await person()).secret);
    for (let minutes = 30; minutes < 720; minutes += 30)
      assert.ok(await identify({ cookie: busy }, addMinutes(noon, minutes)));
    assert.equal(await identify({ cookie: busy }, addMinutes(noon, 720)), undefined);
  });

  test('is noted as seen at most once a minute, and a clock that goes back changes nothing', async () => {
    const { email, secret } = await person();
    const cookie = await session(secret);
    const seen = async (): Promise<Date | undefined> => {
      const rows = await desk.rows<{ at: Date }>(
        sql`select s.seen_at as at from session s join account a on a.site = s.site and a.id = s.account where a.email = ${email}`,
      );
      return rows[0]?.at;
    };
    await identify({ cookie }, addMinutes(noon, 0.9));
    assert.deepEqual(await seen(), noon);
    await identify({ cookie }, addMinutes(noon, 1));
    await identify({ cookie }, addMinutes(noon, -30));
    assert.deepEqual(await seen(), addMinutes(noon, 1));
  });
});

describe('a session, when something changes,', () => {
  test('ends with the sign-out, with the next sign-in of the same browser, with the account and with a change of role', async () => {
    const { email, secret } = await person();
    const again = (role: Role): Promise<string> => addModerator(desk.database, { site: 'harbour', email, role }, noon);
    const first = await session(secret);
    const out = await askHandler(identity.handlers.deleteSession, { principal: await identify({ cookie: first }) });
    assert.deepEqual([out.status, /Max-Age=0/.test(String(out.headers['set-cookie']))], [204, true]);
    assert.equal(await identify({ cookie: first }), undefined);

    const second = await session(await again('moderator'));
    const third = cookieOf(await signIn(await again('moderator'), { headers: { cookie: second } }));
    assert.equal(await identify({ cookie: second }), undefined);

    const fourth = await session(await again('editor'));
    assert.equal(await identify({ cookie: third }), undefined);
    await again('editor');
    assert.equal((await identify({ cookie: fourth }))?.accounts[0]?.role, 'editor');

    await removeModerator(desk.database, { site: 'harbour', email }, noon);
    assert.equal(await identify({ cookie: fourth }), undefined);
    assert.ok(!(await listAccounts(desk.database, 'harbour')).some((account) => account.email === email));
  });

  test("joins a person's accounts on other sites by address, and loses each when it is removed", async () => {
    const { email, secret } = await person();
    await addModerator(desk.database, { site: 'valley', email, role: 'admin', name: 'At Valley' }, noon);
    const cookie = await session(secret);
    const sites = async (): Promise<string[] | undefined> =>
      (await identify({ cookie }))?.accounts.map(({ site, role }) => `${site} ${role}`);
    assert.deepEqual(await sites(), ['harbour moderator', 'valley admin']);
    await removeModerator(desk.database, { site: 'valley', email }, noon);
    assert.deepEqual(await sites(), ['harbour moderator']);
  });

  test('says who is signed in, where, and that there is no passkey yet', async () => {
    const { email, secret } = await person('editor');
    const signedIn = await signIn(secret);
    const principal = await identify({ cookie: cookieOf(signedIn) });
    const shown = await askHandler(identity.handlers.getSession, { principal });
    assert.deepEqual(shown.body, signedIn.body);
    const [account] = principal?.accounts ?? [];
    const harbour = { site: 'harbour', siteName: 'The harbour', language: 'en' };
    assert.deepEqual(shown.body, {
      kind: 'person',
      name: email.split('@')[0],
      email,
      accounts: [{ ...harbour, id: account?.id, role: 'editor', scopes: [], sections: [] }],
      passkeys: 0,
    });
    assert.equal((await askHandler(identity.handlers.getSession, {})).reason, 'credentials_missing');
    assert.equal((await askHandler(identity.handlers.deleteSession, {})).reason, 'credentials_missing');
  });
});
