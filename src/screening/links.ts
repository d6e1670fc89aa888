import { KIND_DIGIT, KIND_SPACE, isWordUnit, kindOf } from './fold.ts';
import { type Addresses, type Contact, type Reading, WORD_ADDRESS, WORD_DIGITS, WORD_LETTERS } from './reading.ts';

const DOT = 0x2e;
const COLON = 0x3a;
const SLASH = 0x2f;
const AT = 0x40;
const PLUS = 0x2b;
const HYPHEN = 0x2d;

/** More addresses than this say nothing new. */
const LINKS_KEPT = 50;

/** Last labels that make `word.word` a web address without http in front. Labels that
 *  are also everyday words (in, is, it, me, so, to) are left out. */
const lastLabels = new Set(
  'com net org info biz shop store online site xyz top club app io tv ly link click live vip win bet casino co uk de fr ir iq tr krd eu ru nl pl dev news blog gg cc'.split(
    ' ',
  ),
);

/** The web and mail addresses of a text, looked for when they are first asked for; their words get `WORD_ADDRESS`: they are in
 *  no language. One pass over the words. */
export function addressesOf(reading: Reading): Addresses {
  return (reading.addresses ??= findAddresses(reading));
}

function findAddresses(reading: Reading): Addresses {
  const found: Addresses = { links: [], mails: [], words: 0 };
  const { links, mails } = found;
  for (let i = 0; i < reading.words && links.length < LINKS_KEPT; i++) {
    const end = reading.ends[i] as number;
    const after = reading.units[end];
    if (after !== DOT && after !== COLON) continue;
    const from = reading.starts[i] as number;
    if (after === COLON && !startsAddress(reading, end)) continue;
    const hostFrom = after === COLON ? end + 3 : from;
    const hostTo = hostEnd(reading, hostFrom);
    const host = textOf(reading, hostFrom, hostTo).toLowerCase();
    if (!isHost(host, after === COLON)) {
      // Every later part of this run ends on the same label, so none is an address.
      while (i + 1 < reading.words && (reading.ends[i + 1] as number) <= hostTo) i++;
      continue;
    }
    const to = addressEnd(reading, hostTo);
    if (from > 0 && reading.units[from - 1] === AT) mails.push({ from: mailStart(reading, from - 1), to: hostTo });
    else links.push({ from, to, host });
    const first = i;
    while (i + 1 < reading.words && (reading.starts[i + 1] as number) < to) i++;
    for (let word = first; word <= i; word++) (reading.flags[word] as number) |= WORD_ADDRESS;
    found.words += i + 1 - first;
  }
  return found;
}

/** Telephone numbers: 9 to 15 digits that begin with + or 0, in groups one sign apart. */
export function findPhones(reading: Reading): Contact[] {
  const phones: Contact[] = [];
  for (let i = 0; i < reading.words && phones.length < LINKS_KEPT; i++) {
    if (!isDigits(reading, i)) continue;
    const from = reading.starts[i] as number;
    const plus = from > 0 && reading.units[from - 1] === PLUS;
    let digits = 0;
    let last = i;
    for (let k = i; k < reading.words && k < i + 8 && isDigits(reading, k); k++) {
      if (k > i && !oneSignApart(reading, k)) break;
      digits += (reading.ends[k] as number) - (reading.starts[k] as number);
      last = k;
    }
    if (digits >= 9 && digits <= 15 && (plus || reading.units[from] === 0x30)) {
      phones.push({ from: plus ? from - 1 : from, to: reading.ends[last] as number });
    }
    i = last;
  }
  return phones;
}

/** The text as written behind units [from, to). */
export function textOf(reading: Reading, from: number, to: number): string {
  return reading.text.slice(reading.from[from], reading.from[to]);
}

function startsAddress(reading: Reading, at: number): boolean {
  return reading.units[at + 1] === SLASH && reading.units[at + 2] === SLASH;
}

/** Hosts are at most 253 characters, which also bounds the work. */
const LONGEST_HOST = 253;

function hostEnd(reading: Reading, from: number): number {
  let to = from;
  const limit = Math.min(reading.length, from + LONGEST_HOST);
  while (to < limit && isHostUnit(reading, to)) to++;
  while (to > from && !isWordUnit(reading.units[to - 1] as number)) to--;
  return to;
}

function isHostUnit(reading: Reading, at: number): boolean {
  const unit = reading.units[at] as number;
  return unit === DOT || unit === HYPHEN || isWordUnit(unit);
}

function isHost(host: string, afterScheme: boolean): boolean {
  const dot = host.lastIndexOf('.');
  if (dot < 1) return false;
  if (afterScheme || host.startsWith('www.')) return true;
  return (host === 't.me' || host === 'wa.me' || lastLabels.has(host.slice(dot + 1))) && !host.includes('..');
}

function addressEnd(reading: Reading, from: number): number {
  let to = from;
  while (to < reading.length && (kindOf(reading.units[to] as number) & 7) !== KIND_SPACE) to++;
  while (to > from && closing.has(reading.units[to - 1] as number)) to--;
  return to;
}

/** Signs that end the sentence around an address rather than the address. */
const closing = new Set(Array.from('.,;:!?)]}>"»”\'،؛؟', (sign) => sign.charCodeAt(0)));

function mailStart(reading: Reading, at: number): number {
  let from = at;
  while (from > 0 && at - from < 64 && isHostUnit(reading, from - 1)) from--;
  return from;
}

function isDigits(reading: Reading, i: number): boolean {
  return ((reading.flags[i] as number) & (WORD_DIGITS | WORD_LETTERS)) === WORD_DIGITS;
}

function oneSignApart(reading: Reading, k: number): boolean {
  const from = reading.ends[k - 1] as number;
  const gap = (reading.starts[k] as number) - from;
  if (gap < 1 || gap > 2) return false;
  for (let at = from; at < from + gap; at++) {
    const unit = reading.units[at] as number;
    // ) ( / - . and space; a comma separates thousands, not groups
    if (!(unit === 0x29 || unit === 0x28 || unit === SLASH || unit === HYPHEN || unit === DOT || unit === 0x20))
      return false;
  }
  return true;
}

/** Whether a currency sign stands beside a number. */
export function hasPrice(reading: Reading): boolean {
  for (let i = 0; i < reading.words; i++) {
    if (((reading.flags[i] as number) & WORD_DIGITS) === 0) continue;
    const from = reading.starts[i] as number;
    const before = from > 0 ? (reading.units[from - 1] as number) : 0;
    if (currencies.has(before) || currencies.has(reading.units[reading.ends[i] as number] as number)) return true;
    const digit = kindOf(reading.units[from] as number) & 7;
    if (digit === KIND_DIGIT && currencies.has(reading.units[(reading.ends[i] as number) + 1] as number)) return true;
  }
  return false;
}

const currencies = new Set(Array.from('$€£₺₽₹¥؋﷼', (sign) => sign.charCodeAt(0)));
