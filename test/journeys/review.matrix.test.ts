import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, describe, test } from 'node:test';
import type { Principal } from '../../src/contract/principal.ts';
import type { RouteName } from '../../src/contract/routes.ts';
import { openDesk, report, type Asked, type Desk, type Read } from '../support/desk.ts';
import { everyone, makePrincipals, strangers } from '../support/principals.ts';
import { actsOnReaders } from '../support/sanctions.ts';

let desk: Desk;
const principals: Record<string, Principal | undefined> = {};

before(async () => {
  desk = await openDesk('harbour', 'valley');
  Object.assign(principals, await makePrincipals(desk));
});
after(() => desk.remove());

const ofReaders = actsOnReaders(() => desk);

// What each act asks of a comment of the site harbour that is ready for it. `ok` is the status of a yes, or the refusal that
// only whoever may do it gets to hear. `whole` is about the whole site: not for accounts that are limited to sections.
const acts: Partial<
  Record<
    RouteName,
    {
      ok: number | string;
      editors?: true;
      proven?: true;
      people?: true;
      whole?: true;
      prepare?: (id: string) => Promise<string>;
      body?: object;
    }
  >
> = {
  getComment: { ok: 200 },
  getAlike: { ok: 200 },
  deleteClaim: { ok: 204 },
  postDecision: { ok: 201, body: { verdict: 'approve', version: 1 } },
  postRemoval: { ok: 201, body: { guideline: 'attack' }, prepare: approve },
  deletePending: { ok: 'not_pending' },
  postHandOver: { ok: 201, body: { to: 'editor' } },
  getNotes: { ok: 200 },
  postNote: { ok: 201, body: { text: 'Look twice.' } },
  postNewsroomReply: { ok: 201, people: true, body: { text: 'We asked the council.' }, prepare: approve },
  putFeatured: { ok: 200, people: true, prepare: approve },
  deleteFeatured: { ok: 200, people: true, prepare: approve },
  // The site asks for no second look.
  postRecheck: { ok: 'not_found', body: { verdict: 'approve' } },
  getReports: { ok: 200 },
  postReportDecision: { ok: 201, body: { verdict: 'dismiss' }, prepare: reported },
  deleteProtectedName: { ok: 200, editors: true, people: true, whole: true },
  postErasure: { ok: 201, editors: true, proven: true, body: {} },
  postAppealDecision: { ok: 201, body: { verdict: 'uphold', explanation: 'So it is.' }, prepare: appeal },
  getReader: ofReaders.getReader,
  postSanction: ofReaders.postSanction,
  postSanctionLifting: ofReaders.postSanctionLifting,
  postSanctionAppealDecision: ofReaders.postSanctionAppealDecision,
};

// What has an id of its own, and is not found by strangers to its site.
const ofOwnId: readonly RouteName[] = ['postAppealDecision', 'postSanctionLifting', 'postSanctionAppealDecision'];

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

async function approve(id: string): Promise<string> {
  return decide(id, { verdict: 'approve' });
}

async function appeal(id: string): Promise<string> {
  await decide(id, { verdict: 'reject', guideline: 'attack', guidelineVersion: 1 });
  const appeal = randomUUID();
  await desk.append('harbour', id, { kind: 'appealed', body: { appeal, text: 'No.' } });
  return appeal;
}

async function reported(id: string): Promise<string> {
  await decide(id, { verdict: 'approve' });
  await report(desk, id);
  return id;
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
    const unknown = ofOwnId.includes(name) ? 'not_found' : 'comment_unknown';
    for (const who of everyone) {
      const expected = (): string | number => {
        if (strangers[who]) return strangers[who];
        if (act.editors && !/editor|admin/.test(who)) return 'not_allowed';
        if (act.people && who.startsWith('a program')) return 'not_allowed';
        if (act.whole && who.includes('section')) return 'not_allowed';
        if (act.proven && who.includes('long ago')) return 'step_up_required';
        return who.includes('another') ? unknown : act.ok;
      };
      test(`${name} by ${who} is answered with ${expected()}`, async () => {
        const id = await prepared(name);
        const asked: Asked = { params: { id }, principal: principals[who], body: act.body };
        const elsewhere = [act.ok, unknown].includes(expected()) ? unknown : expected();
        assert.equal(outcome(await desk.ask(name, { ...asked, query: { site: 'nowhere' } })), elsewhere);
        const twice = outcome(await desk.ask(name, { ...asked, query: { site: ['harbour', 'valley'] } }));
        assert.equal(twice, elsewhere === unknown ? 'parameter_malformed' : elsewhere);
        assert.equal(outcome(await desk.ask(name, { ...asked, query: { site: '' } })), expected());
        if (expected() === act.ok) return;
        const { body } = await desk.ask('getComment', { params: { id }, principal: principals['an admin'] });
        const isDecided = act.prepare === approve || name === 'postReportDecision';
        if (!ofOwnId.includes(name)) assert.equal(body['version'], isDecided ? 2 : 1);
      });
    }
  }
});

const siteNames = [
  'getQueue',
  'getQueueCounts',
  'getViews',
  'postView',
  'deleteView',
  'getAppeals',
  'getPending',
  'getSanctions',
  'getHandOvers',
  'getDeskGuidelines',
  'postClaim',
  'postDecisions',
  'postUndo',
] as const;
const ofMany: ReadonlySet<string> = new Set(['postDecisions', 'postUndo']);
const inBody: ReadonlySet<string> = new Set(['postClaim', 'postView']);

