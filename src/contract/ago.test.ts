import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sayAgo } from './ago.ts';
import { interfaceLanguages } from './messages.ts';

const now = new Date('2026-11-28T12:00:00Z');
const ago = (minutes: number, language: string): string | undefined =>
  sayAgo(new Date(now.getTime() - minutes * 60_000), { now, language });

test('from a week on, and ahead of the clock, no words are made', () => {
  assert.equal(ago(7 * 24 * 60, 'en'), undefined);
  assert.equal(ago(-5, 'en'), undefined);
  assert.equal(ago(-1, 'en'), 'now', 'a clock that is a little behind');
});

test('only whole units have passed', () => {
  assert.deepEqual(
    [0, 59, 60, 119, 24 * 60 - 1, 24 * 60, 48 * 60].map((minutes) => ago(minutes, 'en')),
    ['now', '59 minutes ago', '1 hour ago', '1 hour ago', '23 hours ago', 'yesterday', '2 days ago'],
  );
});

test('Sorani and Kurmanji have words of their own, in their own digits', () => {
  const times = [0, 1, 5, 60, 180, 24 * 60, 72 * 60];
  assert.deepEqual(
    times.map((minutes) => ago(minutes, 'ckb')),
    ['ئێستا', 'پێش خولەکێک', 'پێش ٥ خولەک', 'پێش کاتژمێرێک', 'پێش ٣ کاتژمێر', 'دوێنێ', 'پێش ٣ ڕۆژ'],
  );
  assert.deepEqual(
    times.map((minutes) => ago(minutes, 'kmr')),
    ['niha', 'berî deqeyekê', 'berî 5 deqeyan', 'berî saetekê', 'berî 3 saetan', 'duh', 'berî 3 rojan'],
  );
  assert.equal(ago(180, 'ckb-IQ'), 'پێش ٣ کاتژمێر');
});

test('no other language of the interface falls back to English either', () => {
  for (const language of interfaceLanguages.filter((one) => one !== 'en')) {
    for (const minutes of [0, 5, 180, 24 * 60, 72 * 60])
      assert.notEqual(ago(minutes, language), ago(minutes, 'en'), language);
  }
  assert.equal(ago(180, 'fa'), '۳ ساعت پیش');
  assert.equal(ago(180, 'ar'), 'قبل 3 ساعات');
});
