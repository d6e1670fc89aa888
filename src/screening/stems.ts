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

const WAW = 0x648;
const ALEF = 0x627;
const LAM = 0x644;
const joined = new Set([0x628, 0x641, 0x6a9]);
