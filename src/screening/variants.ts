import { bareUnit } from './fold.ts';
import type { Reading } from './reading.ts';

/** A disguised word written out plainly; zero after the last unit. The array is used
 *  again by the next call. */
export type Variant = { units: Uint16Array; length: number };

/** Longer disguises than this are not words. */
const LONGEST = 48;

const written: Variant = { units: new Uint16Array(LONGEST + 2), length: 0 };

/** Units that stand for a letter inside a word (`$hit`, `id!ot`). */
export const disguises: ReadonlyMap<number, number> = new Map(
  pairs('0134579@$!|+€£', 'oieastgasiitel').map(([from, to]) => [from.charCodeAt(0), to.charCodeAt(0)]),
);

const eight = 0x38;
/** Letters of other alphabets by the Latin letter that they look like. */
export const latinLooks = lookalikes(
  'аеорсухіјѕһԁԛԝкмтнвαεορτυικνχβηωϲϳսօոհ',
  'aeopcyxijshdqwkmthbaeoptuikvxbnwcjuonh',
);
const cyrillicLooks = lookalikes('aeopcyxikmthb', 'аеорсухикмтнв');

export type Spelling = {
  from: number;
  to: number;
  /** how many of a letter repeated three times or more are kept */
  keep: 1 | 2;
  into: 'latin' | 'cyrillic';
  /** leave accents away */
  bare: boolean;
};

/** Units [from, to) with digits and signs read as letters, look-alikes of other
 *  scripts replaced and stretched letters cut. Digits in a Cyrillic word are left. */
export function spellOut(reading: Reading, spelling: Spelling): Variant {
  const { from, to, keep, into, bare } = spelling;
  const looks = into === 'latin' ? latinLooks : cyrillicLooks;
  let length = 0;
  for (let at = from; at < to && length < LONGEST; at++) {
    let unit = reading.units[at] as number;
    if (into === 'latin') unit = unit === eight ? 0x62 : (disguises.get(unit) ?? unit);
    unit = looks.get(unit) ?? unit;
    if (bare) unit = bareUnit(unit);
    written.units[length++] = unit;
  }
  written.length = cutRuns(length, keep);
  written.units[written.length] = 0;
  return written;
}

/** The units given, as a variant: for letters that stood apart. */
export function joinUnits(reading: Reading, first: number, words: number): Variant {
  let length = 0;
  for (let i = first; i < first + words && length < LONGEST; i++) {
    const unit = reading.units[reading.starts[i] as number] as number;
    written.units[length++] = disguises.get(unit) ?? unit;
  }
  written.length = length;
  written.units[length] = 0;
  return written;
}

function cutRuns(length: number, keep: number): number {
  const { units } = written;
  let kept = 0;
  let at = 0;
  while (at < length) {
    let end = at + 1;
    while (end < length && units[end] === units[at]) end++;
    const run = end - at;
    const take = run >= 3 ? keep : run;
    for (let k = 0; k < take; k++) units[kept++] = units[at] as number;
    at = end;
  }
  return kept;
}

function lookalikes(from: string, to: string): ReadonlyMap<number, number> {
  return new Map(pairs(from, to).map(([like, letter]) => [like.charCodeAt(0), letter.charCodeAt(0)]));
}

function pairs(from: string, to: string): [string, string][] {
  return Array.from(from, (char, i) => [char, to[i] as string]);
}
