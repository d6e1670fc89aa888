import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, describe, test } from 'node:test';
import { queueOrders } from '../../src/contract/desk.ts';
import type { Principal } from '../../src/contract/principal.ts';
import type { QueueCounts, QueueView } from '../../src/contract/queueFilter.ts';
import { report, type Desk } from '../support/desk.ts';
import { openSortedDesk, type SortedDesk } from '../support/sortedDesk.ts';

let desk: SortedDesk;
let ada: Principal;
let bo: Principal;

before(async () => {
  desk = await openSortedDesk();
  ({ ada, bo } = desk);
});
after(() => desk.remove());

describe('filters', () => {
  test('a flag, a section or a story that is none is refused', async () => {
    for (const query of [{ reported: 'yes' }, { section: 'x'.repeat(81) }, { author: 'a\u0000' }, { story: 'feed' }]) {
      const { reason } = await desk.ask('getQueue', { principal: ada, query });
      assert.equal(reason, 'parameter_malformed', JSON.stringify(query));
    }
  });

  test('by section, name, report, appeal and rule narrow alone and together', async () => {
    const inNews = await desk.hold('harbour', { name: 'Omar', need: 0.4 });
    const inCulture = await desk.hold('harbour', { name: 'Omar', story: 'market', lang: 'ckb' });
    const published = await desk.hold('harbour', { name: 'Nina' });
    const rejected = await desk.hold('harbour', { name: 'Omar' });
    await desk.decide(published, { verdict: 'approve' });
    await desk.decide(rejected, { verdict: 'reject', guideline: 'attack' });
    await report(desk, published, { at: desk.clock.now });
    await desk.append('harbour', rejected, { kind: 'appealed', body: { appeal: randomUUID(), text: 'No.' } });
    assert.deepEqual(await desk.ids({ section: 'culture' }), [inCulture]);
    assert.deepEqual(await desk.ids({ section: 'news' }), [inNews]);
    assert.deepEqual(await desk.ids({ author: 'Omar' }), [inNews, inCulture]);
    assert.deepEqual(await desk.ids({ author: 'Omar', lang: 'ckb' }), [inCulture]);
    assert.deepEqual(await desk.ids({ author: 'Oma' }), []);
    assert.deepEqual(await desk.ids({ state: 'approved', reported: '1' }), [published]);
    assert.deepEqual(await desk.ids({ state: 'approved', reported: '0' }), [published]);
    assert.deepEqual(await desk.ids({ state: 'rejected', appealed: 'true' }), [rejected]);
    assert.deepEqual(await desk.ids({ state: 'rejected', automated: '1' }), []);
    await desk.tamper('update decision set automated = true where comment = $1', [rejected]);
    assert.deepEqual(await desk.ids({ state: 'rejected', automated: '1', author: 'Omar', guideline: 'attack' }), [
      rejected,
    ]);
    const [row] = (await desk.queue({ state: 'approved' })).comments;
    assert.deepEqual([row?.reports, row?.needed.steps.reports, row?.needed.reports], [1, 1, 0.075]);
  });

  test('narrow what is claimed as well', async () => {
    await desk.emptyQueue();
    const wanted = await desk.hold('harbour', { name: 'Zara', story: 'market' });
    await desk.hold('harbour', { name: 'Yan', need: 1 });
    const claim = (narrowed: object): ReturnType<Desk['ask']> =>
      desk.ask('postClaim', { principal: ada, body: { site: 'harbour', queue: narrowed } });
    assert.equal((await claim({ section: 'x'.repeat(81) })).reason, 'field_malformed');
    assert.equal((await claim({ author: 'Nobody' })).status, 204);
    assert.equal((await claim({ section: 'culture', state: 'approved' })).body['id'], wanted);
  });
});

