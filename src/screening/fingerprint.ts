import { type Reading, createReading, readText } from './reading.ts';

/** Shorter texts are alike by chance ("I agree"). */
const LEAST_WORDS = 8;
const WORDS_READ = 400;
/** Bits of 64 in which two copies may differ. Measured on 2,500 news comments: 3 of three
 *  million pairs of different comments are this close; 89 % of copies with one word
 *  changed are, and 80 % of those with two more added. */
const BITS_APART = 12;

const aside = createReading();

/** A 64-bit SimHash of the pairs of neighbouring words, as 16 hex digits, or undefined
 *  for texts under eight words. Near copies differ in a few bits. The text cannot be
 *  read from it, but copies can be recognised: keep it no longer than it is needed. */
export function fingerprintComment(text: string): string | undefined {
  const print = fingerprintOf(readText(text, aside));
  return print === undefined ? undefined : toHex(print.high) + toHex(print.low);
}

/** Fingerprints of a site's recent comments, ready for comparing; the oldest makes room for the newest. In memory only. */
export type RecentPrints = { highs: Int32Array; lows: Int32Array; count: number; next: number };

/** Room for the fingerprints of so many comments. */
export function createRecentPrints(most: number): RecentPrints {
  return { highs: new Int32Array(most), lows: new Int32Array(most), count: 0, next: 0 };
}

// Whoever remembers a comment has mostly screened it just before, and its words were compared then.
let compared: { text: string; print: Print | undefined } | undefined;

/** Remembers a comment's fingerprint; texts under eight words have none. */
export function rememberPrint(recent: RecentPrints, text: string): void {
  const print = compared?.text === text ? compared.print : fingerprintOf(readText(text, aside));
  if (print === undefined) return;
  const most = recent.highs.length;
  recent.highs[recent.next] = print.high;
  recent.lows[recent.next] = print.low;
  recent.next = (recent.next + 1) % most;
  recent.count = Math.min(most, recent.count + 1);
}

/** The 64 bits of a fingerprint, in two halves. */
export type Print = { high: number; low: number };

/** The fingerprint of a text, as numbers; undefined for texts under eight words. */
export function printText(text: string): Print | undefined {
  return fingerprintOf(readText(text, aside));
}

/** The place of the last of these fingerprints that belongs to nearly the same text, or -1. Linear. */
export function findNear({ high, low }: Print, prints: { highs: readonly number[]; lows: readonly number[] }): number {
  const { highs, lows } = prints;
  for (let i = highs.length - 1; i >= 0; i--) {
    if (isNear({ high, low }, highs[i] as number, lows[i] as number)) return i;
  }
  return -1;
}

/** How many of the recent fingerprints belong to nearly the same text. Malformed ones
 *  count as different. */
export function countCopies(reading: Reading, recent: readonly string[] | RecentPrints): number {
  if ('highs' in recent ? recent.count === 0 : recent.length === 0) return 0;
  const print = fingerprintOf(reading);
  compared = { text: reading.text, print };
  if (print === undefined) return 0;
  let copies = 0;
  if ('highs' in recent) {
    for (let i = 0; i < recent.count; i++) {
      if (isNear(print, recent.highs[i] as number, recent.lows[i] as number)) copies++;
    }
    return copies;
  }
  for (const other of recent) {
    if (other.length !== 16) continue;
    if (isNear(print, Number.parseInt(other.slice(0, 8), 16), Number.parseInt(other.slice(8), 16))) copies++;
  }
  return copies;
}

function isNear({ high, low }: Print, otherHigh: number, otherLow: number): boolean {
  return countBits(otherHigh ^ high) + countBits(otherLow ^ low) <= BITS_APART;
}

/** How many pairs of words have bit b set in their hash. */
const votes = new Int32Array(64);
/** Pairs whose votes fit into nibbles before they are carried over. */
const CARRIED = 15;
/** The first bit of each nibble. */
const FIRSTS = 0x11111111;

function fingerprintOf(reading: Reading): Print | undefined {
  const words = Math.min(reading.words, WORDS_READ);
  if (words < LEAST_WORDS) return undefined;
  votes.fill(0);
  const pairs = words - 1;
  for (let from = 0; from < pairs; from += CARRIED) takeVotes(reading, from, Math.min(pairs, from + CARRIED));
  return { high: tally(0, pairs), low: tally(32, pairs) };
}

/** Counts the bits of the pairs [from, to), eight bits to an addition: one at a time they took a tenth of a screening. */
function takeVotes({ hashes }: Reading, from: number, to: number): void {
  let [a, b, c, d] = [0, 0, 0, 0];
  let [e, f, g, h] = [0, 0, 0, 0];
  for (let i = from; i < to; i++) {
    const high = mix((hashes[i] as number) ^ Math.imul(hashes[i + 1] as number, 0x85ebca6b));
    const low = mix(high ^ 0x9e3779b9);
    a = (a + (high & FIRSTS)) | 0;
    b = (b + ((high >>> 1) & FIRSTS)) | 0;
    c = (c + ((high >>> 2) & FIRSTS)) | 0;
    d = (d + ((high >>> 3) & FIRSTS)) | 0;
    e = (e + (low & FIRSTS)) | 0;
    f = (f + ((low >>> 1) & FIRSTS)) | 0;
    g = (g + ((low >>> 2) & FIRSTS)) | 0;
    h = (h + ((low >>> 3) & FIRSTS)) | 0;
  }
  carry(0, { a, b, c, d });
  carry(32, { a: e, b: f, c: g, d: h });
}

/** Nibble k of `a` has the votes for bit 4k, of `b` for bit 4k + 1, and so on. */
function carry(first: number, { a, b, c, d }: { a: number; b: number; c: number; d: number }): void {
  for (let bit = 0; bit < 32; bit += 4) {
    (votes[first + bit] as number) += (a >>> bit) & 15;
    (votes[first + bit + 1] as number) += (b >>> bit) & 15;
    (votes[first + bit + 2] as number) += (c >>> bit) & 15;
    (votes[first + bit + 3] as number) += (d >>> bit) & 15;
  }
}

/** The bits that most of the pairs have. */
function tally(first: number, pairs: number): number {
  let bits = 0;
  for (let bit = 0; bit < 32; bit++) if ((votes[first + bit] as number) * 2 > pairs) bits |= 1 << bit;
  return bits;
}

function mix(value: number): number {
  let mixed = Math.imul(value ^ (value >>> 16), 0x7feb352d);
  mixed = Math.imul(mixed ^ (mixed >>> 15), 0x846ca68b);
  return mixed ^ (mixed >>> 16);
}

function countBits(value: number): number {
  let bits = value - ((value >>> 1) & 0x55555555);
  bits = (bits & 0x33333333) + ((bits >>> 2) & 0x33333333);
  return Math.imul((bits + (bits >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}

function toHex(bits: number): string {
  return (bits >>> 0).toString(16).padStart(8, '0');
}
