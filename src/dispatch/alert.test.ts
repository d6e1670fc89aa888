import assert from 'node:assert/strict';
import { test } from 'node:test';
import { addMinutes } from '../contract/time.ts';
import { readAlertFigures, repeatHours, weighWait } from './alert.ts';

const now = new Date('2026-11-22T10:00:00Z');
const waiting = (minutes: number) => ({ oldestAt: addMinutes(now, -minutes), limitMinutes: 60, now });
const told = (minutesAgo: number, over = false) => ({
  since: addMinutes(now, -600),
  toldAt: addMinutes(now, -minutesAgo),
  over,
});

test('a wait below or at the limit is told to nobody', () => {
  for (const minutes of [0, 59, 60])
    assert.deepEqual(weighWait({ ...waiting(minutes), last: undefined }), { step: 'nothing' });
});

test('a crossing is told once', () => {
  assert.deepEqual(weighWait({ ...waiting(61), last: undefined }), { step: 'tell', since: now });
  assert.deepEqual(weighWait({ ...waiting(62), last: told(1) }), { step: 'nothing' });
});

test('a wait that lasts is told again, as the same crossing', () => {
  const again = weighWait({ ...waiting(900), last: told(repeatHours * 60) });
  assert.deepEqual(again, { step: 'tell', since: addMinutes(now, -600) });
});

test('a crossing ends at half the limit, and not when the wait hovers below it', () => {
  assert.deepEqual(weighWait({ ...waiting(45), last: told(1) }), { step: 'nothing' });
  assert.deepEqual(weighWait({ ...waiting(29), last: told(1) }), { step: 'end' });
  assert.deepEqual(weighWait({ ...waiting(29), last: told(1, true) }), { step: 'nothing' });
});

test('the next crossing is told anew', () => {
  assert.deepEqual(weighWait({ ...waiting(61), last: told(1, true) }), { step: 'tell', since: now });
});

test('a body of another shape holds no figures', () => {
  for (const body of [null, [], 'x', {}, { held: '1', oldestMinutes: 1, limitMinutes: 1, since: '' }]) {
    assert.equal(readAlertFigures(body), undefined);
  }
});