describe('all of one’s sites', () => {
  test('are one list in every order, page by page', async () => {
    await desk.emptyQueue();
    for (const [site, need] of [
      ['harbour', 0.2],
      ['valley', 0.9],
      ['harbour', 0.5],
      ['valley', 0.1],
    ] as const) {
      await desk.hold(site, { need });
    }
    for (const order of queueOrders) {
      const whole = await desk.ids({ site: '*', order }, bo);
      const paged: string[] = [];
      let after: string | undefined;
      do {
        const page = await desk.queue({ site: '*', order, limit: '1', after }, bo);
        assert.equal(page.total, 4);
        paged.push(...page.comments.map(({ id }) => id));
        after = page.next ?? undefined;
      } while (after);
      assert.deepEqual([paged, new Set(paged).size], [whole, 4], order);
    }
    const needs = (await desk.queue({ site: '*' }, bo)).comments.map(({ need }) => Math.round(need * 10));
    assert.deepEqual(needs, [9, 5, 2, 1]);
    assert.equal((await desk.queue({ site: '*' })).total, 2);
  });

  test('are claimed by need, whatever is held already, and as far as the list is narrowed', async () => {
    await desk.emptyQueue();
    for (const [site, need, lang] of [
      ['valley', 0.9, 'en'],
      ['harbour', 0.5, 'ckb'],
      ['valley', 0.4, 'en'],
      ['harbour', 0.3, 'en'],
      ['valley', 0.2, 'ckb'],
    ] as const) {
      await desk.hold(site, { need, lang });
    }
    const claim = async (queue: object = {}): Promise<unknown[]> => {
      const { status, body } = await desk.ask('postClaim', { principal: bo, body: { site: '*', queue } });
      return status === 204 ? [204] : [body['site'], body['lang'], Math.round(Number(body['need']) * 10)];
    };
    assert.deepEqual(await claim(), ['valley', 'en', 9]);
    assert.deepEqual(await claim({ lang: 'en' }), ['valley', 'en', 4]);
    assert.deepEqual(await claim(), ['harbour', 'ckb', 5]);
    assert.deepEqual(await claim(), ['harbour', 'en', 3]);
    assert.deepEqual(await claim({ lang: 'en' }), [204]);
    assert.deepEqual(await claim(), ['valley', 'ckb', 2]);
    assert.deepEqual(await claim(), [204]);
  });
});

describe('beside the list of all of one’s sites', () => {
  test('numbers, views and what was handed over are in one answer, of no other site', async () => {
    await desk.emptyQueue();
    const handed = await desk.hold('valley', { lang: 'ckb' });
    await desk.hold('harbour', { lang: 'ckb' });
    const save = async (site: string, more: object): Promise<string> => {
      const body = { site, filter: { lang: 'ckb' }, ...more };
      return String((await desk.ask('postView', { principal: bo, body })).body['id']);
    };
    const [harbours, everywhere] = [
      await save('harbour', { name: 'here' }),
      await save('harbour', { name: 'there too', everywhere: true }),
    ];
    const views = async (site: string, principal = bo): Promise<unknown> => {
      const { body } = await desk.ask('getViews', { principal, query: { site } });
      return (body['views'] as QueueView[]).map(({ id, site: keptOn }) => [keptOn, id]);
    };
    assert.deepEqual(await views('*'), [
      ['harbour', harbours],
      ['harbour', everywhere],
    ]);
    assert.deepEqual(await views('valley'), [['harbour', everywhere]]);
    assert.deepEqual(await views('*', ada), []);
    const { body } = await desk.ask('getQueueCounts', { principal: bo, query: { site: '*' } });
    const { states, views: counted } = body as QueueCounts;
    assert.deepEqual([states.held?.count, counted[harbours]?.count, counted[everywhere]?.count], [2, 1, 2]);
    const ofAda = (await desk.ask('getQueueCounts', { principal: ada, query: { site: '*' } })).body as QueueCounts;
    assert.deepEqual([ofAda.states.held?.count, ofAda.views], [1, {}]);
    const cy = await desk.person('Cy', 'editor', 'valley');
    const given = { params: { id: handed }, body: { to: 'editor' }, principal: cy };
    assert.equal((await desk.ask('postHandOver', given)).status, 201);
    const dee = await desk.person('Dee', 'editor', 'harbour', 'valley');
    const toDee = async (principal: Principal): Promise<unknown> => {
      const answer = await desk.ask('getHandOvers', { principal, query: { site: '*' } });
      return (answer.body['comments'] as { id: string }[]).map(({ id }) => id);
    };
    assert.deepEqual([await toDee(dee), await toDee(ada)], [[handed], []]);
    for (const id of [harbours, everywhere])
      await desk.ask('deleteView', { principal: bo, params: { id }, query: { site: 'harbour' } });
  });
});

