import { type Reading } from '../reading.ts';
import { type HashTable, buildTable } from '../table.ts';
import { findConcepts } from './concepts.ts';
import { type Features, type KindFacts, createFeatures, readFeatures } from './features.ts';
import type { Calibration, ModelFile } from './file.ts';
import { type ConceptFacts, type Marks, createMarks, gatherMarks } from './marks.ts';
import { type Rows, WIDTH, sumRows, sumRowsByWord } from './rows.ts';
import { type Topics, createTopics } from './topics.ts';

/** A model ready for use. One text at a time: it keeps what it read last for `explain`. */
export type Model = {
  name: string;
  heads: readonly string[];
  lists: readonly string[];
  /** whether the model knows the language at all */
  knows(language: string): boolean;
  /** where the list of each word is written before `read`: numbers of `listNames` */
  marks: (words: number) => Marks;
  /** reads a text; `lists` are the list scores in the model's order. Returns the logits by head: valid until the next call */
  read(reading: Reading, language: string, lists: ArrayLike<number>): Float64Array;
  /** a head's logit, calibrated for a language, or undefined where the score is not given in it */
  calibrate(head: number, logit: number, language: string): number | undefined;
  /** the words of the text read last that insult by their concept, in order */
  insults(): number[];
  /** what each of so many words of the text read last adds to a head's logit: valid until the next call */
  explain(words: number, head: number): Float64Array;
  /** what words of a language are about, or undefined where that was not learnt */
  topics(language: string): Topics | undefined;
  /** the hidden units of the text read last, positive parts then negative ones, then list scores: what heads are fitted on */
  inputs(): Float64Array;
};

const GAIN = 4;
/** A word alone has about ten features; so few say less than they seem to. */
const FEW = 24;

/** What the sums over so many features are multiplied by, so that long texts do not weigh more than short ones. */
export function shrinkOf(features: number): number {
  return GAIN / Math.sqrt(features + FEW);
}

/** Makes a model of a file. Pure: the file is read by whoever calls. */
export function createModel({ head, concepts, rows, topics: topicTables }: ModelFile): Model {
  const facts: ConceptFacts & KindFacts = {
    kinds: Uint8Array.from(head.kinds),
    denies: flagsOf(head.denies, head.kinds.length),
    groups: flagsOf(head.groups, 64),
    strong: flagsOf(head.strong, 64),
  };
  const numbers = new Map(head.languages.map((language, i) => [language, i + 1]));
  const state: State = {
    rows,
    scales: Float64Array.from(head.scales),
    offsets: Float64Array.from(head.offsets),
    out: head.out.map((row) => Float64Array.from(row)),
    features: createFeatures(),
    byWord: new Int32Array(WIDTH),
    slopes: new Float64Array(WIDTH),
    shares: new Float64Array(1024),
    isExplained: false,
    sums: new Int32Array(WIDTH),
    inputs: new Float64Array(2 * WIDTH + head.lists.length),
    logits: new Float64Array(head.heads.length),
    shrink: 0,
  };
  const tables = new Map<string, HashTable>();
  const tableOf = (language: string): HashTable | undefined => {
    const entries = concepts.get(language);
    if (entries !== undefined && !tables.has(language)) tables.set(language, buildTable(entries));
    return tables.get(language);
  };
  const topics = new Map<string, Topics>();
  const insulting = flagsOf(head.insults, head.kinds.length);
  let marks = createMarks(1024);
  return {
    name: head.name,
    heads: head.heads,
    lists: head.lists,
    knows: (language) => numbers.has(language),
    marks: (words) => {
      marks = roomFor(marks, words);
      marks.listed.fill(0, 0, words);
      return marks;
    },
    read(reading, language, lists) {
      const table = tableOf(language);
      if (table === undefined) marks.concepts.fill(0, 0, reading.words);
      else findConcepts(reading, table, marks.concepts);
      gatherMarks(reading, marks, facts);
      readFeatures({ reading, marks, facts, language: numbers.get(language) ?? 0 }, state.features);
      state.isExplained = false;
      return weigh(state, lists);
    },
    calibrate: (h, logit, language) => calibrated(head.calibration[language]?.[head.heads[h] as string], logit),
    insults: () => markedWords(marks, insulting),
    explain: (words, h) => explainHead(state, words, h),
    topics(language) {
      const table = topicTables.get(language);
      if (table !== undefined && !topics.has(language)) topics.set(language, createTopics(table));
      return topics.get(language);
    },
    inputs: () => state.inputs,
  };
}

