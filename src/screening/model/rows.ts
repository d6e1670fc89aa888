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
export function sumRows(
  { pilots, prints, weights }: Rows,
  hashes: Int32Array,
  count: number,
  sums: Int32Array,
): number {
  if (places.length < count) places = new Int32Array(count * 2);
  const buckets = pilots.length;
  const slots = prints.length;
  for (let i = 0; i < count; i++) {
    const hash = hashes[i] as number;
    places[i] = slotOf(hash, pilots[bucketOf(hash, buckets)] as number, slots);
  }
  let known = 0;
  for (let i = 0; i < count; i++) {
    const slot = places[i] as number;
    places[known] = slot;
    known += Number(prints[slot] === ((hashes[i] as number) & 0xff));
  }
  addRows(weights, known, sums);
  for (let j = 0; j < WIDTH; j++) (sums[j] as number) -= ZERO * known;
  return known;
}

function addRows(weights: Uint32Array, known: number, sums: Int32Array): void {
  sums.fill(0);
  for (let from = 0; from < known; from += CARRIED) {
    const to = Math.min(known, from + CARRIED);
    let [a, b, c, d] = [0, 0, 0, 0];
    for (let i = from; i < to; i++) {
      const at = (places[i] as number) * 2;
      const low = weights[at] as number;
      const high = weights[at + 1] as number;
      a += low & 0x0f0f0f0f;
      b += (low >>> 4) & 0x0f0f0f0f;
      c += high & 0x0f0f0f0f;
      d += (high >>> 4) & 0x0f0f0f0f;
    }
    carry(sums, { a, b, c, d });
  }
}

/** The slot of a feature the model knows, or -1; a stranger gets a slot once in 256 times. */
export function findRow({ pilots, prints }: Rows, hash: number): number {
  const slot = slotOf(hash, pilots[bucketOf(hash, pilots.length)] as number, prints.length);
  return prints[slot] === (hash & 0xff) ? slot : -1;
}

/** Weight j of a row, from -8 to 7. */
export function weightAt({ weights }: Rows, slot: number, j: number): number {
  const word = weights[slot * 2 + (j >> 3)] as number;
  return ((word >>> ((j & 7) * 4)) & 15) - ZERO;
}

/** The bucket of a feature; uses other bits of the hash than its print. */
export function bucketOf(hash: number, buckets: number): number {
  return Math.floor((Math.imul(hash, 0x9e3779b1) >>> 0) * (buckets / 4294967296));
}

/** Where a feature stands when its bucket has this pilot. */
export function slotOf(hash: number, pilot: number, slots: number): number {
  let mixed = Math.imul(hash ^ Math.imul(pilot + 1, 0x85ebca6b), 0xc2b2ae35);
  mixed = Math.imul(mixed ^ (mixed >>> 15), 0x2c1b3c6d);
  return Math.floor(((mixed ^ (mixed >>> 16)) >>> 0) * (slots / 4294967296));
}

/** Nibbles stand two to a byte: byte k of `a` holds weight 2k, of `b` weight 2k+1; `c` and `d` those from 8 on. */
function carry(sums: Int32Array, { a, b, c, d }: { a: number; b: number; c: number; d: number }): void {
  for (let k = 0; k < 4; k++) {
    (sums[2 * k] as number) += (a >>> (8 * k)) & 0xff;
    (sums[2 * k + 1] as number) += (b >>> (8 * k)) & 0xff;
    (sums[8 + 2 * k] as number) += (c >>> (8 * k)) & 0xff;
    (sums[8 + 2 * k + 1] as number) += (d >>> (8 * k)) & 0xff;
  }
}
