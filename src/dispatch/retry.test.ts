import assert from 'node:assert/strict';
import { test } from 'node:test';
import { mostAttempts, mostRefusedAttempts, pauseMinutes, weighAttempt } from './retry.ts';

const now = new Date('2026-11-22T10:00:00Z');
const failed = { attempt: 'failed', reason: 'smtp_421', again: 'soon' } as const;

test('the last attempt is about three days after the first', () => {
  let minutes = 0;
  for (let attempts = 1; attempts < mostAttempts; attempts += 1) minutes += pauseMinutes(attempts);
  assert.ok(minutes > 2.5 * 1440 && minutes < 3.5 * 1440, `${minutes} minutes`);
});

test('pauses double, end at three hours, and are spread by a fifth', () => {
  assert.deepEqual([1, 2, 3, 8, 9, 30].map(pauseMinutes), [1, 2, 4, 128, 180, 180]);
  const dueAfter = (chance: number) => {
    const settlement = weighAttempt(failed, { attempts: 3, now, chance });
    return settlement.outcome === 'later' ? (settlement.dueAt.getTime() - now.getTime()) / 60_000 : undefined;
  };
  assert.deepEqual([dueAfter(0), dueAfter(0.5), dueAfter(1)], [3.2, 4, 4.8]);
});

test('the attempt after which there is none gives up with its reason', () => {
  const end = { outcome: 'failed', at: now, reason: 'smtp_421' };
  assert.deepEqual(weighAttempt(failed, { attempts: mostAttempts, now, chance: 0 }), end);
  assert.equal(weighAttempt(failed, { attempts: mostAttempts - 1, now, chance: 0 }).outcome, 'later');
});

test('a lasting no is asked again seldom, and given up sooner', () => {
  const lasting = { ...failed, again: 'seldom' } as const;
  const settlement = weighAttempt(lasting, { attempts: 1, now, chance: 0.5 });
  assert.deepEqual(settlement, {
    outcome: 'later',
    dueAt: new Date('2026-11-22T11:00:00Z'),
    reason: 'smtp_421',
    counts: true,
  });
  assert.equal(weighAttempt(lasting, { attempts: mostRefusedAttempts, now, chance: 0 }).outcome, 'failed');
});

test('what cannot be delivered at all is given up at once', () => {
  const settlement = weighAttempt({ ...failed, again: 'never' }, { attempts: 1, now, chance: 0 });
  assert.equal(settlement.outcome, 'failed');
});

test('waiting for a mail server is no attempt', () => {
  const settlement = weighAttempt(
    { attempt: 'waits', reason: 'no_smtp', minutes: 60 },
    { attempts: 9, now, chance: 0 },
  );
  assert.deepEqual(settlement, {
    outcome: 'later',
    dueAt: new Date('2026-11-22T11:00:00Z'),
    reason: 'no_smtp',
    counts: false,
  });
});
