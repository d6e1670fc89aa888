import type { FeatureList } from './features.ts';

/** The model's rows by feature hash: a perfect hash whose pilots were searched for in training, one byte of each hash to
 *  tell most strangers from features, and sixteen weights of four bits a row. */
export type Rows = {
  /** by bucket: what places its features apart */
  pilots: Uint16Array;
  /** by slot: a byte of the feature's hash */
  prints: Uint8Array;
  /** by slot two words: weights 0 to 15 as nibbles, 8 being nothing */
  weights: Uint32Array;
};

/** Weights a row has. */
export const WIDTH = 16;
/** The nibble of a weight of 0. */
export const ZERO = 8;
/** Rows whose nibbles fit into bytes before they are carried over: 17 × 15 = 255. */
const CARRIED = 17;

// Grown to the longest text that was read.
let places: Int32Array = new Int32Array(1024);

/** Adds the rows of the features up, into `sums` (16 numbers, already less their zeros). Returns how many features the
 *  model knows. Three plain loops, each without a branch that memory decides: the waits for memory then overlap, which
 *  takes a third of the time of one loop. */
export function sumRows(rows: Rows, { hashes, count }: FeatureList, sums: Int32Array): number {
  const { prints } = rows;
  placeAll(rows, hashes, count);
  let known = 0;
  for (let i = 0; i < count; i++) {
    const slot = places[i] as number;
    places[known] = slot;
    known += Number(prints[slot] === ((hashes[i] as number) & 0xff));
  }
  sums.fill(0);
  addRows(rows, { from: 0, to: known, sums, at: 0 });
  return known;
}

/** Adds the rows of the features up for each word by itself, into `sums`: 16 numbers a word, to those that are there. */
export function sumRowsByWord(rows: Rows, { hashes, words, count }: FeatureList, sums: Int32Array): void {
  const { prints } = rows;
  placeAll(rows, hashes, count);
  const run: Run = { from: 0, to: 0, sums, at: 0 };
  for (let i = 0; i < count; i++) {
    const slot = places[i] as number;
    if (prints[slot] !== ((hashes[i] as number) & 0xff)) continue;
    const at = (words[i] as number) * WIDTH;
    if (at !== run.at) {
      addRows(rows, run);
      run.at = at;
      run.from = run.to;
    }
    places[run.to++] = slot;
  }
  addRows(rows, run);
}

/** The place of each feature, were the model to know it. */
function placeAll({ pilots, prints }: Rows, hashes: Int32Array, count: number): void {
  if (places.length < count) places = new Int32Array(count * 2);
  const buckets = pilots.length;
  const slots = prints.length;
  for (let i = 0; i < count; i++) {
    const hash = hashes[i] as number;
    places[i] = slotOf(hash, pilots[bucketOf(hash, buckets)] as number, slots);
  }
}

/** The places [from, to), whose rows go into the 16 sums that begin at `at`. */
type Run = { from: number; to: number; sums: Int32Array; at: number };

/** Adds the rows of a run up, less their zeros. */
function addRows({ weights }: Rows, run: Run): void {
  const { from, to } = run;
  for (let first = from; first < to; first += CARRIED) {
    const last = Math.min(to, first + CARRIED);
    let [a, b, c, d] = [0, 0, 0, 0];
    for (let i = first; i < last; i++) {
      const at = (places[i] as number) * 2;
      const low = weights[at] as number;
      const high = weights[at + 1] as number;
      // `| 0`: the sums stay whole numbers of 32 bits for the machine, whose upper byte is only ever shifted down.
      a = (a + (low & 0x0f0f0f0f)) | 0;
      b = (b + ((low >>> 4) & 0x0f0f0f0f)) | 0;
      c = (c + (high & 0x0f0f0f0f)) | 0;
      d = (d + ((high >>> 4) & 0x0f0f0f0f)) | 0;
    }
    carry(run, { a, b, c, d }, ZERO * (last - first));
  }
}

/** The bucket of a feature; uses other bits of the hash than its print. Here and below `| 0` cuts the fraction off as
 *  `Math.floor` would, in one instruction: more of the waits for memory overlap. */
export function bucketOf(hash: number, buckets: number): number {
  return ((Math.imul(hash, 0x9e3779b1) >>> 0) * (buckets / 4294967296)) | 0;
}

/** Where a feature stands when its bucket has this pilot. */
export function slotOf(hash: number, pilot: number, slots: number): number {
  let mixed = Math.imul(hash ^ Math.imul(pilot + 1, 0x85ebca6b), 0xc2b2ae35);
  mixed = Math.imul(mixed ^ (mixed >>> 15), 0x2c1b3c6d);
  return (((mixed ^ (mixed >>> 16)) >>> 0) * (slots / 4294967296)) | 0;
}

/** Nibbles stand two to a byte: byte k of `a` holds weight 2k, of `b` weight 2k+1; `c` and `d` those from 8 on. */
function carry({ sums, at }: Run, { a, b, c, d }: { a: number; b: number; c: number; d: number }, zeros: number): void {
  for (let k = 0; k < 4; k++) {
    (sums[at + 2 * k] as number) += ((a >>> (8 * k)) & 0xff) - zeros;
    (sums[at + 2 * k + 1] as number) += ((b >>> (8 * k)) & 0xff) - zeros;
    (sums[at + 8 + 2 * k] as number) += ((c >>> (8 * k)) & 0xff) - zeros;
    (sums[at + 8 + 2 * k + 1] as number) += ((d >>> (8 * k)) & 0xff) - zeros;
  }
}
