import type { Screening } from '../../screening/types.ts';
import type { Preferences } from '../../contract/preferences.ts';
import { strongestScore } from './scores.ts';

/** One moderator's shift in this browser. Times are milliseconds since 1970; `worked` and `sinceBreak` milliseconds of work. */
export type Shift = {
  /** The account's id: whoever else uses this browser begins a shift of their own. */
  who: string;
  seen: number;
  worked: number;
  sinceBreak: number;
  paused: boolean;
  decided: number;
  hard: number;
  /** Cases after which swapping is suggested again. */
  swapAfter: number;
};

/** After so many hours without work the next work is another shift. */
const restMilliseconds = 5 * 3_600_000;
/** More than this between two looks at the clock was no work: the page was closed, or the computer slept. */
const longestStep = 150_000;
/** The hint to take a break comes again after so much more work. */
const laterMilliseconds = 10 * 60_000;
/** A share says nothing about fewer cases; also how many pass before the hint comes again. */
const casesBetweenHints = 20;

/** From here up a score is told as "very likely" (`scores.ts`). */
const hardScore = 0.85;
const hardGuidelines = ['threat', 'attack', 'sexism', 'racism', 'homophobia', 'xenophobia'];

/** A shift that begins now. */
export function beginShift(who: string, now: number): Shift {
  return {
    who,
    seen: now,
    worked: 0,
    sinceBreak: 0,
    paused: false,
    decided: 0,
    hard: 0,
    swapAfter: casesBetweenHints,
  };
}

/** The shift of this person that goes on now, or a new one where there is none, or where they rested between. */
export function goOnWith(shift: Shift | undefined, who: string, now: number): Shift {
  const isTheirs = shift?.who === who && now - shift.seen < restMilliseconds && shift.seen <= now;
  return isTheirs ? shift : beginShift(who, now);
}

/** The shift with the time since it was last seen counted as work, unless it is paused or the page was away. */
export function passTime(shift: Shift, now: number): Shift {
  const step = now - shift.seen;
  const worked = shift.paused || step < 0 || step > longestStep ? 0 : step;
  return { ...shift, seen: now, worked: shift.worked + worked, sinceBreak: shift.sinceBreak + worked };
}

/** Paused from now on; a pause is a break. */
export function pauseShift(shift: Shift, now: number): Shift {
  return { ...passTime(shift, now), paused: true, sinceBreak: 0 };
}

/** Goes on from now. */
export function resumeShift(shift: Shift, now: number): Shift {
  return { ...shift, seen: now, paused: false };
}

/** The shift with one more case decided; deciding ends a pause. */
export function countCase(shift: Shift, isHard: boolean, now: number): Shift {
  const { decided, hard } = shift;
  const going = shift.paused ? resumeShift(shift, now) : passTime(shift, now);
  return { ...going, decided: decided + 1, hard: hard + (isHard ? 1 : 0) };
}

/** Whether a case weighs on whoever reads it: its strongest score is very likely, or it was rejected or removed as a threat
 *  or as abuse of a person or a group. */
export function isHardCase(screening: Screening | null, guideline: string | undefined): boolean {
  return strongestScore(screening) >= hardScore || hardGuidelines.some((hard) => hard === guideline);
}

/** What to suggest now, as the moderator wants it: a break before a swap, since it is the nearer help. */
export function suggestionFor(
  shift: Shift,
  { breakMinutes, hardPercent }: Preferences,
): { kind: 'break'; minutes: number } | { kind: 'swap'; percent: number } | undefined {
  const minutes = Math.floor(shift.sinceBreak / 60_000);
  if (breakMinutes > 0 && minutes >= breakMinutes && !shift.paused) return { kind: 'break', minutes };
  const percent = hardShare(shift);
  if (hardPercent > 0 && shift.decided >= shift.swapAfter && percent > hardPercent) return { kind: 'swap', percent };
  return undefined;
}

/** Hard cases among those decided, in whole percent. */
export function hardShare({ decided, hard }: Shift): number {
  return decided === 0 ? 0 : Math.round((hard / decided) * 100);
}

/** The suggestion put off: a break by ten minutes of work, a swap by twenty cases. */
export function putOff(shift: Shift, kind: 'break' | 'swap', { breakMinutes }: Preferences): Shift {
  if (kind === 'swap') return { ...shift, swapAfter: shift.decided + casesBetweenHints };
  return { ...shift, sinceBreak: Math.min(shift.sinceBreak, breakMinutes * 60_000 - laterMilliseconds) };
}

/** The time worked as "1:24", hours and minutes. */
export function tellWorked({ worked }: Shift): string {
  const minutes = Math.floor(worked / 60_000);
  return `${Math.floor(minutes / 60)}:${String(minutes % 60).padStart(2, '0')}`;
}
