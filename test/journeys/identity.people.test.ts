import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { PeopleView, PersonRow, SessionLine } from '../../src/contract/people.ts';
import type { Principal } from '../../src/contract/principal.ts';
import type { RouteName } from '../../src/contract/routes.ts';
import { addMinutes } from '../../src/contract/time.ts';
import { createIdentity, type Identity } from '../../src/identity/identify.ts';
import { addModerator } from '../../src/identity/moderators.ts';
import { sql } from '../../src/storage/sql.ts';
import { askHandler, noon, openDesk, type Asked, type Desk, type Read } from '../support/desk.ts';

let desk: Desk;
let identity: Identity;
let ann: { cookie: string; principal: Principal };

before(async () => {
  desk = await openDesk('harbour', 'valley');
  identity = createIdentity({ store: desk.database, secret: 'a secret', publicUrl: 'https://desk.example' });
  ann = await arrive('ann@desk.example', 'admin');
});
after(() => desk.remove());

function ask(name: RouteName, asked: Asked = {}): Promise<Read> {
  const params = { site: 'harbour', ...asked.params };
  return askHandler(identity.handlers[name], { principal: ann.principal, ...asked, params });
}

async function arrive(
  email: string,
  role: 'moderator' | 'admin',
  now = noon,
): Promise<{ cookie: string; principal: Principal }> {
  const secret = await addModerator(desk.database, { site: 'harbour', email, role }, now);
  return open(secret, now);
}

async function open(secret: string, now = noon): Promise<{ cookie: string; principal: Principal }> {
  const answer = await askHandler(identity.handlers.postSession, { body: { secret }, now });
  const [cookie = ''] = String(answer.headers['set-cookie']).split(';');
  const principal = await identify(cookie, now);
  if (!principal) throw new Error(answer.reason);
  return { cookie, principal };
}

function identify(cookie: string, now = noon): Promise<Principal | undefined> {
  const call = { params: {}, query: {}, body: undefined, isForm: false, address: '192.0.2.7' };
  return identity.identify({ ...call, headers: { cookie }, now });
}

async function people(): Promise<PeopleView> {
  return (await ask('getPeople')).body as PeopleView;
}

async function find(email: string): Promise<PersonRow> {
  const row = (await people()).people.find((person) => person.email === email);
  assert.ok(row);
  return row;
}

async function changes(account: string): Promise<unknown[]> {
  const rows = await desk.rows<{ actor: string; body: { change: string } }>(
    sql`select actor, body from event where kind = 'account_changed' and body ->> 'account' = ${account} order by seq`,
  );
  return rows.map(({ actor, body }) => `${body.change} by ${actor}`);
}

const byAnn = (): string => `moderator:${ann.principal.accounts[0]?.id}`;

describe('a person is not added', () => {
  const wrong: Record<string, [object | undefined, string, string?]> = {
    'without a body': [undefined, 'body_malformed'],
    'without an address': [{ role: 'moderator' }, 'field_required', 'email'],
    'with two addresses': [{ email: 'a@b.example,c@d.example', role: 'moderator' }, 'email_malformed', 'email'],
    'with a line break in the address': [
      { email: 'a@b.example\nBcc: c', role: 'moderator' },
      'email_malformed',
      'email',
    ],
    'without a role': [{ email: 'x@desk.example' }, 'field_required', 'role'],
    'as a program': [{ email: 'x@desk.example', role: 'program' }, 'field_malformed', 'role'],
    'as an admin of a section': [
      { email: 'x@desk.example', role: 'admin', sections: ['news'] },
      'field_malformed',
      'sections',
    ],
    'with sections that are none': [
      { email: 'x@desk.example', role: 'editor', sections: 'news' },
      'field_malformed',
      'sections',
    ],
    'with an empty section': [
      { email: 'x@desk.example', role: 'editor', sections: [''] },
      'field_malformed',
      'sections',
    ],
    'by mail where none goes out': [
      { email: 'x@desk.example', role: 'editor', delivery: 'mail' },
      'field_malformed',
      'delivery',
    ],
    twice: [{ email: ' ANN@desk.example ', role: 'moderator' }, 'account_known', 'email'],
  };
  for (const [how, [body, reason, field]] of Object.entries(wrong)) {
    test(how, async () => {
      const answer = await ask('postPerson', { body });
      assert.deepEqual([answer.reason, answer.body['field']], [reason, field]);
    });
  }

  test('and nothing of it is left behind: the known account keeps its role', async () => {
    assert.equal((await find('ann@desk.example')).role, 'admin');
  });
});

