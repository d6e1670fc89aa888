import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Principal } from '../../src/contract/principal.ts';
import type { RouteName } from '../../src/contract/routes.ts';
import { openDesk, type Desk } from '../support/desk.ts';

let desk: Desk;
const principals: Record<string, Principal | undefined> = {};
const news = { site: 'harbour', sections: ['news'] };

before(async () => {
  desk = await openDesk('harbour', 'valley');
  principals['nobody'] = undefined;
  principals['a principal without accounts'] = { kind: 'person', accounts: [] };
  principals['a program for stories'] = await desk.program('harbour', 'stories');
  principals['a program for scores'] = await desk.program('harbour', 'score');
  principals['a program for the desk'] = await desk.program('harbour', 'desk');
  principals['an admin of another site'] = await desk.person('Vito', 'admin', 'valley');
  principals['a moderator'] = await desk.person('Ada', 'moderator', 'harbour');
  principals['a moderator of a section'] = await desk.limited('Nia', 'moderator', news);
  principals['an editor of a section'] = await desk.limited('Noa', 'editor', news);
  principals['an editor'] = await desk.person('Eli', 'editor', 'harbour');
  principals['an admin'] = await desk.person('Ann', 'admin', 'harbour');
});
after(() => desk.remove());

const readers = ['a moderator', 'a moderator of a section', 'an editor of a section', 'an editor', 'an admin'];
const editors = ['an editor', 'an admin'];

const saved = { version: 9, titles: { en: 'Attacks' }, wordings: { en: 'None.' } };
// Who may, and how a yes is answered: a status, or a refusal that only somebody meets who may.
const acts: readonly {
  name: RouteName;
  who: readonly string[];
  body?: object;
  params?: Record<string, string>;
  yes?: number | string;
}[] = [
  { name: 'getRulebook', who: readers },
  { name: 'getRulebookVersions', who: readers, params: { guideline: 'attack' } },
  { name: 'putGuideline', who: editors, params: { guideline: 'attack' }, body: saved, yes: 'state_moved_on' },
  { name: 'putGuidelineOrder', who: editors, body: { order: [{ key: 'attack', version: 9 }] }, yes: 'state_moved_on' },
  { name: 'getLines', who: editors },
  { name: 'postWordsPreview', who: editors, body: { listed: 'en attack clear flimflam' } },
  { name: 'getSettings', who: readers },
  { name: 'getSettingChanges', who: readers },
  { name: 'putSettings', who: editors, body: { settings: { 'intake.proof': 'on' } } },
  { name: 'putSettings', who: ['an admin'], body: { settings: { 'intake.limits': 'off' } } },
  { name: 'postSettingUndo', who: editors, params: { seq: '0' }, yes: 'not_found' },
];

// S-AUTHZ-1 and S-AUTHZ-2: role × act × site, default deny.
describe('S-AUTHZ-2: what editors set is read by moderators, and changed by editors or, where it is dangerous, admins', () => {
  const everyone = [
    'nobody',
    'a principal without accounts',
    'a program for stories',
    'a program for scores',
    'a program for the desk',
    'an admin of another site',
    ...readers,
  ];
  for (const { name, who: allowed, body, params, yes = 200 } of acts) {
    for (const who of everyone) {
      test(`${name} ${body ? JSON.stringify(body).slice(0, 60) : ''} by ${who}`, async () => {
        const denied = who === 'nobody' ? 'credentials_missing' : 'not_allowed';
        const asked = async (site: string): Promise<string | number> => {
          const { reason, status } = await desk.ask(name, {
            params: { ...params, site },
            principal: principals[who],
            body,
          });
          return reason ?? status;
        };
        assert.equal(await asked('harbour'), allowed.includes(who) ? yes : denied);
        for (const site of ['nowhere', '', 'harbour/', "x' or true"]) assert.equal(await asked(site), denied);
        if (who !== 'an admin of another site') assert.equal(await asked('valley'), denied);
      });
    }
  }
});
