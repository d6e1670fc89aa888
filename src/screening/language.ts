import tables from './data/languages.json' with { type: 'json' };
import { SCRIPT_ARABIC, SCRIPT_CYRILLIC, SCRIPT_DEVANAGARI, SCRIPT_LATIN } from './fold.ts';
import { gramBucket } from './grams.ts';
import { letterClassList } from './letters.ts';
import { addressesOf } from './links.ts';
import { type Reading, WORD_ADDRESS, createReading, readText, scriptOfWord } from './reading.ts';
import { type HashTable, buildTable, lookUp } from './table.ts';
import type { KnownLanguage } from './types.ts';

const latin = ['en', 'tr', 'kmr', 'de', 'fr', 'es', 'it', 'pt', 'nl', 'pl'] as const;
const arabic = ['ar', 'fa', 'ckb'] as const;

/** The languages screening knows, in a fixed order. */
export const knownLanguages: readonly KnownLanguage[] = [...latin, ...arabic, 'ru', 'hi'];

/** Words looked at: the first 32 settle the language, and the cost stays flat. */
const WORDS_READ = 32;
/** Below this per word the text resembles none of the group; set on the sentences
 *  of language.test.ts, in unknown languages among them. */
const ENOUGH_PER_WORD = 0.05;

const aside = createReading();

/** The language of a text, or `und` when no known language fits. Pure; never
 *  throws; looks at the first 32 words. */
export function detectLanguage(text: string): KnownLanguage | 'und' {
  return languageOf(readText(text, aside));
}

/** As `detectLanguage`, over a text that has been read. */
export function languageOf(reading: Reading): KnownLanguage | 'und' {
  if (reading.letters < 2) return 'und';
  const script = leadingScript(reading);
  if (script === SCRIPT_LATIN) return bestOf(latinGroup, reading);
  if (script === SCRIPT_ARABIC) return bestOf(arabicGroup, reading);
  const single = script === SCRIPT_CYRILLIC ? 'ru' : script === SCRIPT_DEVANAGARI ? 'hi' : 'und';
  return single !== 'und' && foreignLetters(reading) > 0.02 * reading.letters ? 'und' : single;
}

/** The script most words are written in, those of addresses left out: one of the SCRIPT_ constants, 0 without words. */
export function leadingScript(reading: Reading): number {
  addressesOf(reading);
  const counts = [0, 0, 0, 0, 0, 0, 0];
  const words = Math.min(reading.words, WORDS_READ);
  for (let i = 0; i < words; i++) {
    if (isInAddress(reading, i)) continue;
    const length = (reading.ends[i] as number) - (reading.starts[i] as number);
    (counts[scriptOfWord(reading, i)] as number) += length;
  }
  let best = 0;
  for (let script = 1; script < counts.length; script++) {
    if ((counts[script] as number) > (best === 0 ? 0 : (counts[best] as number))) best = script;
  }
  return best;
}

function isInAddress(reading: Reading, word: number): boolean {
  return ((reading.flags[word] as number) & WORD_ADDRESS) !== 0;
}

/** Whether the word is one of the language's everyday words: these say nothing of the subject. */
export function isEverydayWord(hash: number): boolean {
  return (lookUp(wordTable, hash) & EVERYDAY) !== 0;
}

type Group = {
  languages: readonly KnownLanguage[];
  script: number;
  /** by bucket of a letter pair or triple, one signed byte per language */
  grams: Int8Array;
  buckets: number;
  /** the bit of the group's first language in the table of words */
  firstBit: number;
  letterWeights: Float64Array[];
  /** what letter pairs and triples have told, in 48ths of a nat */
  told: Int32Array;
  scores: Float64Array;
};

const latinGroup = createGroup({ languages: latin, script: SCRIPT_LATIN, firstBit: 0 }, tables.latin);
const arabicGroup = createGroup({ languages: arabic, script: SCRIPT_ARABIC, firstBit: latin.length }, tables.arabic);
/** Set for a language's everyday words, beside the bits of the languages that use a word. */
const EVERYDAY = 1 << 15;
/** By hash of a word. */
const wordTable = tableOfWords();

