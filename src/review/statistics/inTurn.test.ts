import assert from 'node:assert/strict';
import { test } from 'node:test';
import { doInTurn } from './inTurn.ts';

test('a second thing begins when the first has ended, failed or not', async () => {
  const done: string[] = [];
  const inTurn = doInTurn<string>();
  const first = Promise.withResolvers<string>();
  const failed = inTurn('a', () => first.promise).catch((error: Error) => done.push(error.message));
  const second = inTurn('b', async () => {
    done.push('b begins');
    return 'b';
  });
  await Promise.resolve();
  assert.deepEqual(done, []);
  first.reject(new Error('a fails'));
  assert.equal(await second, 'b');
  await failed;
  assert.deepEqual(done.toSorted(), ['a fails', 'b begins']);
});

test('what is asked for while it is done is done once, and anew afterwards', async () => {
  let times = 0;
  const inTurn = doInTurn<number>();
  const count = async (): Promise<number> => ++times;
  assert.deepEqual(await Promise.all([inTurn('a', count), inTurn('a', count), inTurn('b', count)]), [1, 1, 2]);
  assert.equal(await inTurn('a', count), 3);
});
