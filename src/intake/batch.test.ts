import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createBatch } from './batch.ts';

type Write = { rows: readonly string[]; finish(error?: Error): void };

/** A store whose commits end when the test says so; rows that begin with `known` were there before, `bad` ones throw. */
function heldBack(): { writes: Write[]; write: (rows: readonly string[]) => Promise<ReadonlySet<string>> } {
  const writes: Write[] = [];
  const write = (rows: readonly string[]): Promise<ReadonlySet<string>> =>
    new Promise((resolve, reject) => {
      const finish = (error?: Error): void => {
        const bad = rows.find((row) => row.startsWith('bad'));
        if (error ?? bad) reject(error ?? new Error(bad));
        else resolve(new Set(rows.filter((row) => !row.startsWith('known'))));
      };
      writes.push({ rows, finish });
    });
  return { writes, write };
}

const turn = (): Promise<void> => new Promise((resolve) => void setImmediate(resolve));
const limits = { rows: 4, waiting: 6, inFlight: 2, worth: 4 };
const always = (): boolean => true;

test('rows that come in together share one commit, and each learns whether it was stored', async () => {
  const { writes, write } = heldBack();
  const batch = createBatch(write, always, limits);
  const answers = Promise.all(['a', 'known', 'c'].map((row) => batch.add(row)));
  await turn();
  assert.deepEqual(
    writes.map(({ rows }) => rows),
    [['a', 'known', 'c']],
  );
  writes[0]?.finish();
  assert.deepEqual(await answers, [true, false, true]);
});

test('no answer comes before the commit', async () => {
  const { writes, write } = heldBack();
  const batch = createBatch(write, always, limits);
  let answered = false;
  const answer = batch.add('a').then(() => (answered = true));
  await turn();
  await turn();
  assert.equal(answered, false);
  writes[0]?.finish();
  await answer;
});

test('beside a commit under way another starts only for enough rows, and the rest waits for its end', async () => {
  const { writes, write } = heldBack();
  const batch = createBatch(write, always, { ...limits, worth: 2 });
  const answers = [batch.add('a'), batch.add('b')];
  await turn();
  answers.push(batch.add('c'));
  await turn();
  assert.equal(writes.length, 1);
  answers.push(batch.add('d'));
  await turn();
  assert.deepEqual(
    writes.map(({ rows }) => rows),
    [
      ['a', 'b'],
      ['c', 'd'],
    ],
  );
  answers.push(...['e', 'f', 'g', 'h', 'i'].map((row) => batch.add(row)));
  await turn();
  assert.equal(writes.length, 2);
  writes[0]?.finish();
  await turn();
  await turn();
  assert.deepEqual(writes[2]?.rows, ['e', 'f', 'g', 'h']);
  for (let open = 1; open < 4; open += 1) {
    writes[open]?.finish();
    await turn();
    await turn();
  }
  assert.deepEqual(await Promise.all(answers), Array<boolean>(9).fill(true));
});

test('a burst is shared out over the commits that may begin, in the order in which it came', async () => {
  const { writes, write } = heldBack();
  const batch = createBatch(write, always, { rows: 8, waiting: 9, inFlight: 2, worth: 2 });
  const answers = Promise.all(['a', 'b', 'c', 'd', 'e'].map((row) => batch.add(row)));
  await turn();
  assert.deepEqual(
    writes.map(({ rows }) => rows),
    [
      ['a', 'b', 'c'],
      ['d', 'e'],
    ],
  );
  for (const { finish } of writes) finish();
  assert.deepEqual(await answers, Array<boolean>(5).fill(true));
});

test('when too many wait, the next one is told at once, and room comes with the next commit', async () => {
  const { writes, write } = heldBack();
  const batch = createBatch(write, always, { rows: 2, waiting: 3, inFlight: 1, worth: 1 });
  const first = ['a', 'b', 'c'].map((row) => batch.add(row));
  assert.equal(await batch.add('d'), 'overloaded');
  await turn();
  const later = batch.add('e');
  writes[0]?.finish();
  await turn();
  await turn();
  writes[1]?.finish();
  assert.deepEqual(await Promise.all([...first, later]), [true, true, true, true]);
});

test('a row that the database does not take fails alone; the others of its commit are stored', async () => {
  const { writes, write } = heldBack();
  const batch = createBatch(write, always, limits);
  const answers = Promise.allSettled(['a', 'bad row', 'known', 'd'].map((row) => batch.add(row)));
  for (let open = 0; open < 5; open += 1) {
    await turn();
    await turn();
    writes[open]?.finish();
  }
  assert.deepEqual(
    (await answers).map((answer) => (answer.status === 'fulfilled' ? answer.value : 'failed')),
    [true, 'failed', false, true],
  );
  assert.deepEqual(
    writes.map(({ rows }) => rows.length),
    [4, 1, 1, 1, 1],
  );
});

test('when the database is away the whole commit fails at once, and the next one is tried', async () => {
  const { writes, write } = heldBack();
  const batch = createBatch(write, () => false, limits);
  const lost = Promise.allSettled(['a', 'b'].map((row) => batch.add(row)));
  await turn();
  writes[0]?.finish(new Error('gone'));
  assert.deepEqual(
    (await lost).map(({ status }) => status),
    ['rejected', 'rejected'],
  );
  const next = batch.add('c');
  await turn();
  await turn();
  writes[1]?.finish();
  assert.equal(await next, true);
});

test('closing waits for what is under way and for what waits, and takes nothing more', async () => {
  const { writes, write } = heldBack();
  const batch = createBatch(write, always, { rows: 2, waiting: 9, inFlight: 1, worth: 1 });
  const answers = Promise.all(['a', 'b', 'c'].map((row) => batch.add(row)));
  let closed = false;
  const closing = batch.close().then(() => (closed = true));
  assert.equal(await batch.add('late'), 'overloaded');
  for (let open = 0; open < 2; open += 1) {
    await turn();
    await turn();
    assert.equal(closed, false);
    writes[open]?.finish();
  }
  assert.deepEqual(await answers, [true, true, true]);
  await closing;
  await createBatch(write, always, limits).close();
});
