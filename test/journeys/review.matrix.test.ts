import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, describe, test } from 'node:test';
import type { Principal } from '../../src/contract/principal.ts';
import type { RouteName } from '../../src/contract/routes.ts';
import { openDesk, type Asked, type Desk, type Read } from '../support/desk.ts';

let desk: Desk;
const principals: Record<string, Principal | undefined> = {};

before(async () => {
  desk = await openDesk('harbour', 'valley');
  principals['nobody'] = undefined;
  principals['a principal without accounts'] = { kind: 'person', accounts: [] };
  principals['a program for stories'] = await desk.program('harbour', 'stories');
  principals['a program for scores'] = await desk.program('harbour', 'score');
  principals['a program for the desk'] = await desk.program('harbour', 'desk');
  principals['a moderator of another site'] = await desk.person('Vera', 'moderator', 'valley');
  principals['an admin of another site'] = await desk.person('Vito', 'admin', 'valley');
  principals['a moderator'] = await desk.person('Ada', 'moderator', 'harbour');
  principals['an editor'] = await desk.person('Eli', 'editor', 'harbour');
  principals['an admin'] = await desk.person('Ann', 'admin', 'harbour');
  principals['a moderator of both'] = await desk.person('Bo', 'moderator', 'harbour', 'valley');
});
after(() => desk.remove());

const everyone = [
  'nobody',
  'a principal without accounts',
  'a program for stories',
  'a program for scores',
  'a program for the desk',
  'a moderator of another site',
  'an admin of another site',
  'a moderator',
  'an editor',
  'an admin',
  'a moderator of both',
];

const strangers: Record<string, string> = {
  nobody: 'credentials_missing',
  'a principal without accounts': 'not_allowed',
  'a program for stories': 'not_allowed',
  'a program for scores': 'not_allowed',
};

// What each act asks of a comment of the site harbour that is ready for it. `ok` is the status of a yes.
const acts: Partial<
  Record<RouteName, { ok: number; editors?: true; prepare?: (id: string) => Promise<string>; body?: object }>
> = {
  getComment: { ok: 200 },
  deleteClaim: { ok: 204 },
  postDecision: { ok: 201, body: { verdict: 'approve', version: 1 } },
  postRemoval: { ok: 201, body: { guideline: 'attack' }, prepare: (id) => decide(id, { verdict: 'approve' }) },
  postErasure: { ok: 201, editors: true, body: {} },
  postAppealDecision: { ok: 201, body: { verdict: 'uphold', explanation: 'So it is.' }, prepare: appeal },
};

async function decide(id: string, body: object): Promise<string> {
  const actor = 'moderator:00000000-0000-4000-8000-000000000000';
  const sha256 = await desk.ask('getComment', { params: { id }, principal: principals['an admin'] });
  await desk.append('harbour', id, {
    kind: 'decided',
    actor,
    body: { ...body, version: 1, sha256: sha256.body['sha256'] },
  });
  return id;
}

async function appeal(id: string): Promise<string> {
  await decide(id, { verdict: 'reject', guideline: 'attack', guidelineVersion: 1 });
  const appeal = randomUUID();
  await desk.append('harbour', id, { kind: 'appealed', body: { appeal, text: 'No.' } });
  return appeal;
}

async function prepared(name: RouteName): Promise<string> {
  const id = await desk.hold('harbour');
  return (await acts[name]?.prepare?.(id)) ?? id;
}

function outcome({ reason, status }: Read): string | number {
  return reason ?? status;
}

// S-AUTHZ-1 and S-AUTHZ-2: role × act × site, default deny.
describe('S-AUTHZ-2: acts on a comment', () => {
  for (const [name, act] of Object.entries(acts) as [RouteName, NonNullable<(typeof acts)[RouteName]>][]) {
    const unknown = name === 'postAppealDecision' ? 'not_found' : 'comment_unknown';
    for (const who of everyone) {
      const expected = (): string | number => {
        if (strangers[who]) return strangers[who];
        if (act.editors && !/editor|admin/.test(who)) return 'not_allowed';
        return who.includes('another site') ? unknown : act.ok;
      };
      test(`${name} by ${who} is answered with ${expected()}`, async () => {
        const id = await prepared(name);
        const asked: Asked = { params: { id }, principal: principals[who], body: act.body };
        const elsewhere = strangers[who] ?? (expected() === 'not_allowed' ? 'not_allowed' : unknown);
        assert.equal(outcome(await desk.ask(name, { ...asked, query: { site: 'nowhere' } })), elsewhere);
        const twice = outcome(await desk.ask(name, { ...asked, query: { site: ['harbour', 'valley'] } }));
        assert.equal(twice, elsewhere === unknown ? 'parameter_malformed' : elsewhere);
        assert.equal(outcome(await desk.ask(name, { ...asked, query: { site: '' } })), expected());
        if (expected() === act.ok) return;
        const { body } = await desk.ask('getComment', { params: { id }, principal: principals['an admin'] });
        if (name !== 'postAppealDecision') assert.equal(body['version'], name === 'postRemoval' ? 2 : 1);
      });
    }
  }
});

