import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Call } from '../../src/contract/http.ts';
import type { Principal } from '../../src/contract/principal.ts';
import { createIdentity, type Identity } from '../../src/identity/identify.ts';
import { addModerator } from '../../src/identity/moderators.ts';
import { addToken, revokeToken } from '../../src/identity/tokens.ts';
import { askHandler, noon, openDesk, type Desk } from '../support/desk.ts';

let desk: Desk;
let identity: Identity;
let cookie: string;

before(async () => {
  desk = await openDesk('harbour', 'valley');
  identity = createIdentity({ store: desk.database, secret: 'a secret', publicUrl: 'https://desk.example' });
  const secret = await addModerator(
    desk.database,
    { site: 'harbour', email: 'ada@desk.example', role: 'moderator' },
    noon,
  );
  const signedIn = await askHandler(identity.handlers.postSession, { body: { secret } });
  cookie = String(signedIn.headers['set-cookie']).split(';')[0] ?? '';
});
after(() => desk.remove());

function identify(headers: Call['headers']): Promise<Principal | undefined> {
  return identity.identify({ params: {}, query: {}, headers, body: undefined, isForm: false, address: '', now: noon });
}

describe('a bearer token', () => {
  test('names its site, has 256 random bits and the letters of the contract, and is a program of its own', async () => {
    const token = await addToken(desk.database, { site: 'harbour', scopes: ['desk'], name: 'robot' }, noon);
    assert.match(token, /^stet_harbour_[A-Za-z0-9_-]{43}$/);
    const principal = await identify({ authorization: `Bearer ${token}` });
    assert.deepEqual([principal?.kind, principal?.accounts.length], ['program', 1]);
    const [account] = principal?.accounts ?? [];
    assert.deepEqual(
      [account?.site, account?.name, account?.role, account?.scopes],
      ['harbour', 'robot', 'program', ['desk']],
    );
    const shown = await askHandler(identity.handlers.getSession, { principal });
    assert.deepEqual([shown.body['kind'], shown.body['email'], shown.body['passkeys']], ['program', null, null]);
    assert.equal((await askHandler(identity.handlers.deleteSession, { principal })).reason, 'not_allowed');
  });

  test('wins over a cookie, also when it is no good, and needs no origin', async () => {
    const token = await addToken(desk.database, { site: 'harbour', scopes: ['stories'], name: 'cms' }, noon);
    const foreign = { 'sec-fetch-site': 'cross-site', origin: 'https://evil.example' };
    assert.equal((await identify({ ...foreign, cookie, authorization: `bearer ${token}` }))?.kind, 'program');
    for (const bad of [
      'Bearer',
      'Bearer ',
      'Bearer x',
      `Bearer ${token}x`,
      `Bearer ${token} x`,
      `Bearer ${token.replace('harbour', 'valley')}`,
    ]) {
      assert.equal(await identify({ cookie, authorization: bad }), undefined, bad);
    }
    assert.equal((await identify({ cookie, authorization: 'Basic eDp4' }))?.kind, 'person');
    assert.equal(await identify({ authorization: [`Bearer ${token}`, `Bearer ${token}`] }), undefined);
  });

  test('opens nothing from the moment it is revoked', async () => {
    const token = await addToken(desk.database, { site: 'harbour', scopes: ['desk'], name: 'short-lived' }, noon);
    assert.equal(await revokeToken(desk.database, { site: 'valley', program: 'short-lived' }, noon), 0);
    assert.equal(await revokeToken(desk.database, { site: 'harbour', program: 'short-lived' }, noon), 1);
    assert.equal(await identify({ authorization: `Bearer ${token}` }), undefined);
  });
});
