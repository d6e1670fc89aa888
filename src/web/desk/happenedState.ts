import { daysRange, type Statistics } from '../../contract/statistics.ts';

/** What happened on the site in the last `days`. */
export type HappenedState = {
  days: number;
  view: Statistics | null;
  phase: 'loading' | 'ready' | 'unreachable';
};

/** Nothing was read yet. */
export const freshHappened: HappenedState = { days: daysRange.standard, view: null, phase: 'loading' };

/** How many days back somebody can look; each can be asked for by address. */
export const periods: readonly number[] = [7, 30, 90, 365];

/** The fragment of the address that asks for the figures of these days. */
export function writePeriod(days: number): string {
  return `#happened=${days}`;
}

/** The days that an address's fragment asks for; undefined where it asks for something else. */
export function readPeriod(fragment: string): number | undefined {
  const asked = /^#happened=(\d+)$/.exec(fragment)?.[1];
  return periods.find((days) => String(days) === asked);
}
