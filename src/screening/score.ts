import { type Evidence, combineWeights } from './evidence.ts';
import type { Lexicon } from './lexicon.ts';
import type { ScoreKey, Suggestion } from './types.ts';

const groups = ['sexism', 'racism', 'homophobia', 'xenophobia'] as const;
const fromWords = ['profanity', 'vulgarity', ...groups] as const;
const fromPhrases = ['threat', 'attack'] as const;

export type Scores = Partial<Record<ScoreKey, number>>;

/** Scores from the evidence. A language's lists decide which scores it has; in another
 *  language a score appears only where something was found, never as a 0. */
export function scoreEvidence(found: readonly Evidence[], lexicon: Lexicon | undefined): Scores {
  const scores: Scores = {};
  for (const key of fromWords) give(scores, key, { found, offered: lexicon?.covers.has(key) ?? false });
  for (const key of fromPhrases) give(scores, key, { found, offered: lexicon?.phrased.has(key) ?? false });
  give(scores, 'promotion', { found, offered: true });
  const identity = highest(scores, groups);
  if (identity !== undefined) scores.identity = identity;
  const toxic = toxicOf(scores);
  if (toxic !== undefined) scores.toxic = toxic;
  return scores;
}

type Given = { found: readonly Evidence[]; offered: boolean };

function give(scores: Scores, key: ScoreKey, { found, offered }: Given): void {
  const own = found.filter(({ guideline }) => guideline === key);
  if (offered || own.length > 0) scores[key] = combineWeights(own);
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
  let most: number | undefined;
  for (const key of keys) {
    const score = scores[key];
    if (score !== undefined && (most === undefined || score > most)) most = score;
  }
  return most;
}

/** What swears, is vulgar or advertises is a matter of words, links and numbers: there the lists are seldom wrong, and the
 *  model may only add. In all else it has the last word, having seen what the lists see. */
const settledByLists = ['profanity', 'vulgarity', 'promotion'] as const;

/** Every threat, attack and abuse of a group is abuse, and abuse of women is abuse of a group: a part that seems likelier
 *  than the whole is two thirds as likely as the whole says, one third as it says itself (in logits; chosen on development
 *  rows, where it halves the false alarms that a guideline's own score gives). */
const within = [
  ['threat', 'toxic'],
  ['attack', 'toxic'],
  ['identity', 'toxic'],
  ['sexism', 'identity'],
  ['racism', 'identity'],
  ['homophobia', 'identity'],
  ['xenophobia', 'identity'],
] as const;

/** Joins the model's scores with those of the lists, rounded to a thousandth. A word the site listed itself stands, whatever
 *  the model makes of it. */
export function settleScores(
  scores: Scores,
  { evidence, scores: listed }: { evidence: readonly Evidence[]; scores: Scores },
): void {
  for (const [key, whole] of within) {
    if (scores[key] !== undefined) scores[key] = notAbove(scores[key], scores[whole] ?? 1);
  }
  for (const key of settledByLists) scores[key] = Math.max(scores[key] ?? 0, listed[key] ?? 0);
  const own = evidence.filter((one) => one.own === true);
  for (const { guideline } of own) {
    const key = guideline as ScoreKey;
    const weights = own.filter((one) => one.guideline === guideline);
    scores[key] = Math.max(scores[key] ?? 0, combineWeights(weights));
  }
  for (const key of Object.keys(scores) as ScoreKey[]) scores[key] = Math.round((scores[key] as number) * 1000) / 1000;
}

function notAbove(part: number, whole: number): number {
  return part <= whole ? part : 1 / (1 + Math.exp(-(logitOf(part) + 2 * logitOf(whole)) / 3));
}

function logitOf(probability: number): number {
  const p = Math.min(1 - 1e-6, Math.max(1e-6, probability));
  return Math.log(p / (1 - p));
}

/** From here a breach is clear, and from here down nothing is suspected. */
const CLEAR = 0.75;
const SUSPECTED = 0.35;

/** The hint for the queue; see `Suggestion`. Relevance alone never suggests rejecting. */
export function suggest(scores: Scores, { known, findings }: { known: boolean; findings: number }): Suggestion {
  const relevance = scores.relevance ?? 1;
  let worst = 0;
  for (const key of Object.keys(scores) as ScoreKey[]) {
    if (key !== 'relevance') worst = Math.max(worst, scores[key] as number);
  }
  if (worst >= CLEAR) return 'reject';
  if (!known || findings > 0 || worst >= SUSPECTED || relevance < 0.5) return 'review';
  return 'approve';
}
