import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { readPeriod, writePeriod } from '../../src/web/desk/happenedState.ts';
import { countScale, drawLine, heightOn, namedColumns, waitScale } from '../../src/web/desk/happened/scale.ts';
import { weighNewsroom } from '../../src/web/desk/happened/weighNewsroom.ts';
import { type Writer, writerOf } from '../../src/web/desk/happened/write.ts';

test('figures are written as each language writes them', () => {
  const written = (language: string): string[] => {
    const write = writer(language);
    return [write.number(1_234_567), write.number(-0.5, 2), write.percent(0.62), write.number(7)];
  };
  assert.deepEqual(written('en'), ['1,234,567', '\u22120.50', '62%', '7']);
  assert.deepEqual(written('tr'), ['1.234.567', '\u22120,50', '%62', '7']);
  assert.deepEqual(written('kmr'), ['1.234.567', '\u22120,50', '%62', '7']);
  assert.deepEqual(written('ar'), ['1,234,567', '\u22120.50', '62%', '7']);
  assert.deepEqual(written('fa'), ['۱٬۲۳۴٬۵۶۷', '\u2212۰٫۵۰', '۶۲٪', '۷']);
  assert.deepEqual(written('ckb'), ['١٬٢٣٤٬٥٦٧', '\u2212٠٫٥٠', '٦٢٪', '٧']);
});

test('only all is 100 % and only nothing is 0 %', () => {
  const { percent } = writer('en');
  assert.deepEqual([0, 0.001, 0.5, 0.999, 1].map(percent), ['0%', '1%', '50%', '99%', '100%']);
});

test('a wait is told in its two largest units, and a day stands by itself in one line', () => {
  const write = writer('en');
  const told = [0, 59.4, 60, 119, 3599, 3600, 12_000, 86_400, 200_000].map(write.duration);
  assert.deepEqual(told, ['0 s', '59 s', '1 min', '1 min', '59 min', '1 h', '3 h 20 min', '1 d', '2 d 7 h']);
  assert.equal(writer('ckb').duration(12_000), '٣ کاتژمێر ٢٠ خولەک');
  assert.equal(write.day('2026-11-22'), joined('22-11-2026'));
  assert.equal(writer('fa').shortDay('2026-11-02'), joined('۰۲-۱۱'));
  assert.equal(write.hour(6), '\u206606:00\u2069');
});

test('a scale of counts has round marks, none between two counts, and room for the highest', () => {
  assert.deepEqual(countScale(0), [0, 1]);
  assert.deepEqual(countScale(3), [0, 1, 2, 3]);
  assert.deepEqual(countScale(7), [0, 2, 4, 6, 8]);
  assert.deepEqual(countScale(100), [0, 50, 100]);
  assert.deepEqual(countScale(4321), [0, 2000, 4000, 6000]);
});

test('a scale of waits reaches from minutes to days, and as far as the longest', () => {
  assert.deepEqual(waitScale(0), [0, 60, 300]);
  assert.deepEqual(waitScale(1000), [0, 60, 300, 900, 3600]);
  assert.equal(waitScale(50 * 86_400).at(-1), 50 * 86_400);
  assert.deepEqual(
    [0, 30, 60, 180, 300, 999].map((wait) => heightOn([0, 60, 300], wait)),
    [0, 0.25, 0.5, 0.75, 1, 1],
  );
});

test('a line breaks where a day has no value, and a day alone is a point', () => {
  assert.deepEqual(drawLine([1, 2, null, 0, null], [0, 1, 2]), { line: 'M0 50L25 0', points: 'M75 100h0' });
  assert.deepEqual(drawLine([1], [0, 1]), { line: '', points: 'M50 0h0' });
  assert.deepEqual(drawLine([], [0, 1]), { line: '', points: '' });
});

test('the last day has its name under it, and few others', () => {
  assert.deepEqual(namedColumns(7), [0, 1, 2, 3, 4, 5, 6]);
  assert.deepEqual(namedColumns(30), [5, 13, 21, 29]);
  assert.deepEqual(namedColumns(365), [0, 91, 182, 273, 364]);
  assert.deepEqual(namedColumns(1), [0]);
});

test('criticism is said to be approved less only where the intervals do not meet, and nothing is said of few', () => {
  const weigh = (newsroom: readonly [number, number] | null, other: readonly [number, number] | null) =>
    weighNewsroom([row('newsroom', newsroom), row('other', other)]);
  assert.equal(weigh(null, [0.7, 0.8]), 'few');
  assert.equal(weigh([0.1, 0.9], null), 'few');
  assert.equal(weigh([0.4, 0.6], [0.7, 0.8]), 'less');
  assert.equal(weigh([0.85, 0.9], [0.7, 0.8]), 'more');
  assert.equal(weigh([0.5, 0.71], [0.7, 0.8]), 'alike');
  assert.equal(weighNewsroom([]), 'few');
});

test('an address asks for days that the page offers, and for no others', () => {
  assert.deepEqual(
    [7, 30, 90, 365].map((days) => readPeriod(writePeriod(days))),
    [7, 30, 90, 365],
  );
  for (const fragment of ['', '#happened', '#happened=8', '#happened=07', '#happened=7&x=1', '#state=approved'])
    assert.equal(readPeriod(fragment), undefined, fragment);
});

const joined = (day: string): string => `\u2066${day.replaceAll('-', '\u2060-\u2060')}\u2069`;

function row(about: 'newsroom' | 'other', interval: readonly [number, number] | null) {
  const [low, high] = interval ?? [null, null];
  return { about, decided: 40, approved: 20, share: interval && 0.5, low, high };
}

function writer(language: string): Writer {
  const read = (name: string): Record<string, string> =>
    JSON.parse(
      readFileSync(new URL(`../../src/web/desk/messages/${language}/${name}.json`, import.meta.url), 'utf8'),
    ) as Record<string, string>;
  const catalogue = { ...read('frame'), ...read('happened') };
  return writerOf(language, (unit, { n }) => (catalogue[unit] ?? '').replace('{n}', n));
}
