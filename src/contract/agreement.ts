import type { QueueRow } from './desk.ts';

/** A decided comment that somebody else judges again. Nothing in it tells the decision. */
export type Recheck = Pick<
  QueueRow,
  'id' | 'story' | 'parent' | 'name' | 'text' | 'lang' | 'dir' | 'submittedAt' | 'screening'
>;

/** Two judgements of one comment, neither made in knowledge of the other. A guideline stands beside a rejection. */
export type Pair = { first: Judgement; second: Judgement };
export type Judgement = { verdict: 'approve' | 'reject'; guideline: string | null };

/** Fewest pairs of which an agreement is told: of fewer it is chance. */
export const leastPairs = 20;

/** How far two judgements agree beyond chance (Cohen's kappa, -1 to 1; 0 is chance, 1 is always). `pairs` were judged twice,
 *  `agreed` of them alike, and in `named` one or both said yes. `kappa` and its 95 % `interval` are null below `leastPairs`,
 *  and where both always said the same and nothing can be told from it; the interval also where all pairs agreed, or none. */
export type Agreement = {
  pairs: number;
  agreed: number;
  named: number;
  kappa: number | null;
  interval: readonly [number, number] | null;
};

/** `overall` is of rejecting at all; of a guideline it is whether a comment is rejected under that one. */
export type AgreementView = {
  site: string;
  /** Of how many decided comments in a hundred a second judgement is asked. */
  percent: number;
  least: number;
  overall: Agreement;
  guidelines: readonly ({ guideline: string } & Agreement)[];
};
