import { setImmediate as nextTurn } from 'node:timers/promises';
import { automatableGuidelines, type AutomationPoint, type AutomationRow } from '../contract/automation.ts';
import type { DecidedScreening } from '../record/automation.ts';
import { drawCurve, modelVersion, type OwnHeads, screen, type Scored } from '../screening/index.ts';

/** What is measured: the model in use with the site's own heads, and the guidelines that the site has in force. */
export type Measuring = {
  heads: OwnHeads | undefined;
  origins: readonly string[];
  guidelines: ReadonlySet<string>;
  /** The thresholds of the curve; those of a rule unless told. */
  thresholds?: readonly number[];
};

export type Measured = Omit<AutomationRow, 'rule'>;

// A screening takes a tenth of a millisecond, and others wait meanwhile.
const screenedInARow = 50;

/** What each threshold would have done to the decisions that people took, by guideline and language. Only decisions that
 *  the model has not learnt from are measured: where the site has heads of its own, those after the last one that they
 *  saw. The score kept from intake is measured where the model in use gave it, else the text is screened anew. A breach is
 *  what a person rejected under this very guideline: another ground would have been a wrong one. */
export async function measureAutomation(
  decided: readonly DecidedScreening[],
  measuring: Measuring,
): Promise<Measured[]> {
  const groups = new Map<string, { guideline: string; language: string; rows: Scored[] }>();
  const offered = automatableGuidelines.filter((guideline) => measuring.guidelines.has(guideline));
  let screened = 0;
  for (const one of decided) {
    if (!isHeldOut(one, measuring.heads)) continue;
    const kept = readKept(one, measuring.heads);
    if (kept === undefined && ++screened % screenedInARow === 0) await nextTurn();
    const { lang: language, scores } = kept ?? screenAnew(one, measuring);
    if (language === 'und') continue;
    for (const guideline of offered) {
      const score = scores[guideline];
      if (score === undefined) continue;
      const key = `${language} ${guideline}`;
      const group = groups.get(key) ?? { guideline, language, rows: [] };
      groups.set(key, group);
      group.rows.push({ score, label: one.verdict !== 'approve' && one.guideline === guideline ? 1 : 0 });
    }
  }
  return [...groups.values()]
    .map(({ rows, ...named }) => ({
      ...named,
      decisions: rows.length,
      breaches: rows.filter(({ label }) => label === 1).length,
      curve: drawCurve(rows, measuring.thresholds).map(roundPoint),
    }))
    .toSorted((a, b) => (a.language < b.language ? -1 : a.language > b.language ? 1 : 0));
}

type Kept = { lang: string; scores: Readonly<Record<string, number | undefined>> };

function isHeldOut({ decidedAt }: DecidedScreening, heads: OwnHeads | undefined): boolean {
  if (heads === undefined) return true;
  return heads.until !== undefined && decidedAt.toISOString() > heads.until;
}

/** The screening kept from intake, where it is the model's in use. Two fits of the site's own heads have one name, so what
 *  came in before the last decision that the present one saw is screened anew. */
function readKept({ screening, submittedAt }: DecidedScreening, heads: OwnHeads | undefined): Kept | undefined {
  if (screening === null || screening.model !== modelVersion(heads)) return undefined;
  if (heads?.until !== undefined && submittedAt.toISOString() <= heads.until) return undefined;
  const { lang, scores } = screening;
  if (typeof lang !== 'string' || typeof scores !== 'object' || scores === null) return undefined;
  return { lang, scores: scores as Kept['scores'] };
}

function screenAnew({ text, lang }: DecidedScreening, { origins, heads }: Measuring): Kept {
  return screen({ text, lang }, { origins, heads });
}

function roundPoint({ precision, recall, ...point }: AutomationPoint): AutomationPoint {
  return { ...point, precision: round(precision), recall: round(recall) };
}

function round(value: number): number {
  return Math.round(value * 1000) / 1000;
}
