import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline/promises';
import { createGunzip } from 'node:zlib';
import { readSignals, readTaught, type Taught } from '../screening/index.ts';
import { UsageProblem } from './problems.ts';

/** A decision with what the shipped model sees in its text. */
export type Seen = Taught & { signals: NonNullable<ReturnType<typeof readSignals>> };

/** Decisions in the order of their times, those without a time first. */
export type Read = { seen: Seen[]; unknownLanguage: number; broken: number };

/** The decisions in files of JSON lines, plain or gzip. A broken line is named on standard error and left out. Throws a
 *  UsageProblem for a file that cannot be read or holds none. */
export async function readDecisionFiles(files: readonly string[]): Promise<Read> {
  const taught: Taught[] = [];
  let broken = 0;
  for (const file of files) {
    let number = 0;
    for await (const line of linesOf(file)) {
      number += 1;
      if (line.trim() === '') continue;
      const read = readTaught(line);
      if (typeof read !== 'string') taught.push(read);
      else {
        broken += 1;
        process.stderr.write(`stet: ${file}, line ${number}: ${read}\n`);
      }
    }
  }
  if (taught.length === 0) throw new UsageProblem('There is no decision in these files that could be learnt from.');
  return { ...lookAtAll(taught), broken };
}

/** Reads every text as the shipped model does. */
export function lookAtAll(taught: readonly Taught[]): Omit<Read, 'broken'> {
  const sorted = taught.toSorted((a, b) => ((a.at ?? '') < (b.at ?? '') ? -1 : 1));
  const seen = sorted.flatMap((one) => {
    const signals = readSignals(one);
    return signals === undefined ? [] : [{ ...one, signals }];
  });
  return { seen, unknownLanguage: taught.length - seen.length };
}

async function* linesOf(file: string): AsyncGenerator<string> {
  const raw = createReadStream(file);
  const text = file.endsWith('.gz') ? raw.pipe(createGunzip()) : raw;
  try {
    yield* createInterface({ input: text, crlfDelay: Infinity });
    // An error that comes while nobody reads lines ends them quietly.
    if (raw.errored) throw raw.errored;
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : String(error);
    throw new UsageProblem(`${file} cannot be read (${code}).`);
  }
}