test('a person is added with an address that is shown once, arrives with it, and is listed', async () => {
  const body = { email: 'New@desk.example', role: 'moderator', name: 'Nour', sections: ['news', 'news', 'sport'] };
  const added = await ask('postPerson', { body });
  assert.equal(added.status, 201);
  const [address = '', secret = ''] = String(added.body['signIn']).split('#');
  assert.equal(address, 'https://desk.example/desk/sign-in');
  const before = await find('new@desk.example');
  assert.deepEqual(
    [before.name, before.role, before.sections, before.signInPending, before.seenAt, before.sessions],
    ['Nour', 'moderator', ['news', 'sport'], true, null, []],
  );
  assert.ok(!JSON.stringify(await people()).includes(secret));
  const { principal } = await open(secret);
  assert.deepEqual(principal.accounts[0]?.sections, ['news', 'sport']);
  const after = await find('new@desk.example');
  assert.deepEqual([after.signInPending, after.seenAt, after.sessions.length], [false, '2026-11-22T12:00:00Z', 1]);
  assert.deepEqual(await changes(before.id), [`added by ${byAnn()}`, `sign_in by ${byAnn()}`]);
});

test('the record names accounts and rights, and neither a name nor an address', async () => {
  await ask('postPerson', { body: { email: 'canary@desk.example', role: 'editor', name: 'Kanarya' } });
  const rows = await desk.rows<{ body: string }>(sql`select body::text from event where kind = 'account_changed'`);
  assert.ok(rows.length > 0);
  assert.doesNotMatch(rows.map(({ body }) => body).join(), /canary|kanarya|@/i);
});

test('a change of role or sections ends the sessions, a new name does not, and all are recorded', async () => {
  const { cookie } = await arrive('kim@desk.example', 'moderator');
  const { id } = await find('kim@desk.example');
  const change = (body: object): Promise<Read> => ask('putPerson', { params: { person: id }, body });
  assert.equal((await change({ role: 'moderator', name: 'Kim K.' })).status, 200);
  assert.equal((await identify(cookie))?.accounts[0]?.name, 'Kim K.');
  assert.equal((await change({ role: 'moderator', sections: ['news'] })).status, 200);
  assert.equal(await identify(cookie), undefined);
  assert.equal((await change({ role: 'admin' })).status, 200);
  assert.deepEqual((await find('kim@desk.example')).sections, []);
  const author = byAnn();
  const made = ['added by operator', 'sign_in by operator'];
  const changed = Array.from({ length: 3 }, () => `changed by ${author}`);
  assert.deepEqual(await changes(id), [...made, ...changed]);
  assert.equal((await ask('deletePerson', { params: { person: id } })).status, 204);
  assert.equal((await ask('deletePerson', { params: { person: id } })).reason, 'not_found');
});

test('the last admin can neither be removed nor made less, by nobody and not by two at once', async () => {
  const last = await find('ann@desk.example');
  const body = { role: 'editor' };
  assert.equal((await ask('deletePerson', { params: { person: last.id } })).reason, 'last_admin');
  assert.equal((await ask('putPerson', { params: { person: last.id }, body })).reason, 'last_admin');
  await addModerator(desk.database, { site: 'harbour', email: 'ben@desk.example', role: 'admin' }, noon);
  const ben = await find('ben@desk.example');
  const both = await Promise.all([ben, last].map(({ id }) => ask('putPerson', { params: { person: id }, body })));
  assert.deepEqual(both.map(({ status, reason }) => reason ?? status).toSorted(), [200, 'last_admin']);
  // Whoever it was, Ann keeps the accounts in the tests that follow.
  ann = await arrive('ann@desk.example', 'admin');
});

