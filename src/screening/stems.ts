import { SCRIPT_ARABIC } from './fold.ts';
import { isEverydayWord } from './language.ts';
import { type Reading, scriptOfWord } from './reading.ts';

/** Whether a word says something of the subject: three letters or more, and no everyday word. */
export function isTelling(reading: Reading, i: number): boolean {
  const length = (reading.ends[i] as number) - (reading.starts[i] as number);
  return length >= 3 && !isEverydayWord(reading.hashes[i] as number);
}

/** The stem's hash: five letters, in Arabic script four after the joined particles. */
export function stemOf(reading: Reading, i: number): number {
  if (scriptOfWord(reading, i) !== SCRIPT_ARABIC) return reading.stems[i] as number;
  const { units } = reading;
  const end = reading.ends[i] as number;
  let at = reading.starts[i] as number;
  if (end - at > 4 && units[at] === WAW) at++;
  if (end - at > 4 && joined.has(units[at] as number) && units[at + 1] === ALEF && units[at + 2] === LAM) at += 3;
  else if (end - at > 4 && units[at] === ALEF && units[at + 1] === LAM) at += 2;
  let hash = 7;
  for (const last = Math.min(end, at + 4); at < last; at++) hash = Math.imul(hash ^ (units[at] as number), 0x01000193);
  return hash;
}

/** Stems of one text, each once, in the order they came. */
export type StemSet = { stems: Int32Array; count: number; seen: Int32Array };

/** An empty set with room for so many stems, a power of two; a Set, made anew for each text, is three times as slow. */
export function createStemSet(room: number): StemSet {
  return { stems: new Int32Array(room), count: 0, seen: new Int32Array(room * 2) };
}

/** Takes all stems out. */
export function clearStems(set: StemSet): void {
  set.count = 0;
  set.seen.fill(0);
}

/** Adds a stem unless it is there. Its place in `seen` holds its number, from 1 on. */
export function addStem(set: StemSet, stem: number): void {
  const { seen, stems } = set;
  let place = (stem ^ (stem >>> 15)) & (seen.length - 1);
  for (; seen[place] !== 0; place = (place + 1) & (seen.length - 1)) {
    if (stems[(seen[place] as number) - 1] === stem) return;
  }
  stems[set.count++] = stem;
  seen[place] = set.count;
}

const WAW = 0x648;
const ALEF = 0x627;
const LAM = 0x644;
const joined = new Set([0x628, 0x641, 0x6a9]);
