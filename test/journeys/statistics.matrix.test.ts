import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Principal } from '../../src/contract/principal.ts';
import { openDesk, type Desk } from '../support/desk.ts';
import { everyone, makePrincipals } from '../support/principals.ts';

let desk: Desk;
const principals: Record<string, Principal | undefined> = {};

before(async () => {
  desk = await openDesk('harbour', 'valley');
  Object.assign(principals, await makePrincipals(desk));
});
after(() => desk.remove());

describe('S-AUTHZ-2: what happened on a site is for its editors, and of the whole site', () => {
  for (const who of everyone) {
    const isEditor = /^an (editor|admin)( who signed in long ago)?$/.test(who);
    const denied = who === 'nobody' ? 'credentials_missing' : 'not_allowed';
    test(`${who} is answered with ${isEditor ? 200 : denied}`, async () => {
      for (const name of ['getStatistics', 'getFigure'] as const) {
        const ask = async (site: string, query: object = {}): Promise<string | number> => {
          const params = { site, figure: 'workload' };
          const { reason, status } = await desk.ask(name, { params, query: { ...query }, principal: principals[who] });
          return reason ?? status;
        };
        assert.equal(await ask('harbour'), isEditor ? 200 : denied, name);
        // Whether one may is asked before what was asked for is read.
        assert.equal(await ask('harbour', { days: '0' }), isEditor ? 'parameter_malformed' : denied, name);
        const isOfValley = who === 'an admin of another site';
        assert.equal(await ask('valley'), isOfValley ? 200 : denied, name);
        for (const site of ['nowhere', '', 'harbour/', "x' or true"]) assert.equal(await ask(site), denied, name);
      }
    });
  }
});
