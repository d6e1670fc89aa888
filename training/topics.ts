import { isTelling, stemOf } from '../src/screening/stems.ts';
import type { TopicTable } from '../src/screening/model/topics.ts';
import { createReading, readText } from '../src/screening/reading.ts';
import { createRandom, type Random } from './random.ts';
import type { Row } from './rows.ts';

const NEAR = 8;
/** Pairs that chance alone would bring together say nothing: a pair counts what it exceeds three times chance. */
const CHANCE = Math.log(3);

/** Learns from the texts of a language which stems stand near the same others: positive pointwise mutual information,
 *  reduced to `width` dimensions by a randomised singular value decomposition. The same texts give the same table. */
export function learnTopics(rows: readonly Row[], { most, width }: { most: number; width: number }): TopicTable {
  const texts = readStems(rows);
  const { hashes, numbers, rarity } = chooseStems(texts, most);
  const matrix = informationOf(texts, numbers);
  const vectors = reduce(matrix, width, createRandom(11));
  return { hashes, vectors: toBytes(vectors, width), rarity, width };
}

/** Rows of length 127 in bytes, less what all have in common. */
function toBytes(vectors: Float64Array, width: number): Int8Array {
  const rows = Array.from({ length: vectors.length / width }, (_, i) =>
    toLength(vectors.subarray(i * width, (i + 1) * width), 1),
  );
  const mean = Array.from(
    { length: width },
    (_, k) => rows.reduce((sum, row) => sum + (row[k] as number), 0) / rows.length,
  );
  return Int8Array.from(
    rows.flatMap((row) =>
      [
        ...toLength(
          row.map((value, k) => value - (mean[k] as number)),
          127,
        ),
      ].map(Math.round),
    ),
  );
}

function toLength(row: Float64Array, length: number): Float64Array {
  const own = Math.sqrt(row.reduce((sum, value) => sum + value * value, 0)) || 1;
  return row.map((value) => (value / own) * length);
}

function readStems(rows: readonly Row[]): Int32Array[] {
  const reading = createReading();
  return rows.map(({ text }) => {
    readText(text, reading);
    const stems: number[] = [];
    for (let i = 0; i < reading.words; i++) if (isTelling(reading, i)) stems.push(stemOf(reading, i));
    return Int32Array.from(stems);
  });
}

type Chosen = { hashes: Int32Array; numbers: ReadonlyMap<number, number>; rarity: Uint8Array };

function chooseStems(texts: readonly Int32Array[], most: number): Chosen {
  const counts = new Map<number, number>();
  for (const stems of texts) for (const stem of new Set(stems)) counts.set(stem, (counts.get(stem) ?? 0) + 1);
  const chosen = [...counts].sort((a, b) => b[1] - a[1] || a[0] - b[0]).slice(0, most);
  return {
    hashes: Int32Array.from(chosen, ([stem]) => stem),
    numbers: new Map(chosen.map(([stem], i) => [stem, i])),
    rarity: Uint8Array.from(chosen, ([, count]) =>
      Math.min(255, Math.round(16 * Math.log(texts.length / (count + 1)))),
    ),
  };
}

/** A symmetric sparse matrix by rows. */
type Matrix = { from: Int32Array; columns: Int32Array; values: Float32Array };

function informationOf(texts: readonly Int32Array[], numbers: ReadonlyMap<number, number>): Matrix {
  const rows = Array.from({ length: numbers.size }, () => new Map<number, number>());
  const add = (a: number, b: number): void => void rows[a]?.set(b, (rows[a]?.get(b) ?? 0) + 1);
  for (const stems of texts) {
    const known = [...stems].flatMap((stem) => numbers.get(stem) ?? []);
    for (let i = 0; i < known.length; i++) {
      for (let j = i + 1; j < Math.min(known.length, i + 1 + NEAR); j++) {
        add(known[i] as number, known[j] as number);
        add(known[j] as number, known[i] as number);
      }
    }
  }
  const sums = rows.map((row) => [...row.values()].reduce((sum, count) => sum + count, 0));
  const smooth = sums.map((sum) => sum ** 0.75);
  const all = smooth.reduce((sum, value) => sum + value, 0);
  const from = new Int32Array(rows.length + 1);
  const columns: number[] = [];
  const values: number[] = [];
  rows.forEach((row, a) => {
    for (const [b, count] of row) {
      const value = Math.log((count * all) / (Math.max(1, sums[a] as number) * (smooth[b] as number))) - CHANCE;
      if (value <= 0) continue;
      columns.push(b);
      values.push(value);
    }
    from[a + 1] = columns.length;
  });
  return { from, columns: Int32Array.from(columns), values: Float32Array.from(values) };
}

const EXTRA = 20;
const ROUNDS = 4;

/** The left singular vectors, each times the root of its singular value: row i of `width` numbers for stem i. */
function reduce(matrix: Matrix, width: number, random: Random): Float64Array {
  const n = matrix.from.length - 1;
  const k = width + EXTRA;
  let basis = Float64Array.from({ length: n * k }, () => random.fraction() - 0.5);
  for (let round = 0; round < ROUNDS; round++) {
    basis = orthonormal(times(matrix, basis, k), n, k);
    basis = orthonormal(times(matrix, basis, k), n, k);
  }
  // The matrix is nearly symmetric, so the length of M·q stands for q's singular value.
  const image = times(matrix, basis, k);
  const lengths = Array.from({ length: k }, (_, c) => {
    let sum = 0;
    for (let i = 0; i < n; i++) sum += (image[i * k + c] as number) ** 2;
    return Math.sqrt(sum);
  });
  const best = [...lengths.keys()].sort((a, b) => (lengths[b] as number) - (lengths[a] as number)).slice(0, width);
  const out = new Float64Array(n * width);
  for (let i = 0; i < n; i++) {
    best.forEach((c, d) => (out[i * width + d] = (basis[i * k + c] as number) * Math.sqrt(lengths[c] as number)));
  }
  return out;
}

function times({ from, columns, values }: Matrix, basis: Float64Array, k: number): Float64Array<ArrayBuffer> {
  const n = from.length - 1;
  const out = new Float64Array(n * k);
  for (let i = 0; i < n; i++) {
    for (let e = from[i] as number; e < (from[i + 1] as number); e++) {
      const at = (columns[e] as number) * k;
      const value = values[e] as number;
      for (let c = 0; c < k; c++) (out[i * k + c] as number) += value * (basis[at + c] as number);
    }
  }
  return out;
}

/** Gram and Schmidt, column by column. */
function orthonormal(basis: Float64Array<ArrayBuffer>, n: number, k: number): Float64Array<ArrayBuffer> {
  for (let c = 0; c < k; c++) {
    for (let b = 0; b < c; b++) {
      let dot = 0;
      for (let i = 0; i < n; i++) dot += (basis[i * k + c] as number) * (basis[i * k + b] as number);
      for (let i = 0; i < n; i++) (basis[i * k + c] as number) -= dot * (basis[i * k + b] as number);
    }
    let length = 0;
    for (let i = 0; i < n; i++) length += (basis[i * k + c] as number) ** 2;
    const scale = 1 / (Math.sqrt(length) || 1);
    for (let i = 0; i < n; i++) (basis[i * k + c] as number) *= scale;
  }
  return basis;
}
