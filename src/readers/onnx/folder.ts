import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { isObject, type JsonObject } from '../../contract/json.ts';

/** What `stet.json` says of the classifier beside it. Not `config.json`, which other tools leave in such a folder. */
export type OnnxConfig = {
  /** What the desk calls it. */
  name: string;
  /** For each column of the output the guideline that it speaks for, or null for none. */
  labels: readonly (string | null)[];
  activation: 'sigmoid' | 'softmax';
  inputs: { ids: string; mask: string | null; types: string | null };
  output: string;
  vocabulary: string;
  lowerCase: boolean;
  /** The most tokens of a text, the two marks at its ends included. */
  tokens: number;
  languages: readonly string[] | null;
};

/** A classifier's folder as read: its config, its vocabulary with a number for each token, and where the graph is. */
export type OnnxFolder = { config: OnnxConfig; vocabulary: ReadonlyMap<string, number>; graph: string };

/** Why a folder holds no classifier, in a sentence for the operator. */
export class FolderProblem extends Error {
  override readonly name = 'FolderProblem';
}

/** Reads a folder. Throws a FolderProblem for the first thing that does not fit, and what the file system throws. */
export async function readOnnxFolder(folder: string): Promise<OnnxFolder> {
  const config = parseOnnxConfig(await readFile(path.join(folder, 'stet.json'), 'utf8'));
  const lines = (await readFile(path.join(folder, config.vocabulary), 'utf8')).replace(/\r?\n$/, '').split(/\r?\n/);
  const vocabulary = new Map(lines.map((token, number) => [token, number]));
  for (const token of ['[UNK]', '[CLS]', '[SEP]']) {
    if (!vocabulary.has(token)) throw new FolderProblem(`${config.vocabulary} has no line ${token}`);
  }
  return { config, vocabulary, graph: path.join(folder, 'model.onnx') };
}

const guidelineKey = /^[a-z0-9-]{1,40}$/;

type Field = { fits: (value: unknown) => boolean; standard?: unknown };

const isName = (value: unknown): boolean => typeof value === 'string' && /^[\w.:/ -]{1,100}$/.test(value);
const isNameOrNull = (value: unknown): boolean => value === null || isName(value);

// Every field of the file. One without a standard has to be there, and one that is not here is refused: a misspelled field
// would otherwise be passed over.
const fields: Readonly<Record<string, Field>> = {
  name: { fits: isName },
  labels: {
    fits: (value) =>
      isListOf(value, (label) => label === null || (typeof label === 'string' && guidelineKey.test(label))) &&
      (value as unknown[]).some((label) => label !== null),
  },
  activation: { fits: (value) => value === 'sigmoid' || value === 'softmax' },
  inputs: { fits: isInputs, standard: {} },
  output: { fits: isName, standard: 'logits' },
  // A file of the folder, and of no other.
  vocabulary: { fits: (value) => typeof value === 'string' && /^\w[\w.-]{0,99}$/.test(value), standard: 'vocab.txt' },
  lowerCase: { fits: (value) => typeof value === 'boolean' },
  tokens: { fits: (value) => Number.isInteger(value) && Number(value) >= 3 && Number(value) <= 4096, standard: 256 },
  languages: {
    fits: (value) => value === null || isListOf(value, (one) => typeof one === 'string' && /^[a-z]{2,3}$/.test(one)),
    standard: null,
  },
};

/** The config in the text of a `stet.json`. Throws a FolderProblem that names the field that does not fit. */
export function parseOnnxConfig(text: string): OnnxConfig {
  const written = parseJson(text);
  if (!isObject(written)) throw new FolderProblem('stet.json is no JSON object');
  const unknown = Object.keys(written).find((name) => !Object.hasOwn(fields, name));
  if (unknown !== undefined) throw new FolderProblem(`stet.json has the field "${unknown}", which means nothing`);
  const filled: JsonObject = {};
  for (const [name, { fits, standard }] of Object.entries(fields)) {
    const value = written[name] ?? standard;
    if (!fits(value)) throw new FolderProblem(`"${name}" in stet.json is missing or does not fit`);
    filled[name] = value;
  }
  const inputs = { ids: 'input_ids', mask: null, types: null, ...(filled['inputs'] as object) };
  return { ...(filled as Omit<OnnxConfig, 'inputs'>), inputs };
}

function isInputs(value: unknown): boolean {
  if (!isObject(value)) return false;
  const known = Object.keys(value).every((name) => ['ids', 'mask', 'types'].includes(name));
  return (
    known && Object.entries(value).every(([name, input]) => (name === 'ids' ? isName(input) : isNameOrNull(input)))
  );
}

function isListOf(value: unknown, fits: (one: unknown) => boolean): boolean {
  return Array.isArray(value) && value.length > 0 && value.length <= 1000 && value.every(fits);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
