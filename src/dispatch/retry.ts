import { addMinutes } from '../contract/time.ts';
import type { Settlement } from '../record/outbox.ts';

/** What came of one attempt to deliver. `seldom` is for answers that mean no and change only when somebody mends a
 *  setting; `waits` means that nothing was attempted. */
export type Attempt =
  | { attempt: 'delivered'; note?: string }
  | { attempt: 'failed'; reason: string; again: 'soon' | 'seldom' | 'never' }
  | { attempt: 'waits'; reason: string; minutes: number };

/** The most attempts. With the pauses below the last one comes about three days after the first (2.9 without the spread):
 *  a mail server that breaks on a Friday evening may be mended on Monday. */
export const mostAttempts = 31;

/** The most attempts at what is answered with a lasting no. */
export const mostRefusedAttempts = 6;

const firstPauseMinutes = 1;
const longestPauseMinutes = 180;
const refusedPauseMinutes = 60;

/** What to write down about a delivery after its attempt. `attempts` counts that attempt; `chance` is from 0 to 1 and
 *  spreads the next one by a fifth to both sides, so that a mail server that comes back is not met by everything at once. */
export function weighAttempt(attempt: Attempt, at: { attempts: number; now: Date; chance: number }): Settlement {
  const { now } = at;
  if (attempt.attempt === 'delivered')
    return { outcome: 'delivered', at: now, ...(attempt.note && { note: attempt.note }) };
  const { reason } = attempt;
  if (attempt.attempt === 'waits')
    return { outcome: 'later', dueAt: addMinutes(now, attempt.minutes), reason, counts: false };
  const most = attempt.again === 'soon' ? mostAttempts : mostRefusedAttempts;
  if (attempt.again === 'never' || at.attempts >= most) return { outcome: 'failed', at: now, reason };
  const least = attempt.again === 'seldom' ? refusedPauseMinutes : 0;
  const minutes = Math.max(pauseMinutes(at.attempts), least) * (0.8 + 0.4 * at.chance);
  return { outcome: 'later', dueAt: addMinutes(now, minutes), reason, counts: true };
}

/** The pause after so many attempts, in minutes: 1, 2, 4 … up to three hours. */
export function pauseMinutes(attempts: number): number {
  return Math.min(firstPauseMinutes * 2 ** (attempts - 1), longestPauseMinutes);
}
