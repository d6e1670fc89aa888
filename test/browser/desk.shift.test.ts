import assert from 'node:assert/strict';
import { test } from 'node:test';
import { standardPreferences } from '../../src/contract/preferences.ts';
import type { Screening } from '../../src/screening/types.ts';
import {
  beginShift,
  countCase,
  goOnWith,
  hardShare,
  isHardCase,
  passTime,
  pauseShift,
  putOff,
  resumeShift,
  suggestionFor,
  tellWorked,
  type Shift,
} from '../../src/web/desk/shift.ts';
import { translateAddress } from '../../src/web/desk/translate.ts';

const minute = 60_000;
const hour = 60 * minute;

function work(shift: Shift, minutes: number): Shift {
  let now = shift.seen;
  let worked = shift;
  for (let passed = 0; passed < minutes; passed++) worked = passTime(worked, (now += minute));
  return worked;
}

test('another person’s shift, one of five hours ago and one of a clock that was set back are not gone on with', () => {
  const shift = work(beginShift('ada', 0), 30);
  assert.equal(goOnWith(shift, 'ada', shift.seen + 4 * hour).worked, 30 * minute);
  assert.equal(goOnWith(shift, 'ben', shift.seen).worked, 0);
  assert.equal(goOnWith(shift, 'ada', shift.seen + 5 * hour).worked, 0);
  assert.equal(goOnWith(shift, 'ada', shift.seen - 1).worked, 0);
  assert.equal(goOnWith(undefined, 'ada', 7).seen, 7);
});

test('no time counts while the page is away, asleep or paused, nor backwards', () => {
  const shift = work(beginShift('ada', hour), 10);
  assert.equal(passTime(shift, shift.seen + hour).worked, 10 * minute);
  assert.equal(passTime(shift, shift.seen - hour).worked, 10 * minute);
  const paused = work(pauseShift(shift, shift.seen), 30);
  assert.equal(paused.worked, 10 * minute);
  assert.equal(work(resumeShift(paused, paused.seen), 5).worked, 15 * minute);
  assert.equal(tellWorked(work(shift, 74)), '1:24');
});

test('a break is due after an hour without one, comes again when put off, and a pause is one', () => {
  const due = work(beginShift('ada', 0), 60);
  assert.equal(suggestionFor(work(beginShift('ada', 0), 59), standardPreferences), undefined);
  assert.deepEqual(suggestionFor(due, standardPreferences), { kind: 'break', minutes: 60 });
  assert.equal(suggestionFor(due, { ...standardPreferences, breakMinutes: 0 }), undefined);
  const later = putOff(due, 'break', standardPreferences);
  assert.equal(suggestionFor(work(later, 9), standardPreferences), undefined);
  assert.equal(suggestionFor(work(later, 10), standardPreferences)?.kind, 'break');
  const rested = resumeShift(pauseShift(due, due.seen), due.seen + minute);
  assert.equal(suggestionFor(rested, standardPreferences), undefined);
});

test('to swap is suggested beyond the chosen share, not before twenty cases, and again after twenty more', () => {
  let shift = beginShift('ada', 0);
  for (let number = 0; number < 19; number++) shift = countCase(shift, true, 0);
  assert.equal(suggestionFor(shift, standardPreferences), undefined);
  shift = countCase(shift, false, 0);
  assert.equal(hardShare(shift), 95);
  assert.deepEqual(suggestionFor(shift, standardPreferences), { kind: 'swap', percent: 95 });
  assert.equal(suggestionFor(shift, { ...standardPreferences, hardPercent: 95 }), undefined);
  assert.equal(suggestionFor(shift, { ...standardPreferences, hardPercent: 0 }), undefined);
  assert.equal(suggestionFor(putOff(shift, 'swap', standardPreferences), standardPreferences), undefined);
});

test('deciding ends a pause', () => {
  const paused = pauseShift(beginShift('ada', 0), minute);
  const going = countCase(paused, false, hour);
  assert.deepEqual([going.paused, going.worked, going.decided], [false, minute, 1]);
});

test('hard is what is very likely a breach, and what was rejected as a threat or as abuse; not what is off topic', () => {
  const screening = (scores: Screening['scores']): Screening => ({
    lang: 'en',
    scores,
    suggestion: 'review',
    findings: [],
    model: 'm',
  });
  assert.equal(isHardCase(screening({ threat: 0.85 }), undefined), true);
  assert.equal(isHardCase(screening({ threat: 0.84, relevance: 0.99 }), undefined), false);
  assert.equal(isHardCase(null, 'racism'), true);
  assert.equal(isHardCase(null, 'promotion'), false);
});

test('an address for a translation is https and one host whatever the text is, and none is needed within one language', () => {
  const template = 'https://t.example/{from}/{to}?q={text}';
  assert.equal(translateAddress('', 'text', ['ckb', 'en']), undefined);
  assert.equal(translateAddress(template, 'text', ['en-GB', 'en']), undefined);
  for (const bad of ['http://t.example/?q={text}', 'javascript:{text}', 'https://a:b@t.example/?q={text}', '{text}'])
    assert.equal(translateAddress(bad, 'javascript:alert(1)', ['ckb', 'en']), undefined, bad);
  const hostile = '@evil.example/?#&q=x {to} "><script> \ud800';
  const address = new URL(translateAddress(template, hostile, ['und', 'ckb']) ?? '');
  assert.deepEqual(
    [address.host, address.pathname, [...address.searchParams.keys()]],
    ['t.example', '/auto/ckb', ['q']],
  );
  assert.equal(address.searchParams.get('q'), hostile.toWellFormed());
  assert.equal(
    new URL(translateAddress(template, '😡'.repeat(4000), ['ckb', 'en']) ?? '').searchParams.get('q')?.length,
    3000,
  );
});
