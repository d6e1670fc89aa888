import assert from 'node:assert/strict';
import { test } from 'node:test';
import { addMinutes } from '../contract/time.ts';
import { countAttempts, networkOf } from './attempts.ts';

const noon = new Date('2026-11-22T12:00:00.000Z');

test('a household of IPv6 is one network, an IPv4 address is one however it is written, and nonsense is itself', () => {
  const networks: [string, string][] = [
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2'],
    ['2001:db8:1:2::9', '2001:db8:1:2'],
    ['2001:DB8:0001:0002::', '2001:db8:1:2'],
    ['2001:db8::1', '2001:db8:0:0'],
    ['::1', '0:0:0:0'],
    ['fe80::1%eth0', 'fe80:0:0:0'],
    ['192.0.2.7', '192.0.2.7'],
    ['::ffff:192.0.2.7', '192.0.2.7'],
    ['', ''],
    ['unknown', 'unknown'],
  ];
  for (const [address, network] of networks) assert.equal(networkOf(address), network, address);
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
