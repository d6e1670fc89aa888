import { createRandom } from './random.ts';
import { heads } from './labels.ts';
import type { Row } from './rows.ts';

/** One harmless comment in so many gives a fragment. */
const ONE_IN = 7;
const LONGEST = 6;
const SEED = 31;

/** Pieces of one to six words cut from harmless comments. Labelled texts are long and full of evidence; without short ones
 *  that hold none, a model never learns what to think of "Finally." Each keeps the source and split of its comment. */
export function cutFragments(rows: readonly Row[]): Row[] {
  const random = createRandom(SEED);
  const labels = Object.fromEntries(heads.map((head) => [head, 0])) as Row['labels'];
  return rows.flatMap((row): Row[] => {
    if (row.labels.toxic !== 0 || row.labels.promotion === 1 || !isWhole(row) || random.below(ONE_IN) > 0) return [];
    const words = row.text.split(/\s+/).filter((word) => word !== '');
    const length = 1 + random.below(LONGEST);
    const from = random.below(Math.max(1, words.length - length));
    const text = words.slice(from, from + length).join(' ');
    return [{ text, lang: row.lang, labels, source: row.source, split: row.split, weight: row.weight }];
  });
}

/** Contrast sets are harmless as a whole only: a piece may be what they deny. */
function isWhole({ source, heading }: Row): boolean {
  return !source.startsWith('contrast') || heading === 'ordinary comments';
}
