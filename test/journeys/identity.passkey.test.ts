import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Principal } from '../../src/contract/principal.ts';
import { addMinutes } from '../../src/contract/time.ts';
import { createIdentity, type Identity } from '../../src/identity/identify.ts';
import { addModerator, removeModerator } from '../../src/identity/moderators.ts';
import { sql } from '../../src/storage/sql.ts';
import { makeAuthenticator, type Authenticator, type Ceremony } from '../support/authenticator.ts';
import { askHandler, noon, openDesk, type Asked, type Desk, type Read } from '../support/desk.ts';

const rpId = 'desk.example';
const origin = 'https://desk.example';

let desk: Desk;
let identity: Identity;

before(async () => {
  desk = await openDesk('harbour', 'valley');
});
after(() => desk.remove());

let people = 0;

// A room of its own for each, so that failures of one test do not limit the next.
async function person(): Promise<{ email: string; principal: Principal }> {
  identity = createIdentity({ store: desk.database, secret: 'a secret', publicUrl: `${origin}/` });
  people += 1;
  const email = `person${people}@desk.example`;
  const secret = await addModerator(desk.database, { site: 'harbour', email, role: 'moderator' }, noon);
  const principal = await follow(await ask('postSession', { body: { secret } }));
  assert.ok(principal);
  return { email, principal };
}

function ask(name: keyof Identity['handlers'], asked: Asked): Promise<Read> {
  return askHandler(identity.handlers[name], asked);
}

function follow(answer: Read): Promise<Principal | undefined> {
  const [cookie = ''] = String(answer.headers['set-cookie']).split(';');
  return identity.identify({
    params: {},
    query: {},
    headers: { cookie },
    body: undefined,
    isForm: false,
    address: '',
    now: noon,
  });
}

async function begin(principal: Principal): Promise<Ceremony> {
  const { status, body } = await ask('postPasskeyOptions', { principal });
  assert.equal(status, 200);
  return { challenge: String(body['challenge']), rpId, origin };
}

async function beginSignIn(): Promise<Ceremony> {
  const { status, body } = await ask('postPasskeySignInOptions', {});
  assert.equal(status, 200);
  return { challenge: String(body['challenge']), rpId, origin };
}

async function register(principal: Principal): Promise<Authenticator> {
  const authenticator = makeAuthenticator();
  const kept = await ask('postPasskey', { principal, body: authenticator.register(await begin(principal)) });
  assert.equal(kept.status, 201);
  return authenticator;
}

describe('a passkey is not kept', () => {
  test('for nobody and for a program', async () => {
    await person();
    const robot = await desk.program('harbour', 'desk');
    for (const name of ['postPasskeyOptions', 'postPasskey'] as const) {
      assert.equal((await ask(name, { body: {} })).reason, 'credentials_missing');
      assert.equal((await ask(name, { principal: robot, body: {} })).reason, 'not_allowed');
    }
  });

  test('from an answer that is malformed', async () => {
    const { principal } = await person();
    const good = makeAuthenticator().register(await begin(principal));
    const bad: unknown[] = [
      undefined,
      'x',
      [],
      {},
      { ...good, response: undefined },
      { ...good, id: 7 },
      { ...good, type: 'password' },
    ];
    bad.push({ ...good, response: { clientDataJSON: '!!', attestationObject: 'x' } });
    for (const body of bad) assert.equal((await ask('postPasskey', { principal, body })).reason, 'body_malformed');
  });

  test("for another's challenge, a challenge of nobody, one that expired, and one that was answered before", async () => {
    const [mine, theirs] = [await person(), await person()];
    const authenticator = makeAuthenticator();
    const answer = authenticator.register(await begin(theirs.principal));
    assert.equal((await ask('postPasskey', { principal: mine.principal, body: answer })).reason, 'credentials_unknown');
    const invented = authenticator.register({ challenge: 'A'.repeat(43), rpId, origin });
    assert.equal(
      (await ask('postPasskey', { principal: mine.principal, body: invented })).reason,
      'credentials_unknown',
    );
    const late = authenticator.register(await begin(mine.principal));
    const now = addMinutes(noon, 5);
    assert.equal(
      (await ask('postPasskey', { principal: mine.principal, body: late, now })).reason,
      'credentials_unknown',
    );
    const once = authenticator.register(await begin(mine.principal));
    assert.equal((await ask('postPasskey', { principal: mine.principal, body: once })).status, 201);
    assert.equal((await ask('postPasskey', { principal: mine.principal, body: once })).reason, 'credentials_unknown');
  });

  test('for another page, another host, a broken attestation, or a key that is kept already; the challenge is used up', async () => {
    const { principal } = await person();
    const wrong = async (change: (ceremony: Ceremony) => Record<string, unknown>): Promise<void> => {
      const ceremony = await begin(principal);
      assert.equal((await ask('postPasskey', { principal, body: change(ceremony) })).reason, 'field_malformed');
      const retry = makeAuthenticator().register(ceremony);
      assert.equal((await ask('postPasskey', { principal, body: retry })).reason, 'credentials_unknown');
    };
    await wrong((ceremony) => makeAuthenticator().register({ ...ceremony, origin: 'https://evil.example' }));
    await wrong((ceremony) => makeAuthenticator().register({ ...ceremony, rpId: 'evil.example' }));
    await wrong((ceremony) => {
      const answer = makeAuthenticator().register(ceremony);
      return { ...answer, response: { ...(answer['response'] as object), attestationObject: 'oWNmbXRkbm9uZQ' } };
    });
    const authenticator = await register(principal);
    const other = await person();
    const again = authenticator.register(await begin(other.principal));
    assert.equal((await ask('postPasskey', { principal: other.principal, body: again })).reason, 'field_malformed');
  });
});

