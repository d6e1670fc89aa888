import type { ScoreKey } from '../types.ts';
import type { Taught } from './decisions.ts';
import type { OwnHead, OwnHeads } from './heads.ts';
import { solve } from './solve.ts';

/** A text as the shipped model sees it: its language, inputs, and shipped logits by score after calibration. */
export type Signals = { lang: string; inputs: Float64Array; logits: Partial<Record<ScoreKey, number>> };

/** Fewest decisions of each kind that a fit is made of; with fewer the shipped model stands alone. */
export const LEAST_ROWS = 20;
/** Pull towards the shipped model, in decisions: about as many speak for it as these. */
const PULL = 25;
const STEPS = 30;

type Row = { inputs: Float64Array; logit: number; label: 0 | 1 };

/** Fits every score of every language of which there are decisions enough, as a logistic regression over the model's
 *  inputs that begins at the shipped score and is pulled towards it. The same decisions give the same heads. */
export function fitHeads(taught: readonly (Taught & { signals: Signals })[], base: string): OwnHeads {
  const rows = new Map<string, Map<string, Row[]>>();
  for (const { labels, signals } of taught) {
    for (const [key, label] of Object.entries(labels)) {
      const logit = signals.logits[key as ScoreKey];
      if (logit === undefined || label === undefined) continue;
      const byHead = rows.get(signals.lang) ?? new Map<string, Row[]>();
      rows.set(signals.lang, byHead);
      const list = byHead.get(key) ?? [];
      byHead.set(key, list);
      list.push({ inputs: signals.inputs, logit, label });
    }
  }
  const heads: Record<string, Record<string, OwnHead>> = {};
  for (const [lang, byHead] of [...rows].sort(([a], [b]) => (a < b ? -1 : 1))) {
    for (const [key, list] of [...byHead].sort(([a], [b]) => (a < b ? -1 : 1))) {
      const breaches = list.filter(({ label }) => label === 1).length;
      if (breaches < LEAST_ROWS || list.length - breaches < LEAST_ROWS) continue;
      (heads[lang] ??= {})[key] = { weights: fitOne(list), rows: list.length, breaches };
    }
  }
  const times = taught.flatMap(({ at }) => at ?? []).sort();
  const until = times.at(-1);
  return { format: 1, base, ...(until === undefined ? {} : { until }), heads };
}

/** Newton's method; both kinds count the same in all, so that 0.5 stays the line whatever share of breaches a desk sees. */
function fitOne(rows: readonly Row[]): number[] {
  const size = (rows[0] as Row).inputs.length + 1;
  const counts = [0, 1].map((label) => rows.filter((row) => row.label === label).length);
  const share = counts.map((count) => rows.length / (2 * count));
  const weights = new Float64Array(size);
  for (let step = 0; step < STEPS; step++) {
    const slopes = Float64Array.from(weights, (weight) => PULL * weight);
    const curves = Float64Array.from({ length: size * size }, (_, k) => (k % (size + 1) === 0 ? PULL : 0));
    for (const { inputs, logit, label } of rows) {
      const x = [...inputs, 1];
      const z = x.reduce((sum, value, k) => sum + value * (weights[k] as number), logit);
      const p = 1 / (1 + Math.exp(-z));
      const weight = share[label] as number;
      for (let a = 0; a < size; a++) {
        const xa = x[a] as number;
        if (xa === 0) continue;
        (slopes[a] as number) += weight * (p - label) * xa;
        const curve = weight * Math.max(p * (1 - p), 1e-4) * xa;
        for (let b = 0; b < size; b++) (curves[a * size + b] as number) += curve * (x[b] as number);
      }
    }
    const moves = solve(curves, slopes);
    let farthest = 0;
    moves.forEach((move, k) => {
      (weights[k] as number) -= Math.max(-2, Math.min(2, move));
      farthest = Math.max(farthest, Math.abs(move));
    });
    if (farthest < 1e-6) break;
  }
  return [...weights];
}
