import { findConcepts } from '../src/screening/model/concepts.ts';
import { createReading, readText } from '../src/screening/reading.ts';
import type { Ground } from './examples.ts';
import type { Row } from './rows.ts';

/** Raters marked the words of such a concept at least this often; of lying, shame and corruption, which abusive comments
 *  speak of as often as others do, they marked three in a hundred. */
const MARKED = 0.3;
/** Rarer ones say nothing. */
const LEAST = 15;

/** Headings of concepts that say what somebody is called. */
const calling = new Set(['other people', 'dehumanising', 'insult']);

/** Numbers of the concepts whose words insult wherever they stand: those that the raters of comments marked as what makes
 *  a comment abusive (rows with `places`). `names` are the headings in the order of their numbers. Empty without such rows. */
export function learnInsults(
  rows: readonly Row[],
  { tables, facts: { kinds } }: Ground,
  names: readonly string[],
): number[] {
  const reading = createReading();
  const seen = new Int32Array(kinds.length);
  const marked = new Int32Array(kinds.length);
  for (const { text, lang, places, split } of rows) {
    const table = tables.get(lang);
    if (places === undefined || table === undefined || split !== 'train') continue;
    readText(text, reading);
    const concepts = new Uint16Array(reading.words);
    findConcepts(reading, table, concepts);
    concepts.forEach((concept, word) => {
      if (concept === 0) return;
      const at = reading.from[reading.starts[word] as number] as number;
      (seen[concept] as number)++;
      if (places.some(({ start, end }) => start <= at && at < end)) (marked[concept] as number)++;
    });
  }
  return Array.from(seen.keys()).filter((concept) => {
    return (
      calling.has(names[kinds[concept] as number] ?? '') &&
      (seen[concept] as number) >= LEAST &&
      (marked[concept] as number) >= MARKED * (seen[concept] as number)
    );
  });
}