describe('sessions', () => {
  test('are listed without where they came from, and ended one by one: one’s own, and by an admin another’s', async () => {
    const [first, second] = [
      await arrive('lea@desk.example', 'moderator'),
      await arrive('lea@desk.example', 'moderator'),
    ];
    const listed = await ask('getSessions', { principal: second.principal, now: addMinutes(noon, 1.5) });
    const sessions = listed.body['sessions'] as SessionLine[];
    assert.deepEqual(Object.keys(sessions[0] ?? {}).toSorted(), ['createdAt', 'id', 'isOwn', 'seenAt']);
    assert.deepEqual(sessions.map(({ isOwn }) => isOwn).toSorted(), [false, true]);
    assert.ok(sessions.every(({ createdAt, seenAt }) => createdAt.endsWith(':00Z') && seenAt.endsWith(':00Z')));
    const other = sessions.find(({ isOwn }) => !isOwn)?.id ?? '';
    const end = (): Promise<Read> =>
      ask('deleteOwnSession', { principal: second.principal, params: { session: other } });
    assert.equal((await end()).status, 204);
    assert.equal(await identify(first.cookie), undefined);
    assert.equal((await end()).reason, 'not_found');

    const { id, sessions: left } = await find('lea@desk.example');
    const params = { person: id, session: left[0]?.id ?? '' };
    assert.equal((await ask('deletePersonSession', { params })).status, 204);
    assert.equal(await identify(second.cookie), undefined);
    const own = second.principal.accounts[0]?.id;
    assert.deepEqual((await changes(id)).slice(-2), [
      `session_ended by moderator:${own}`,
      `session_ended by ${byAnn()}`,
    ]);
  });

  test('of somebody else are not there for whoever is no admin, whatever id is sent', async () => {
    const [lea, mia] = [await arrive('lea@desk.example', 'moderator'), await arrive('mia@desk.example', 'moderator')];
    for (const session of [lea.principal.session?.id ?? '', 'x', '']) {
      const answer = await ask('deleteOwnSession', { principal: mia.principal, params: { session } });
      assert.equal(answer.reason, 'not_found');
    }
    assert.ok(await identify(lea.cookie));
    assert.equal(
      (await ask('getSessions', { principal: await desk.program('harbour', 'desk') })).reason,
      'not_allowed',
    );
  });
});

describe('a sign-in', () => {
  test('proves who somebody is for ten minutes, and the next one proves it anew in a session of its own', async () => {
    const { cookie } = await arrive('old@desk.example', 'moderator');
    assert.equal((await identify(cookie, addMinutes(noon, 9.9)))?.isProven, true);
    assert.equal((await identify(cookie, addMinutes(noon, 10)))?.isProven, false);
    const later = addMinutes(noon, 30);
    const secret = await addModerator(
      desk.database,
      { site: 'harbour', email: 'old@desk.example', role: 'moderator' },
      later,
    );
    const again = await askHandler(identity.handlers.postSession, {
      body: { secret },
      headers: { cookie },
      now: later,
    });
    const [fresh = ''] = String(again.headers['set-cookie']).split(';');
    assert.notEqual(fresh, cookie);
    assert.equal((await identify(fresh, later))?.isProven, true);
    assert.equal(await identify(cookie, later), undefined, 'the session of before has ended');
  });

  test('cannot be planted: a cookie that somebody else chose is not the one after the sign-in', async () => {
    const planted = `__Host-stet-session=harbour_${'a'.repeat(43)}`;
    const secret = await addModerator(
      desk.database,
      { site: 'harbour', email: 'fix@desk.example', role: 'moderator' },
      noon,
    );
    const answer = await askHandler(identity.handlers.postSession, { body: { secret }, headers: { cookie: planted } });
    assert.ok(!String(answer.headers['set-cookie']).includes('a'.repeat(43)));
    assert.equal(await identify(planted), undefined);
  });
});

test('a token is told once, listed without its secret, opens what its scope names, and is revoked', async () => {
  for (const [body, field] of [
    [{ scopes: ['desk'] }, 'name'],
    [{ name: 'robot' }, 'scopes'],
    [{ name: 'robot', scopes: ['admin'] }, 'scopes'],
  ] as const)
    assert.equal((await ask('postToken', { body })).body['field'], field);
  const made = await ask('postToken', { body: { name: 'robot', scopes: ['desk'] } });
  const token = String(made.body['token']);
  const bearer = (): Promise<Principal | undefined> => {
    const call = { params: {}, query: {}, body: undefined, isForm: false, address: '', now: noon };
    return identity.identify({ ...call, headers: { authorization: `Bearer ${token}` } });
  };
  assert.deepEqual([(await bearer())?.kind, (await bearer())?.isProven], ['program', undefined]);
  const view = await people();
  assert.ok(!JSON.stringify(view).includes(token));
  const { id = '' } = view.programs.find(({ name }) => name === 'robot') ?? {};
  assert.equal((await ask('deleteToken', { params: { program: 'robot' } })).reason, 'not_found');
  assert.equal((await ask('deleteToken', { params: { program: id } })).status, 204);
  assert.equal(await bearer(), undefined);
  assert.deepEqual(await changes(id), [`token_added by ${byAnn()}`, `token_revoked by ${byAnn()}`]);
});
