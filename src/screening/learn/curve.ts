import type { Scored } from './measure.ts';

/** What a threshold would do: of what it takes for a breach, how much is one; of all breaches, how many it takes. */
export type CurvePoint = { threshold: number; precision: number; recall: number; taken: number };

const thresholds = [0.5, 0.6, 0.7, 0.8, 0.85, 0.9, 0.93, 0.95, 0.97, 0.98, 0.99, 0.995];

/** Precision and recall at the given thresholds; at a dozen from the line up unless told. */
export function drawCurve(rows: readonly Scored[], at: readonly number[] = thresholds): CurvePoint[] {
  const breaches = rows.filter(({ label }) => label === 1).length;
  return at.map((threshold) => {
    const taken = rows.filter(({ score }) => score >= threshold);
    const hits = taken.filter(({ label }) => label === 1).length;
    return {
      threshold,
      precision: taken.length === 0 ? 0 : hits / taken.length,
      recall: breaches === 0 ? 0 : hits / breaches,
      taken: taken.length,
    };
  });
}
