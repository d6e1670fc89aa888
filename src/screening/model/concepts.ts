import { SCRIPT_ARABIC, bareUnit } from '../fold.ts';
import { type Reading, scriptOfWord } from '../reading.ts';
import { type HashTable, lookUp } from '../table.ts';

/** A language's words by concept, as the model file holds them: `keys[i]` is a mixed hash, `values[i]` the concept's number
 *  from 1 on. */
export type ConceptEntries = { keys: Int32Array; values: Uint16Array };

/** A word matched from its beginning on; one matched as a whole; two or three words in a row; and
 *  the first of these. Each kind of entry mixes its hash with another constant. */
const BEGINNING = 0x5bd1e995;
const FIRST_OF_SEVERAL = 0x27d4eb2f;
const FNV_OFFSET = 0x811c9dc5 | 0;
const FNV_PRIME = 0x01000193;
/** Shorter beginnings would match half a language. */
const SHORTEST_BEGINNING = 3;

/** Writes the concept of each word into `into` (0 for none); the words of a phrase carry its
 *  concept on the first and 0 on the others. Linear in the words; at most 24 units a word. */
export function findConcepts(reading: Reading, table: HashTable, into: Uint16Array): void {
  const { hashes, words } = reading;
  for (let i = 0; i < words; i++) {
    const hash = hashes[i] as number;
    if (i + 1 < words && lookUp(table, hash ^ FIRST_OF_SEVERAL) !== 0) {
      const phrase = findPhrase(reading, table, i);
      if (phrase !== 0) {
        into[i] = phrase >> 2;
        for (let k = phrase & 3; k > 1; k--) into[++i] = 0;
        continue;
      }
    }
    into[i] = lookUp(table, hash) || findBeginning(reading, table, i);
  }
}

/** The hash of several words in a row; `training/` fills the table with it. */
export function phraseHash(first: number, second: number, third = 0): number {
  const pair = Math.imul(first ^ (first >>> 15), 0x2c1b3c6d) ^ second;
  return third === 0 ? pair : Math.imul(pair ^ (pair >>> 13), 0x297a2d39) ^ third;
}

/** The keys an entry is found by: of a beginning, a phrase's first word, a whole word or phrase. */
export const keyOf = {
  whole: (hash: number): number => hash,
  beginning: (hash: number): number => hash ^ BEGINNING,
  firstOfSeveral: (hash: number): number => hash ^ FIRST_OF_SEVERAL,
} as const;

/** The concept in the upper bits and the number of words in the lower two, or 0. */
function findPhrase({ hashes, words }: Reading, table: HashTable, i: number): number {
  const first = hashes[i] as number;
  const second = hashes[i + 1] as number;
  const three = i + 2 < words ? lookUp(table, phraseHash(first, second, hashes[i + 2])) : 0;
  if (three !== 0) return (three << 2) | 3;
  const two = lookUp(table, phraseHash(first, second));
  return two === 0 ? 0 : (two << 2) | 2;
}

const LONGEST = 24;

/** The concept of the longest listed beginning of the word; in Arabic script also of the word
 *  without its joined particles. */
function findBeginning(reading: Reading, table: HashTable, i: number): number {
  const from = reading.starts[i] as number;
  const end = Math.min(reading.ends[i] as number, from + LONGEST);
  if (end - from < SHORTEST_BEGINNING) return 0;
  const found = seekBeginning(reading, table, { from, end });
  if (found !== 0 || scriptOfWord(reading, i) !== SCRIPT_ARABIC) return found;
  const stripped = skipParticles(reading, from, end);
  if (stripped === from) return 0;
  return seekWhole(reading, table, { from: stripped, end }) || seekBeginning(reading, table, { from: stripped, end });
}

type Span = { from: number; end: number };

function seekBeginning({ units }: Reading, table: HashTable, { from, end }: Span): number {
  let hash = FNV_OFFSET;
  let found = 0;
  for (let at = from; at < end; at++) {
    hash = Math.imul(hash ^ bareUnit(units[at] as number), FNV_PRIME);
    if (at - from + 1 >= SHORTEST_BEGINNING) found = lookUp(table, hash ^ BEGINNING) || found;
  }
  return found;
}

function seekWhole({ units }: Reading, table: HashTable, { from, end }: Span): number {
  let hash = FNV_OFFSET;
  for (let at = from; at < end; at++) hash = Math.imul(hash ^ bareUnit(units[at] as number), FNV_PRIME);
  return lookUp(table, hash);
}

const WAW = 0x648;
const ALEF = 0x627;
const LAM = 0x644;
/** ب ف ل ک, each joined to what follows */
const joined = new Set([0x628, 0x641, LAM, 0x6a9]);

/** The unit after و, ب, ف, ل, ک and ال that Arabic joins to a word; three letters stay. */
export function skipParticles({ units }: Reading, from: number, end: number): number {
  let at = from;
  if (end - at > 3 && units[at] === WAW) at++;
  if (end - at > 4 && joined.has(units[at] as number) && units[at + 1] === ALEF && units[at + 2] === LAM) return at + 3;
  if (end - at > 4 && units[at] === LAM && units[at + 1] === LAM) return at + 2;
  if (end - at > 4 && units[at] === ALEF && units[at + 1] === LAM) return at + 2;
  if (end - at > 3 && joined.has(units[at] as number)) return at + 1;
  return at;
}
