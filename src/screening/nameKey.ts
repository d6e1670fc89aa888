import looksTable from './data/looks.json' with { type: 'json' };
import { bareUnit, isWordUnit } from './fold.ts';
import { foldKey } from './normalise.ts';
import { disguises, latinLooks } from './variants.ts';

const looks = new Map<string, string>(Object.entries(looksTable));

/** What a reader's name is compared by: two names are taken for one another where they share a key (`isSameName`). The
 *  first key is what a hurried reader remembers, so that `N1ná  BERG` is `Nina Berg`; the others what an eye sees, as the
 *  name stands and in capitals: the skeleton of UTS 39, so that `AIi` with a capital I is `Ali` and a name in Cyrillic
 *  letters the Latin one that it looks like. For comparing only, never shown. A name of signs alone is compared as it is.
 *  Pure; linear. */
export function nameKeys(name: string): readonly string[] {
  return [...new Set([rememberedKey(name), lookOf(name), lookOf(name.toUpperCase())])].filter((key) => key !== '');
}

/** Whether a reader could take one name for the other. Pure; linear. */
export function isSameName(one: string, other: string): boolean {
  const keys = nameKeys(other);
  return nameKeys(one).some((key) => keys.includes(key));
}

/** The matching key without accents, blanks and signs, letters of other alphabets that look Latin made Latin, digits
 *  inside words read as letters. */
function rememberedKey(name: string): string {
  const folded = foldKey(name);
  let key = '';
  for (let at = 0; at < folded.length; at += 1) {
    const unit = folded.charCodeAt(at);
    const isInside = isLetter(folded.charCodeAt(at - 1)) && isLetter(folded.charCodeAt(at + 1));
    const read = (isInside ? disguises.get(unit) : undefined) ?? latinLooks.get(unit) ?? unit;
    if (isWordUnit(read)) key += String.fromCharCode(bareUnit(read));
  }
  return key === '' ? name.trim() : key;
}

/** Letters and digits alone, without marks, each as the one that it looks like. Letter case stays: a capital I looks like
 *  a small l, and a small i does not. */
function lookOf(name: string): string {
  let look = '';
  for (const letter of plainAscii.test(name) ? name : name.normalize('NFKD')) {
    const point = letter.codePointAt(0) as number;
    look += point < seen.length ? (seen[point] ??= readLook(letter)) : readLook(letter);
  }
  return look;
}

function readLook(letter: string): string {
  return letterOrDigit.test(letter) ? (looks.get(letter) ?? letter) : '';
}

const plainAscii = /^[ -~]*$/;
const letterOrDigit = /[\p{L}\p{N}]/u;
/** What was read before, by code point: every comment brings a name, and asking the properties of each letter anew is what
 *  its keys took longest for. */
const seen: (string | undefined)[] = Array.from({ length: 0x1000 });

function isLetter(unit: number): boolean {
  return isWordUnit(unit) && !(unit >= 0x30 && unit <= 0x39);
}
