import {
  KIND_DIGIT,
  KIND_LETTER,
  MARK,
  SCRIPT_ARABIC,
  SCRIPT_CYRILLIC,
  SCRIPT_LATIN,
  SEVERAL,
  bareUnit,
  expansionOf,
  foldAstral,
  foldUnit,
  kindOf,
} from './fold.ts';
import { letterClasses } from './letters.ts';

/** A text as the matchers see it: folded units with their origin, and words.
 *  Typed arrays that are used again for the next text, since allocating them per
 *  comment cost three times what reading it does. Nothing in here outlives one call. */
export type Reading = {
  text: string;
  /** folded units; one zero after the last */
  units: Uint16Array;
  /** UTF-16 offset in the text where unit i began; the text's length after the last */
  from: Int32Array;
  length: number;
  /** words: runs of letters and digits, as unit indexes, end exclusive */
  starts: Int32Array;
  ends: Int32Array;
  flags: Uint16Array;
  /** 32-bit FNV-1a of the whole word and of its stem */
  hashes: Int32Array;
  stems: Int32Array;
  words: number;
  /** how often each class of telling letters occurred, see letters.ts */
  classes: Int32Array;
  capitals: number;
  letters: number;
  /** units visited: the tests hold it to a multiple of the length */
  steps: number;
  /** its addresses, once `addressesOf` (links.ts) was asked for them */
  addresses: Addresses | undefined;
};

/** A web address in a text: units [from, to) and the host in lower case. */
export type Link = { from: number; to: number; host: string };

/** Telephone number or e-mail address: units [from, to). */
export type Contact = { from: number; to: number };

/** Web and mail addresses in reading order, and how many words have `WORD_ADDRESS` for them. */
export type Addresses = { links: Link[]; mails: Contact[]; words: number };

export const WORD_DIGITS = 1;
export const WORD_LETTERS = 2;
/** the same letter three times running or more */
export const WORD_STRETCHED = 4;
export const WORD_ACCENTED = 8;
/** a sentence ended between the word before and this one */
export const WORD_OPENS = 16;
export const WORD_QUOTED = 32;
/** letters of two scripts */
export const WORD_MIXED = 64;
/** part of a web address, or of the host of a mail address, once `addressesOf` (links.ts) was asked */
export const WORD_ADDRESS = 128;
const SCRIPT_SHIFT = 8;

/** The script of word i, one of the SCRIPT_ constants of fold.ts. */
export function scriptOfWord(reading: Reading, i: number): number {
  return (reading.flags[i] as number) >> SCRIPT_SHIFT;
}

/** UTF-16 offsets in the text of the units from (inclusive) to to (exclusive),
 *  widened to whole characters with the marks that hang on them. */
export function spanOf(reading: Reading, from: number, to: number): { start: number; end: number } {
  const start = reading.from[from] as number;
  let after = to;
  while (after < reading.length && (reading.from[after] as number) <= start) after++;
  while (after < reading.length && reading.from[after] === reading.from[after - 1]) after++;
  return { start, end: reading.from[after] as number };
}

/** An empty reading with room that grows on demand. */
export function createReading(): Reading {
  const room = 1024;
  return {
    text: '',
    units: new Uint16Array(room),
    from: new Int32Array(room),
    length: 0,
    starts: new Int32Array(room),
    ends: new Int32Array(room),
    flags: new Uint16Array(room),
    hashes: new Int32Array(room),
    stems: new Int32Array(room),
    words: 0,
    classes: new Int32Array(64),
    capitals: 0,
    letters: 0,
    steps: 0,
    addresses: undefined,
  };
}

/** Fills `into` with the folded units and words of the text. Linear in the text. */
export function readText(text: string, into: Reading): Reading {
  into.text = text;
  into.length = 0;
  into.words = 0;
  into.capitals = 0;
  into.letters = 0;
  into.steps = 0;
  into.addresses = undefined;
  into.classes.fill(0);
  makeRoom(into, text.length + 2);
  foldText(text, into);
  splitWords(into);
  return into;
}

function foldText(text: string, into: Reading): void {
  let n = 0;
  let { units, from } = into;
  const { classes } = into;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    const telling = letterClasses[unit] as number;
    if (telling !== 0) (classes[telling] as number)++;
    const folded = foldUnit(unit);
    if (folded > MARK && folded !== 0xfffd) {
      units[n] = folded;
      from[n++] = i;
      if (folded !== unit && unit < 0x530 && hasCase(folded)) into.capitals++;
      continue;
    }
    if (folded === SEVERAL) n = append(into, n, i, expansionOf(unit));
    else if (folded > MARK) {
      const isPaired = isPair(text, i);
      n = append(into, n, i, isPaired ? foldAstral(text.codePointAt(i) as number) : '\ufffd');
      if (isPaired) i++;
    } else if (n > 0) attach(into, n - 1, unit, folded);
    // What is longer than it was may have needed more room.
    ({ units, from } = into);
  }
  into.length = n;
  into.units[n] = 0;
  into.from[n] = text.length;
  into.steps += text.length;
}

/** Whether a folded unit is a letter that can be a capital. */
function hasCase(unit: number): boolean {
  const script = kindOf(unit) >> 3;
  return script === SCRIPT_LATIN || script === SCRIPT_CYRILLIC;
}

function isPair(text: string, at: number): boolean {
  const high = text.charCodeAt(at);
  if (high < 0xd800 || high > 0xdbff || at + 1 >= text.length) return false;
  const low = text.charCodeAt(at + 1);
  return low >= 0xdc00 && low <= 0xdfff;
}

