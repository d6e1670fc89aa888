import type { Screening, ScoreKey } from '../../screening/types.ts';
import { type BreachLines, isMarked, lineFor } from '../../contract/breachLines.ts';
import type { WordKey } from './wordKeys.ts';

/** A score as the desk tells it: `share` of the bar, the word for it, and whether it crosses the line. */
export type ToldScore = { key: ScoreKey; share: number; word: WordKey; breach: boolean };

/** 0.5 is the line between breach and no breach (contract.md); below this nobody needs to look. */
const worthTelling = 0.2;
/** From here up nobody can say that nothing is there. */
const doubtful = 0.35;

/** The scores worth a look, the strongest first, relevance last since it runs the other way: 1 is about the story. */
export function tellScores(screening: Screening, lines?: BreachLines): ToldScore[] {
  const isBreach = (key: string, score: number): boolean => isMarked(key, score, lineFor(lines, key, screening.lang));
  const { relevance, ...scores } = screening.scores;
  const told = Object.entries(scores)
    .filter(([, score]) => score >= worthTelling)
    .toSorted(([, a], [, b]) => b - a)
    .map(([key, score]): ToldScore => ({
      key: key as ScoreKey,
      share: score,
      word: wordFor(score),
      breach: isBreach(key, score),
    }));
  if (relevance === undefined) return told;
  const word =
    relevance >= 0.5 ? 'score.onTopic' : relevance >= worthTelling ? 'score.hardlyOnTopic' : 'score.offTopic';
  return [...told, { key: 'relevance', share: relevance, word, breach: isBreach('relevance', relevance) }];
}

/** The scores of a second reader from doubtful up, the strongest first. All run the same way: 1 breaks the guideline. */
export function tellSecondScores(scores: Readonly<Record<string, number>>): { key: string; word: WordKey }[] {
  return Object.entries(scores)
    .filter(([, score]) => score >= doubtful)
    .toSorted(([, a], [, b]) => b - a)
    .map(([key, score]) => ({ key, word: wordFor(score) }));
}

function wordFor(score: number): WordKey {
  if (score >= 0.85) return 'score.veryLikely';
  if (score >= 0.5) return 'score.likely';
  return score >= doubtful ? 'score.possible' : 'score.unlikely';
}

/** The strongest score that speaks for a breach, 0 without any; relevance runs the other way and hurts nobody. */
export function strongestScore(screening: Screening | null): number {
  if (!screening) return 0;
  const { relevance: _, ...scores } = screening.scores;
  return Math.max(0, ...Object.values(scores));
}

/** The lines from which on a comment may be veiled, each with the word for its score. */
export const veilLines: readonly { from: number; word: WordKey }[] = [
  { from: doubtful, word: 'score.possible' },
  { from: 0.5, word: 'score.likely' },
  { from: 0.85, word: 'score.veryLikely' },
];

/** Whether a comment is to be veiled; `from` 0 veils none. */
export function isVeiled(screening: Screening | null, from: number): boolean {
  return from > 0 && strongestScore(screening) >= from;
}
