import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type pg from 'pg';
import { queueOrders, type QueueRow } from '../../src/contract/desk.ts';
import type { Principal } from '../../src/contract/principal.ts';
import { addMinutes } from '../../src/contract/time.ts';
import type { QueuePlace } from '../../src/record/queueOrder.ts';
import { claimNextHeld } from '../../src/record/claims.ts';
import { listQueue } from '../../src/record/queue.ts';
import { noon, openDesk, type Asked, type Desk, type Read } from '../support/desk.ts';

let desk: Desk;
let ada: Principal;
let ben: Principal;

before(async () => {
  desk = await openDesk('harbour', 'valley', 'crowd');
  ada = await desk.person('Ada', 'moderator', 'harbour');
  ben = await desk.person('Ben', 'moderator', 'harbour', 'valley');
});
after(() => desk.remove());

type Page = { total: number; totalIsLeast: boolean; comments: QueueRow[]; next: string | null };

async function queue(query: NonNullable<Asked['query']> = {}, principal = ada): Promise<Page> {
  const { reason, body } = await desk.ask('getQueue', { principal, query });
  assert.equal(reason, undefined);
  return body as Page;
}

async function ids(query: NonNullable<Asked['query']>): Promise<string[]> {
  return (await queue(query)).comments.map(({ id }) => id);
}

test('a malformed parameter, and one that comes twice, is refused', async () => {
  const bad: NonNullable<Asked['query']>[] = [
    { site: ['harbour', 'valley'] },
    { state: 'all' },
    { state: ['held', 'approved'] },
    { order: 'random' },
    { limit: 'many' },
    { limit: '-1' },
    { after: 'x' },
    { after: 'e30' },
    { after: Buffer.from('{"order":"newest","urgency":0,"seq":1}').toString('base64url') },
    { after: Buffer.from('{"order":"need","urgency":"0","seq":1}').toString('base64url') },
    { after: Buffer.from('{"order":"need","urgency":0,"seq":1e99}').toString('base64url') },
    { story: 'tags' },
    { q: 'a\u0000' },
    { q: '\ud800' },
    { q: 'x'.repeat(201) },
    { guideline: ['a', 'b'] },
  ];
  for (const query of bad) {
    const { reason } = await desk.ask('getQueue', { principal: ada, query });
    assert.equal(reason, 'parameter_malformed', JSON.stringify(query));
  }
  assert.equal((await desk.ask('getQueue', { principal: ben, query: {} })).reason, 'field_required');
  assert.equal((await desk.ask('getQueue', { principal: ada, query: { site: 'valley' } })).reason, 'not_allowed');
});

test('an empty queue has a total of nothing', async () => {
  assert.deepEqual(await queue({ site: 'valley' }, ben), { total: 0, totalIsLeast: false, comments: [], next: null });
});

const found: Record<string, string> = {};

async function fill(): Promise<void> {
  const scores = { attack: 0.7, relevance: 0.4 };
  const findings = [{ guideline: 'promotion', start: 0, end: 4, why: 'a link' }];
  const screening = { lang: 'en', scores, suggestion: 'review', findings, model: 'test' };
  found['low'] = await desk.hold('harbour', { need: 0.1, name: 'Nina', text: 'First 100%_ words' });
  found['high'] = await desk.hold('harbour', { need: 0.9, name: 'Omar', screening, text: 'Second words' });
  found['same'] = await desk.hold('harbour', { need: 0.9, name: 'Nina', lang: 'ckb', dir: 'rtl', text: 'وشەکان' });
  await desk.hold('valley', { name: 'Nina' });
  const approved = await desk.hold('harbour', { name: 'Nina', need: 1 });
  const rejected = await desk.hold('harbour', { name: 'Nina', need: 1 });
  found['reply'] = await desk.hold('harbour', { name: 'Nina', need: 0.5, parent: approved, text: 'A reply' });
  await decide(approved, { verdict: 'approve' });
  await decide(rejected, { verdict: 'reject', guideline: 'attack' });
  Object.assign(found, { approved, rejected });
}

function decide(id: string, body: object): Promise<Read> {
  return desk.ask('postDecision', { params: { id }, principal: ada, body: { version: 1, ...body } });
}

function named(...names: string[]): (string | undefined)[] {
  return names.map((name) => found[name]);
}

describe('the queue', () => {
  before(fill);

  test('lists what is held in order of need, then age, or by age alone', async () => {
    assert.deepEqual(await ids({}), named('high', 'same', 'reply', 'low'));
    assert.deepEqual(await ids({ order: 'oldest' }), named('low', 'high', 'same', 'reply'));
    assert.deepEqual(await ids({ order: 'newest' }), named('reply', 'same', 'high', 'low'));
    assert.equal((await queue()).total, 4);
  });

  test('pages of one, of two and of any order add up to the whole, though comments leave between them', async () => {
    for (const order of queueOrders) {
      for (const limit of ['1', '2', '3']) {
        const paged: string[] = [];
        let after: string | undefined;
        do {
          const page = await queue({ order, limit, after });
          assert.equal(page.total, 4);
          paged.push(...page.comments.map(({ id }) => id));
          after = page.next ?? undefined;
        } while (after);
        assert.deepEqual(paged, await ids({ order }));
      }
    }
  });

  test('narrows by state, guideline, language, story and words', async () => {
    assert.deepEqual(await ids({ state: 'approved' }), named('approved'));
    assert.deepEqual(await ids({ state: 'rejected', guideline: 'attack' }), named('rejected'));
    assert.deepEqual(await ids({ state: 'rejected', guideline: 'relevance' }), []);
    for (const guideline of ['attack', 'promotion', 'relevance'])
      assert.deepEqual(await ids({ guideline }), named('high'));
    assert.deepEqual(await ids({ guideline: 'threat' }), []);
    assert.deepEqual(await ids({ lang: 'ckb' }), named('same'));
    assert.deepEqual(await ids({ story: 'other' }), []);
    assert.equal((await ids({ story: 'bridge' })).length, 4);
    assert.deepEqual(await ids({ q: 'SECOND' }), named('high'));
    assert.deepEqual(await ids({ q: 'omar' }), named('high'));
    assert.deepEqual(await ids({ q: '%_' }), named('low'));
    assert.deepEqual(await ids({ q: 'وشە' }), named('same'));
    assert.deepEqual(await ids({ q: "'; drop table comment; --" }), []);
  });
});

