import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { isOpeningHours, parseOpeningHours, readHours, writeOpeningHours } from './openingHours.ts';

const week = 'Mo-Fr 08:00-20:00; Sa,Su 10:00-12:00,14:00-18:00';

describe('opening hours as a line', () => {
  test('what is none is refused: days and times that do not exist, run backwards, overlap, or come twice', () => {
    const wrong = [
      '',
      'always',
      'Mo',
      'Mo 8-20',
      'Mo 08:00',
      'Mo 08:00-24:30',
      'Mo 20:00-08:00',
      'Mo 08:00-08:00',
      'Mo 08:60-09:00',
      'Mo-Mo 08:00-20:00',
      'Mo-Xx 08:00-20:00',
      'Mo-Tu-We 08:00-20:00',
      'Xx 08:00-20:00',
      'Mo 08:00-12:00,11:00-14:00',
      'Mo 08:00-20:00; Mo 21:00-22:00',
      'Mo,Mo 08:00-20:00',
      'Mo 08:00-20:00;',
      `Mo 08:00-20:00${' '.repeat(400)}`,
    ];
    for (const line of wrong) assert.equal(isOpeningHours(line), false, line);
  });

  test('days and windows are read, and written with equal days together', () => {
    const hours = parseOpeningHours(week) ?? [];
    assert.deepEqual(hours[0], [{ from: 480, to: 1200 }]);
    assert.deepEqual(hours[6], [
      { from: 600, to: 720 },
      { from: 840, to: 1080 },
    ]);
    assert.equal(writeOpeningHours(hours), week);
    assert.deepEqual(parseOpeningHours(writeOpeningHours(hours)), hours);
    const ofBaghdad = parseOpeningHours('Sa-We 08:00-20:00') ?? [];
    assert.deepEqual(
      ofBaghdad.map((windows) => windows.length),
      [1, 1, 1, 0, 0, 1, 1],
    );
    assert.equal(writeOpeningHours([[], [], [], [], [], [], []]), '');
  });
});

describe('whether it is open', () => {
  const at = (line: string, zone: string, time: string): [boolean, string | undefined] => {
    const { open, changes } = readHours(line, zone, new Date(time));
    return [open, changes?.toISOString().slice(0, 16)];
  };

  test('without hours it always is', () => {
    assert.deepEqual(at('', 'UTC', '2026-11-22T12:00:00Z'), [true, undefined]);
  });

  test('it is right at the minute, in the zone of the site', () => {
    // A Monday in Baghdad, three hours ahead.
    assert.deepEqual(at(week, 'Asia/Baghdad', '2026-11-23T04:59:59Z'), [false, '2026-11-23T05:00']);
    assert.deepEqual(at(week, 'Asia/Baghdad', '2026-11-23T05:00:00Z'), [true, '2026-11-23T17:00']);
    assert.deepEqual(at(week, 'Asia/Baghdad', '2026-11-23T16:59:59Z'), [true, '2026-11-23T17:00']);
    assert.deepEqual(at(week, 'Asia/Baghdad', '2026-11-23T17:00:00Z'), [false, '2026-11-24T05:00']);
    // What was kept for a later moment does not hold for an earlier one.
    assert.deepEqual(at(week, 'Asia/Baghdad', '2026-11-23T05:00:00Z'), [true, '2026-11-23T17:00']);
  });

  test('a break at noon, the end of a week and a day a week away are found', () => {
    assert.deepEqual(at(week, 'UTC', '2026-11-22T12:30:00Z'), [false, '2026-11-22T14:00']);
    assert.deepEqual(at(week, 'UTC', '2026-11-22T18:00:00Z'), [false, '2026-11-23T08:00']);
    assert.deepEqual(at('Su 10:00-11:00', 'UTC', '2026-11-22T11:00:00Z'), [false, '2026-11-29T10:00']);
  });

  test('windows that meet at midnight are one, and hours without a gap never close within the week', () => {
    assert.deepEqual(at('Mo 20:00-24:00; Tu 00:00-02:00', 'UTC', '2026-11-23T23:00:00Z'), [true, '2026-11-24T02:00']);
    assert.equal(at('Mo-Su 00:00-24:00', 'UTC', '2026-11-23T23:00:00Z')[0], true);
  });

  test('it follows the clocks when they are moved', () => {
    // Berlin moves its clocks on 2026-03-29 and back on 2026-10-25, both Sundays.
    const daily = 'Mo-Su 08:00-20:00';
    assert.deepEqual(at(daily, 'Europe/Berlin', '2026-03-28T20:00:00Z'), [false, '2026-03-29T06:00']);
    assert.deepEqual(at(daily, 'Europe/Berlin', '2026-10-24T19:00:00Z'), [false, '2026-10-25T07:00']);
  });
});
