import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Screening } from '../screening/index.ts';
import { chooseNeed } from './placement.ts';

const screening = (scores: Screening['scores'], suggestion: Screening['suggestion'] = 'approve'): Screening => ({
  lang: 'en',
  scores,
  suggestion,
  findings: [],
  model: 'test',
});

test('a comment that the machine did not read waits in the middle', () => {
  assert.equal(chooseNeed(null), 0.5);
  assert.equal(chooseNeed(screening({}, 'review')), 0.5);
});

test('the need stays within 0 and 1, whatever the scores are', () => {
  for (const score of [-1, 0, 0.3, 1, 2, Number.NaN, Number.POSITIVE_INFINITY]) {
    const need = chooseNeed(screening({ threat: score, relevance: score }));
    assert.ok(need >= 0 && need <= 1, String(score));
  }
});

test('a likely threat comes before a likely insult, that before an advertisement, that before what is not read, that before nothing', () => {
  const needs = [
    chooseNeed(screening({ threat: 0.9 }, 'reject')),
    chooseNeed(screening({ attack: 0.9 }, 'reject')),
    chooseNeed(screening({ promotion: 0.9 }, 'reject')),
    chooseNeed(null),
    chooseNeed(screening({ relevance: 0.4 })),
    chooseNeed(screening({ attack: 0.1, relevance: 1 })),
    chooseNeed(screening({})),
  ];
  assert.deepEqual(
    needs,
    needs.toSorted((a, b) => b - a),
  );
  assert.equal(new Set(needs).size, needs.length);
});

test('relevance runs the other way: about the story is no need', () => {
  assert.equal(chooseNeed(screening({ relevance: 1 })), 0);
  assert.equal(chooseNeed(screening({ relevance: 0 })), 0.5);
});
