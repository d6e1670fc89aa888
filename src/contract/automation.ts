import { isObject, parsed, readString, type Parsed } from './json.ts';
import { refused } from './refusals.ts';

/** The guidelines that a rule can be switched on for: those that screening scores in the comment itself. Never
 *  `relevance`: a remark to the publisher has little to do with the story, and criticism is no ground. */
export const automatableGuidelines = [
  'profanity',
  'threat',
  'attack',
  'vulgarity',
  'sexism',
  'racism',
  'homophobia',
  'xenophobia',
  'promotion',
] as const;
export type AutomatableGuideline = (typeof automatableGuidelines)[number];

/** Fewest decisions by people, in one language, that a precision is measured on before a rule can be switched on; and how
 *  many of them have to reach the threshold, since a precision of three comments says nothing. The database holds both. */
export const leastMeasured = { decisions: 200, taken: 20 };

/** What a threshold would have done to the decisions that were measured: `taken` is how many reach it, `precision` how
 *  many of those a person rejected under this guideline, `recall` how many of all that were so rejected it takes. */
export type AutomationPoint = { threshold: number; precision: number; recall: number; taken: number };

/** A rule that an editor switched on, with what they saw of it. */
export type AutomationRule = {
  id: string;
  guideline: string;
  language: string;
  threshold: number;
  precision: number;
  decisions: number;
  taken: number;
  model: string;
  /** Time of the last decision that the site's own heads had seen; '' without heads. */
  fit: string;
  by: string;
  at: string;
};

/** One guideline in one language. `decisions` are the newest decisions by people that were measured. A rule is `stale`
 *  when it was measured with another model than the one in use: it decides nothing until it is set again. */
export type AutomationRow = {
  guideline: string;
  language: string;
  decisions: number;
  breaches: number;
  curve: readonly AutomationPoint[];
  rule: (AutomationRule & { stale: boolean }) | null;
};

/** What each line would mark of the decisions that people took, by guideline and language, beside the line that holds. */
export type LinesView = { site: string; rows: readonly (Omit<AutomationRow, 'rule'> & { line: number })[] };

export type AutomationView = {
  site: string;
  model: string;
  least: typeof leastMeasured;
  rows: readonly AutomationRow[];
};

/** What an editor asks for: a threshold, with the precision that they were shown; or null to end the rule. */
export type AutomationDraft = { guideline: AutomatableGuideline; language: string } & (
  | { threshold: number; precision: number }
  | { threshold: null }
);

/** The draft in a body. Refused: `guideline_not_automatable` for a guideline that no score speaks of, and what does not
 *  fit by its field. */
export function parseAutomationDraft(body: unknown): Parsed<AutomationDraft> {
  if (!isObject(body)) return refused('body_malformed');
  const named = readString(body, 'guideline', 40);
  if (named.outcome === 'refused') return named;
  const guideline = automatableGuidelines.find((known) => known === named.value);
  if (guideline === undefined) return refused('guideline_not_automatable', { field: 'guideline' });
  const language = readString(body, 'language', 20);
  if (language.outcome === 'refused') return language;
  if (!/^[a-z]{2,3}$/.test(language.value)) return refused('field_malformed', { field: 'language' });
  const { threshold, precision } = body;
  if (threshold === undefined) return refused('field_required', { field: 'threshold' });
  if (threshold === null) return parsed({ guideline, language: language.value, threshold });
  if (!isShare(threshold)) return refused('field_malformed', { field: 'threshold' });
  if (precision === undefined || precision === null) return refused('field_required', { field: 'precision' });
  if (!isShare(precision)) return refused('field_malformed', { field: 'precision' });
  return parsed({ guideline, language: language.value, threshold, precision });
}

function isShare(value: unknown): value is number {
  return typeof value === 'number' && value >= 0 && value <= 1;
}
