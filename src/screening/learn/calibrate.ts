import type { Calibration } from '../model/file.ts';

/** A logit, what was true, and what the row counts. */
export type Judged = { logit: number; label: 0 | 1; weight: number };

/** Breaches among comments that are near the line. Fitting as if they were this many puts 0.5 where a moderator would
 *  draw it, whatever share the rows at hand happen to have. */
const BREACHES = 0.4;
const STEPS = 60;

/** The slope and offset that make probabilities of logits (Platt's method, by Newton steps), with the breaches weighted to
 *  their usual share. Undefined for fewer than `least` rows of either kind. */
export function calibrate(rows: readonly Judged[], share = BREACHES, least = 8): Calibration | undefined {
  const total = (label: number): number => rows.reduce((sum, row) => sum + (row.label === label ? row.weight : 0), 0);
  const [harmless, breaches] = [total(0), total(1)];
  const enough = [0, 1].every((label) => rows.filter((row) => row.label === label).length >= least);
  if (!enough) return undefined;
  const weights = [(1 - share) / harmless, share / breaches] as const;
  let slope = 1;
  let offset = 0;
  for (let step = 0; step < STEPS; step++) {
    // A small pull towards a slope of 1 keeps separable rows from running away.
    let [gs, go, ss, so, oo] = [PULL * (slope - 1), 0, PULL, 0, 1e-6];
    for (const { logit, label, weight } of rows) {
      const p = 1 / (1 + Math.exp(-(slope * logit + offset)));
      const w = weight * weights[label];
      const curve = w * Math.max(p * (1 - p), 1e-6);
      gs += w * (p - label) * logit;
      go += w * (p - label);
      ss += curve * logit * logit;
      so += curve * logit;
      oo += curve;
    }
    const det = ss * oo - so * so;
    const ds = (gs * oo - go * so) / det;
    const dO = (go * ss - gs * so) / det;
    slope -= clamp(ds);
    offset -= clamp(dO);
    if (Math.abs(ds) + Math.abs(dO) < 1e-7) break;
  }
  // A slope below this would turn the order of scores round.
  return { slope: Math.max(0.05, slope), offset };
}

const PULL = 0.003;

function clamp(step: number): number {
  return Math.max(-1, Math.min(1, step));
}
