/** A score and what was true: 1 breach, 0 none. */
export type Scored = { score: number; label: 0 | 1 };

/** The share of pairs of a breach and a harmless text in which the breach scores higher (ties count half): area under the
 *  ROC curve. NaN where either kind is missing. */
export function areaUnderCurve(rows: readonly Scored[]): number {
  const sorted = rows.toSorted((a, b) => a.score - b.score);
  let ranks = 0;
  let breaches = 0;
  for (let i = 0; i < sorted.length;) {
    let end = i + 1;
    while (end < sorted.length && sorted[end]?.score === sorted[i]?.score) end++;
    const ties = sorted.slice(i, end).filter(({ label }) => label === 1).length;
    ranks += (ties * (i + end + 1)) / 2;
    breaches += ties;
    i = end;
  }
  const harmless = sorted.length - breaches;
  return (ranks - (breaches * (breaches + 1)) / 2) / (breaches * harmless);
}

/** What a threshold does: a score at or above it counts as a breach. Precision and recall of breaches, the F1 of breaches
 *  (`f1`), the mean F1 of both kinds (`macroF1`), accuracy, and the share of harmless rows over the line. 0 over 0 is 0. */
export type Measures = {
  count: number;
  breaches: number;
  precision: number;
  recall: number;
  f1: number;
  macroF1: number;
  accuracy: number;
  falseAlarms: number;
};

/** Measures at a threshold. */
export function measureAt(rows: readonly Scored[], threshold = 0.5): Measures {
  const count = (label: number, over: boolean): number =>
    rows.filter((row) => row.label === label && row.score >= threshold === over).length;
  const [hits, misses, alarms, passes] = [count(1, true), count(1, false), count(0, true), count(0, false)];
  const f1 = share(2 * hits, 2 * hits + misses + alarms);
  return {
    count: rows.length,
    breaches: hits + misses,
    precision: share(hits, hits + alarms),
    recall: share(hits, hits + misses),
    f1,
    macroF1: (f1 + share(2 * passes, 2 * passes + misses + alarms)) / 2,
    accuracy: share(hits + passes, rows.length),
    falseAlarms: share(alarms, alarms + passes),
  };
}

function share(part: number, whole: number): number {
  return whole === 0 ? 0 : part / whole;
}
