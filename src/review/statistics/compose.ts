import type { Pair } from '../../contract/agreement.ts';
import type { Period } from '../../contract/period.ts';
import type { Approval, Figures, Passed, Totals, Workload } from '../../contract/statistics.ts';
import { readHour } from '../../record/statistics/clocks.ts';
import type { Counts } from '../../record/statistics/counts.ts';
import { measureAgreement } from '../measureAgreement.ts';
import { tellInterval, tellShare } from './shares.ts';

/** The figures that are made of what was counted: every day and hour has its row, also where nothing happened. Pure. */
export function composeFigures(
  counts: Counts,
  { days }: Pick<Period, 'days'>,
): { totals: Totals } & Omit<Figures, 'agreement' | 'appeals' | 'sanctions'> {
  const { guidelines, languages, sections, stories } = counts;
  return {
    totals: composeTotals(counts),
    waiting: composeWaiting(counts, days),
    flow: composeFlow(counts, days),
    hours: composeHours(counts),
    guidelines: guidelines.toSorted((a, b) => b.rejected + b.removed - a.rejected - a.removed || compare(a, b)),
    languages: sortPassed(languages).map(({ key, ...passed }) => ({ language: key ?? 'und', ...passed })),
    sections: sortPassed(sections).map(({ key, ...passed }) => ({ section: key, ...passed })),
    workload: composeWorkload(counts, days),
    screening: composeWeeks(counts),
    stories,
    newsroom: composeNewsroom(counts),
  };
}

function compare(a: { guideline: string }, b: { guideline: string }): number {
  return a.guideline < b.guideline ? -1 : 1;
}

function composeTotals({ received, decided, waits, held, oldestHeld }: Counts): Totals {
  const approved = sum(decided, (hour) => hour.approved);
  const rejected = sum(decided, (hour) => hour.rejected);
  const all = waits.find(({ day }) => day === null);
  return {
    received: sum(received, (hour) => hour.received),
    decided: approved + rejected,
    approved,
    rejected,
    automated: sum(decided, (hour) => hour.automated),
    medianSeconds: all?.medianSeconds ?? null,
    p95Seconds: all?.p95Seconds ?? null,
    held,
    oldestHeld: oldestHeld?.toISOString() ?? null,
  };
}

function composeWaiting({ waits }: Counts, days: readonly string[]): Figures['waiting'] {
  const found = new Map(waits.map(({ day, ...wait }) => [day === null ? '' : readHour(day * 24).day, wait]));
  const none = { decided: 0, medianSeconds: null, p95Seconds: null };
  return days.map((day) => ({ day, ...(found.get(day) ?? none) }));
}

/** How many waited at the end of each day follows from how many wait now, and from what came and went since: nothing that
 *  could drift is kept. */
function composeFlow({ received, decided, left, held }: Counts, days: readonly string[]): Figures['flow'] {
  const came = sumBy(received, (hour) => hour.received);
  const approved = sumBy(decided, (hour) => hour.approved);
  const rejected = sumBy(decided, (hour) => hour.rejected);
  const gone = new Map(left.map((day) => [readHour(day.day * 24).day, day.left]));
  const rows: Figures['flow'][number][] = [];
  let waiting = held;
  for (const day of days.toReversed()) {
    const row = {
      ...{ day, received: came.get(day) ?? 0, approved: approved.get(day) ?? 0, rejected: rejected.get(day) ?? 0 },
      ...{ left: gone.get(day) ?? 0, held: waiting },
    };
    rows.push(row);
    waiting += row.approved + row.rejected + row.left - row.received;
  }
  return rows.toReversed();
}

function composeHours({ received, decided }: Counts): Figures['hours'] {
  const hours = Array.from({ length: 168 }, (_, index) => ({
    ...{ weekday: Math.floor(index / 24) + 1, hour: index % 24, received: 0, decided: 0 },
  }));
  for (const one of received) {
    const hour = hours[placeInWeek(one)];
    if (hour) hour.received += one.received;
  }
  for (const one of decided) {
    const hour = hours[placeInWeek(one)];
    if (hour) hour.decided += one.approved + one.rejected;
  }
  return hours;
}

/** Hours are counted from a Thursday on. */
function placeInWeek({ hour }: { hour: number }): number {
  return (hour + 72) % 168;
}

function sortPassed<Row extends Passed>(rows: readonly Row[]): Row[] {
  const decided = ({ approved, rejected }: Passed): number => approved + rejected;
  return rows.toSorted((a, b) => b.received - a.received || decided(b) - decided(a));
}

function composeWorkload({ authors }: Counts, days: readonly string[]): Workload[] {
  const places = new Map(days.map((day, index) => [day, index]));
  const workloads = new Map<string, Workload & { byDay: number[] }>();
  for (const { actor, id, name, day, decided, approved } of authors) {
    const kind = actor.startsWith('policy:') ? 'rule' : actor.startsWith('program:') ? 'program' : 'person';
    const key = kind === 'rule' ? kind : actor;
    const found = workloads.get(key);
    const empty = { decided: 0, approved: 0, rejected: 0, later: 0, byDay: days.map(() => 0) };
    const workload = found ?? { id, name, kind, ...empty };
    workloads.set(key, workload);
    const place = day === null ? undefined : places.get(readHour(day * 24).day);
    if (day === null) workload.later += decided;
    else {
      workload.decided += decided;
      workload.approved += approved;
      workload.rejected += decided - approved;
    }
    if (place !== undefined) workload.byDay[place] = (workload.byDay[place] ?? 0) + decided;
  }
  return [...workloads.values()].toSorted((a, b) => b.decided - a.decided || b.later - a.later);
}

function composeWeeks({ weeks }: Counts): Figures['screening'] {
  return weeks
    .toSorted((a, b) => a.day - b.day)
    .map(({ day, ...week }) => ({
      ...{ week: readHour(day * 24).week, ...week },
      precision: tellShare(week.right, week.suspected),
      recall: tellShare(week.right, week.rejected),
    }));
}

function composeNewsroom({ newsroom }: Counts): Figures['newsroom'] {
  const none = { decided: 0, approved: 0 };
  const critical = newsroom.find(({ isCritical }) => isCritical) ?? none;
  const all = newsroom.find(({ isCritical }) => !isCritical) ?? none;
  const other = { decided: all.decided - critical.decided, approved: all.approved - critical.approved };
  return [
    { about: 'newsroom', ...tellApproval(critical) },
    { about: 'other', ...tellApproval(other) },
  ];
}

function tellApproval({ decided, approved }: { decided: number; approved: number }): Approval {
  const [low, high] = tellInterval(approved, decided) ?? [null, null];
  return { decided, approved, share: tellShare(approved, decided), low, high };
}

/** How far moderators agree on what was judged again: on rejecting at all first, then on each guideline. Pure. */
export function composeAgreement(pairs: readonly Pair[]): Figures['agreement'] {
  const { overall, guidelines } = measureAgreement(pairs);
  return [{ guideline: null, ...overall }, ...guidelines];
}

function sum<Row>(rows: readonly Row[], count: (row: Row) => number): number {
  return rows.reduce((total, row) => total + count(row), 0);
}

function sumBy<Row extends { hour: number }>(
  rows: readonly Row[],
  count: (row: Row) => number,
): ReadonlyMap<string, number> {
  const sums = new Map<string, number>();
  for (const row of rows) {
    const { day } = readHour(row.hour);
    sums.set(day, (sums.get(day) ?? 0) + count(row));
  }
  return sums;
}
