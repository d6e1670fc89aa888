import os from 'node:os';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { Result } from './load.ts';
import { root, runProgram } from './programs.ts';
import type { Job } from './requests.ts';

/** A server under one load. */
export type Contender = {
  name: string;
  load: Omit<Job, 'connections' | 'warmSeconds' | 'seconds' | 'firstNumber'>;
  status: string;
  /** Whether it may drop connections, and is then measured again: the peer does when it is late. */
  mayDrop?: boolean;
};

/** What each contender did in each round, in the order of the rounds. */
export type Measured = Map<string, Result[]>;

export type Plan = {
  rounds: number;
  seconds: number;
  connections: number;
  /** The number of the first text and key: no two runs may send the same. */
  firstNumber: number;
};

// More than one run can send.
const numbersOfRun = 10_000_000;

/** Milliseconds over which the machine's idle time is looked at, how much of it there should be, and for how long to
 *  wait for that: the database still writes what the load before has left. */
const quiet = { milliseconds: 400, share: 0.93, longest: 8_000 };

/** Runs every contender once a round, each after the other, and every second round in the opposite order, so that what
 *  changes slowly (heat, a growing table) falls on all alike. Throws when an answer had another status than it should. */
export async function measureRounds(
  contenders: readonly Contender[],
  { rounds, seconds, connections, firstNumber: first }: Plan,
  say: (line: string) => void,
): Promise<{ measured: Measured; busy: number[] }> {
  const measured: Measured = new Map(contenders.map(({ name }) => [name, []]));
  const busy: number[] = [];
  let firstNumber = first;
  for (let round = 0; round < rounds; round += 1) {
    for (const { name, load, status, mayDrop = false } of round % 2 === 0 ? contenders : contenders.toReversed()) {
      busy.push(await waitForQuiet());
      const job = { ...load, connections, seconds, warmSeconds: 1, firstNumber };
      const result = await runLoad(job).catch((error: unknown) => {
        if (!mayDrop) throw error;
        say(`${name} dropped a connection; once more`);
        return runLoad(job);
      });
      firstNumber += numbersOfRun;
      const others = Object.keys(result.answers).filter((found) => found !== status);
      if (others.length > 0) throw new Error(`${name} answered ${JSON.stringify(result.answers)}`);
      measured.get(name)?.push(result);
      say(`round ${round + 1}: ${name} ${Math.round(result.rate)}/s, p99 ${result.p99} ms`);
    }
  }
  return { measured, busy };
}

/** The value in the middle; of an even number the lower of the two. */
export function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor((values.length - 1) / 2)] ?? Number.NaN;
}

/** Runs one load in a process of its own. */
async function runLoad(job: Job): Promise<Result> {
  const output = await runProgram(process.execPath, [path.join(root, 'bench', 'load.ts'), JSON.stringify(job)]);
  return JSON.parse(output) as Result;
}

/** Waits until nothing else uses the processors. Returns how busy they were when it stopped waiting, 0 to 1. */
async function waitForQuiet(): Promise<number> {
  const start = performance.now();
  for (;;) {
    const before = readProcessors();
    await pause(quiet.milliseconds);
    const after = readProcessors();
    const share = (after.idle - before.idle) / (after.all - before.all);
    if (share >= quiet.share || performance.now() - start > quiet.longest) return 1 - share;
  }
}

function readProcessors(): { idle: number; all: number } {
  let idle = 0;
  let all = 0;
  for (const { times } of os.cpus()) {
    idle += times.idle;
    all += times.user + times.nice + times.sys + times.idle + times.irq;
  }
  return { idle, all };
}

/** The value that this share of the values does not exceed; NaN of none. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN;
}
