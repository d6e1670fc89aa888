import { type Rows, WIDTH, ZERO, bucketOf, slotOf } from '../src/screening/model/rows.ts';
import type { Examples } from './examples.ts';

/** Features worth a row: their hashes, and the examples with each feature named by its number, strangers left out. */
export type Kept = { hashes: Int32Array; examples: Examples };

/** Leaves out features that fewer than `least` of the chosen examples have. What two texts share by chance teaches
 *  nothing, and a row costs nine bytes. */
export function keepFeatures(examples: Examples, chosen: Int32Array, least: number): Kept {
  const sorted = countFeatures(examples, chosen);
  const numbers = new Map<number, number>();
  const hashes: number[] = [];
  for (let i = 0; i < sorted.length;) {
    let end = i + 1;
    while (end < sorted.length && sorted[end] === sorted[i]) end++;
    if (end - i >= least) {
      numbers.set(sorted[i] as number, hashes.length);
      hashes.push(sorted[i] as number);
    }
    i = end;
  }
  return { hashes: Int32Array.from(hashes), examples: renumber(examples, (hash) => numbers.get(hash)) };
}

/** Leaves out what says least: the `most` features stay whose weights, squared and summed over the chosen examples that have
 *  them, are largest. Returns them with their weights, sixteen a feature. */
export function trimFeatures(
  { hashes, examples }: Kept,
  rows: Float32Array,
  { chosen, most }: { chosen: Int32Array; most: number },
): Kept & { rows: Float32Array } {
  const worth = new Float64Array(hashes.length);
  for (const e of chosen) {
    for (let i = examples.from[e] as number; i < (examples.from[e + 1] as number); i++) {
      (worth[examples.features[i] as number] as number) += 1;
    }
  }
  for (let k = 0; k < rows.length; k += WIDTH) {
    let square = 0;
    for (let j = 0; j < WIDTH; j++) square += (rows[k + j] as number) ** 2;
    (worth[k / WIDTH] as number) *= square;
  }
  const line = worth.slice().sort().at(-most) ?? 0;
  const stay = Int32Array.from(hashes.keys())
    .filter((f) => (worth[f] as number) >= line)
    .subarray(0, most);
  const numbers = new Map(Array.from(stay, (f, number) => [f, number]));
  const kept = new Float32Array(stay.length * WIDTH);
  stay.forEach((f, number) => kept.set(rows.subarray(f * WIDTH, (f + 1) * WIDTH), number * WIDTH));
  return {
    hashes: stay.map((f) => hashes[f] as number),
    examples: renumber(examples, (f) => numbers.get(f)),
    rows: kept,
  };
}

/** The examples with their features under other numbers; those without one are left out. */
function renumber(examples: Examples, numberOf: (feature: number) => number | undefined): Examples {
  const from = new Float64Array(examples.count + 1);
  const features = new Int32Array(examples.features.length);
  let used = 0;
  for (let e = 0; e < examples.count; e++) {
    for (let i = examples.from[e] as number; i < (examples.from[e + 1] as number); i++) {
      const number = numberOf(examples.features[i] as number);
      if (number !== undefined) features[used++] = number;
    }
    from[e + 1] = used;
  }
  return { ...examples, from, features: features.subarray(0, used) };
}

function countFeatures(examples: Examples, chosen: Int32Array): Int32Array {
  let length = 0;
  for (const e of chosen) length += (examples.from[e + 1] as number) - (examples.from[e] as number);
  const all = new Int32Array(length);
  let at = 0;
  for (const e of chosen) {
    const part = examples.features.subarray(examples.from[e], examples.from[e + 1]);
    all.set(part, at);
    at += part.length;
  }
  return all.sort();
}

/** Weights cut to four bits: `scales[j]` is what a step of weight j is worth. */
export type Quantised = { steps: Int8Array; scales: Float64Array };

/** Cuts at this many standard deviations: chosen on development rows between 2 and 4. */
const CUT = 2.8;

/** Rounds each of the 16 columns to -8 … 7 steps of its own size. */
export function quantise(weights: Float32Array): Quantised {
  const scales = new Float64Array(WIDTH);
  const count = weights.length / WIDTH;
  for (let k = 0; k < weights.length; k++) (scales[k % WIDTH] as number) += (weights[k] as number) ** 2;
  for (let j = 0; j < WIDTH; j++) scales[j] = (CUT * Math.sqrt((scales[j] as number) / count)) / 7;
  const steps = Int8Array.from(weights, (weight, k) =>
    Math.max(-8, Math.min(7, Math.round(weight / (scales[k % WIDTH] as number)))),
  );
  return { steps, scales };
}

const KEYS_PER_BUCKET = 4;
const FILLED = 0.97;
const PILOTS = 65_536;

/** Places every feature in a slot of its own: buckets from the fullest on, each with the first pilot under which all its
 *  features meet free slots (compress, hash and displace). Throws when one finds none. */
export function packRows(hashes: Int32Array, { steps }: Quantised): Rows {
  const buckets = Math.ceil(hashes.length / KEYS_PER_BUCKET);
  const slots = Math.ceil(hashes.length / FILLED);
  const rows = { pilots: new Uint16Array(buckets), prints: new Uint8Array(slots), weights: new Uint32Array(slots * 2) };
  const members = Array.from({ length: buckets }, (): number[] => []);
  hashes.forEach((hash, f) => members[bucketOf(hash, buckets)]?.push(f));
  const fullestFirst = members.map((_, b) => b).sort((a, b) => (members[b]?.length ?? 0) - (members[a]?.length ?? 0));
  const taken = new Uint8Array(slots);
  for (const bucket of fullestFirst) {
    const own = members[bucket] as number[];
    const pilot = findPilot(
      own.map((f) => hashes[f] as number),
      slots,
      taken,
    );
    rows.pilots[bucket] = pilot;
    for (const f of own) {
      const hash = hashes[f] as number;
      const slot = slotOf(hash, pilot, slots);
      taken[slot] = 1;
      rows.prints[slot] = hash & 0xff;
      for (let j = 0; j < WIDTH; j++) {
        const nibble = (steps[f * WIDTH + j] as number) + ZERO;
        rows.weights[slot * 2 + (j >> 3)] =
          ((rows.weights[slot * 2 + (j >> 3)] as number) | (nibble << ((j & 7) * 4))) >>> 0;
      }
    }
  }
  return rows;
}

function findPilot(hashes: readonly number[], slots: number, taken: Uint8Array): number {
  for (let pilot = 0; pilot < PILOTS; pilot++) {
    const places = new Set(hashes.map((hash) => slotOf(hash, pilot, slots)));
    if (places.size === hashes.length && [...places].every((slot) => taken[slot] === 0)) return pilot;
  }
  throw new Error(`no pilot places ${hashes.length} features: fill the table less`);
}
