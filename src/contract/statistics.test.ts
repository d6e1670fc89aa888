import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Call } from './http.ts';
import { daysRange, figures, leastCounted, mostStories, readDays, readFigure, type Statistics } from './statistics.ts';

const read = (days?: string | string[]): number | string => {
  const call: Call = {
    ...{ params: {}, query: { days }, headers: {}, body: undefined, isForm: false },
    ...{ address: '192.0.2.7', now: new Date() },
  };
  const asked = readDays(call);
  return asked.outcome === 'refused' ? `${asked.refusal.reason} ${asked.refusal.field}` : asked.value;
};

test('days outside what is counted are refused and not clamped: the picture would be of other days', () => {
  for (const days of ['6', '367', '0', '-7', '7.5', '1e2', '0x10', ' 7', '٧', '99999999', 'all'])
    assert.equal(read(days), 'parameter_malformed days', days);
  assert.equal(read(['7', '30']), 'parameter_malformed days');
});

test('days are thirty unless asked for, and at least a week', () => {
  assert.deepEqual(
    [read(), read(''), read('7'), read('366')],
    [daysRange.standard, 30, daysRange.least, daysRange.most],
  );
});

test('a figure is one of those that the answer has', () => {
  const each: readonly (keyof Statistics)[] = figures;
  assert.deepEqual(each.map(readFigure), [...figures]);
  for (const named of ['totals', 'site', 'toString', '', undefined, 7]) assert.equal(readFigure(named), undefined);
  assert.deepEqual([leastCounted, mostStories], [20, 20]);
});