describe('S-AUTHZ-1: acts on a site × {missing, empty, this, other, unknown, two values}', () => {
  const names = ['getQueue', 'getAppeals', 'getDeskGuidelines', 'postClaim', 'postDecisions'] as const;
  for (const name of names) {
    for (const who of everyone) {
      test(`${name} by ${who}`, async () => {
        const ask = async (site: string | string[] | undefined): Promise<string | number> => {
          const body =
            name === 'postClaim'
              ? { site }
              : { comments: [{ id: await desk.hold('harbour'), version: 1 }], verdict: 'approve' };
          return outcome(
            await desk.ask(name, { principal: principals[who], query: name === 'postClaim' ? {} : { site }, body }),
          );
        };
        const answers = {
          missing: await ask(undefined),
          empty: await ask(''),
          harbour: await ask('harbour'),
          valley: await ask('valley'),
          unknown: await ask('nowhere'),
          two: await ask(['harbour', 'valley']),
        };
        assert.deepEqual(answers, expected(name, who));
      });
    }
  }

  function expected(name: (typeof names)[number], who: string): Record<string, string | number> {
    const deny = strangers[who];
    const malformed = name === 'postClaim' ? 'field_malformed' : 'parameter_malformed';
    if (deny) {
      // Whether one may is asked before what was sent is read, except where the query is read to know the site.
      const two = deny === 'credentials_missing' || name === 'postClaim' || name === 'postDecisions' ? deny : malformed;
      return { missing: deny, empty: deny, harbour: deny, valley: deny, unknown: deny, two };
    }
    // Many decisions: the site only narrows, and each comment has its own answer.
    if (name === 'postDecisions')
      return { missing: 200, empty: 200, harbour: 200, valley: 200, unknown: 200, two: malformed };
    const ok = 200;
    const both = who === 'a moderator of both';
    const here = !who.includes('another site');
    const none = name === 'getDeskGuidelines' || !both ? undefined : 'field_required';
    const valley = name === 'postClaim' && !here ? 204 : ok;
    const missing = none ?? (here ? ok : valley);
    return {
      missing,
      empty: missing,
      harbour: here ? ok : 'not_allowed',
      valley: both && name === 'postClaim' ? 204 : here && !both ? 'not_allowed' : valley,
      unknown: 'not_allowed',
      two: malformed,
    };
  }

  test('a comment of a site where one has no account is unknown in a list of many, whatever site is asked for', async () => {
    const id = await desk.hold('harbour');
    for (const site of [undefined, '', 'harbour', 'valley', 'nowhere']) {
      const { body } = await desk.ask('postDecisions', {
        principal: principals['an admin of another site'],
        query: { site },
        body: { comments: [{ id, version: 1 }], verdict: 'approve' },
      });
      assert.equal((body['results'] as { refusal: { reason: string } }[])[0]?.refusal.reason, 'comment_unknown');
    }
  });
});

describe('S-AUTHZ-2: rules that reject without a person are for editors of the site', () => {
  const body = { guideline: 'attack', language: 'en', threshold: null };
  for (const who of everyone) {
    const expected = who === 'nobody' ? 'credentials_missing' : /^an (editor|admin)$/.test(who) ? 200 : 'not_allowed';
    test(`${who} is answered with ${expected}`, async () => {
      for (const name of ['getAutomation', 'putAutomation'] as const) {
        const asked = (site: string): Promise<Read> =>
          desk.ask(name, { params: { site }, principal: principals[who], body });
        assert.equal(outcome(await asked('harbour')), expected, name);
        const elsewhere = who === 'nobody' ? expected : 'not_allowed';
        for (const site of ['nowhere', '', 'harbour/', "x' or true"])
          assert.equal(outcome(await asked(site)), elsewhere);
        if (who !== 'an admin of another site') assert.equal(outcome(await asked('valley')), elsewhere);
      }
    });
  }
});

test('an id that two sites have (an import can bring that about) needs the site, and is decided on that site alone', async () => {
  const id = await desk.hold('harbour');
  await desk.hold('valley', { id });
  const asked: Asked = {
    params: { id },
    principal: principals['a moderator of both'],
    body: { verdict: 'approve', version: 1 },
  };
  assert.equal((await desk.ask('postDecision', asked)).reason, 'field_required');
  assert.equal((await desk.ask('postDecision', { ...asked, query: { site: 'valley' } })).status, 201);
  const left = await desk.ask('getComment', { params: { id }, principal: principals['a moderator'] });
  assert.deepEqual([left.body['site'], left.body['state']], ['harbour', 'held']);
});
