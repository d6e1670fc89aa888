import assert from 'node:assert/strict';
import { createHmac, createSecretKey, randomBytes } from 'node:crypto';
import { test } from 'node:test';
import { createMac } from './mac.ts';

test('the short way gives what createHmac gives, for short, long and many-byte texts, in any order', () => {
  const key = createSecretKey(randomBytes(32));
  const mac = createMac(key);
  const messages = ['', 'a', 'x'.repeat(1024), 'x'.repeat(1025), 'سڵاو'.repeat(256), '\u{1f600}'.repeat(600), 'a'];
  for (const message of messages) assert.equal(mac(message), createHmac('sha256', key).update(message).digest('hex'));
});