describe('search', () => {
  test('finds words, names and headlines before and after they are sorted, however they are written', async () => {
    await desk.emptyQueue();
    const kurdish = await desk.hold('harbour', {
      name: 'Şêrko',
      text: 'ئەم كتێبخانه‌یە زۆر جوانـــە و كراوەیە',
      lang: 'ckb',
    });
    const arabic = await desk.hold('harbour', { name: 'ليلى', text: 'وبالمدرسةِ ٢٥ طالبًا', lang: 'ar' });
    const english = await desk.hold('harbour', {
      name: "O'Brien",
      text: 'The ferries\\quay_is 100% late: see https://example.org/x?y',
    });
    const elsewhere = await desk.hold('harbour', { name: 'Kim', text: 'Fine.', story: 'market' });
    const looksFor = async (): Promise<void> => {
      for (const [q, found] of [
        ['كتێبخانەی', [kurdish]],
        ['کتێبخانەی جوانە', [kurdish]],
        ['تێبخان', [kurdish]],
        ['مدرسه', [arabic]],
        ['ليلي', [arabic]],
        ['25', [arabic]],
        ['FERR', [english]],
        ["o'brien", [english]],
        ['ferries late', [english]],
        ['late nothing', []],
        ['erries', []],
        ['%', [english]],
        ["' & | ! :* \\ <->", []],
        ['بازاڕی کورد', [elsewhere]],
      ] as const) {
        assert.deepEqual(await desk.ids({ q, order: 'oldest' }), found, q);
      }
    };
    await looksFor();
    await desk.settled();
    const [sorted] = await desk.rows<{ n: number }>({
      text: 'select count(*) as n from sorting where comment = any($1)',
      values: [[kurdish, arabic, english, elsewhere]],
    });
    assert.equal(sorted?.n, 4);
    await looksFor();
  });

  test('forgets what was erased', async () => {
    const id = await desk.hold('harbour', { text: 'Unforgettable xylophones' });
    await desk.settled();
    await desk.append('harbour', id, { kind: 'erased', body: { reason: 'request' } });
    assert.deepEqual(await desk.rows({ text: 'select from sorting where comment = $1', values: [id] }), []);
    assert.deepEqual(await desk.ids({ q: 'xylophones', state: 'erased' }), []);
  });
});

describe('views and counts', () => {
  test('a view is one’s own, and is counted as its list is', async () => {
    await desk.emptyQueue();
    await desk.hold('harbour', { lang: 'ckb' });
    await desk.hold('harbour');
    await desk.hold('valley', { lang: 'ckb' });
    const save = (body: object, principal = ada): ReturnType<Desk['ask']> => desk.ask('postView', { principal, body });
    assert.equal((await save({ site: 'harbour', name: ' ', filter: {} })).reason, 'field_required');
    assert.equal((await save({ site: 'harbour', name: 'x', filter: { state: 'lost' } })).reason, 'field_malformed');
    assert.equal((await save({ site: 'valley', name: 'x', filter: {} })).reason, 'not_allowed');
    const filter = { lang: 'ckb', state: 'held', nonsense: 1 };
    const mine = await save({ site: 'harbour', name: 'Sorani', filter, order: 'oldest' });
    assert.deepEqual([mine.status, mine.body['filter']], [201, { state: 'held', lang: 'ckb' }]);
    const both = await save({ site: 'harbour', name: 'Everywhere', filter, everywhere: true }, bo);
    const views = async (principal: Principal): Promise<QueueView[]> =>
      (await desk.ask('getViews', { principal, query: { site: 'harbour' } })).body['views'] as QueueView[];
    assert.deepEqual(
      (await views(ada)).map(({ name, order }) => [name, order]),
      [['Sorani', 'oldest']],
    );
    const counts = async (principal: Principal): Promise<QueueCounts> =>
      (await desk.ask('getQueueCounts', { principal, query: { site: 'harbour' } })).body as QueueCounts;
    const id = String(mine.body['id']);
    assert.deepEqual((await counts(ada)).views, { [id]: { count: 1, isLeast: false } });
    assert.deepEqual((await counts(ada)).states.held, { count: 2, isLeast: false });
    assert.deepEqual((await counts(bo)).views, { [String(both.body['id'])]: { count: 2, isLeast: false } });
    await desk.ask('deleteView', { principal: bo, params: { id }, query: { site: 'harbour' } });
    assert.equal((await views(ada)).length, 1);
    await desk.ask('deleteView', { principal: ada, params: { id }, query: { site: 'harbour' } });
    assert.deepEqual(await views(ada), []);
    for (let n = 0; n < 30; n += 1) assert.equal((await save({ name: `View ${n}`, filter: {} })).status, 201);
    assert.equal((await save({ name: 'One more', filter: {} })).reason, 'too_many_views');
  });
});
