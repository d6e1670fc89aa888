import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Principal } from '../../src/contract/principal.ts';
import { openDesk, type Desk, type Read } from '../support/desk.ts';
import { everyone, makePrincipals, strangers } from '../support/principals.ts';

let desk: Desk;
let principals: Record<string, Principal | undefined>;

before(async () => {
  desk = await openDesk('harbour', 'valley');
  principals = await makePrincipals(desk);
});
after(() => desk.remove());

function outcome({ reason, status }: Read): string | number {
  return reason ?? status;
}

describe('S-AUTHZ-2: colleagues are named to those who moderate the site, and to nobody else', () => {
  for (const who of everyone) {
    const expected =
      who === 'nobody' ? 'credentials_missing' : /^a program for s|without/.test(who) ? 'not_allowed' : 200;
    test(`${who} is answered with ${who.includes('another site') ? 'not_allowed' : expected}`, async () => {
      const asked = (site: string): Promise<Read> =>
        desk.ask('getColleagues', { params: { site }, principal: principals[who] });
      const none = who === 'nobody' ? expected : 'not_allowed';
      assert.equal(outcome(await asked('harbour')), who.includes('another site') ? none : expected);
      for (const site of ['nowhere', '', 'harbour/', "x' or true"]) assert.equal(outcome(await asked(site)), none);
    });
  }
});

describe('S-AUTHZ-2: a decision of somebody else’s is turned round by editors alone', () => {
  const body = { verdict: 'approve', version: 2 };
  for (const who of everyone) {
    const expected = (): string | number => {
      if (strangers[who]) return strangers[who];
      if (who.includes('another')) return 'comment_unknown';
      return /editor|admin/.test(who) ? 201 : 'not_allowed';
    };
    test(`${who} is answered with ${expected()}`, async () => {
      const id = await desk.hold('harbour');
      const rejection = { verdict: 'reject', guideline: 'attack', version: 1 };
      const first = await desk.person('Flo', 'moderator', 'harbour');
      await desk.ask('postDecision', { params: { id }, principal: first, body: rejection });
      assert.equal(
        outcome(await desk.ask('postReversal', { params: { id }, principal: principals[who], body })),
        expected(),
      );
      const after = await desk.ask('getComment', { params: { id }, principal: principals['an admin'] });
      assert.equal(after.body['state'], expected() === 201 ? 'approved' : 'rejected');
    });
  }
});
