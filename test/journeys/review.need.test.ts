import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { QueueRow } from '../../src/contract/desk.ts';
import type { Principal } from '../../src/contract/principal.ts';
import { parseStoryDraft } from '../../src/contract/story.ts';
import { changeSettings } from '../../src/record/siteChanges.ts';
import { saveStory } from '../../src/record/stories.ts';
import { startSorting, type Sorting } from '../../src/sorting/sorting.ts';
import { noon, openDesk, report, type Asked, type Desk } from '../support/desk.ts';

let desk: Desk;
let ada: Principal;
let bo: Principal;
let sorting: Sorting;
let now = noon;
const failures: string[] = [];

before(async () => {
  desk = await openDesk('harbour', 'valley', 'empty');
  ada = await desk.person('Ada', 'moderator', 'harbour');
  bo = await desk.person('Bo', 'moderator', 'harbour', 'valley');
  await addStory('market', { headline: 'بازاڕی كوردی دەکرێتەوە', language: 'ckb', section: 'culture' });
  sorting = startSorting({
    store: desk.database,
    kept: desk.kept,
    now: () => now,
    log: (line) => void failures.push(line),
  });
});
after(async () => {
  await sorting.close();
  await desk.remove();
  assert.deepEqual(failures, []);
});

async function addStory(story: string, more: object): Promise<void> {
  const draft = parseStoryDraft({
    byline: 'The Harbour',
    published: noon.toISOString(),
    tags: [],
    text: 'It does.',
    ...more,
  });
  if (draft.outcome === 'refused') throw new Error(JSON.stringify(draft.refusal));
  await saveStory(desk.database, { site: 'harbour', story }, { ...draft.value, at: noon });
}

type Page = { total: number; totalIsLeast: boolean; comments: QueueRow[]; next: string | null };

async function queue(query: NonNullable<Asked['query']>, principal = ada): Promise<Page> {
  const { reason, body } = await desk.ask('getQueue', { principal, now, query: { site: 'harbour', ...query } });
  assert.equal(reason, undefined, JSON.stringify(query));
  return body as Page;
}

async function ids(query: NonNullable<Asked['query']>, principal = ada): Promise<string[]> {
  return (await queue(query, principal)).comments.map(({ id }) => id);
}

async function decide(id: string, verdict: object): Promise<void> {
  const decided = await desk.ask('postDecision', { params: { id }, principal: bo, body: { version: 1, ...verdict } });
  assert.equal(decided.status, 201);
}

/** What is there before a test is none of its business. */
async function emptyQueue(): Promise<void> {
  await desk.tamper('delete from claim');
  for (const { id } of (await queue({ limit: '100' })).comments) await decide(id, { verdict: 'approve' });
}

