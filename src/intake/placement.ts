import type { GuidelineKey, Screening } from '../screening/index.ts';

// What a wrongly waiting comment can do while it waits is nothing; what a breach can do is decided by how soon a person
// sees it. A threat comes before everything, a remark that misses the story comes last.
const weights: Readonly<Record<GuidelineKey, number>> = {
  threat: 1,
  racism: 0.9,
  homophobia: 0.9,
  sexism: 0.9,
  xenophobia: 0.9,
  attack: 0.85,
  vulgarity: 0.7,
  profanity: 0.65,
  promotion: 0.6,
  relevance: 0.5,
};

const guidelines = Object.keys(weights) as GuidelineKey[];

/** Where a comment stands that the machine did not read, or did not understand: before those in which it found nothing,
 *  behind those in which it found a clear breach. */
const unread = 0.5;

/** How much a comment needs a person, 0 to 1: the queue's order and nothing else. The heaviest score, each weighted by
 *  what it is about; `relevance` runs the other way (1 is about the story). Pure. */
export function chooseNeed(screening: Screening | null): number {
  if (screening === null) return unread;
  const scored = guidelines.map((guideline) => weights[guideline] * breach(screening, guideline));
  const heaviest = Math.max(0, ...scored);
  const least = screening.suggestion === 'approve' ? 0 : unread;
  return Math.min(1, Math.max(heaviest, least));
}

function breach(screening: Screening, guideline: GuidelineKey): number {
  const score = screening.scores[guideline];
  if (score === undefined || !(score >= 0 && score <= 1)) return 0;
  return guideline === 'relevance' ? 1 - score : score;
}
