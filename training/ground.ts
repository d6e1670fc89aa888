import { knownLanguages } from '../src/screening/language.ts';
import { FIRST_LISTED_KIND, listNames } from '../src/screening/model/marks.ts';
import { buildTable } from '../src/screening/table.ts';
import type { ConceptEntries } from '../src/screening/model/concepts.ts';
import { readConceptEntries, readConcepts } from './concepts.ts';
import type { Ground } from './examples.ts';

/** What the model file says of concepts and languages, beside its weights. */
export type Grounding = Ground & {
  entries: ReadonlyMap<string, ConceptEntries>;
  kinds: number[];
  denies: number[];
  groups: number[];
  strong: number[];
};

const denying = ['not', 'no', 'never', 'none', 'nobody', 'nothing', 'without', 'nowhere'];
const strongHeadings = [
  'persons',
  'other people',
  'dehumanising',
  'insult',
  'violence',
  'exclude',
  'feeling',
  'vulgar',
  'promotion',
];

/** Concepts and their tables, from training/concepts/. Kinds are numbered by heading from 1 on. */
export function readGround(): Grounding {
  const concepts = readConcepts();
  const headings = [...new Set(concepts.kinds)];
  const isGroup = (heading: string): boolean => heading.startsWith('protected');
  const numbersOf = (isMeant: (heading: string) => boolean): number[] =>
    headings.flatMap((heading, number) => (isMeant(heading) ? [number] : []));
  const kinds = concepts.kinds.map((heading) => headings.indexOf(heading));
  const denies = denying.map((name) => concepts.numbers.get(name) ?? 0);
  const groups = numbersOf(isGroup);
  const lists = [...listNames.keys()].map((i) => FIRST_LISTED_KIND + i + 1);
  const strong = [...numbersOf((heading) => isGroup(heading) || strongHeadings.includes(heading)), ...lists];
  const entries = new Map(knownLanguages.map((language) => [language, readConceptEntries(language, concepts)]));
  return {
    entries,
    kinds,
    denies,
    groups,
    strong,
    facts: {
      kinds: Uint8Array.from(kinds),
      denies: mark(denies, kinds.length),
      groups: mark(groups, 64),
      strong: mark(strong, 64),
    },
    tables: new Map([...entries].map(([language, list]) => [language, buildTable(list)])),
    numbers: new Map(knownLanguages.map((language, i) => [language, i + 1])),
  };
}

function mark(numbers: readonly number[], length: number): Uint8Array {
  const flags = new Uint8Array(length);
  for (const number of numbers) flags[number] = 1;
  return flags;
}
