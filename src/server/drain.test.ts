import assert from 'node:assert/strict';
import { test } from 'node:test';
import { makeDrain } from './drain.ts';

test('a step that fails is named, and everything after it ends all the same', async () => {
  const ended: string[] = [];
  const drain = makeDrain([
    [
      {
        name: 'doors',
        end: () => {
          throw new Error('stuck');
        },
      },
      { name: 'dispatch', end: () => Promise.reject(new Error('no database')) },
    ],
    [{ name: 'store', end: () => void ended.push('store') }],
  ]);
  assert.deepEqual([...(await drain())].toSorted(), ['dispatch', 'doors']);
  assert.deepEqual(ended, ['store']);
});

test('a second call waits for the first and ends nothing twice', async () => {
  const { promise, resolve } = Promise.withResolvers<void>();
  let times = 0;
  const drain = makeDrain([
    [
      {
        name: 'doors',
        end: () => {
          times += 1;
          return promise;
        },
      },
    ],
  ]);
  const both = Promise.all([drain(), drain()]);
  resolve();
  assert.deepEqual(await both, [[], []]);
  assert.equal(times, 1);
});

test('the steps of a stage do not wait for each other, and the next stage waits for all', async () => {
  const begun: string[] = [];
  const { promise: first, resolve: endFirst } = Promise.withResolvers<void>();
  const { promise: second, resolve: endSecond } = Promise.withResolvers<void>();
  const step = (name: string, until?: Promise<void>) => ({
    name,
    end: () => {
      begun.push(name);
      return until;
    },
  });
  const draining = makeDrain([[step('doors', first), step('dispatch', second)], [step('store')]])();
  assert.deepEqual(begun, ['doors', 'dispatch']);
  endSecond();
  await second;
  assert.deepEqual(begun, ['doors', 'dispatch']);
  endFirst();
  await draining;
  assert.deepEqual(begun, ['doors', 'dispatch', 'store']);
});
