import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, describe, test } from 'node:test';
import type { Principal } from '../../src/contract/principal.ts';
import type { RouteName } from '../../src/contract/routes.ts';
import { openDesk, type Desk } from '../support/desk.ts';

let desk: Desk;
const principals: Record<string, Principal | undefined> = {};

before(async () => {
  desk = await openDesk('harbour', 'valley');
  principals['nobody'] = undefined;
  principals['a principal without accounts'] = { kind: 'person', accounts: [], isProven: true };
  for (const scope of ['desk', 'stories', 'score'] as const)
    principals[`a program for ${scope}`] = { ...(await desk.program('harbour', scope)), isProven: true };
  principals['an admin of another site'] = await desk.person('Vito', 'admin', 'valley');
  principals['a moderator'] = await desk.person('Ada', 'moderator', 'harbour');
  principals['an editor'] = await desk.person('Eli', 'editor', 'harbour');
  principals['an editor of a section'] = await desk.limited('Noa', 'editor', { site: 'harbour', sections: ['news'] });
  principals['an admin'] = await desk.person('Ann', 'admin', 'harbour');
  principals['an admin who signed in long ago'] = {
    ...(await desk.person('Old', 'admin', 'harbour')),
    isProven: false,
  };
});
after(() => desk.remove());

const everyone = [
  'nobody',
  'a principal without accounts',
  'a program for desk',
  'a program for stories',
  'a program for score',
  'an admin of another site',
  'a moderator',
  'an editor',
  'an editor of a section',
  'an admin',
  'an admin who signed in long ago',
];

type Act = { ok: number | string; proven?: true; body?: () => object; params?: () => Promise<Record<string, string>> };

let made = 0;
const somebody = async (): Promise<Record<string, string>> => {
  made += 1;
  const { accounts } = await desk.person(`Some${made}`, 'moderator', 'harbour');
  return { person: accounts[0]?.id ?? '' };
};
const program = async (): Promise<Record<string, string>> => {
  const { accounts } = await desk.program('harbour', 'desk');
  return { program: accounts[0]?.id ?? '' };
};
const newcomer = (): object => ({ email: `${randomUUID()}@desk.example`, role: 'moderator' });

const acts: Partial<Record<RouteName, Act>> = {
  getPeople: { ok: 200 },
  postPerson: { ok: 201, proven: true, body: newcomer },
  putPerson: { ok: 200, proven: true, body: () => ({ role: 'editor' }), params: somebody },
  deletePerson: { ok: 204, proven: true, params: somebody },
  postPersonSignIn: { ok: 201, proven: true, params: somebody },
  deletePersonSession: { ok: 'not_found', params: async () => ({ ...(await somebody()), session: randomUUID() }) },
  postToken: { ok: 201, proven: true, body: () => ({ name: 'robot', scopes: ['desk'] }) },
  deleteToken: { ok: 204, params: program },
};

describe('S-AUTHZ-2: accounts and tokens are the admins’ of the site, and dangerous acts ask for a fresh sign-in', () => {
  for (const [name, act] of Object.entries(acts) as [RouteName, Act][]) {
    for (const who of everyone) {
      const admin = /^an admin(?! of)/.test(who);
      const stale = act.proven && who.includes('long ago') ? 'step_up_required' : undefined;
      const expected = who === 'nobody' ? 'credentials_missing' : admin ? (stale ?? act.ok) : 'not_allowed';
      test(`${name} by ${who} is answered with ${expected}`, async () => {
        const ask = async (site: string): Promise<string | number> => {
          const params = { ...(await act.params?.()), site };
          const answer = await desk.ask(name, { params, principal: principals[who], body: act.body?.() });
          return answer.reason ?? answer.status;
        };
        assert.equal(await ask('harbour'), expected);
        const elsewhere = who === 'nobody' ? expected : 'not_allowed';
        for (const site of ['', 'nowhere', 'harbour/', "x' or true"]) assert.equal(await ask(site), elsewhere, site);
        if (who !== 'an admin of another site') assert.equal(await ask('valley'), elsewhere);
      });
    }
  }

  test('a person, a session and a program of another site are not there', async () => {
    const { accounts } = await desk.person('Val', 'moderator', 'valley');
    const program = (await desk.program('valley', 'desk')).accounts[0]?.id ?? '';
    const params = { site: 'harbour', person: accounts[0]?.id ?? '', session: randomUUID(), program };
    const ask = async (name: RouteName, body?: object): Promise<string | number> => {
      const answer = await desk.ask(name, { params, principal: principals['an admin'], body });
      return answer.reason ?? answer.status;
    };
    assert.equal(await ask('putPerson', { role: 'admin' }), 'not_found');
    for (const name of ['deletePerson', 'postPersonSignIn', 'deletePersonSession', 'deleteToken'] as const)
      assert.equal(await ask(name), 'not_found', name);
  });
});