type State = {
  rows: Rows;
  scales: Float64Array;
  offsets: Float64Array;
  out: readonly Float64Array[];
  features: Features;
  /** the rows of each word added up, 16 numbers a word: made when first asked to explain a text */
  byWord: Int32Array;
  /** what a unit of each sum adds to the head that is explained, and what each word does */
  slopes: Float64Array;
  shares: Float64Array;
  isExplained: boolean;
  sums: Int32Array;
  inputs: Float64Array;
  logits: Float64Array;
  shrink: number;
};

function weigh(state: State, lists: ArrayLike<number>): Float64Array {
  const { rows, features, sums, scales, offsets, inputs, out, logits } = state;
  const known = sumRows(rows, features, sums);
  state.shrink = shrinkOf(known);
  for (let j = 0; j < WIDTH; j++) {
    const value = (sums[j] as number) * (scales[j] as number) * state.shrink + (offsets[j] as number);
    inputs[j] = value > 0 ? value : 0;
    inputs[WIDTH + j] = value < 0 ? -value : 0;
  }
  const width = inputs.length;
  for (let k = 2 * WIDTH; k < width; k++) inputs[k] = lists[k - 2 * WIDTH] ?? 0;
  for (let h = 0; h < out.length; h++) {
    const row = out[h] as Float64Array;
    let sum = row[width] as number;
    for (let k = 0; k < width; k++) sum += (row[k] as number) * (inputs[k] as number);
    logits[h] = sum;
  }
  return logits;
}

function calibrated(calibration: Calibration | undefined, logit: number): number | undefined {
  if (calibration === undefined) return undefined;
  return calibration.slope * logit + calibration.offset;
}

/** Each feature's share of the logit, the hidden units taken as they stand, given to the word it ends on. */
function explainHead(state: State, words: number, head: number): Float64Array {
  const { scales, inputs, out, shrink } = state;
  if (!state.isExplained) addByWord(state, words);
  const row = out[head] as Float64Array;
  const { slopes } = state;
  for (let j = 0; j < WIDTH; j++) {
    const slope = (inputs[j] as number) > 0 ? (row[j] as number) : -(row[WIDTH + j] as number);
    slopes[j] = slope * (scales[j] as number) * shrink;
  }
  if (state.shares.length < words) state.shares = new Float64Array(words);
  const shares = state.shares.subarray(0, words);
  for (let word = 0; word < words; word++) {
    let share = 0;
    for (let j = 0; j < WIDTH; j++) share += (slopes[j] as number) * (state.byWord[word * WIDTH + j] as number);
    shares[word] = share;
  }
  return shares;
}

const SUMS_KEPT = 1 << 16;

/** Adds up what each word brought; room for a huge text is given back with the next one. */
function addByWord(state: State, words: number): void {
  const { rows, features } = state;
  const has = state.byWord.length;
  const room = words * WIDTH;
  if (room <= has && (has <= SUMS_KEPT || room > SUMS_KEPT)) state.byWord.fill(0, 0, room);
  else state.byWord = new Int32Array(room);
  if (state.shares.length > SUMS_KEPT) state.shares = new Float64Array(words);
  sumRowsByWord(rows, features, state.byWord);
  sumRowsByWord(rows, features.again, state.byWord);
  state.isExplained = true;
}

/** The words whose concept is flagged. */
function markedWords(marks: Marks, flags: Uint8Array): number[] {
  const words: number[] = [];
  for (let i = 0; i < marks.count; i++) if (flags[marks.mark[i] as number] === 1) words.push(marks.at[i] as number);
  return words;
}

function flagsOf(numbers: readonly number[], length: number): Uint8Array {
  const flags = new Uint8Array(length);
  for (const number of numbers) flags[number] = 1;
  return flags;
}

const MARKS_KEPT = 1 << 16;

/** Room that fits; room for a huge text is given back with the next one. */
function roomFor(marks: Marks, words: number): Marks {
  const has = marks.concepts.length;
  if (has >= words && (has <= MARKS_KEPT || words > MARKS_KEPT)) return marks;
  return createMarks(Math.max(1024, words));
}
