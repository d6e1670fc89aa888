import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { QueueRow } from '../../src/contract/desk.ts';
import type { Principal } from '../../src/contract/principal.ts';
import { changeSettings } from '../../src/record/siteChanges.ts';
import { report } from '../support/desk.ts';
import { openSortedDesk, type SortedDesk } from '../support/sortedDesk.ts';

let desk: SortedDesk;
let ada: Principal;

before(async () => {
  desk = await openSortedDesk();
  ({ ada } = desk);
});
after(() => desk.remove());

describe('near copies', () => {
  const campaign = (word: string): string =>
    `Everybody in this town knows that the new bridge was built for the mayor and for nobody else, so write to him ${word} and say no`;

  test('stand as one row where that is asked for, and come forward one after the other', async () => {
    await desk.emptyQueue();
    const alone = await desk.hold('harbour', {
      text: 'The ferry was late again on Monday, and nobody at the quay knew why or until when',
    });
    const copies: string[] = [];
    for (const word of ['now', 'today', 'tonight']) copies.push(await desk.hold('harbour', { text: campaign(word) }));
    await desk.settled();
    const [first = '', second = '', third = ''] = copies;
    assert.deepEqual(await desk.ids({ order: 'oldest' }), [alone, ...copies]);
    const page = await desk.queue({ order: 'oldest', fold: '1' });
    assert.deepEqual(
      [page.total, page.comments.map(({ id, alike }) => [id, alike])],
      [
        2,
        [
          [alone, 0],
          [first, 2],
        ],
      ],
    );
    assert.deepEqual(await desk.ids({ order: 'oldest', fold: '1', q: 'tonight' }), [third]);
    const { body } = await desk.ask('getAlike', { params: { id: first }, principal: ada });
    assert.deepEqual(
      (body['comments'] as QueueRow[]).map(({ id }) => id),
      copies,
    );
    await desk.decide(first, { verdict: 'reject', guideline: 'attack' });
    assert.deepEqual(await desk.ids({ order: 'oldest', fold: '1' }), [alone, second]);
    const late = await desk.hold('harbour', { text: campaign('soon') });
    await desk.settled();
    assert.deepEqual(await desk.ids({ order: 'oldest', fold: '1' }), [alone, second]);
    const all = [second, third, late].map((id) => ({ id, version: 1 }));
    const bulk = await desk.ask('postDecisions', {
      principal: ada,
      body: { comments: all, verdict: 'reject', guideline: 'attack' },
    });
    assert.deepEqual(
      (bulk.body['results'] as { status: number }[]).map(({ status }) => status),
      [201, 201, 201],
    );
    assert.deepEqual(await desk.ids({ fold: '1' }), [alone]);
    const prints = await desk.rows({
      text: 'select from sorting where comment = any($1) and print_high is not null',
      values: [copies],
    });
    assert.deepEqual(prints, []);
  });

  test('whose first was lost sight of are brought forward again', async () => {
    await desk.emptyQueue();
    const first = await desk.hold('harbour', { text: campaign('this week') });
    await desk.hold('harbour', { text: campaign('this month') });
    await desk.settled();
    await desk.tamper('update comment set folded = true where id = $1', [first]);
    assert.deepEqual(await desk.ids({ fold: '1' }), []);
    await pass(2);
    assert.deepEqual(await desk.ids({ fold: '1' }), [first]);
  });
});

/** Lets minutes pass, and the background follow. */
async function pass(minutes: number): Promise<void> {
  desk.clock.now = new Date(desk.clock.now.getTime() + minutes * 60_000);
  await desk.settled();
}

describe('need', () => {
  before(async () => {
    for (const table of ['report', 'story_hour', 'story_need']) await desk.tamper(`delete from ${table}`);
  });

  test('follows reports and traffic of the story, and the weights of the site', async () => {
    await desk.emptyQueue();
    const published = await desk.hold('harbour', { story: 'market' });
    await desk.decide(published, { verdict: 'approve' });
    const quiet = await desk.hold('harbour', { need: 0.05, submittedAt: desk.clock.now });
    const heated = await desk.hold('harbour', { story: 'market', submittedAt: desk.clock.now });
    assert.deepEqual(await desk.ids({}), [quiet, heated]);
    await report(desk, published, { at: desk.clock.now });
    await report(desk, published, { at: desk.clock.now });
    await pass(1);
    assert.deepEqual(await desk.ids({}), [heated, quiet]);
    const row = (await desk.queue({})).comments[0];
    assert.deepEqual([row?.needed.steps.reports, row?.needed.reports], [2, 0.15]);
    await changeSettings(desk.database, 'harbour', {
      settings: { 'queue.weight.reports': 0 },
      was: {},
      at: desk.clock.now,
      actor: 'operator',
    });
    await pass(1);
    assert.deepEqual(await desk.ids({}), [quiet, heated]);
    const busy: string[] = [];
    for (let n = 0; n < 12; n += 1)
      busy.push(await desk.hold('harbour', { story: 'market', submittedAt: desk.clock.now, need: 0.1 }));
    await pass(1);
    const [, second] = (await desk.queue({ order: 'oldest' })).comments;
    assert.deepEqual([second?.id, second?.needed.steps.traffic, second?.needed.traffic], [heated, 1, 0.025]);
    await pass(25 * 60);
    assert.equal((await desk.queue({ order: 'oldest' })).comments[1]?.needed.steps.traffic, 0);
  });

  test('of two comments the one that has waited longer is ahead by the days between them', async () => {
    await desk.emptyQueue();
    await pass(25 * 60);
    const dayAgo = new Date(desk.clock.now.getTime() - 86_400_000);
    const old = await desk.hold('harbour', { need: 0.1, submittedAt: dayAgo });
    const fresh = await desk.hold('harbour', { need: 0.19, submittedAt: desk.clock.now });
    assert.deepEqual(await desk.ids({}), [old, fresh]);
    const [first] = (await desk.queue({})).comments;
    assert.deepEqual([first?.needed.age, first?.needed.total], [0.1, 0.2]);
  });
});
