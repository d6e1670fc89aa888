import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createDoor } from './door.ts';

test('beyond the bound nobody is let in until somebody left, and who leaves twice has left once', () => {
  const door = createDoor({ most: 2, turnMilliseconds: 25, least: 1, clock: () => 0 });
  const [first, second] = [door.enter(), door.enter()];
  assert.ok(first && second);
  assert.equal(door.enter(), undefined);
  first();
  first();
  assert.ok(door.enter());
  assert.equal(door.enter(), undefined);
});

test('the rest of a crowd that came in together is refused, and the next turn begins anew', async () => {
  let now = 0;
  const door = createDoor({ most: 100, turnMilliseconds: 25, least: 3, clock: () => now });
  assert.ok(door.enter());
  now = 25;
  assert.ok(door.enter());
  now = 26;
  assert.ok(door.enter(), 'the least that is let in');
  assert.equal(door.enter(), undefined);
  await new Promise(setImmediate);
  assert.ok(door.enter());
});
