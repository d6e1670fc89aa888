import type { ConceptEntries } from './concepts.ts';
import { type Rows, WIDTH } from './rows.ts';
import type { TopicTable } from './topics.ts';

/** A score: calibrated by `slope` and `offset` of its logit, in one language. */
export type Calibration = { slope: number; offset: number };

/** What stands in front of the tables in a model file, as JSON. */
export type ModelHead = {
  format: 2;
  name: string;
  /** score keys, in the order of `out` */
  heads: readonly string[];
  /** in the order of their numbers, from 1 on */
  languages: readonly string[];
  /** the model's hidden units: what a nibble is worth, and what is added */
  scales: readonly number[];
  offsets: readonly number[];
  /** by head: 16 weights of the positive parts, 16 of the negative, one a list score, one alone */
  out: readonly (readonly number[])[];
  /** list scores the heads see, in order */
  lists: readonly string[];
  /** by language, by head; a head that is missing is not given in that language */
  calibration: Readonly<Record<string, Readonly<Record<string, Calibration>>>>;
  /** by concept: number of its kind, and the concepts that deny */
  kinds: readonly number[];
  denies: readonly number[];
  /** numbers of kinds */
  groups: readonly number[];
  strong: readonly number[];
  /** numbers of the concepts whose words insult wherever they stand */
  insults: readonly number[];
  /** lengths of the tables that follow, in elements */
  concepts: Readonly<Record<string, number>>;
  buckets: number;
  slots: number;
  topics: Readonly<Record<string, { stems: number; width: number }>>;
};

export type ModelFile = {
  head: ModelHead;
  concepts: ReadonlyMap<string, ConceptEntries>;
  rows: Rows;
  topics: ReadonlyMap<string, TopicTable>;
};

const MAGIC = 0x54455453; // STET
const HEADER_BYTES = 16;

/** A model file as bytes: magic, length of the head, checksum, 0; the head; the tables, each at a multiple of eight. */
export function writeModel({ head, concepts, rows, topics }: ModelFile): Uint8Array {
  const json = new TextEncoder().encode(JSON.stringify(head));
  const parts: Uint8Array[] = [bytesOf(json)];
  for (const language of Object.keys(head.concepts)) {
    const table = concepts.get(language);
    if (table === undefined) throw new Error(`no concept table for ${language}`);
    parts.push(bytesOf(table.keys), bytesOf(table.values));
  }
  parts.push(bytesOf(rows.pilots), bytesOf(rows.prints), bytesOf(rows.weights));
  for (const language of Object.keys(head.topics)) {
    const table = topics.get(language);
    if (table === undefined) throw new Error(`no topics for ${language}`);
    parts.push(bytesOf(table.hashes), bytesOf(table.vectors), bytesOf(table.rarity));
  }
  const file = new Uint8Array(HEADER_BYTES + parts.reduce((sum, part) => sum + round(part.length), 0));
  let at = HEADER_BYTES;
  for (const part of parts) {
    file.set(part, at);
    at += round(part.length);
  }
  new Uint32Array(file.buffer, 0, 4).set([MAGIC, json.length, checksum(file), 0]);
  return file;
}

/** The model in a file's bytes, as views of them. Throws an Error with one plain sentence when they are no model of this
 *  format, cut off or damaged. */
export function readModel(bytes: Uint8Array): ModelFile {
  const file = bytes.byteOffset % 8 === 0 ? bytes : bytes.slice();
  if (file.length < HEADER_BYTES) throw new Error('the model file is cut off');
  const [magic, jsonBytes = 0, sum] = new Uint32Array(file.buffer, file.byteOffset, 4);
  if (magic !== MAGIC) throw new Error('the file is no model of Stet');
  if (file.length % 8 !== 0 || checksum(file) !== sum) throw new Error('the model file is damaged or cut off');
  const head = parseHead(file.subarray(HEADER_BYTES, HEADER_BYTES + jsonBytes));
  let at = file.byteOffset + HEADER_BYTES + round(jsonBytes);
  const take = <T>(length: number, bytesEach: number, view: (offset: number) => T): T => {
    if (at + length * bytesEach > file.byteOffset + file.length) throw new Error('the model file is cut off');
    const made = view(at);
    at += round(length * bytesEach);
    return made;
  };
  const { buffer } = file;
  const concepts = new Map<string, ConceptEntries>();
  for (const [language, size] of Object.entries(head.concepts)) {
    const keys = take(size, 4, (offset) => new Int32Array(buffer, offset, size));
    const values = take(size, 2, (offset) => new Uint16Array(buffer, offset, size));
    concepts.set(language, { keys, values });
  }
  const { buckets, slots } = head;
  const pilots = take(buckets, 2, (offset) => new Uint16Array(buffer, offset, buckets));
  const prints = take(slots, 1, (offset) => new Uint8Array(buffer, offset, slots));
  const weights = take(slots * 2, 4, (offset) => new Uint32Array(buffer, offset, slots * 2));
  const topics = new Map<string, TopicTable>();
  for (const [language, { stems, width }] of Object.entries(head.topics)) {
    const hashes = take(stems, 4, (offset) => new Int32Array(buffer, offset, stems));
    const vectors = take(stems * width, 1, (offset) => new Int8Array(buffer, offset, stems * width));
    const rarity = take(stems, 1, (offset) => new Uint8Array(buffer, offset, stems));
    topics.set(language, { hashes, vectors, rarity, width });
  }
  return { head, concepts, rows: { pilots, prints, weights }, topics };
}

const arrays = [
  'heads',
  'languages',
  'scales',
  'offsets',
  'out',
  'lists',
  'kinds',
  'denies',
  'groups',
  'strong',
  'insults',
] as const;
const maps = ['calibration', 'concepts', 'topics'] as const;

function parseHead(json: Uint8Array): ModelHead {
  const head = parseJson(json);
  if (typeof head !== 'object' || head === null) {
    throw new Error('the model file is damaged: its head cannot be read');
  }
  if (head.format !== 2) throw new Error(`the model file has format ${head.format}, this version reads format 2`);
  const isWhole = arrays.every((key) => Array.isArray(head[key])) && maps.every((key) => head[key] instanceof Object);
  const width = isWhole ? 2 * WIDTH + head.lists.length + 1 : 0;
  if (!isWhole || head.scales.length !== WIDTH || head.out.some((row) => row.length !== width)) {
    throw new Error('the model file is damaged: its head does not fit its tables');
  }
  return head;
}

// Its shape is as the checksum found it; only whole heads of this format are ever written.
function parseJson(json: Uint8Array): ModelHead | null {
  try {
    return JSON.parse(new TextDecoder().decode(json)) as ModelHead | null;
  } catch {
    return null;
  }
}

function bytesOf(table: Uint8Array | Int8Array | Int32Array | Uint16Array | Uint32Array): Uint8Array {
  return new Uint8Array(table.buffer, table.byteOffset, table.byteLength);
}

function round(bytes: number): number {
  return (bytes + 7) & ~7;
}

/** FNV-1a over words of four bytes, the header left out: 8 MB take about 3 ms. */
function checksum(file: Uint8Array): number {
  const words = new Int32Array(file.buffer, file.byteOffset + HEADER_BYTES, (file.length - HEADER_BYTES) >> 2);
  let hash = 0x811c9dc5 | 0;
  for (let i = 0; i < words.length; i++) hash = Math.imul(hash ^ (words[i] as number), 0x01000193);
  return hash >>> 0;
}
