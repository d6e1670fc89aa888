import { createReading, readText } from './reading.ts';

/** The matching key of a text and where each unit of it came from. */
export type Normalised = {
  /** folded text, for comparing only; never show or store it as the comment */
  key: string;
  /** for unit i of the key, the UTF-16 offset in the text where it began; one more
   *  value at the end, the text's length */
  offsets: Int32Array;
};

const aside = createReading();

/** Folds a text to its matching key: NFKC, lower case, one form for the Arabic and
 *  Kurdish letter variants, ASCII digits, without tatweel, harakat and invisible
 *  characters. Pure; never throws; linear in the text. */
export function normalise(text: string): Normalised {
  const reading = readText(text, aside);
  return { key: keyOf(reading.units, reading.length), offsets: reading.from.slice(0, reading.length + 1) };
}

/** The key alone, as the word lists are stored. */
export function foldKey(text: string): string {
  const reading = readText(text, aside);
  return keyOf(reading.units, reading.length);
}

/** Spreading a long array over the stack throws, so the key is made in pieces. */
const PIECE = 8192;

function keyOf(units: Uint16Array, length: number): string {
  let key = '';
  for (let at = 0; at < length; at += PIECE) {
    key += String.fromCharCode(...units.subarray(at, Math.min(length, at + PIECE)));
  }
  return key;
}
