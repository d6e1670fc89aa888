import { knownLanguages } from '../src/screening/language.ts';
import { expandContrast } from './expand.ts';
import type { Row } from './rows.ts';

/** What one of these sentences counts beside a labelled text; in English there are most of the others. Chosen on the checks
 *  of the first five languages that had any, where more gains nothing and costs on the sources' own rows. */
const WEIGHT = 2;
const WEIGHTS: Readonly<Record<string, number>> = { en: 3 };

/** The contrast data of all languages as rows. One set in ten is kept for choosing and measuring. */
export function readContrast(): Row[] {
  return knownLanguages.flatMap((lang) =>
    expandContrast(lang).map(({ text, labels, set, heading }): Row => {
      const split = hashOf(set) % 10 === 0 ? 'dev' : 'train';
      return { text, lang, labels, source: `contrast_${lang}`, split, weight: WEIGHTS[lang] ?? WEIGHT, heading };
    }),
  );
}

function hashOf(set: string): number {
  let hash = 0;
  for (const char of set) hash = Math.imul(hash ^ (char.codePointAt(0) as number), 0x01000193);
  return Math.imul(hash ^ (hash >>> 13), 0x85ebca6b) >>> 0;
}