describe('signing in by passkey is refused', () => {
  async function refused(body: unknown, more: Asked = {}): Promise<void> {
    assert.equal((await ask('postPasskeySignIn', { body, ...more })).reason, 'credentials_unknown');
  }

  test('to an unknown key, an unknown challenge, a replay and a late answer', async () => {
    const authenticator = await register((await person()).principal);
    await refused(makeAuthenticator().signIn(await beginSignIn()));
    await refused(authenticator.signIn({ challenge: 'A'.repeat(43), rpId, origin }));
    await refused(authenticator.signIn(await beginSignIn()), { now: addMinutes(noon, 5) });
    const answer = authenticator.signIn(await beginSignIn());
    assert.equal((await ask('postPasskeySignIn', { body: answer })).status, 201);
    await refused(answer);
    assert.equal((await ask('postPasskeySignIn', { body: {} })).reason, 'body_malformed');
  });

  test("to a challenge that was made for a registration, to another page's and another host's answer, and to a changed one", async () => {
    const { principal } = await person();
    const authenticator = await register(principal);
    await refused(authenticator.signIn(await begin(principal)));
    await refused(authenticator.signIn({ ...(await beginSignIn()), origin: 'https://evil.example' }));
    await refused(authenticator.signIn({ ...(await beginSignIn()), rpId: 'evil.example' }));
    const answer = authenticator.signIn(await beginSignIn());
    const { signature } = makeAuthenticator().signIn(await beginSignIn())['response'] as { signature: string };
    await refused({ ...answer, response: { ...(answer['response'] as object), signature } });
  });

  test('to a copy of an authenticator whose counter was seen before', async () => {
    const authenticator = await register((await person()).principal);
    const copy = authenticator.copy();
    assert.equal((await ask('postPasskeySignIn', { body: authenticator.signIn(await beginSignIn()) })).status, 201);
    await refused(copy.signIn(await beginSignIn()));
  });

  test('to whoever was removed, also where the passkey row was still there', async () => {
    const { email, principal } = await person();
    const authenticator = await register(principal);
    await removeModerator(desk.database, { site: 'harbour', email }, noon);
    await refused(authenticator.signIn(await beginSignIn()));
    assert.deepEqual(
      await desk.rows(sql`select 1 from passkey k join account a on a.id = k.account where a.email = ${email}`),
      [],
    );
  });

  test('from a page of somebody else, and after ten failures or sixty challenges', async () => {
    const authenticator = await register((await person()).principal);
    const headers = { 'sec-fetch-site': 'cross-site' };
    assert.equal((await ask('postPasskeySignInOptions', { headers })).reason, 'origin_foreign');
    const good = authenticator.signIn(await beginSignIn());
    assert.equal((await ask('postPasskeySignIn', { headers, body: good })).reason, 'origin_foreign');
    const wrong = makeAuthenticator().signIn({ challenge: 'A'.repeat(43), rpId, origin });
    for (let count = 0; count < 10; count += 1) await refused(wrong);
    assert.equal((await ask('postPasskeySignIn', { body: good })).reason, 'too_many_attempts');
    for (let count = 1; count < 60; count += 1) await beginSignIn();
    assert.equal((await ask('postPasskeySignInOptions', {})).reason, 'too_many_attempts');
  });
});

test('a passkey is offered, kept, counted and signs its person in without a name', async () => {
  const { email, principal } = await person();
  const { body: options } = await ask('postPasskeyOptions', { principal });
  assert.deepEqual(options['rp'], { name: 'Stet', id: rpId });
  assert.deepEqual(options['authenticatorSelection'], {
    residentKey: 'required',
    requireResidentKey: true,
    userVerification: 'preferred',
  });
  assert.ok(!JSON.stringify((options['user'] as { id: string }).id).includes(Buffer.from(email).toString('base64url')));
  const authenticator = await register(principal);
  const shown = await ask('getSession', { principal });
  assert.equal(shown.body['passkeys'], 1);
  const again = await ask('postPasskeyOptions', { principal });
  assert.equal((again.body['excludeCredentials'] as object[]).length, 1);

  const signInOptions = await ask('postPasskeySignInOptions', {});
  assert.equal(signInOptions.body['rpId'], rpId);
  assert.deepEqual(signInOptions.body['allowCredentials'] ?? [], []);
  const answer = await ask('postPasskeySignIn', { body: authenticator.signIn(await beginSignIn()) });
  assert.deepEqual([answer.status, answer.body['email'], answer.body['passkeys']], [201, email, 1]);
  assert.equal((await follow(answer))?.accounts[0]?.email, email);
});
