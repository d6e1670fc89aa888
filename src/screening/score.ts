import { type Evidence, combineWeights } from './evidence.ts';
import type { Lexicon } from './lexicon.ts';
import type { ScoreKey, Suggestion } from './types.ts';

const groups = ['sexism', 'racism', 'homophobia', 'xenophobia'] as const;
const fromWords = ['profanity', 'vulgarity', ...groups] as const;

export type Scores = Partial<Record<ScoreKey, number>>;

/** Scores from the evidence. A language's lists decide which scores it has; in another
 *  language a score appears only where something was found, never as a 0. */
export function scoreEvidence(found: readonly Evidence[], lexicon: Lexicon | undefined): Scores {
  const scores: Scores = {};
  const give = (key: ScoreKey, offered: boolean): void => {
    const weights = found.filter(({ guideline }) => guideline === key).map(({ weight }) => weight);
    if (offered || weights.length > 0) scores[key] = combineWeights(weights);
  };
  for (const key of fromWords) give(key, lexicon?.covers.has(key) ?? false);
  for (const key of ['threat', 'attack'] as const) {
    give(key, lexicon?.patterns.some(({ guideline }) => guideline === key) ?? false);
  }
  give('promotion', true);
  const identity = highest(scores, groups);
  if (identity !== undefined) scores.identity = identity;
  const toxic = toxicOf(scores);
  if (toxic !== undefined) scores.toxic = toxic;
  return scores;
}

/** Swearing need not abuse anyone, so it counts for less than an attack does. */
const SWEARING = 0.9;

function toxicOf(scores: Scores): number | undefined {
  const abuse = highest(scores, ['threat', 'attack', 'identity']);
  const swearing = highest(scores, ['profanity', 'vulgarity']);
  if (abuse === undefined && swearing === undefined) return undefined;
  return Math.round(Math.max(abuse ?? 0, (swearing ?? 0) * SWEARING) * 1000) / 1000;
}

function highest(scores: Scores, keys: readonly ScoreKey[]): number | undefined {
  const given = keys.map((key) => scores[key]).filter((score) => score !== undefined);
  return given.length === 0 ? undefined : Math.max(...given);
}

/** Rounds the model's scores to a thousandth. A word the site listed itself stands, whatever the model makes of it. */
export function settleScores(scores: Scores, evidence: readonly Evidence[]): void {
  const own = evidence.filter((one) => one.own === true);
  for (const { guideline } of own) {
    const weights = own.filter((one) => one.guideline === guideline).map(({ weight }) => weight);
    const key = guideline as ScoreKey;
    scores[key] = Math.max(scores[key] ?? 0, combineWeights(weights));
  }
  for (const key of Object.keys(scores) as ScoreKey[]) scores[key] = Math.round((scores[key] as number) * 1000) / 1000;
}

/** From here a breach is clear, and from here down nothing is suspected. */
const CLEAR = 0.75;
const SUSPECTED = 0.35;

/** The hint for the queue; see `Suggestion`. Relevance alone never suggests rejecting. */
export function suggest(scores: Scores, { known, findings }: { known: boolean; findings: number }): Suggestion {
  const { relevance = 1, ...breaches } = scores;
  const worst = Math.max(0, ...Object.values(breaches));
  if (worst >= CLEAR) return 'reject';
  if (!known || findings > 0 || worst >= SUSPECTED || relevance < 0.5) return 'review';
  return 'approve';
}
