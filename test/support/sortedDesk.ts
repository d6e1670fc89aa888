import assert from 'node:assert/strict';
import type { QueueRow } from '../../src/contract/desk.ts';
import type { Principal } from '../../src/contract/principal.ts';
import { parseStoryDraft } from '../../src/contract/story.ts';
import { saveStory } from '../../src/record/stories.ts';
import { startSorting } from '../../src/sorting/sorting.ts';
import { noon, openDesk, type Asked, type Desk } from './desk.ts';

export type QueuePage = { total: number; totalIsLeast: boolean; comments: QueueRow[]; next: string | null };

type Query = NonNullable<Asked['query']>;

/** A desk of which comments are sorted as beside a server, with two moderators of the site `harbour`, its clock the test's. */
export type SortedDesk = Desk & {
  ada: Principal;
  /** Of the site `valley` too. */
  bo: Principal;
  clock: { now: Date };
  /** Resolves when everything that came in is sorted and weighed. */
  settled(): Promise<void>;
  addStory(story: string, more: object): Promise<void>;
  /** A page of the queue of `harbour`, that has to be given; Ada asks, unless somebody else is named. */
  queue(query: Query, principal?: Principal): Promise<QueuePage>;
  ids(query: Query, principal?: Principal): Promise<string[]>;
  /** Bo decides; it has to stand. */
  decide(id: string, verdict: object): Promise<void>;
  /** What is there before a test is none of its business. */
  emptyQueue(): Promise<void>;
};

/** Opens it with the sites `harbour`, `valley` and `empty`, and the story `market` of the section `culture`. Removing it fails
 *  where sorting wrote into the log. */
export async function openSortedDesk(): Promise<SortedDesk> {
  const desk = await openDesk('harbour', 'valley', 'empty');
  const ada = await desk.person('Ada', 'moderator', 'harbour');
  const bo = await desk.person('Bo', 'moderator', 'harbour', 'valley');
  const clock = { now: noon };
  const failures: string[] = [];
  const addStory = async (story: string, more: object): Promise<void> => {
    const draft = parseStoryDraft({
      byline: 'The Harbour',
      published: noon.toISOString(),
      tags: [],
      text: 'It does.',
      ...more,
    });
    if (draft.outcome === 'refused') throw new Error(JSON.stringify(draft.refusal));
    await saveStory(desk.database, { site: 'harbour', story }, { ...draft.value, at: noon });
  };
  await addStory('market', { headline: 'بازاڕی كوردی دەکرێتەوە', language: 'ckb', section: 'culture' });
  const sorting = startSorting({
    store: desk.database,
    kept: desk.kept,
    now: () => clock.now,
    log: (line) => void failures.push(line),
  });
  const queue = async (query: Query, principal = ada): Promise<QueuePage> => {
    const asked = { principal, now: clock.now, query: { site: 'harbour', ...query } };
    const { reason, body } = await desk.ask('getQueue', asked);
    assert.equal(reason, undefined, JSON.stringify(query));
    return body as QueuePage;
  };
  const decide = async (id: string, verdict: object): Promise<void> => {
    const decided = await desk.ask('postDecision', { params: { id }, principal: bo, body: { version: 1, ...verdict } });
    assert.equal(decided.status, 201);
  };
  return {
    ...desk,
    ...{ ada, bo, clock, addStory, queue, decide },
    settled: () => sorting.settled(),
    ids: async (query, principal) => (await queue(query, principal)).comments.map(({ id }) => id),
    emptyQueue: async () => {
      await desk.tamper('delete from claim');
      for (const { id } of (await queue({ site: '*', limit: '100' }, bo)).comments)
        await decide(id, { verdict: 'approve' });
    },
    remove: async () => {
      await sorting.close();
      await desk.remove();
      assert.deepEqual(failures, []);
    },
  };
}
