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
  compare(stems: Iterable<number>, subject: Subject): { along: number; near: number };
};

/** Stems in more than one text of twenty tell no subject. */
const LEAST_RARITY = 48;
/** Words of a story that comments are compared with: the rarest say most. */
const WORDS_KEPT = 48;

/** Topics of a table. Pure but for a memory of comparisons in each subject, which changes no result. */
export function createTopics({ hashes, vectors, rarity, width }: TopicTable): Topics {
  const places = new Map(Array.from(hashes, (hash, i) => [hash, i]));
  const placesOf = (stems: Iterable<number>): number[] =>
    [...stems].flatMap((stem) => {
      const at = places.get(stem);
      return at === undefined || (rarity[at] as number) < LEAST_RARITY ? [] : [at];
    });
  const sum = (words: readonly number[]): Float64Array => {
    const total = new Float64Array(width);
    for (const at of words) {
      for (let k = 0; k < width; k++) {
        (total[k] as number) += (vectors[at * width + k] as number) * (rarity[at] as number);
      }
    }
    const length = Math.sqrt(total.reduce((squares, value) => squares + value * value, 0)) || 1;
    return total.map((value) => value / length);
  };
  const nearest = (at: number, { words, near }: Subject): number => {
    const known = near.get(at);
    if (known !== undefined) return known;
    let most = -1;
    for (const other of words) {
      let dot = 0;
      for (let k = 0; k < width; k++)
        dot += (vectors[at * width + k] as number) * (vectors[other * width + k] as number);
      most = Math.max(most, dot / (127 * 127));
    }
    near.set(at, most);
    return most;
  };
  return {
    subjectOf: (stems) => {
      const words = placesOf(stems).sort((a, b) => (rarity[b] as number) - (rarity[a] as number) || a - b);
      return { vector: sum(words), words: Int32Array.from(words.slice(0, WORDS_KEPT)), near: new Map() };
    },
    compare: (stems, subject) => {
      const words = placesOf(stems);
      if (words.length === 0 || subject.words.length === 0) return { along: 0, near: 0 };
      const own = sum(words);
      let along = 0;
      for (let k = 0; k < width; k++) along += (own[k] as number) * (subject.vector[k] as number);
      let near = 0;
      let weights = 0;
      for (const at of words) {
        near += nearest(at, subject) * (rarity[at] as number);
        weights += rarity[at] as number;
      }
      return { along, near: near / weights };
    },
  };
}
