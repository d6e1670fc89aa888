// Folds one UTF-16 unit to the unit of the matching key. The tables cover the whole
// basic plane but fill in only for units that were seen: filling all of them at
// load took 100 ms, and a unit always folds to the same value, so the result stays pure.

/** The unit is not part of the key (invisible, tatweel, harakat). */
export const DROPPED = 0;
/** The unit stands for several; `expansionOf` has them. */
export const SEVERAL = 1;
/** A combining mark that may merge with the letter before it. */
export const MARK = 2;
const UNKNOWN = 0xffff;

export const KIND_OTHER = 1;
export const KIND_LETTER = 2;
export const KIND_DIGIT = 3;
export const KIND_SPACE = 4;

export const SCRIPT_NONE = 0;
export const SCRIPT_LATIN = 1;
export const SCRIPT_ARABIC = 2;
export const SCRIPT_CYRILLIC = 3;
export const SCRIPT_DEVANAGARI = 4;
export const SCRIPT_GREEK = 5;
export const SCRIPT_OTHER = 6;

const folds = new Uint16Array(0x10000).fill(UNKNOWN);
const kinds = new Uint8Array(0x10000);
const bares = new Uint16Array(0x10000).fill(UNKNOWN);
const expansions = new Map<number, string>();

/** The folded unit, or DROPPED, SEVERAL, MARK. */
export function foldUnit(unit: number): number {
  const known = folds[unit] as number;
  return known === UNKNOWN ? learnFold(unit) : known;
}

/** What a unit folds to when `foldUnit` says SEVERAL, already folded. */
export function expansionOf(unit: number): string {
  return expansions.get(unit) ?? '';
}

/** Kind in the low three bits, script above them, of an already folded unit. */
export function kindOf(unit: number): number {
  const known = kinds[unit] as number;
  return known === 0 ? learnKind(unit) : known;
}

/** Whether a folded unit is a letter or digit. */
export function isWordUnit(unit: number): boolean {
  const kind = kindOf(unit) & 7;
  return kind === KIND_LETTER || kind === KIND_DIGIT;
}

/** The letter without its accent, as relevance and misspelt words compare it. */
export function bareUnit(unit: number): number {
  if (unit < 0x80) return unit;
  const known = bares[unit] as number;
  return known === UNKNOWN ? learnBare(unit) : known;
}

/** Folded text of a code point above the basic plane: letters and digits in fancy
 *  alphabets become plain ones, tags and selectors vanish, anything else is a `•`. */
export function foldAstral(point: number): string {
  if (point >= 0xe0000 && point <= 0xe0fff) return '';
  if (point >= 0x1d173 && point <= 0x1d17a) return '';
  if (point >= 0x1f130 && point <= 0x1f189) return squaredLetter(point);
  const fancy = (point >= 0x1d400 && point <= 0x1d7ff) || (point >= 0x1ee00 && point <= 0x1eeff);
  if (!fancy) return '•';
  const plain = String.fromCodePoint(point).normalize('NFKC');
  return plain.length === 1 ? foldString(plain) : '•';
}

function learnFold(unit: number): number {
  const folded = foldAfresh(unit);
  let value = folded.length === 0 ? DROPPED : folded.charCodeAt(0);
  if (folded.length > 1) {
    expansions.set(unit, folded);
    value = SEVERAL;
  }
  if (isMark(unit)) value = MARK;
  folds[unit] = value;
  return value;
}

function foldAfresh(unit: number): string {
  if (isInvisible(unit) || isMark(unit) || isVowelSign(unit)) return '';
  const own = ownFolds.get(unit);
  if (own !== undefined) return own;
  const char = String.fromCharCode(unit);
  if (unit < 0x20 || (unit >= 0x7f && unit <= 0x9f) || /\s/.test(char)) return ' ';
  if (unit >= 0xd800 && unit <= 0xdfff) return '\ufffd';
  const zero = digitZeros.find((start) => unit >= start && unit < start + 10);
  if (zero !== undefined) return String(unit - zero);
  const plain = char.normalize('NFKC').toLowerCase();
  return plain === char ? char : foldString(plain, unit);
}

function foldString(plain: string, from = -1): string {
  let folded = '';
  for (let i = 0; i < plain.length; i++) {
    const unit = plain.charCodeAt(i);
    if (unit < 0x20) folded += ' ';
    else folded += unit === from ? plain[i] : foldAfresh(unit);
  }
  return folded;
}

function learnKind(unit: number): number {
  const char = String.fromCharCode(unit);
  let kind = KIND_OTHER;
  if (/[\p{L}\p{Mc}\p{Mn}]/u.test(char)) kind = KIND_LETTER;
  else if (/\p{Nd}/u.test(char)) kind = KIND_DIGIT;
  else if (unit === 0x20) kind = KIND_SPACE;
  const value = kind | ((kind === KIND_LETTER ? scriptOf(unit) : SCRIPT_NONE) << 3);
  kinds[unit] = value;
  return value;
}

