import { buildTable, lookUp } from '../table.ts';

/** What word stems of a language are about, as the model file holds it: `vectors` has `width` signed bytes a stem, of length
 *  127; `rarity` is the logarithm of all texts over those with the stem, in sixteenths. */
export type TopicTable = { hashes: Int32Array; vectors: Int8Array; rarity: Uint8Array; width: number };

/** The subject of some words, made for comparing with others: `near(stem)` is how near the nearest of its words is, -1 to 1,
 *  and `along` the sum of the other text's vectors goes with its own. */
export type Subject = { vector: Float64Array; words: Int32Array; near: Map<number, number> };

/** The topics of one language. */
export type Topics = {
  /** the subject of a set of stems */
  subjectOf(stems: Iterable<number>): Subject;
  /** how alike a comment's stems are to a subject: as a whole (`along`, -1 to 1) and word by word (`near`, -1 to 1, the
   *  rarer words counting more); 0 and 0 where no stem is known */
  compare(stems: Int32Array, subject: Subject): { along: number; near: number };
};

/** Stems in more than one text of twenty tell no subject. */
const LEAST_RARITY = 48;
/** Words of a story that comments are compared with: the rarest say most. */
const WORDS_KEPT = 48;

/** Topics of a table. Pure but for a memory of comparisons in each subject, which changes no result. */
export function createTopics(table: TopicTable): Topics {
  const { hashes, rarity, width } = table;
  const numbers = buildTable({ keys: hashes, values: Array.from(hashes, (_, i) => i + 1) });
  /** The place of a stem that tells a subject, or -1. */
  const placeOf = (stem: number): number => {
    const at = lookUp(numbers, stem) - 1;
    return at >= 0 && (rarity[at] as number) >= LEAST_RARITY ? at : -1;
  };
  const total = new Float64Array(width);
  return {
    subjectOf(stems) {
      const words = Array.from(stems, placeOf).filter((at) => at >= 0);
      words.sort((a, b) => (rarity[b] as number) - (rarity[a] as number) || a - b);
      total.fill(0);
      for (const at of words) addVector(table, at, total);
      const length = lengthOf(total);
      const vector = total.map((value) => value / length);
      return { vector, words: Int32Array.from(words.slice(0, WORDS_KEPT)), near: new Map() };
    },
    compare(stems, subject) {
      if (subject.words.length === 0) return { along: 0, near: 0 };
      total.fill(0);
      let near = 0;
      let weights = 0;
      for (let i = 0; i < stems.length; i++) {
        const at = placeOf(stems[i] as number);
        if (at < 0) continue;
        addVector(table, at, total);
        near += nearest(table, at, subject) * (rarity[at] as number);
        weights += rarity[at] as number;
      }
      if (weights === 0) return { along: 0, near: 0 };
      const length = lengthOf(total);
      let along = 0;
      for (let k = 0; k < width; k++) along += ((total[k] as number) / length) * (subject.vector[k] as number);
      return { along, near: near / weights };
    },
  };
}

/** Adds the vector at a place to a sum, a rarer stem counting more. */
function addVector({ vectors, rarity, width }: TopicTable, at: number, total: Float64Array): void {
  for (let k = 0; k < width; k++) (total[k] as number) += (vectors[at * width + k] as number) * (rarity[at] as number);
}

function lengthOf(vector: Float64Array): number {
  let squares = 0;
  for (let k = 0; k < vector.length; k++) squares += (vector[k] as number) ** 2;
  return Math.sqrt(squares) || 1;
}

/** How near the nearest word of a subject is to the stem at a place, -1 to 1. */
function nearest({ vectors, width }: TopicTable, at: number, { words, near }: Subject): number {
  const known = near.get(at);
  if (known !== undefined) return known;
  let most = -1;
  for (const other of words) {
    let dot = 0;
    for (let k = 0; k < width; k++) dot += (vectors[at * width + k] as number) * (vectors[other * width + k] as number);
    most = Math.max(most, dot / (127 * 127));
  }
  near.set(at, most);
  return most;
}
