import { offsetAt, readLocalDay } from './zones.ts';

const dayMilliseconds = 86_400_000;

/** Whole days of a time zone, the last of them today. `days` are written 2026-11-22, in order; `from` is the moment at which
 *  the first began. The clocks of the zone are `minutes` ahead of UTC from each of `clocks` on: whoever counts by them needs no
 *  table of time zones of its own, and two tables may differ. */
export type Period = {
  days: readonly string[];
  from: Date;
  until: Date;
  clocks: readonly Clock[];
};

export type Clock = { from: Date; minutes: number };

/** The `count` days up to `now`, as the clocks of the zone tell them. Pure; throws a RangeError for an unknown zone. */
export function makePeriod(timeZone: string, now: Date, count: number): Period {
  const today = readLocalDay(timeZone, now);
  const first = today - (count - 1) * dayMilliseconds;
  // A day more at the beginning: no clock is further from UTC.
  const clocks = listClocks(timeZone, { from: first - dayMilliseconds, until: now.getTime() });
  const days = Array.from({ length: count }, (_, index) => writeDay(first + index * dayMilliseconds));
  return { days, from: new Date(findBeginning(clocks, first)), until: now, clocks };
}

/** The day that stands for a moment counted as if the zone were UTC. */
function writeDay(local: number): string {
  return new Date(local).toISOString().slice(0, 10);
}

function listClocks(timeZone: string, { from, until }: { from: number; until: number }): Clock[] {
  const clocks = [readClock(timeZone, from)];
  for (let before = from; before < until; before += dayMilliseconds) {
    const after = Math.min(before + dayMilliseconds, until);
    if (offsetAt(timeZone, before) !== offsetAt(timeZone, after)) {
      clocks.push(readClock(timeZone, findChange(timeZone, before, after)));
    }
  }
  return clocks;
}

function readClock(timeZone: string, instant: number): Clock {
  return { from: new Date(instant), minutes: Math.round(offsetAt(timeZone, instant) / 60_000) };
}

/** The first minute after `before` at which the clocks show what they show at `after`. */
function findChange(timeZone: string, before: number, after: number): number {
  const reached = offsetAt(timeZone, after);
  let [early, late] = [Math.floor(before / 60_000), Math.ceil(after / 60_000)];
  while (late - early > 1) {
    const middle = Math.floor((early + late) / 2);
    if (offsetAt(timeZone, middle * 60_000) === reached) late = middle;
    else early = middle;
  }
  return late * 60_000;
}

/** The moment from which on it is that day or a later one: the first of a midnight that comes twice, and the moment at which
 *  the clocks were moved on where they left it out. */
function findBeginning(clocks: readonly Clock[], day: number): number {
  const midnights = clocks.map(({ minutes }) => day - minutes * 60_000);
  for (let index = clocks.length - 1; index > 0; index--) {
    const began = clocks[index]?.from.getTime() ?? 0;
    const midnight = midnights[index] ?? 0;
    if (midnight > began) return midnight;
    if ((midnights[index - 1] ?? 0) >= began) return began;
  }
  return midnights[0] ?? day;
}
