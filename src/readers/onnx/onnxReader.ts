import type * as OnnxRuntime from 'onnxruntime-node';
import type { InferenceSession, Tensor } from 'onnxruntime-node';
import type { Asked, Reader, Said } from '../reader.ts';
import { FolderProblem, readOnnxFolder, type OnnxConfig, type OnnxFolder } from './folder.ts';
import { cutWordPieces } from './wordPiece.ts';

type Runtime = Pick<typeof OnnxRuntime, 'InferenceSession' | 'Tensor'>;

/** A classifier that was opened, or in a sentence why there is none and how to mend it. */
export type OpenedOnnx = { outcome: 'opened'; reader: Reader } | { outcome: 'absent'; sentence: string };

/** How a package is loaded; tests hand in one that is not there. */
type Load = () => Promise<Runtime>;

// An optional dependency, loaded where a folder was named and nowhere else: it weighs 288 MB and is not for every platform.
const loadRuntime: Load = async () => {
  const loaded = await import('onnxruntime-node');
  return 'default' in loaded ? (loaded.default as Runtime) : loaded;
};

const milliseconds = 10_000;

/** Opens the text classifier of a folder: `model.onnx`, `stet.json` and the vocabulary, as
 *  `docs/guide/second-reader.md` describes them. Never throws: what is missing is said in the sentence. */
export async function openOnnxReader(folder: string, load: Load = loadRuntime): Promise<OpenedOnnx> {
  let runtime: Runtime;
  try {
    runtime = await load();
  } catch {
    return absent(
      'the package onnxruntime-node is not installed here, or not for this machine. Run `npm ci --include=optional`, or unset STET_READER_ONNX; until then comments wait without this reader.',
    );
  }
  try {
    const opened = await readOnnxFolder(folder);
    const session = await runtime.InferenceSession.create(opened.graph, {
      executionProviders: ['cpu'],
      // One comment at a time: the other cores belong to readers.
      intraOpNumThreads: 1,
      interOpNumThreads: 1,
      logSeverityLevel: 4,
    });
    checkNames(session, opened.config);
    return { outcome: 'opened', reader: makeReader(runtime, session, opened) };
  } catch (error) {
    return absent(`STET_READER_ONNX names no classifier that Stet can use: ${tell(error)}. Comments wait without it.`);
  }
}

function absent(sentence: string): OpenedOnnx {
  return { outcome: 'absent', sentence };
}

function tell(error: unknown): string {
  if (error instanceof FolderProblem) return error.message;
  if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return 'a file of the folder is missing';
  return 'model.onnx cannot be opened';
}

function checkNames({ inputNames, outputNames }: InferenceSession, { inputs, output }: OnnxConfig): void {
  const wanted = [inputs.ids, inputs.mask, inputs.types].filter((name) => name !== null);
  const other = inputNames.find((name) => !wanted.includes(name));
  if (other !== undefined) throw new FolderProblem(`the graph asks for "${other}", which stet.json does not name`);
  const lacking = wanted.find((name) => !inputNames.includes(name));
  if (lacking !== undefined) throw new FolderProblem(`the graph has no input "${lacking}"`);
  if (!outputNames.includes(output)) throw new FolderProblem(`the graph has no output "${output}"`);
}

function makeReader(runtime: Runtime, session: InferenceSession, { config, vocabulary }: OnnxFolder): Reader {
  const { lowerCase, tokens, labels, languages } = config;
  return {
    name: 'onnx',
    model: config.name,
    languages: languages ?? undefined,
    speaksOf: labels.filter((label) => label !== null),
    milliseconds,
    daily: undefined,
    read: async (asked) => {
      const numbers = cutWordPieces(asked.text, { vocabulary, lowerCase, tokens });
      let outputs: Readonly<Record<string, Tensor>> | undefined;
      try {
        outputs = await inTime(session.run(makeFeeds(runtime, config, numbers), [config.output]));
      } catch {
        return { said: 'failed', failure: 'run' };
      }
      if (outputs === undefined) return { said: 'failed', failure: 'timeout' };
      return readLogits(outputs[config.output], config, asked);
    },
  };
}

function makeFeeds(runtime: Runtime, { inputs }: OnnxConfig, numbers: readonly number[]): Record<string, Tensor> {
  const make = (values: readonly number[]): Tensor =>
    new runtime.Tensor('int64', BigInt64Array.from(values, BigInt), [1, values.length]);
  return {
    [inputs.ids]: make(numbers),
    ...(inputs.mask === null ? {} : { [inputs.mask]: make(numbers.map(() => 1)) }),
    ...(inputs.types === null ? {} : { [inputs.types]: make(numbers.map(() => 0)) }),
  };
}

async function inTime<T>(work: Promise<T>): Promise<T | undefined> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<undefined>((resolve) => (timer = setTimeout(() => resolve(undefined), milliseconds)));
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}

/** The highest probability of each guideline that the site has, out of the columns that speak for it. */
function readLogits(output: Tensor | undefined, { labels, activation }: OnnxConfig, { guidelines }: Asked): Said {
  const [rows, columns] = output?.dims ?? [];
  if (!(output?.data instanceof Float32Array) || rows !== 1 || columns !== labels.length || output.dims.length !== 2) {
    return { said: 'failed', failure: 'output_shape' };
  }
  const probabilities = activation === 'softmax' ? softmax(output.data) : [...output.data].map(sigmoid);
  if (!probabilities.every(Number.isFinite)) return { said: 'failed', failure: 'output_numbers' };
  const scores: Record<string, number> = {};
  for (const { key } of guidelines) {
    const own = probabilities.filter((_, column) => labels[column] === key);
    if (own.length > 0) scores[key] = Math.round(Math.max(...own) * 1000) / 1000;
  }
  return { said: 'read', scores, reason: null };
}

function sigmoid(logit: number): number {
  return 1 / (1 + Math.exp(-logit));
}

function softmax(logits: Float32Array): number[] {
  const highest = Math.max(...logits);
  const powers = [...logits].map((logit) => Math.exp(logit - highest));
  const sum = powers.reduce((total, power) => total + power, 0);
  return powers.map((power) => power / sum);
}