function bestOf(group: Group, reading: Reading): KnownLanguage | 'und' {
  const { scores, languages, told } = group;
  scores.fill(0);
  told.fill(0);
  const words = Math.min(reading.words, WORDS_READ);
  let read = 0;
  for (let i = 0; i < words; i++) {
    if (scriptOfWord(reading, i) !== group.script || isInAddress(reading, i)) continue;
    read++;
    addWord(group, reading.hashes[i] as number);
    addGrams(group, reading, i);
  }
  // Pairs and triples overlap, so each counts a third.
  for (let l = 0; l < languages.length; l++) (scores[l] as number) += (told[l] as number) * GRAM_SCALE;
  addLetters(group, reading, words / Math.max(1, reading.words));
  let best = 0;
  for (let l = 1; l < languages.length; l++) {
    if ((scores[l] as number) > (scores[best] as number)) best = l;
  }
  const score = scores[best] as number;
  const unknown = scores[languages.length] as number;
  if (score < ENOUGH_PER_WORD * read || unknown > score) return 'und';
  return languages[best] as KnownLanguage;
}

/** A word only one language uses says more than one that several share. */
const WORD_WEIGHTS = [0, 2.4, 1.3, 0.8, 0.5, 0.3];

function addWord(group: Group, hash: number): void {
  const bits = (lookUp(wordTable, hash) & ~EVERYDAY) >> group.firstBit;
  if (bits === 0) return;
  let shared = 0;
  for (let rest = bits; rest !== 0; rest &= rest - 1) shared++;
  const weight = WORD_WEIGHTS[shared] ?? 0.2;
  for (let l = 0; l < group.languages.length; l++) {
    if ((bits >> l) & 1) (group.scores[l] as number) += weight;
  }
}

/** Sixteenths of a nat in the table, of which a third counts. */
const GRAM_SCALE = 1 / 48;

function addGrams(group: Group, reading: Reading, word: number): void {
  const { grams, told, languages } = group;
  const width = languages.length;
  const end = Math.min(reading.ends[word] as number, (reading.starts[word] as number) + 24);
  let before = 0;
  let last = 0x20;
  for (let at = reading.starts[word] as number; at <= end; at++) {
    const unit = at < end ? (reading.units[at] as number) : 0x20;
    const pair = gramBucket(0, last, unit, group.buckets) * width;
    const triple = gramBucket(before, last, unit, group.buckets) * width;
    for (let l = 0; l < width; l++) {
      (told[l] as number) += (grams[pair + l] as number) + (before === 0 ? 0 : (grams[triple + l] as number));
    }
    before = last;
    last = unit;
  }
}

/** Letters are counted over the whole text, so only the read part of it counts. */
function addLetters(group: Group, reading: Reading, share: number): void {
  for (let c = 1; c <= letterClassList.length; c++) {
    const count = reading.classes[c] as number;
    if (count === 0) continue;
    const weights = group.letterWeights[c - 1] as Float64Array;
    for (let l = 0; l < weights.length; l++) {
      (group.scores[l] as number) += (weights[l] as number) * count * share;
    }
  }
}

function foreignLetters(reading: Reading): number {
  let count = 0;
  letterClassList.forEach(({ weights }, i) => {
    if ((weights.und ?? 0) >= 3) count += reading.classes[i + 1] as number;
  });
  return count;
}

type GroupTable = {
  buckets: number;
  grams: string;
  /** everyday words by language */
  words: Record<string, string>;
  /** words of the lists by language: they tell it apart, but are not everyday */
  listed: Record<string, string>;
};

function createGroup(group: Pick<Group, 'languages' | 'script' | 'firstBit'>, table: GroupTable): Group {
  const { languages } = group;
  return {
    ...group,
    grams: Int8Array.from(atob(table.grams), (char) => char.charCodeAt(0)),
    buckets: table.buckets,
    letterWeights: letterClassList.map(({ weights }) =>
      Float64Array.from([...languages, 'und' as const], (language) => weights[language] ?? 0),
    ),
    told: new Int32Array(languages.length),
    scores: new Float64Array(languages.length + 1),
  };
}

/** The words of all languages, with the bits of those that use them. */
function tableOfWords(): HashTable {
  const bits = new Map<number, number>();
  const add = (words: string | undefined, bit: number): void => {
    for (const hash of hashWords(words ?? '')) bits.set(hash, (bits.get(hash) ?? 0) | bit);
  };
  for (const [{ languages, firstBit }, table] of [
    [latinGroup, tables.latin],
    [arabicGroup, tables.arabic],
  ] as const) {
    languages.forEach((language, l) => {
      const { words, listed }: GroupTable = table;
      add(words[language], (1 << (firstBit + l)) | EVERYDAY);
      add(listed[language], 1 << (firstBit + l));
    });
  }
  const others: Record<string, string> = tables.other;
  for (const words of Object.values(others)) add(words, EVERYDAY);
  return buildTable({ keys: [...bits.keys()], values: [...bits.values()] });
}

function hashWords(words: string): number[] {
  const reading = readText(words, aside);
  return Array.from(reading.hashes.subarray(0, reading.words));
}
