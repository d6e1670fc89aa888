import type { Screening } from '../screening/types.ts';

/** From which score on a suspected breach is marked, where a site says so: by guideline and language, `*` for every other. */
export type BreachLines = ReadonlyMap<string, number>;

/** The line that holds where nobody drew another: scores are calibrated so that it is the line between breach and no breach. */
export const standardLine = 0.5;

const mostLines = 300;

/** Lines as the setting `screening.lines` keeps them, one for each: `attack/ckb 0.62`, from 0.05 to 0.99. Undefined for what is
 *  none, and for one named twice. */
export function readBreachLines(text: string): BreachLines | undefined {
  const lines = new Map<string, number>();
  for (const line of text.split('\n')) {
    if (line === '') continue;
    const [, name = '', written = ''] = /^([a-z0-9-]{1,40}\/(?:\*|[a-z]{2,3})) (0\.\d{1,3})$/.exec(line) ?? [];
    const score = Number(written);
    if (name === '' || score < 0.05 || score > 0.99 || lines.has(name)) return undefined;
    lines.set(name, score);
  }
  return lines.size > mostLines ? undefined : lines;
}

/** Lines as their setting keeps them, with one of them moved; the standard line is not kept. */
export function writeBreachLines(
  lines: BreachLines,
  moved: { guideline: string; language: string; score: number },
): string {
  const { guideline, language, score } = moved;
  const kept = new Map(lines);
  const name = `${guideline}/${language}`;
  if (score === (kept.get(`${guideline}/*`) ?? standardLine)) kept.delete(name);
  else kept.set(name, score);
  return [...kept].map(([key, value]) => `${key} ${value}`).join('\n');
}

/** The line for a guideline in a language: its own, else the guideline's for every language, else the standard. */
export function lineFor(lines: BreachLines | undefined, guideline: string, language: string): number {
  // Most sites draw none, and every score of every comment is asked for its line.
  if (!lines || lines.size === 0) return standardLine;
  return lines.get(`${guideline}/${language}`) ?? lines.get(`${guideline}/*`) ?? standardLine;
}

/** Whether a score marks a breach. `relevance` runs the other way: below its line a comment is not about the story. */
export function isMarked(guideline: string, score: number, line: number): boolean {
  return guideline === 'relevance' ? score < line : score >= line;
}

const none: BreachLines = new Map();
const read = new WeakMap<object, BreachLines>();

/** The lines that a site drew. Settings are the same object until they change, and are read once. */
export function linesOf(settings: { 'screening.lines': string }): BreachLines {
  const text = settings['screening.lines'];
  if (text === '') return none;
  const lines = read.get(settings) ?? readBreachLines(text) ?? none;
  read.set(settings, lines);
  return lines;
}

/** What of a screening crosses the lines of its language: guidelines with a finding, unless a line of their own lies above the
 *  score, and those whose score crosses its line. Sums of others (`toxic`, `identity`) are no guidelines. */
export function marksOf(
  { lang, findings, scores }: Pick<Screening, 'lang' | 'findings' | 'scores'>,
  lines?: BreachLines,
): { found: string[]; scored: string[] } {
  const given: Readonly<Record<string, number | undefined>> = scores;
  const crosses = (guideline: string): boolean =>
    isMarked(guideline, given[guideline] ?? 0, lineFor(lines, guideline, lang));
  const isBelow = (guideline: string): boolean =>
    given[guideline] !== undefined && lineFor(lines, guideline, lang) !== standardLine && !crosses(guideline);
  const found = findings.map(({ guideline }) => guideline).filter((guideline) => !isBelow(guideline));
  const scored = Object.keys(scores).filter((key) => key !== 'toxic' && key !== 'identity' && crosses(key));
  return { found: [...new Set(found)], scored };
}
