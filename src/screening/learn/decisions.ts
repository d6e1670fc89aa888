import { type GuidelineKey, type ScoreKey } from '../types.ts';

/** What one line of a newsroom's decisions teaches: scores that are known, 1 a breach, 0 none; and when it was decided. */
export type Taught = {
  text: string;
  lang?: string | undefined;
  labels: Partial<Record<ScoreKey, 0 | 1>>;
  at?: string | undefined;
};

const guidelines: readonly GuidelineKey[] = [
  'profanity',
  'threat',
  'attack',
  'vulgarity',
  'sexism',
  'racism',
  'homophobia',
  'xenophobia',
  'promotion',
];
const groups: ReadonlySet<string> = new Set(['sexism', 'racism', 'homophobia', 'xenophobia']);
const abusive: ReadonlySet<string> = new Set([...groups, 'identity', 'threat', 'attack']);
const scores: ReadonlySet<string> = new Set([...guidelines, 'identity', 'toxic']);

/** Reads a line: `{text, lang?, at?, verdict: "approve"|"reject"|"remove", guideline?}`, or with `decision: {verdict,
 *  guideline, decidedAt}` as `stet export` writes it, or `{text, labels: {guideline: 0|1}}`. An approval says that no
 *  guideline is broken; a rejection only that its own one is. Returns a sentence on what is wrong. */
export function readTaught(line: unknown): Taught | string {
  const value = typeof line === 'string' ? parseJson(line) : line;
  if (!isRecord(value)) return value === undefined ? 'the line is not JSON' : 'the line is not a JSON object';
  const { text, lang, labels } = value;
  if (typeof text !== 'string' || text.trim() === '') return 'text must be a string that is not empty';
  if (lang !== undefined && lang !== null && typeof lang !== 'string') return 'lang must be a string';
  const decision = isRecord(value['decision']) ? value['decision'] : value;
  const when = decision['decidedAt'] ?? value['at'];
  if (when !== undefined && when !== null && Number.isNaN(Date.parse(String(when))))
    return 'at must be a time (ISO 8601)';
  const at = when === undefined || when === null ? undefined : new Date(String(when)).toISOString();
  const known = isRecord(labels) ? readLabels(labels) : readVerdict(decision);
  if (typeof known === 'string') return known;
  return { text, lang: lang ?? undefined, labels: known, at };
}

type Labels = Taught['labels'];

function readLabels(labels: Record<string, unknown>): Labels | string {
  const known: Labels = {};
  for (const [key, value] of Object.entries(labels)) {
    if (!scores.has(key)) continue;
    if (value !== 0 && value !== 1) return `labels.${key} must be 0 or 1`;
    known[key as ScoreKey] = value;
  }
  return Object.keys(known).length === 0 ? 'labels name no score' : known;
}

function readVerdict({ verdict, guideline }: Record<string, unknown>): Labels | string {
  if (verdict === 'approve') return Object.fromEntries([...guidelines, 'identity', 'toxic'].map((key) => [key, 0]));
  if (verdict !== 'reject' && verdict !== 'remove') return 'verdict must be approve, reject or remove';
  if (typeof guideline !== 'string') return 'a rejection names its guideline';
  if (!scores.has(guideline)) return {};
  const known: Labels = { [guideline]: 1 };
  if (groups.has(guideline)) known.identity = 1;
  if (abusive.has(guideline)) known.toxic = 1;
  return known;
}

function parseJson(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
