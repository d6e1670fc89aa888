import { findConcepts } from '../src/screening/model/concepts.ts';
import type { HashTable } from '../src/screening/table.ts';
import { type KindFacts, createFeatures, readFeatures } from '../src/screening/model/features.ts';
import { type ConceptFacts, createMarks, gatherMarks } from '../src/screening/model/marks.ts';
import { lookAt } from '../src/screening/look.ts';
import { createReading, readText } from '../src/screening/reading.ts';
import { heads } from './labels.ts';
import type { Row } from './rows.ts';

/** Texts as the model sees them: features of all in one array, example i from `from[i]` to `from[i + 1]`. */
export type Examples = {
  count: number;
  from: Float64Array;
  features: Int32Array;
  /** list scores, by example */
  lists: Float32Array;
  /** 0, 1, or -1 for unknown, by example and head */
  labels: Int8Array;
  weights: Float32Array;
};

/** Whose scores by the lists the heads see, in order. */
export const listScores = [
  'profanity',
  'vulgarity',
  'threat',
  'attack',
  'sexism',
  'racism',
  'homophobia',
  'xenophobia',
  'promotion',
] as const;

/** What reading needs to know: concept tables by language, facts on concepts and kinds, language numbers from 1 on. */
export type Ground = {
  tables: ReadonlyMap<string, HashTable>;
  facts: ConceptFacts & KindFacts;
  numbers: ReadonlyMap<string, number>;
};

/** Reads every row exactly as the product reads a comment. */
export function makeExamples(rows: readonly Row[], ground: Ground): Examples {
  const read = createExampleReader(ground);
  const from = new Float64Array(rows.length + 1);
  let features: Int32Array = new Int32Array(1 << 24);
  const lists = new Float32Array(rows.length * listScores.length);
  const labels = new Int8Array(rows.length * heads.length).fill(-1);
  let used = 0;
  rows.forEach((row, i) => {
    const found = read(row.text, row.lang);
    if (used + found.count > features.length) features = grown(features, features.length * 2);
    features.set(found.hashes.subarray(0, found.count), used);
    used += found.count;
    from[i + 1] = used;
    lists.set(found.lists, i * listScores.length);
    heads.forEach((head, h) => {
      const label = row.labels[head];
      if (label !== undefined) labels[i * heads.length + h] = label;
      else if (head === 'profanity' || head === 'vulgarity') {
        // Swearing is a matter of words, and hardly any source labels it: where none does, the lists speak.
        labels[i * heads.length + h] = (found.lists[h === profanity ? 0 : 1] as number) >= 0.5 ? 1 : 0;
      }
    });
  });
  const weights = Float32Array.from(rows, ({ weight }) => weight);
  return { count: rows.length, from, features: features.subarray(0, used), lists, labels, weights };
}

const profanity = heads.indexOf('profanity');

type Found = { hashes: Int32Array; count: number; lists: number[] };

function createExampleReader({ tables, facts, numbers }: Ground): (text: string, language: string) => Found {
  const reading = createReading();
  const features = createFeatures();
  let marks = createMarks(4096);
  return (text, language) => {
    readText(text, reading);
    if (reading.words > marks.concepts.length) marks = createMarks(reading.words * 2);
    marks.listed.fill(0, 0, reading.words);
    const { scores } = lookAt(reading, language, { rules: {}, marks });
    const table = tables.get(language);
    if (table === undefined) marks.concepts.fill(0, 0, reading.words);
    else findConcepts(reading, table, marks.concepts);
    gatherMarks(reading, marks, facts);
    readFeatures({ reading, marks, facts, language: numbers.get(language) ?? 0 }, features);
    return { hashes: features.hashes, count: features.count, lists: listScores.map((key) => scores[key] ?? 0) };
  };
}

function grown(old: Int32Array, length: number): Int32Array {
  const next = new Int32Array(length);
  next.set(old);
  return next;
}
