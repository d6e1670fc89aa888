import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, test } from 'node:test';
import type { Principal } from '../../src/contract/principal.ts';
import { addModerator } from '../../src/identity/moderators.ts';
import { saveStory } from '../../src/record/stories.ts';
import { sql } from '../../src/storage/sql.ts';
import { noon, openDesk, type Desk } from '../support/desk.ts';

let desk: Desk;
let sport: Principal;
let whole: Principal;

before(async () => {
  desk = await openDesk('harbour', 'valley');
  for (const site of ['harbour', 'valley']) await tell(site, 'match', 'sport');
  await tell('harbour', 'nowhere', undefined);
  sport = await desk.limited('Pia', 'moderator', { site: 'harbour', sections: ['sport'] });
  whole = await desk.person('Ada', 'moderator', 'harbour');
});
after(() => desk.remove());

async function tell(site: string, story: string, section: string | undefined): Promise<void> {
  const told = { headline: story, byline: 'B', published: noon, tags: [], language: 'en', text: 'It does.' };
  await saveStory(
    desk.database,
    { site, story },
    { ...told, section, dir: 'ltr', comments: 'open', withdrawn: false, at: noon },
  );
}

type Listed = { total: number; comments: { id: string }[] };

async function listed(principal: Principal, query: Record<string, string> = {}): Promise<Listed> {
  const { body } = await desk.ask('getQueue', { principal, query: { site: 'harbour', limit: '100', ...query } });
  return body as Listed;
}

test('a queue, its number and its search have the comments of one’s own sections alone', async () => {
  const mine = await desk.hold('harbour', { story: 'match', text: 'A fine goal' });
  const theirs = [
    await desk.hold('harbour', { text: 'A fine bridge' }),
    await desk.hold('harbour', { story: 'nowhere', text: 'A fine nothing' }),
    await desk.hold('harbour', { story: 'gone', text: 'A fine memory' }),
  ];
  const queries: Record<string, string>[] = [
    {},
    { q: 'fine' },
    { order: 'newest' },
    { order: 'story' },
    { lang: 'en' },
    { site: '*' },
    { author: 'Nina' },
  ];
  for (const query of queries) {
    const { total, comments } = await listed(sport, query);
    assert.deepEqual([total, comments.map(({ id }) => id)], [1, [mine]], JSON.stringify(query));
  }
  const counts = await desk.ask('getQueueCounts', { principal: sport, query: { site: 'harbour' } });
  assert.equal((counts.body['states'] as { held: { count: number } }).held.count, 1);
  assert.equal((await listed(sport, { section: 'news' })).total, 0);
  assert.equal((await listed(sport, { story: 'bridge' })).total, 0);
  assert.equal((await listed(whole, { q: 'fine' })).total, 4);
  for (const id of theirs) {
    for (const name of ['getComment', 'deleteClaim', 'postDecision'] as const)
      assert.equal((await desk.ask(name, { principal: sport, params: { id } })).reason, 'comment_unknown', name);
    const claim = await desk.ask('postClaim', { principal: sport, body: { site: 'harbour', comment: id } });
    assert.equal(claim.reason, 'comment_unknown');
  }
  const bulk = { comments: [mine, ...theirs].map((id) => ({ id, version: 1 })), verdict: 'approve' };
  const { body } = await desk.ask('postDecisions', { principal: sport, body: bulk });
  const statuses = (body['results'] as { status: number }[]).map(({ status }) => status);
  assert.deepEqual(statuses, [201, 404, 404, 404]);
});

test('the next claim is of one’s own sections, also when others need a person more', async () => {
  await desk.hold('harbour', { need: 0.9 });
  const mine = await desk.hold('harbour', { story: 'match', need: 0.1 });
  const claim = await desk.ask('postClaim', { principal: sport, body: { site: 'harbour' } });
  assert.equal(claim.body['id'], mine);
  assert.equal((await desk.ask('postClaim', { principal: sport, body: { site: 'harbour' } })).status, 204);
  const narrowed = { site: 'harbour', queue: { story: 'bridge' } };
  assert.equal((await desk.ask('postClaim', { principal: sport, body: narrowed })).status, 204);
});

