import type { KnownLanguage, ScoreKey } from '../screening/index.ts';
import { knownLanguages } from '../screening/index.ts';
import { type Attribute, attributes, describeSource } from './attributes.ts';
import { findCoverage } from './coverage.ts';
import type { Quality } from './quality.ts';
import type { Screen } from './read.ts';

// Those that newsrooms ask for; all others are made of the same scores.
const shown = ['TOXICITY', 'SEVERE_TOXICITY', 'IDENTITY_ATTACK', 'INSULT', 'PROFANITY', 'THREAT', 'SPAM'];

/** What docs/guide/from-perspective.md says of the attributes, as Markdown: what each is computed from and in which
 *  languages it is given, asked of the engine, and what was measured of it. Throws when the engine does. */
export function renderAttributes(screenWith: Screen, quality: Quality): string {
  const coverage = findCoverage(screenWith);
  const given = attributes.filter(({ name }) => (coverage.get(name) ?? []).length > 0);
  const missing = attributes.filter(({ name }) => (coverage.get(name) ?? []).length === 0);
  return [
    renderRows(
      ['attribute', 'computed from the scores of screening', 'languages'],
      given.map((attribute) => [
        `\`${attribute.name}\``,
        describeSource(attribute),
        nameLanguages(coverage.get(attribute.name) ?? []),
      ]),
    ),
    `The fifteen: ${knownLanguages.join(' ')}.`,
    'Known by name and refused in every language (`LANGUAGE_NOT_SUPPORTED_BY_ATTRIBUTE`):',
    wrap(missing.map((attribute) => `\`${attribute.name}\``)),
    '### How good they are',
    renderMeasures(coverage, quality),
  ].join('\n\n');
}

function renderMeasures(coverage: ReturnType<typeof findCoverage>, quality: Quality): string {
  if (quality.length === 0) {
    return 'Nothing was measured of the model that is shipped: take no score for better than a hint.';
  }
  const columns = attributes.filter(({ name }) => shown.includes(name));
  const lines = knownLanguages.map((lang) => [
    lang,
    ...columns.map((attribute) =>
      coverage.get(attribute.name)?.includes(lang) ? renderCell(attribute, lang, quality) : 'not given',
    ),
  ]);
  return [
    'Area under the curve, and macro-F1 at 0.5, on comments that the model had not seen. Of an attribute that is made of',
    'several scores the lowest is shown. `?` was not measured.\n',
    renderRows(['', ...columns.map(({ name }) => `\`${name}\``)], lines),
  ].join('\n');
}

function renderCell({ from }: Attribute, lang: string, quality: Quality): string {
  const rows = from.map((key) => findMeasures(quality, lang, key));
  const lowest = (measure: string): string => {
    const values = rows.map((measures) => measures?.[measure]);
    if (values.length === 0 || values.some((value) => value === undefined)) return '?';
    return Math.min(...values.filter((value) => value !== undefined)).toFixed(2);
  };
  const cell = `${lowest('area')}, ${lowest('macroF1')}`;
  return cell === '?, ?' ? '?' : cell;
}

function findMeasures(quality: Quality, lang: string, key: ScoreKey): Readonly<Record<string, number>> | undefined {
  return quality.find((row) => row.lang === lang && row.head === key)?.measures;
}

function nameLanguages(languages: readonly KnownLanguage[]): string {
  const lacking = knownLanguages.filter((lang) => !languages.includes(lang));
  if (lacking.length === 0) return 'all fifteen';
  return lacking.length < 5 ? `all but ${lacking.join(', ')}` : languages.join(' ');
}

const lineLength = 120;

/** Words in lines of at most 120 columns. */
function wrap(words: readonly string[]): string {
  const lines: string[] = [];
  for (const [at, word] of words.entries()) {
    const text = at === words.length - 1 ? word : `${word},`;
    const last = lines.at(-1);
    if (last !== undefined && last.length + text.length < lineLength) lines[lines.length - 1] = `${last} ${text}`;
    else lines.push(text);
  }
  return lines.join('\n');
}

function renderRows(head: readonly string[], lines: readonly (readonly string[])[]): string {
  const render = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [render(head), `|${head.map(() => '---').join('|')}|`, ...lines.map(render)].join('\n');
}
