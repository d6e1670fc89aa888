import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { KnownPrints, Unsorted } from '../record/sorting.ts';
import { sortComments } from './sortComments.ts';

const none: KnownPrints = { seqs: [], highs: [], lows: [], alikes: [] };
const campaign =
  'Everybody in this town knows that the new bridge was built for the mayor and for nobody else, so write to him now and say no';
const other =
  'My grandmother took the ferry every single morning of her life and she would have loved to see this bridge finished at last';

const plain = { state: 'held', lang: 'en', byline: 'Ada Stone' };
const newsroom = 'The Harbour Post';

function held(...texts: string[]): Unsorted[] {
  return texts.map((text, index) => ({ ...plain, id: `${index + 1}`, seq: index + 1, text }));
}

test('short texts, erased ones and decided ones are alike to nothing', () => {
  const sorted = sortComments(
    [
      ...held('I agree', 'I agree'),
      { ...plain, id: '3', seq: 3, text: null },
      { ...plain, id: '4', seq: 4, text: campaign, state: 'approved' },
      { ...plain, id: '5', seq: 5, text: campaign },
    ],
    none,
    newsroom,
  );
  assert.deepEqual(
    sorted.map(({ alike }) => alike),
    [null, null, null, null, null],
  );
});

test('near copies name the first of their kind, and other texts do not', () => {
  const copy = campaign.replace('write to him now', 'write to him today');
  const sorted = sortComments(held(campaign, other, copy, `${campaign}!`), none, newsroom);
  assert.deepEqual(
    sorted.map(({ alike }) => alike),
    [null, null, 1, 1],
  );
});

test('a copy of a copy that is known already names the first as well', () => {
  const [first] = sortComments(held(campaign), none, newsroom);
  const known = { seqs: [7], highs: [first?.high ?? 0], lows: [first?.low ?? 0], alikes: [3] };
  assert.equal(sortComments(held(campaign), known, newsroom)[0]?.alike, 3);
  assert.deepEqual(known.seqs, [7]);
});

test('what finds fault with the newsroom or the writer of its story is known by it, decided or not', () => {
  const sorted = sortComments(
    [
      ...held('The Harbour Post is wrong again.', 'The mayor is wrong again.'),
      { ...plain, id: '3', seq: 3, text: 'Ada Stone was wrong.', state: 'rejected' },
      { ...plain, id: '4', seq: 4, text: 'Ada Stone was wrong.', byline: null },
      { ...plain, id: '5', seq: 5, text: null, state: 'erased' },
    ],
    none,
    newsroom,
  );
  assert.deepEqual(
    sorted.map(({ isCritical }) => isCritical),
    [true, false, true, false, false],
  );
});