/** Expansions can outgrow the text (one ligature is eighteen letters). */
function append(into: Reading, at: number, from: number, folded: string): number {
  if (at + folded.length + 2 > into.units.length) makeRoom(into, (at + folded.length) * 2 + 2);
  for (let k = 0; k < folded.length; k++) {
    into.units[at + k] = folded.charCodeAt(k);
    into.from[at + k] = from;
  }
  into.steps += folded.length;
  return at + folded.length;
}

/** Merges a mark with the letter before it, and writes ه + ZWNJ as ە, the way
 *  older Sorani keyboards meant it. */
function attach(into: Reading, last: number, unit: number, folded: number): void {
  const base = into.units[last] as number;
  if (unit === 0x200c && base === 0x647) into.units[last] = 0x6d5;
  if (folded !== MARK || base < 0x61 || base > 0x52f) return;
  into.units[last] = composed(base, unit);
}

const compositions = new Map<number, number>();
const COMPOSITIONS_KEPT = 4096;

function composed(base: number, mark: number): number {
  const key = base * 0x10000 + mark;
  const known = compositions.get(key);
  if (known !== undefined) return known;
  const merged = String.fromCharCode(base, mark).normalize('NFC');
  const folded = merged.length === 1 ? foldUnit(merged.charCodeAt(0)) : base;
  const value = folded > MARK ? folded : base;
  if (compositions.size < COMPOSITIONS_KEPT) compositions.set(key, value);
  return value;
}

const FNV_OFFSET = 0x811c9dc5 | 0;
const FNV_PRIME = 0x01000193;
const STEM_UNITS = 5;
const STEM_UNITS_ARABIC = 4;

function splitWords(into: Reading): void {
  const { units, length } = into;
  let opens = WORD_OPENS;
  let quoted = 0;
  let i = 0;
  while (i < length) {
    const unit = units[i] as number;
    const kind = kindOf(unit) & 7;
    if (kind === KIND_LETTER || kind === KIND_DIGIT) {
      i = readWord(into, i, opens | quoted);
      opens = 0;
      continue;
    }
    if (endsSentence(unit)) opens = WORD_OPENS;
    quoted = quoteAfter(unit, quoted);
    i++;
  }
  into.steps += length;
}

/** Reads the word that begins at unit `start`; returns the unit after it. */
function readWord(into: Reading, start: number, flagsBefore: number): number {
  const { units, length } = into;
  let flags = flagsBefore;
  let hash = FNV_OFFSET;
  let stem = 0;
  let script = 0;
  let run = 1;
  let at = start;
  for (; at < length; at++) {
    const unit = units[at] as number;
    const kind = kindOf(unit);
    if ((kind & 7) === KIND_LETTER) {
      flags |= WORD_LETTERS;
      into.letters++;
      const own = kind >> 3;
      if (script === 0) script = own;
      else if (own !== script) flags |= WORD_MIXED;
    } else if ((kind & 7) === KIND_DIGIT) flags |= WORD_DIGITS;
    else break;
    if (unit > 0x7f && script === SCRIPT_LATIN) flags |= WORD_ACCENTED;
    run = at > start && unit === units[at - 1] ? run + 1 : 1;
    if (run === 3) flags |= WORD_STRETCHED;
    const read = at - start;
    if (read === STEM_UNITS || (read === STEM_UNITS_ARABIC && script === SCRIPT_ARABIC)) stem ||= hash;
    hash = Math.imul(hash ^ bareUnit(unit), FNV_PRIME);
  }
  keepWord(into, { start, end: at, flags: flags | (script << SCRIPT_SHIFT), hash, stem: stem || hash });
  return at;
}

type Word = { start: number; end: number; flags: number; hash: number; stem: number };

function keepWord(into: Reading, word: Word): void {
  const i = into.words++;
  into.starts[i] = word.start;
  into.ends[i] = word.end;
  into.flags[i] = word.flags;
  into.hashes[i] = word.hash;
  into.stems[i] = word.stem;
}

function endsSentence(unit: number): boolean {
  return unit === 0x2e || unit === 0x21 || unit === 0x3f || unit === 0x61f || unit === 0x964;
}

/** Whether what follows stands in quotation marks; single quotes are too often apostrophes. */
function quoteAfter(unit: number, quoted: number): number {
  if (unit === 0x22) return quoted ^ WORD_QUOTED;
  if (unit === 0x201c || unit === 0xab || unit === 0x201e) return WORD_QUOTED;
  if (unit === 0x201d || unit === 0xbb) return 0;
  return quoted;
}

const ROOM_KEPT = 1 << 16;

/** Grows the arrays; room beyond 65,536 is given back with the next short text. */
function makeRoom(into: Reading, room: number): void {
  const has = into.units.length;
  if (room <= has && (has <= ROOM_KEPT || room > ROOM_KEPT)) return;
  const size = Math.max(1024, room);
  into.units = grown(into.units, new Uint16Array(size));
  into.from = grown(into.from, new Int32Array(size));
  into.starts = grown(into.starts, new Int32Array(size));
  into.ends = grown(into.ends, new Int32Array(size));
  into.flags = grown(into.flags, new Uint16Array(size));
  into.hashes = grown(into.hashes, new Int32Array(size));
  into.stems = grown(into.stems, new Int32Array(size));
}

function grown<T extends Uint16Array | Int32Array>(old: T, next: T): T {
  next.set(old.subarray(0, Math.min(old.length, next.length)));
  return next;
}
