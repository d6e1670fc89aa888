import assert from 'node:assert/strict';
import { test } from 'node:test';
import { addMinutes } from '../contract/time.ts';
import { countAttempts } from './attempts.ts';

const noon = new Date('2026-11-22T12:00:00.000Z');

test('an address counts for its household however it is written, and nobody counts twice for two ways to write it', () => {
  const same: [string, string][] = [
    ['192.0.2.7', '::ffff:192.0.2.7'],
    ['192.0.2.7', '::ffff:c000:207'],
    ['2001:db8:1:2:3:4:5:6', '2001:DB8:0001:0002::9'],
    ['unknown', 'unknown'],
  ];
  const others: [string, string][] = [
    ['192.0.2.7', '192.0.2.8'],
    ['2001:db8:1:2::1', '2001:db8:1:3::1'],
    ['192.0.2.7', 'unknown'],
  ];
  const meets = ([one, other]: [string, string]): boolean => {
    const attempts = countAttempts({ most: 1, minutes: 15 });
    attempts.count(one, noon);
    return attempts.refuse(other, noon) !== undefined;
  };
  assert.deepEqual(
    same.filter((pair) => !meets(pair)),
    [],
  );
  assert.deepEqual(others.filter(meets), []);
});

test('attempts are refused at the limit, with the seconds to wait, until the time of the first has passed', () => {
  const attempts = countAttempts({ most: 2, minutes: 15 });
  attempts.count('192.0.2.7', noon);
  assert.equal(attempts.refuse('192.0.2.7', noon), undefined);
  attempts.count('192.0.2.7', addMinutes(noon, 14));
  const refused = attempts.refuse('192.0.2.7', addMinutes(noon, 14));
  assert.deepEqual(refused?.refusal, { reason: 'too_many_attempts', retryAfterSeconds: 60 });
  assert.equal(attempts.refuse('192.0.2.8', noon), undefined);
  assert.equal(attempts.refuse('192.0.2.7', addMinutes(noon, 15)), undefined);
});

test('an attack from very many networks does not fill the memory: the oldest are forgotten', () => {
  const attempts = countAttempts({ most: 1, minutes: 15 });
  for (let count = 0; count <= 10_000; count += 1)
    attempts.count(`10.${count >> 16}.${(count >> 8) & 255}.${count & 255}`, noon);
  assert.equal(attempts.refuse('10.0.0.0', noon), undefined);
  assert.equal(attempts.refuse('10.0.0.1', noon)?.refusal.reason, 'too_many_attempts');
});
