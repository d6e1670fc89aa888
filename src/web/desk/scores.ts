import type { Screening, ScoreKey } from '../../screening/types.ts';
import type { WordKey } from './wordKeys.ts';

/** A score as the desk tells it: `share` of the bar, the word for it, and whether it crosses the line. */
export type ToldScore = { key: ScoreKey; share: number; word: WordKey; breach: boolean };

/** 0.5 is the line between breach and no breach (contract.md); below this nobody needs to look. */
const worthTelling = 0.2;
/** From here up nobody can say that nothing is there. */
const doubtful = 0.35;

/** The scores worth a look, the strongest first, relevance last since it runs the other way: 1 is about the story. */
export function tellScores(screening: Screening): ToldScore[] {
  const { relevance, ...scores } = screening.scores;
  const told = Object.entries(scores)
    .filter(([, score]) => score >= worthTelling)
    .toSorted(([, a], [, b]) => b - a)
    .map(([key, score]): ToldScore => ({
      key: key as ScoreKey,
      share: score,
      word: wordFor(score),
      breach: score >= 0.5,
    }));
  if (relevance === undefined) return told;
  const word =
    relevance >= 0.5 ? 'score.onTopic' : relevance >= worthTelling ? 'score.hardlyOnTopic' : 'score.offTopic';
  return [...told, { key: 'relevance', share: relevance, word, breach: relevance < 0.5 }];
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