describe('near copies', () => {
  const campaign = (word: string): string =>
    `Everybody in this town knows that the new bridge was built for the mayor and for nobody else, so write to him ${word} and say no`;

  test('stand as one row where that is asked for, and come forward one after the other', async () => {
    await emptyQueue();
    const alone = await desk.hold('harbour', {
      text: 'The ferry was late again on Monday, and nobody at the quay knew why or until when',
    });
    const copies: string[] = [];
    for (const word of ['now', 'today', 'tonight']) copies.push(await desk.hold('harbour', { text: campaign(word) }));
    await sorting.settled();
    const [first = '', second = '', third = ''] = copies;
    assert.deepEqual(await ids({ order: 'oldest' }), [alone, ...copies]);
    const page = await queue({ order: 'oldest', fold: '1' });
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
    assert.deepEqual(await ids({ order: 'oldest', fold: '1', q: 'tonight' }), [third]);
    const { body } = await desk.ask('getAlike', { params: { id: first }, principal: ada });
    assert.deepEqual(
      (body['comments'] as QueueRow[]).map(({ id }) => id),
      copies,
    );
    await decide(first, { verdict: 'reject', guideline: 'attack' });
    assert.deepEqual(await ids({ order: 'oldest', fold: '1' }), [alone, second]);
    const late = await desk.hold('harbour', { text: campaign('soon') });
    await sorting.settled();
    assert.deepEqual(await ids({ order: 'oldest', fold: '1' }), [alone, second]);
    const all = [second, third, late].map((id) => ({ id, version: 1 }));
    const bulk = await desk.ask('postDecisions', {
      principal: ada,
      body: { comments: all, verdict: 'reject', guideline: 'attack' },
    });
    assert.deepEqual(
      (bulk.body['results'] as { status: number }[]).map(({ status }) => status),
      [201, 201, 201],
    );
    assert.deepEqual(await ids({ fold: '1' }), [alone]);
    const prints = await desk.rows({
      text: 'select from sorting where comment = any($1) and print_high is not null',
      values: [copies],
    });
    assert.deepEqual(prints, []);
  });

  test('whose first was lost sight of are brought forward again', async () => {
    await emptyQueue();
    const first = await desk.hold('harbour', { text: campaign('this week') });
    await desk.hold('harbour', { text: campaign('this month') });
    await sorting.settled();
    await desk.tamper('update comment set folded = true where id = $1', [first]);
    assert.deepEqual(await ids({ fold: '1' }), []);
    await pass(2);
    assert.deepEqual(await ids({ fold: '1' }), [first]);
  });
});

/** Lets minutes pass, and the background follow. */
async function pass(minutes: number): Promise<void> {
  now = new Date(now.getTime() + minutes * 60_000);
  await sorting.settled();
}

describe('need', () => {
  before(async () => {
    for (const table of ['report', 'story_hour', 'story_need']) await desk.tamper(`delete from ${table}`);
  });

  test('follows reports and traffic of the story, and the weights of the site', async () => {
    await emptyQueue();
    const published = await desk.hold('harbour', { story: 'market' });
    await decide(published, { verdict: 'approve' });
    const quiet = await desk.hold('harbour', { need: 0.05, submittedAt: now });
    const heated = await desk.hold('harbour', { story: 'market', submittedAt: now });
    assert.deepEqual(await ids({}), [quiet, heated]);
    await report(desk, published, { at: now });
    await report(desk, published, { at: now });
    await pass(1);
    assert.deepEqual(await ids({}), [heated, quiet]);
    const row = (await queue({})).comments[0];
    assert.deepEqual([row?.needed.steps.reports, row?.needed.reports], [2, 0.15]);
    await changeSettings(desk.database, 'harbour', {
      settings: { 'queue.weight.reports': 0 },
      was: {},
      at: now,
      actor: 'operator',
    });
    await pass(1);
    assert.deepEqual(await ids({}), [quiet, heated]);
    const busy: string[] = [];
    for (let n = 0; n < 12; n += 1)
      busy.push(await desk.hold('harbour', { story: 'market', submittedAt: now, need: 0.1 }));
    await pass(1);
    const [, second] = (await queue({ order: 'oldest' })).comments;
    assert.deepEqual([second?.id, second?.needed.steps.traffic, second?.needed.traffic], [heated, 1, 0.025]);
    await pass(25 * 60);
    assert.equal((await queue({ order: 'oldest' })).comments[1]?.needed.steps.traffic, 0);
  });

  test('of two comments the one that has waited longer is ahead by the days between them', async () => {
    await emptyQueue();
    await pass(25 * 60);
    const dayAgo = new Date(now.getTime() - 86_400_000);
    const old = await desk.hold('harbour', { need: 0.1, submittedAt: dayAgo });
    const fresh = await desk.hold('harbour', { need: 0.19, submittedAt: now });
    assert.deepEqual(await ids({}), [old, fresh]);
    const [first] = (await queue({})).comments;
    assert.deepEqual([first?.needed.age, first?.needed.total], [0.1, 0.2]);
  });
});
