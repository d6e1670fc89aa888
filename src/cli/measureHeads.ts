import {
  areaUnderCurve,
  drawCurve,
  measureAt,
  type CurvePoint,
  type OwnHeads,
  type Scored,
} from '../screening/index.ts';
import { addedBy } from '../screening/learn/heads.ts';
import type { ScoreKey } from '../screening/types.ts';
import type { Seen } from './taught.ts';

/** Precision and recall of one score in one language on decisions that were held out. */
export type Measured = {
  guideline: string;
  lang: string;
  decisions: number;
  breaches: number;
  precision: number;
  recall: number;
  falseAlarms: number;
  area: number;
  curve: CurvePoint[];
};

/** Measures the shipped model, or it with own heads, by language and score. */
export function measureHeads(seen: readonly Seen[], heads?: OwnHeads): Measured[] {
  const groups = new Map<string, { lang: string; guideline: string; rows: Scored[] }>();
  for (const { labels, signals } of seen) {
    for (const [guideline, label] of Object.entries(labels)) {
      const logit = signals.logits[guideline as ScoreKey];
      if (logit === undefined || label === undefined) continue;
      const own = heads?.heads[signals.lang]?.[guideline];
      const score = 1 / (1 + Math.exp(-(logit + (own === undefined ? 0 : addedBy(own, signals.inputs)))));
      const key = `${signals.lang} ${guideline}`;
      const group = groups.get(key) ?? { lang: signals.lang, guideline, rows: [] };
      groups.set(key, group);
      group.rows.push({ score, label });
    }
  }
  return [...groups.values()].map(({ lang, guideline, rows }) => {
    const { count: decisions, breaches, precision, recall, falseAlarms } = measureAt(rows);
    const area = areaUnderCurve(rows);
    const figures = { precision, recall, falseAlarms, area: Number.isNaN(area) ? 0 : area };
    const rounded = Object.fromEntries(Object.entries(figures).map(([key, value]) => [key, round(value)]));
    return {
      guideline,
      lang,
      decisions,
      breaches,
      ...(rounded as typeof figures),
      curve: drawCurve(rows).map(roundPoint),
    };
  });
}

function roundPoint(point: CurvePoint): CurvePoint {
  return { ...point, precision: round(point.precision), recall: round(point.recall) };
}

function round(value: number): number {
  return Math.round(value * 1000) / 1000;
}
