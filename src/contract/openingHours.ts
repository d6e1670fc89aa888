import { readLocalDay, toInstant } from './zones.ts';

/** The days of a week as opening hours write them, Monday first. */
export const weekdays = ['Mo', 'Tu', 'We', 'Th', 'Fr', 'Sa', 'Su'] as const;

/** A stretch of one day in minutes after midnight, the end exclusive; 1440 is the end of the day. */
export type OpenWindow = { from: number; to: number };

/** The windows of each weekday, Monday first, in the order of the clock. */
export type OpeningHours = readonly (readonly OpenWindow[])[];

/** Whether it is open now, and the moment at which that changes; undefined where it never does. */
export type HoursState = { open: boolean; changes: Date | undefined };

const mostCharacters = 400;

/** Opening hours as a line writes them: `Mo-Fr 08:00-20:00; Sa,Su 10:00-12:00,14:00-18:00`. A window that runs past midnight
 *  is written as two. Undefined for what is none, a day named twice, windows that overlap, and hours that never open. */
export function parseOpeningHours(line: string): OpeningHours | undefined {
  if (line.length > mostCharacters) return undefined;
  const week = new Map<number, readonly OpenWindow[]>();
  for (const part of line.split(';')) {
    const [, dayWords = '', times = ''] = /^\s*([A-Za-z,-]+)\s+([\d:,-]+)\s*$/.exec(part) ?? [];
    const days = parseDays(dayWords);
    const windows = parseWindows(times);
    if (!days || !windows || days.some((day) => week.has(day))) return undefined;
    for (const day of days) week.set(day, windows);
  }
  return weekdays.map((_, day) => week.get(day) ?? []);
}

/** Whether a line is opening hours. */
export function isOpeningHours(line: string): boolean {
  return parseOpeningHours(line) !== undefined;
}

/** Opening hours as a line, days with the same windows together; '' for a week without any. */
export function writeOpeningHours(hours: OpeningHours): string {
  const byTimes = new Map<string, number[]>();
  hours.forEach((windows, day) => {
    if (windows.length === 0) return;
    const times = windows.map(({ from, to }) => `${writeMinutes(from)}-${writeMinutes(to)}`).join(',');
    byTimes.set(times, [...(byTimes.get(times) ?? []), day]);
  });
  return [...byTimes].map(([times, days]) => `${joinDays(days)} ${times}`).join('; ');
}

/** Days of the week's order, three and more in a row as `Mo-Fr`. */
function joinDays(days: readonly number[]): string {
  const runs: number[][] = [];
  for (const day of days) {
    if (runs.at(-1)?.at(-1) === day - 1) runs.at(-1)?.push(day);
    else runs.push([day]);
  }
  const name = (day: number | undefined): string => weekdays[day ?? 0] ?? '';
  return runs
    .map((run) => (run.length > 2 ? `${name(run[0])}-${name(run.at(-1))}` : run.map(name).join(',')))
    .join(',');
}

/** Minutes after midnight as `08:30`. */
export function writeMinutes(minutes: number): string {
  return `${twoDigits(Math.floor(minutes / 60))}:${twoDigits(minutes % 60)}`;
}

// A story's page asks for every reader: what holds until the next opening or closing is worked out once.
const states = new Map<string, HoursState & { since: number }>();
const mostStates = 1_000;

/** Whether it is open at a time, by hours that are a parsed line of a site in its time zone. '' is always open. Throws a
 *  RangeError for an unknown zone. */
export function readHours(line: string, timeZone: string, now: Date): HoursState {
  if (line === '') return { open: true, changes: undefined };
  const name = `${timeZone} ${line}`;
  const known = states.get(name);
  if (known && now.getTime() >= known.since && known.changes && now < known.changes) return known;
  const state = { ...findState(parseOpeningHours(line) ?? [], timeZone, now), since: now.getTime() };
  if (states.size >= mostStates) states.clear();
  states.set(name, state);
  return state;
}

const dayMinutes = 1440;
/** A week and a day on either side: the same weekday comes again before that. */
const [firstDay, lastDay] = [-1, 8];

function findState(hours: OpeningHours, timeZone: string, now: Date): HoursState {
  const today = readLocalDay(timeZone, now);
  const spans: { from: number; to: number }[] = [];
  for (let offset = firstDay; offset <= lastDay; offset++) {
    const day = today + offset * dayMinutes * 60_000;
    // 1970-01-01 was a Thursday.
    const weekday = (Math.floor(day / 86_400_000) + 3) % 7;
    for (const { from, to } of hours[weekday] ?? []) {
      const span = { from: toInstant(timeZone, day, from), to: toInstant(timeZone, day, to) };
      const before = spans.at(-1);
      if (before && span.from <= before.to) before.to = Math.max(before.to, span.to);
      else spans.push(span);
    }
  }
  const time = now.getTime();
  const current = spans.find(({ from, to }) => from <= time && time < to);
  const next = current?.to ?? spans.find(({ from }) => from > time)?.from;
  return { open: current !== undefined, changes: next === undefined ? undefined : new Date(next) };
}

function parseDays(words: string): number[] | undefined {
  const days: number[] = [];
  for (const word of words.split(',')) {
    const [first, last, ...more] = word.split('-').map((day) => weekdays.findIndex((known) => known === day));
    if (first === undefined || first < 0 || more.length > 0) return undefined;
    if (last === -1 || last === first) return undefined;
    // A week that begins on Saturday or Sunday runs over its end: `Sa-We`.
    const span = ((last ?? first) - first + 7) % 7;
    for (let day = first; day <= first + span; day++) days.push(day % 7);
  }
  return new Set(days).size === days.length ? days : undefined;
}

function parseWindows(times: string): OpenWindow[] | undefined {
  const windows: OpenWindow[] = [];
  for (const part of times.split(',')) {
    const [from, to] = part.split('-').map(parseMinutes);
    if (from === undefined || to === undefined || part.split('-').length !== 2 || to <= from) return undefined;
    const before = windows.at(-1);
    if (before && from < before.to) return undefined;
    windows.push({ from, to });
  }
  return windows;
}

function parseMinutes(time: string): number | undefined {
  const [, hours, minutes] = /^(\d\d):([0-5]\d)$/.exec(time) ?? [];
  const all = Number(hours) * 60 + Number(minutes);
  return all <= dayMinutes ? all : undefined;
}

function twoDigits(number: number): string {
  return String(number).padStart(2, '0');
}
