import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createGate } from './gate.ts';

const turn = (): Promise<void> => new Promise((resolve) => void setImmediate(resolve));

test('a few run, a few wait in their order, the rest is told at once, and a failure gives its place on', async () => {
  const gate = createGate({ open: 2, waiting: 2 });
  const begun: number[] = [];
  const ends: (() => void)[] = [];
  const run = (number: number): Promise<number | 'overloaded'> =>
    gate(async () => {
      begun.push(number);
      await new Promise<void>((resolve) => void ends.push(resolve));
      if (number === 1) throw new Error('one');
      return number;
    });
  const work = [0, 1, 2, 3].map(run);
  assert.equal(await run(4), 'overloaded');
  assert.deepEqual(begun, [0, 1]);
  ends[1]?.();
  await assert.rejects(work[1] ?? Promise.resolve(), /one/);
  await turn();
  assert.deepEqual(begun, [0, 1, 2]);
  for (const at of [0, 2]) ends[at]?.();
  await turn();
  ends[3]?.();
  assert.deepEqual(await Promise.all([work[0], work[2], work[3]]), [0, 2, 3]);
  const later = run(5);
  await turn();
  ends[4]?.();
  assert.equal(await later, 5);
});