describe('a row of the queue', () => {
  test('carries story, parent, screening, the history of its name on this site, claim and decision', async () => {
    const rows = (await queue()).comments;
    const [high, same, reply] = rows;
    assert.deepEqual(high?.screening?.scores, { attack: 0.7, relevance: 0.4 });
    assert.deepEqual(high?.story, {
      key: 'bridge',
      headline: 'The bridge opens',
      standfirst: null,
      language: 'en',
      dir: 'ltr',
    });
    assert.deepEqual(high?.author, { approved: 0, rejected: 0, held: 0 });
    assert.deepEqual(same?.author, { approved: 0, rejected: 0, held: 1 });
    assert.deepEqual(reply?.author, { approved: 1, rejected: 1, held: 2 });
    assert.equal(reply?.parent?.id, found['approved']);
    assert.deepEqual([high?.claim, high?.decision, high?.parent], [null, null, null]);
    const [approved] = (await queue({ state: 'approved' })).comments;
    assert.deepEqual([approved?.decision?.verdict, approved?.decision?.by], ['approve', 'Ada']);
  });

  test("shows a live claim, whose it is, and that it is mine or a colleague's", async () => {
    const claimed = await desk.ask('postClaim', { principal: ben, body: { site: 'harbour' } });
    const of = async (principal: Principal, now: Date): Promise<unknown> => {
      const { body } = await desk.ask('getQueue', { principal, now, query: { site: 'harbour' } });
      return (body as Page).comments.find(({ id }) => id === claimed.body['id'])?.claim;
    };
    const expiresAt = addMinutes(noon, 10).toISOString();
    assert.deepEqual(await of(ben, noon), { by: 'Ben', mine: true, expiresAt });
    assert.deepEqual(await of(ada, noon), { by: 'Ben', mine: false, expiresAt });
    assert.equal(await of(ada, addMinutes(noon, 10)), null);
  });
});

/** A store whose writer notes how the database would run each statement. */
function explaining(plans: string[]): Desk['database'] {
  const { writer } = desk.database;
  const query = async (text: string, values: unknown[]): Promise<unknown> => {
    const explained = await writer.query<{ 'QUERY PLAN': string }>(`explain ${text}`, values);
    plans.push(explained.rows.map((row) => row['QUERY PLAN']).join('\n'));
    return writer.query(text, values);
  };
  const spy: pg.Pool = Object.assign(Object.create(writer), { query });
  return { ...desk.database, writer: spy };
}

test('among 100,000 held comments a page in any order, a filter, a count and a claim are read off an index', async () => {
  await desk.tamper(
    `insert into comment (site, id, story, name, text, sha256, lang, dir, submitted_at, need, urgency, suspects)
     select 'crowd', gen_random_uuid(), 'story-' || n % 200, 'Name ' || n % 5000, t, sha256(convert_to(t, 'UTF8')),
       case when n % 10000 = 0 then 'ckb' else 'en' end, 'ltr', $1, (n * 7919 % 1000) / 1000.0, (n * 7919 % 1000) / 1000.0,
       case when n % 5000 = 0 then array['threat'] end
     from (select n, 'Comment ' || n as t from generate_series(1, 100000) n) made`,
    [noon],
  );
  await desk.tamper('analyze comment');
  const plans: string[] = [];
  const store = explaining(plans);
  const viewer = { accounts: [], now: noon };
  const crowd = { site: 'crowd', sections: [], state: 'held' } as const;
  for (const order of queueOrders) {
    const seen = new Set<string>();
    let after: QueuePlace | undefined;
    for (let page = 0; page < 3; page += 1) {
      const listing = await listQueue(store, [crowd], { order, limit: 50, viewer, after });
      assert.deepEqual(listing.total, { count: 10_000, isLeast: true });
      for (const { id } of listing.comments) seen.add(id);
      after = listing.next;
    }
    assert.equal(seen.size, 150, order);
  }
  const rare = await listQueue(store, [{ ...crowd, lang: 'ckb' }], { order: 'newest', limit: 50, viewer });
  assert.deepEqual([rare.total, rare.comments.length], [{ count: 10, isLeast: false }, 10]);
  const suspected = await listQueue(store, [{ ...crowd, guideline: 'threat' }], { order: 'story', limit: 50, viewer });
  assert.deepEqual([suspected.total, suspected.comments.length], [{ count: 20, isLeast: false }, 20]);
  const accounts = (await desk.person('Kim', 'moderator', 'crowd')).accounts.map(({ id }) => id);
  const claim = { account: accounts[0] ?? '', now: noon, expiresAt: addMinutes(noon, 10) };
  assert.ok(await claimNextHeld(store, crowd, claim));
  for (const plan of plans) {
    assert.doesNotMatch(plan, /Seq Scan on comment/);
    // What is rare is sought by its own index, and the few are sorted.
    if (!plan.includes('CTE sought')) assert.doesNotMatch(plan, /Sort Key: c\.(?:urgency|seq)/);
  }
});
