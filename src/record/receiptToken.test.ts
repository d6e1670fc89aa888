import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { test } from 'node:test';
import { deriveKey } from './deriveKey.ts';
import { receiptTokens } from './receiptToken.ts';

const tokens = receiptTokens('a secret', 'comment');
const about = { site: 'sample', id: '0d9c2f6e-4a31-4c7b-9e55-7b0f2a6c1d38' };

test('a receipt opens to its comment and site, for the shortest and the longest site', () => {
  for (const site of ['s', 'sample', 'a-b-9', 'x'.repeat(80)]) {
    const token = tokens.make({ ...about, site });
    assert.match(token, /^[\w-]+$/);
    assert.deepEqual(tokens.open(token), { ...about, site });
  }
});

test('it is id, 24 bytes of HMAC-SHA-256 under a key of its own, and site', () => {
  const bytes = Buffer.from(tokens.make(about), 'base64url');
  assert.equal(bytes.toString('hex', 0, 16), about.id.replaceAll('-', ''));
  const mac = createHmac('sha256', deriveKey('a secret', 'receipt')).update(`sample/${about.id}`).digest('hex');
  assert.equal(bytes.toString('hex', 16, 40), mac.slice(0, 48));
  assert.equal(bytes.toString('utf8', 40), 'sample');
});

test('any bit that is changed, any other site, id, kind or secret opens nothing', () => {
  const token = tokens.make(about);
  const bytes = Buffer.from(token, 'base64url');
  for (let bit = 0; bit < bytes.length * 8; bit += 1) {
    const changed = Buffer.from(bytes);
    changed[bit >> 3] = (changed[bit >> 3] ?? 0) ^ (1 << (bit & 7));
    assert.equal(tokens.open(changed.toString('base64url')), undefined, String(bit));
  }
  for (const wrong of [
    undefined,
    null,
    7,
    {},
    '',
    token.slice(0, -1),
    `${token}A`,
    `${token}=`,
    bytes.subarray(0, 40).toString('base64url'),
    'A'.repeat(100_000),
  ]) {
    assert.equal(tokens.open(wrong), undefined);
  }
  assert.equal(receiptTokens('another secret', 'comment').open(token), undefined);
  assert.equal(receiptTokens('a secret', 'report').open(token), undefined);
});