function scriptOf(unit: number): number {
  if (unit < 0x250 || (unit >= 0x1e00 && unit < 0x1f00)) return SCRIPT_LATIN;
  if (unit >= 0x600 && unit < 0x780) return SCRIPT_ARABIC;
  if (unit >= 0x400 && unit < 0x530) return SCRIPT_CYRILLIC;
  if (unit >= 0x900 && unit < 0x980) return SCRIPT_DEVANAGARI;
  if (unit >= 0x370 && unit < 0x400) return SCRIPT_GREEK;
  if (unit >= 0x250 && unit < 0x2b0) return SCRIPT_LATIN;
  return SCRIPT_OTHER;
}

function learnBare(unit: number): number {
  const own = ownBares.get(unit);
  const first = own ?? String.fromCharCode(unit).normalize('NFD').charCodeAt(0);
  bares[unit] = first;
  return first;
}

function squaredLetter(point: number): string {
  const start = [0x1f130, 0x1f150, 0x1f170].find((at) => point >= at && point < at + 26);
  return start === undefined ? '•' : String.fromCharCode(0x61 + point - start);
}

/** Combining marks of Latin, Greek and Cyrillic; Indic signs are letters, Arabic ones dropped. */
function isMark(unit: number): boolean {
  if (unit >= 0x300 && unit <= 0x36f) return unit !== 0x34f;
  if (unit >= 0x483 && unit <= 0x489) return true;
  if (unit >= 0x1ab0 && unit <= 0x1aff) return true;
  if (unit >= 0x1dc0 && unit <= 0x1dff) return true;
  return (unit >= 0x20d0 && unit <= 0x20ff) || (unit >= 0xfe20 && unit <= 0xfe2f);
}

/** Harakat, Quranic signs, tatweel, Hebrew points, the Devanagari nukta. */
function isVowelSign(unit: number): boolean {
  if (unit >= 0x64b && unit <= 0x65f) return true;
  if (unit >= 0x610 && unit <= 0x61a) return true;
  if (unit >= 0x6d6 && unit <= 0x6ed) return unit !== 0x6dd && unit !== 0x6de;
  if (unit >= 0x8d3 && unit <= 0x8ff) return true;
  if (unit >= 0x591 && unit <= 0x5c7) return unit !== 0x5be;
  return unit === 0x640 || unit === 0x670 || unit === 0x93c;
}

/** Default-ignorable code points of the basic plane (Unicode 15 DerivedCoreProperties),
 *  the bidi controls among them. */
function isInvisible(unit: number): boolean {
  if (unit >= 0x200b && unit <= 0x200f) return true;
  if (unit >= 0x202a && unit <= 0x202e) return true;
  if (unit >= 0x2060 && unit <= 0x206f) return true;
  if (unit >= 0xfe00 && unit <= 0xfe0f) return true;
  if (unit >= 0xfff0 && unit <= 0xfffb) return true;
  if (unit >= 0x180b && unit <= 0x180f) return true;
  return invisible.has(unit);
}

const invisible = new Set([0xad, 0x34f, 0x61c, 0x115f, 0x1160, 0x17b4, 0x17b5, 0x3164, 0xfeff, 0xffa0]);

const digitZeros = [
  0x660, 0x6f0, 0x7c0, 0x966, 0x9e6, 0xa66, 0xae6, 0xb66, 0xbe6, 0xc66, 0xce6, 0xd66, 0xe50, 0xed0, 0xf20, 0x1040,
  0x17e0, 0x1810,
];

/** Folds that NFKC does not make (threats.md §4), and Latin letters drawn small,
 *  turned or barred that readers use to dodge lists. */
const ownFolds = new Map<number, string>(
  [
    ['ك', 'ک'],
    ['ڪ', 'ک'],
    ['ي', 'ی'],
    ['ى', 'ی'],
    ['ے', 'ی'],
    ['ھ', 'ه'],
    ['ہ', 'ه'],
    ['ۀ', 'ه'],
    ['ة', 'ه'],
    ['ۃ', 'ه'],
    ['أ', 'ا'],
    ['إ', 'ا'],
    ['آ', 'ا'],
    ['ٱ', 'ا'],
    ['ß', 'ss'],
    ['ẞ', 'ss'],
    ['İ', 'i'],
    ['ё', 'е'],
    ['Ё', 'е'],
    ['æ', 'ae'],
    ['Æ', 'ae'],
    ['œ', 'oe'],
    ['Œ', 'oe'],
    ['’', "'"],
    ['‘', "'"],
    ['ʼ', "'"],
    ...pairs('ᴀʙᴄᴅᴇꜰɢʜɪᴊᴋʟᴍɴᴏᴘʀꜱᴛᴜᴠᴡʏᴢ', 'abcdefghijklmnoprstuvwyz'),
    ...pairs('ɑɡɩƒʞøØđĐħĦłŁƗɨ', 'agifkooddhhllii'),
  ].map(([from, to]) => [(from as string).charCodeAt(0), to as string]),
);

const ownBares = new Map<number, number>(
  [...pairs('ıەۆێڵڕئؤ', 'iهویلریو')].map(([from, to]) => [
    (from as string).charCodeAt(0),
    (to as string).charCodeAt(0),
  ]),
);

function pairs(from: string, to: string): string[][] {
  return Array.from(from, (char, i) => [char, to[i] as string]);
}