describe('S-AUTHZ-1: acts on a site × {missing, empty, this, other, unknown, two values}', () => {
  for (const name of siteNames) {
    for (const who of everyone) {
      test(`${name} by ${who}`, async () => {
        const ask = async (site: string | string[] | undefined): Promise<string | number> => {
          const body = inBody.has(name)
            ? { site, name: 'Mine', filter: {} }
            : { comments: [{ id: await desk.hold('harbour'), version: 1 }], verdict: 'approve' };
          return outcome(
            await desk.ask(name, { principal: principals[who], query: inBody.has(name) ? {} : { site }, body }),
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

  function expected(name: (typeof siteNames)[number], who: string): Record<string, string | number> {
    const isRefused = name === 'getSanctions' && (who.includes('program') || who.includes('section'));
    const deny = strangers[who] ?? (isRefused ? 'not_allowed' : undefined);
    const malformed = inBody.has(name) ? 'field_malformed' : 'parameter_malformed';
    if (deny) {
      // Whether one may is asked before what was sent is read, except where the query is read to know the site.
      const two = deny === 'credentials_missing' || inBody.has(name) || ofMany.has(name) ? deny : malformed;
      return { missing: deny, empty: deny, harbour: deny, valley: deny, unknown: deny, two };
    }
    // Many decisions: the site only narrows, and each comment has its own answer.
    if (ofMany.has(name)) return { missing: 200, empty: 200, harbour: 200, valley: 200, unknown: 200, two: malformed };
    const ok = name === 'postView' ? 201 : name === 'deleteView' ? 204 : 200;
    const both = who === 'a moderator of both';
    const here = !who.includes('another site');
    // Nothing of the section waits; that there are other sections nobody has to be told.
    if (who.includes('another section') && name === 'postClaim')
      return { missing: 204, empty: 204, harbour: 204, valley: 'not_allowed', unknown: 'not_allowed', two: malformed };
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

describe('S-AUTHZ-2: rules that reject without a person are for editors of the whole site', () => {
  const off = { guideline: 'attack', language: 'en', threshold: null };
  const on = { ...off, threshold: 0.9, precision: 1 };
  for (const who of everyone) {
    const isAllowed = /^an (editor|admin)( who signed in long ago)?$/.test(who);
    const expected = who === 'nobody' ? 'credentials_missing' : isAllowed ? 200 : 'not_allowed';
    test(`${who} is answered with ${expected}`, async () => {
      for (const name of ['getAutomation', 'putAutomation'] as const) {
        const asked = (site: string, body: object = off): Promise<Read> =>
          desk.ask(name, { params: { site }, principal: principals[who], body });
        assert.equal(outcome(await asked('harbour')), expected, name);
        const elsewhere = who === 'nobody' ? expected : 'not_allowed';
        for (const site of ['nowhere', '', 'harbour/', "x' or true"])
          assert.equal(outcome(await asked(site)), elsewhere);
        if (who !== 'an admin of another site') assert.equal(outcome(await asked('valley')), elsewhere);
        if (!isAllowed || name === 'getAutomation') continue;
        // Nothing was measured here: whoever gets so far may switch on.
        const started = who.includes('long ago') ? 'step_up_required' : 'precision_unmeasured';
        assert.equal(outcome(await asked('harbour', on)), started);
      }
    });
  }
});

describe('S-AUTHZ-2: how one wants the desk is for people, each for themselves', () => {
  for (const who of everyone) {
    const isPerson = strangers[who] === undefined && !who.startsWith('a program');
    const expected = isPerson ? 200 : (strangers[who] ?? 'not_allowed');
    test(`${who} is answered with ${expected}`, async () => {
      for (const name of ['getPreferences', 'putPreferences'] as const)
        assert.equal(outcome(await desk.ask(name, { principal: principals[who], body: {} })), expected, name);
    });
  }
});

describe('S-AUTHZ-2: what a desk hears, and who sits where, is for whoever reads its queue', () => {
  for (const who of everyone) {
    const deny = strangers[who];
    test(`${who}`, async () => {
      const ask = async (name: 'getDeskEvents' | 'putPresence', site: string): Promise<string | number> =>
        outcome(await desk.ask(name, { params: { site }, principal: principals[who], body: { tab: randomUUID() } }));
      const here = deny ?? (who.includes('another site') ? 'not_allowed' : undefined);
      assert.equal(await ask('getDeskEvents', 'harbour'), here ?? 200);
      assert.equal(await ask('getDeskEvents', '*'), deny ?? 200);
      assert.equal(await ask('putPresence', '*'), who === 'nobody' ? 'credentials_missing' : 'not_allowed');
      // Allowed, and no such tab.
      assert.equal(await ask('putPresence', 'harbour'), here ?? 'not_found');
      const denied = who === 'nobody' ? 'credentials_missing' : 'not_allowed';
      for (const name of ['getDeskEvents', 'putPresence'] as const) {
        for (const site of ['nowhere', '', 'harbour/', "x' or true"]) assert.equal(await ask(name, site), denied);
      }
    });
  }
});

describe('S-AUTHZ-2: a second look is for whoever decides, and how far moderators agree for editors', () => {
  for (const who of everyone) {
    test(`${who}`, async () => {
      const ask = async (name: 'getRecheck' | 'getAgreement', site: string): Promise<string | number> =>
        outcome(await desk.ask(name, { params: { site }, principal: principals[who] }));
      const denied = who === 'nobody' ? 'credentials_missing' : 'not_allowed';
      const here = strangers[who] ?? (who.includes('another site') ? 'not_allowed' : 200);
      assert.equal(await ask('getRecheck', 'harbour'), here);
      const isEditor = /^an (editor|admin)( who signed in long ago)?$/.test(who);
      assert.equal(await ask('getAgreement', 'harbour'), isEditor ? 200 : denied);
      for (const name of ['getRecheck', 'getAgreement'] as const) assert.equal(await ask(name, 'nowhere'), denied);
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
