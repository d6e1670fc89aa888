import type { Cues, Lexicon, Lists } from './lexicon.ts';
import type { Marks } from './model/marks.ts';
import type { Reading } from './reading.ts';
import type { Finding, Ruleset } from './types.ts';

/** One observation: a finding and what it adds to its guideline's score; `own` where the site listed the word itself. */
export type Evidence = Finding & { weight: number; own?: boolean };

/** A comment as the readers of evidence see it. */
export type Glance = {
  reading: Reading;
  lang: string;
  lists: Lists;
  lexicon: Lexicon | undefined;
  /** what each word does in a phrase; filled by the reader of words */
  cues: Cues;
  /** the list each word stands on; filled by the reader of words */
  marks: Marks;
  /** calls to action among the words; filled by the reader of words */
  calls: Evidence[];
  rules: Ruleset;
  found: Evidence[];
};

/** Looks for one kind of evidence and adds it to `found`. */
export type EvidenceReader = (glance: Glance) => void;

/** More findings than this help nobody, and a hostile text could make a hundred thousand. */
export const FINDINGS_KEPT = 100;

/** One minus the chance that every observation is wrong, so that several weak ones add
 *  up without ever reaching certainty; 0 for none. Rounded to a thousandth. */
export function combineWeights(observations: readonly { weight: number }[]): number {
  let innocent = 1;
  for (const { weight } of observations) innocent *= 1 - weight;
  return Math.round(Math.min(0.99, 1 - innocent) * 1000) / 1000;
}

/** In reading order, without repeats and without what lies inside a stronger finding
 *  of the same guideline. */
export function settleEvidence(found: readonly Evidence[]): Evidence[] {
  const sorted = [...found].sort((a, b) => a.start - b.start || b.weight - a.weight || b.end - a.end);
  const kept: Evidence[] = [];
  for (const one of sorted) {
    const rival = kept.findLast((other) => other.guideline === one.guideline && other.end > one.start);
    if (rival === undefined) kept.push(one);
    else if (rival.weight < one.weight) Object.assign(rival, one);
    if (kept.length >= FINDINGS_KEPT) break;
  }
  return kept;
}
