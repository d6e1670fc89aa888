// `npm run evaluate`: measures the shipped model on development rows, held-out contrast sets and the checks, prints the
// tables and, with --keep, writes them into src/screening/model/CARD.md and quality.json.
import { parseArgs } from 'node:util';
import { knownLanguages } from '../src/screening/language.ts';
import { readChecks } from './checks.ts';
import { renderTables, writeCard } from './card.ts';
import { readConcepts } from './concepts.ts';
import { readContrast } from './contrast.ts';
import { readGround } from './ground.ts';
import { type Truth, measureGaps, measureHeads, measureSpans, readAll } from './quality.ts';
import { measureRelevance } from './relevance.ts';
import { type Row, readRows } from './rows.ts';

const { values } = parseArgs({ options: { keep: { type: 'boolean', default: false } } });

const rows = readRows();
const development = readAll(rows.filter(({ split }) => split === 'dev').map(toTruth));
const contrast = readAll(
  readContrast().flatMap((row) => (row.split === 'dev' ? [{ ...row, source: 'contrast' }] : [])),
);
const checks = readAll(
  knownLanguages.flatMap((lang) => readChecks(lang)).map((check) => ({ ...check, source: 'checks' })),
);
const ordinary = readAll(rows.filter(isOrdinary).map(toTruth));

const tables = {
  development: measureHeads(development),
  contrast: measureHeads(contrast),
  checks: measureHeads(checks),
  spans: {
    development: measureSpans(development.filter(({ truth }) => truth.places !== undefined)),
    checks: measureSpans(checks.filter(({ truth }) => (truth.places ?? []).length > 0)),
  },
  gaps: measureGaps([...contrast, ...checks], readGround(), [...new Set(readConcepts().kinds)]),
  promotion: {
    count: ordinary.length,
    flagged: ordinary.filter(({ screening }) => (screening.scores.promotion ?? 0) >= 0.5).length,
  },
  relevance: measureRelevance(),
};
console.log(renderTables(tables));
if (values.keep) writeCard(tables);

function toTruth(row: Row): Truth {
  const { text, lang, labels, source, places } = row;
  return { text, lang, labels, source, ...(places === undefined ? {} : { places }) };
}

/** Comments of news sites and citizens, as they come: nobody advertises in them. */
function isOrdinary({ source, split }: Row): boolean {
  return (source === 'toxic_spans' && split === 'dev') || source === 'polis';
}
