import assert from 'node:assert/strict';
import { test } from 'node:test';
import { addMinutes } from '../contract/time.ts';
import { deriveKey } from '../record/deriveKey.ts';
import { isFormTokenValid, makeFormToken } from './formToken.ts';

const key = deriveKey('a secret', 'form token');
const place = { site: 'sample', story: 'welcome' };
const made = new Date('2026-11-22T12:59:00Z');
const token = makeFormToken(key, place, made);

test('a token is good from its hour until 24 hours later, and an hour ahead for clocks that differ', () => {
  for (const [minutes, valid] of [
    [0, true],
    [-59, true],
    [-60, true],
    [-120, false],
    [24 * 60, true],
    [24 * 60 + 1, false],
    [25 * 60, false],
  ] as const) {
    assert.equal(isFormTokenValid(key, token, { place, now: addMinutes(made, minutes) }), valid, String(minutes));
  }
});

test('the token of an hour is one for all readers, and another in the next hour', () => {
  assert.equal(makeFormToken(key, place, new Date('2026-11-22T12:00:00Z')), token);
  assert.notEqual(makeFormToken(key, place, new Date('2026-11-22T13:00:00Z')), token);
});

test('a token of another story, site or installation, and one that was changed, are none', () => {
  const now = made;
  assert.equal(isFormTokenValid(key, token, { place: { ...place, story: 'other' }, now }), false);
  assert.equal(isFormTokenValid(key, token, { place: { ...place, site: 'other' }, now }), false);
  assert.equal(isFormTokenValid(key, token, { place: { site: 'sample/welcome', story: '' }, now }), false);
  assert.equal(isFormTokenValid(deriveKey('another', 'form token'), token, { place, now }), false);
  for (const wrong of [
    undefined,
    null,
    7,
    '',
    'x',
    token.slice(1),
    `${token}AA`,
    `B${token.slice(1)}`,
    [token],
    'A'.repeat(10_000),
  ]) {
    assert.equal(isFormTokenValid(key, wrong, { place, now }), false);
  }
});
