import assert from 'node:assert/strict';
import { test } from 'node:test';
import { tellInterval, tellShare } from './shares.ts';

test('nothing is told of fewer than twenty, nor of none', () => {
  for (const [part, whole] of [
    [0, 0],
    [1, 1],
    [19, 19],
  ] as const)
    assert.deepEqual([tellShare(part, whole), tellInterval(part, whole)], [null, null]);
});

test('the interval is Wilson’s, and never leaves 0 to 1', () => {
  // By hand for 8 of 20: (0.4 + 0.0960) / 1.1921 -+ 0.2343 / 1.1921.
  assert.deepEqual([tellShare(8, 20), tellInterval(8, 20)], [0.4, [0.219, 0.613]]);
  assert.deepEqual(tellInterval(0, 20), [0, 0.161]);
  assert.deepEqual(tellInterval(20, 20), [0.839, 1]);
  assert.deepEqual(tellInterval(500_000, 1_000_000), [0.499, 0.501]);
});