test('appeals of other sections are neither listed nor decided', async () => {
  const appeals: Record<string, string> = {};
  for (const story of ['match', 'bridge']) {
    const id = await desk.hold('harbour', { story });
    const { body } = await desk.ask('getComment', { principal: whole, params: { id } });
    const { sha256 } = body;
    const decided = { verdict: 'reject', guideline: 'attack', guidelineVersion: 1, version: 1, sha256 };
    await desk.append('harbour', id, { kind: 'decided', actor: 'moderator:x', body: decided });
    appeals[story] = randomUUID();
    await desk.append('harbour', id, { kind: 'appealed', body: { appeal: appeals[story], text: 'No.' } });
  }
  const { body } = await desk.ask('getAppeals', { principal: sport, query: { site: 'harbour' } });
  assert.deepEqual([body['total'], (body['appeals'] as { id: string }[]).map(({ id }) => id)], [1, [appeals['match']]]);
  const verdict = { verdict: 'uphold', explanation: 'So it is.' };
  const decide = async (story: string): Promise<string | number> => {
    const answer = await desk.ask('postAppealDecision', {
      principal: sport,
      params: { id: appeals[story] ?? '' },
      body: verdict,
    });
    return answer.reason ?? answer.status;
  };
  assert.deepEqual([await decide('bridge'), await decide('match')], ['not_found', 201]);
});

test('what an author wrote in other sections is not told beside a case', async () => {
  const decide = async (story: string): Promise<string> => {
    const id = await desk.hold('harbour', { story, name: 'Wanderer', text: `Under ${story}` });
    const body = { verdict: 'approve', version: 1 };
    assert.equal((await desk.ask('postDecision', { principal: whole, params: { id }, body })).status, 201);
    return id;
  };
  await decide('bridge');
  const before = await decide('match');
  const id = await desk.hold('harbour', { story: 'match', name: 'Wanderer' });
  const earlier = async (principal: Principal): Promise<string[]> => {
    const { body } = await desk.ask('getComment', { principal, params: { id } });
    return (body['context'] as { earlier: { id: string }[] }).earlier.map((line) => line.id);
  };
  assert.deepEqual(await earlier(sport), [before]);
  assert.equal((await earlier(whole)).length, 2);
});

test('the same section of another site is another section', async () => {
  const id = await desk.hold('valley', { story: 'match' });
  assert.equal((await desk.ask('getComment', { principal: sport, params: { id } })).reason, 'comment_unknown');
});

test('whoever is limited anew loses sessions and claims, and an admin cannot be limited', async () => {
  const kim = await desk.person('Kim', 'moderator', 'harbour');
  const id = await desk.hold('harbour');
  await desk.ask('postClaim', { principal: kim, body: { site: 'harbour', comment: id } });
  const claims = (): Promise<unknown[]> => desk.rows(sql`select 1 from claim where comment = ${id}`);
  assert.equal((await claims()).length, 1);
  const again = { site: 'harbour', email: 'kim@desk.example', role: 'moderator' } as const;
  await addModerator(desk.database, again, noon);
  assert.equal((await claims()).length, 1, 'a new sign-in alone takes nothing away');
  await addModerator(desk.database, { ...again, sections: ['sport'] }, noon);
  assert.equal((await claims()).length, 0);
  await addModerator(desk.database, { ...again, role: 'admin', sections: ['sport'] }, noon);
  const rows = await desk.rows(sql`select sections from account where email = 'kim@desk.example'`);
  assert.deepEqual(rows, [{ sections: [] }]);
  await assert.rejects(desk.tamper(`update account set sections = '{sport}' where role = 'admin'`), /violates check/);
});
