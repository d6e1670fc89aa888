import { type BreachLines, marksOf } from './breachLines.ts';
import type { Screening } from '../screening/types.ts';
import type { SiteSettings } from './siteSettings.ts';

/** How much each part of the need counts on a site, in hundredths. */
export type NeedWeights = { screening: number; age: number; reports: number; traffic: number };

export const needParts = ['screening', 'age', 'reports', 'traffic'] as const;
export type NeedPart = (typeof needParts)[number];

/** What the need of one comment is made of: `screening` 0 to 1 (second readers' hints among it), reports and traffic as
 *  steps from 0 to 4. */
export type NeedFacts = { screening: number; submittedAt: Date; reports: number; traffic: number };

/** The need of one comment as it is shown: what each part adds, and the sum. */
export type Need = Record<NeedPart, number> & {
  total: number;
  weights: NeedWeights;
  days: number;
  steps: { reports: number; traffic: number };
};

/** From how many open reports, and from how many comments of the story's last day, each step begins. The database has the same
 *  numbers (`report_step`, `traffic_step`). */
export const needSteps = { reports: [1, 2, 4, 8], traffic: [10, 30, 100, 300] } as const;

/** The step, 0 to 4, that a number of reports or comments reaches. */
export function stepOf(part: keyof typeof needSteps, count: number): number {
  return needSteps[part].filter((least) => count >= least).length;
}

const dayMilliseconds = 86_400_000;
// Any time would do: it is the same for every comment, and is taken off again when the need is shown.
const beginning = Date.parse('2026-01-01T00:00:00Z');

/** The weights of a site. */
export function weightsOf(settings: SiteSettings): NeedWeights {
  return {
    screening: settings['queue.weight.screening'],
    age: settings['queue.weight.age'],
    reports: settings['queue.weight.reports'],
    traffic: settings['queue.weight.traffic'],
  };
}

/** The number by which the queue is ordered, the greatest first:
 *
 *      (weight of screening × screening + weight of reports × step/4 + weight of traffic × step/4
 *        − weight of age × days from 1 January 2026 to the submission) / 100
 *
 *  The days are those of the submission and not of the waiting, so that the number stays while time passes: of two comments
 *  the difference is the same. The database computes it alike (`queue_urgency`). Pure. */
export function urgencyOf({ screening, submittedAt, reports, traffic }: NeedFacts, weights: NeedWeights): number {
  const days = (submittedAt.getTime() - beginning) / dayMilliseconds;
  const added = weights.screening * screening + (weights.reports * reports) / 4 + (weights.traffic * traffic) / 4;
  return (added - weights.age * days) / 100;
}

/** The need at this moment: as `urgencyOf`, with the days that the comment has waited. 1 is as much as a clear threat that
 *  has just come in, with the standard weights. Pure. */
export function explainNeed(facts: NeedFacts, weights: NeedWeights, now: Date): Need {
  const days = Math.max(0, (now.getTime() - facts.submittedAt.getTime()) / dayMilliseconds);
  const parts = {
    screening: round((weights.screening * facts.screening) / 100),
    age: round((weights.age * days) / 100),
    reports: round((weights.reports * facts.reports) / 400),
    traffic: round((weights.traffic * facts.traffic) / 400),
  };
  const total = round(parts.screening + parts.age + parts.reports + parts.traffic);
  const { reports, traffic } = facts;
  return { ...parts, total, weights, days: round(days), steps: { reports, traffic } };
}

function round(value: number): number {
  return Math.round(value * 1000) / 1000;
}

/** The guidelines that screening suspects a comment of, by the lines that the site drew (`marksOf`). */
export function suspectsOf(
  screening: Pick<Screening, 'lang' | 'findings' | 'scores'> | null,
  lines?: BreachLines,
): string[] {
  if (screening === null) return [];
  const { found, scored } = marksOf(screening, lines);
  return [...new Set([...found, ...scored])];
}
