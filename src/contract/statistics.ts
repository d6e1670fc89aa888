import type { Agreement } from './agreement.ts';
import { readParameter, type Call } from './http.ts';
import { parsed, type Parsed } from './json.ts';
import { refused } from './refusals.ts';
import type { Measure } from './sanction.ts';

/** How many days back the figures reach, today included. */
export const daysRange = { least: 7, most: 366, standard: 30 };

/** Fewest comments or pairs of which a share is told: of fewer it is chance. */
export const leastCounted = 20;

/** The most stories among the busiest. */
export const mostStories = 20;

/** What happened on a site: `GET /api/v1/desk/sites/{site}/statistics?days=`, each figure as CSV under
 *  `…/statistics/{figure}.csv?days=`. Counted at `at` from the record itself, never kept: the newsroom's own replies are in
 *  nothing, an erased comment stays counted. A day is one of `timeZone`, written 2026-11-22; the last one is today and not
 *  over. What was decided is the first decision on a comment, by the day on which it was taken; what came of it later stands
 *  where it says so. */
export type Statistics = {
  site: string;
  at: string;
  timeZone: string;
  days: number;
  /** The first and the last day of the figures. */
  from: string;
  to: string;
  totals: Totals;
} & Figures;

/** `medianSeconds` and `p95Seconds` are from submission to the first decision, where a person or a program took it; null for
 *  none. `held` is how many wait now, the longest since `oldestHeld`. `automated` are among the `rejected`. */
export type Totals = {
  received: number;
  decided: number;
  approved: number;
  rejected: number;
  automated: number;
  medianSeconds: number | null;
  p95Seconds: number | null;
  held: number;
  oldestHeld: string | null;
};

/** The figures, each one table. A share has its 95 % interval beside it (Wilson's); both are null below `leastCounted`. */
export type Figures = {
  /** Every day, in order. */
  waiting: readonly { day: string; decided: number; medianSeconds: number | null; p95Seconds: number | null }[];
  /** Every day, in order. `left` were withdrawn or erased while they waited; `held` is how many waited at the day's end (now,
   *  for today). */
  flow: readonly { day: string; received: number; approved: number; rejected: number; left: number; held: number }[];
  /** All 168 hours of a week; `weekday` 1 is Monday, `hour` 0 begins at midnight. */
  hours: readonly { weekday: number; hour: number; received: number; decided: number }[];
  /** Guidelines under which something was rejected or taken down, the most first. `removed` were published before;
   *  `automated` are among the `rejected`. */
  guidelines: readonly { guideline: string; rejected: number; automated: number; removed: number }[];
  /** The most received first, by the language under which the queue finds them. */
  languages: readonly ({ language: string } & Passed)[];
  /** The most received first; null is stories without a section. A story counts for the section that it is in now. */
  sections: readonly ({ section: string | null } & Passed)[];
  /** Whoever decided, the most first decisions first. */
  workload: readonly Workload[];
  /** Of comments judged again in these days; `guideline` null is of rejecting at all. */
  agreement: readonly ({ guideline: string | null } & Agreement)[];
  /** Of appeals that came in these days, under the guideline of the decision that they are against. `medianSeconds` is
   *  from the appeal to its decision. */
  appeals: readonly {
    guideline: string;
    received: number;
    open: number;
    upheld: number;
    overturned: number;
    medianSeconds: number | null;
  }[];
  /** Weeks begin on Monday (`week` is its day; the first may have begun before `from`). Of what people `decided`: screening
   *  took `suspected` for a clear breach, and `right` of these were rejected; of all `rejected` it had so found `right`. */
  screening: readonly ({ week: string } & Suspected)[];
  /** The busiest by what came in; how those comments stand now. */
  stories: readonly {
    story: string;
    headline: string;
    section: string | null;
    received: number;
    approved: number;
    rejected: number;
    held: number;
  }[];
  /** Imposed in these days, by measure; how they stand now. */
  sanctions: readonly {
    measure: Measure;
    imposed: number;
    inForce: number;
    lifted: number;
    appealed: number;
    overturned: number;
  }[];
  /** Comments that find fault with the newsroom beside all others, by what people decided first. Two rows, `newsroom` first.
   *  Which ones do is guessed by words (`criticisesNewsroom`), once a comment was sorted. */
  newsroom: readonly ({ about: 'newsroom' | 'other' } & Approval)[];
};

/** Comments that came in, and first decisions that were taken. */
export type Passed = {
  received: number;
  approved: number;
  rejected: number;
  medianSeconds: number | null;
};

/** First decisions of one account, of all days and by day (in the order of `flow`). `later` are its decisions on what was
 *  decided before: taken down, turned round, appeals granted. Rules are one row, without an id. */
export type Workload = {
  id: string | null;
  name: string | null;
  kind: 'person' | 'program' | 'rule';
  decided: number;
  approved: number;
  rejected: number;
  later: number;
  byDay: readonly number[];
};

export type Suspected = {
  decided: number;
  suspected: number;
  right: number;
  rejected: number;
  precision: number | null;
  recall: number | null;
};

export type Approval = {
  decided: number;
  approved: number;
  share: number | null;
  low: number | null;
  high: number | null;
};

export type Figure = keyof Figures;

/** Every figure, in the order in which they are told; also the names of the CSV files. */
export const figures = [
  'waiting',
  'flow',
  'hours',
  'guidelines',
  'languages',
  'sections',
  'workload',
  'agreement',
  'appeals',
  'screening',
  'stories',
  'sanctions',
  'newsroom',
] as const satisfies readonly Figure[];

/** The figure that an address names, or undefined. */
export function readFigure(named: unknown): Figure | undefined {
  return figures.find((figure) => figure === named);
}

/** `?days=`, a whole number within `daysRange`. Refused is what lies outside: a picture of other days than were asked for
 *  would mislead. */
export function readDays(call: Call): Parsed<number> {
  const value = readParameter(call, 'days');
  if (value.outcome === 'refused') return value;
  if (value.value === undefined) return parsed(daysRange.standard);
  const days = /^\d{1,3}$/.test(value.value) ? Number(value.value) : 0;
  if (days < daysRange.least || days > daysRange.most) return refused('parameter_malformed', { field: 'days' });
  return parsed(days);
}
