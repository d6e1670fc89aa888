import type { ReaderName } from '../contract/secondReading.ts';
import { startRounds } from '../dispatch/rounds.ts';
import type { Kept } from '../record/kept.ts';
import type { Store } from '../record/store.ts';
import { createBreaker, type breakerLimits } from './breaker.ts';
import { createChatReader, type ChatSettings } from './chat.ts';
import { openOnnxReader } from './onnx/onnxReader.ts';
import type { Reader } from './reader.ts';
import { outcomes, readUncertain, type Lane, type Outcome } from './turns.ts';

export type ReadersDeps = {
  store: Store;
  kept: Kept;
  chat: ChatSettings | undefined;
  onnxFolder: string | undefined;
  now: () => Date;
  log: (line: string) => void;
  /** How the breaker of each reader is set; as `breakerLimits` unless given. */
  breaker?: typeof breakerLimits | undefined;
};

/** Plain numbers for /metrics, of this process. */
export type ReaderFigures = { reader: ReaderName; isOpen: boolean; counts: Record<Outcome, number> };

export type Readers = {
  figures(): ReaderFigures[];
  /** Resolves after a whole round of every reader that began after this call. */
  settled(): Promise<void>;
  /** Takes no more comments and breaks off the questions under way; their comments come up again elsewhere. */
  close(): Promise<void>;
};

const pauseMilliseconds = 1000;
// Enough to keep a model busy while an answer is stored, few enough that a small machine is not overrun.
const atOnce: Readonly<Record<ReaderName, number>> = { chat: 2, onnx: 1 };

/** Starts the second readers that the installation has, each over the sites that switched `secondReader` on. Every server
 *  does so over the same rows, and PostgreSQL decides who takes which. A classifier that cannot be opened is said once
 *  in the log; comments then wait without it. */
export function startReaders(deps: ReadersDeps): Readers {
  const { chat, onnxFolder, log } = deps;
  const stopping = new AbortController();
  const running: { lane: Lane; figures: ReaderFigures; rounds: ReturnType<typeof startRounds> }[] = [];
  const run = (reader: Reader): void => {
    const figures: ReaderFigures = { reader: reader.name, isOpen: false, counts: noCounts() };
    const lane = makeLane(deps, { reader, figures, stopping: stopping.signal });
    const rounds = startRounds(() => round(lane), {
      pauseMilliseconds,
      onError: (error) => log(`second reader ${reader.name}: ${error instanceof Error ? error.name : 'failed'}`),
    });
    running.push({ lane, figures, rounds });
  };
  if (chat !== undefined) run(createChatReader(chat));
  const opened = onnxFolder === undefined ? Promise.resolve() : openAndRun(onnxFolder, { run, log, stopping });
  return {
    figures: () => running.map(({ lane, figures }) => ({ ...figures, isOpen: lane.breaker.isOpen(deps.now()) })),
    settled: async () => {
      await opened;
      for (const { rounds } of running) await rounds.settled();
    },
    close: async () => {
      stopping.abort();
      await opened;
      await Promise.all(running.map(({ rounds }) => rounds.close()));
    },
  };
}

async function openAndRun(
  folder: string,
  { run, log, stopping }: { run: (reader: Reader) => void; log: (line: string) => void; stopping: AbortController },
): Promise<void> {
  const opened = await openOnnxReader(folder);
  if (opened.outcome === 'absent') log(`second reader onnx: ${opened.sentence}`);
  else if (!stopping.signal.aborted) run(opened.reader);
}

async function round(lane: Lane): Promise<void> {
  const sites = (await lane.kept.listSites()).filter(({ settings }) => settings.secondReader === 'on');
  if (sites.length === 0) return;
  const ended = await Promise.allSettled(
    Array.from({ length: atOnce[lane.reader.name] }, () => readUncertain(lane, sites)),
  );
  for (const one of ended) if (one.status === 'rejected') throw one.reason;
}

function makeLane(
  { store, kept, now, log, breaker }: ReadersDeps,
  { reader, figures, stopping }: { reader: Reader; figures: ReaderFigures; stopping: AbortSignal },
): Lane {
  return {
    store,
    kept,
    reader,
    breaker: createBreaker(breaker),
    now,
    log,
    count: (outcome) => void (figures.counts[outcome] += 1),
    spent: new Map(),
    stopping,
  };
}

function noCounts(): Record<Outcome, number> {
  return Object.fromEntries(outcomes.map((outcome) => [outcome, 0])) as Record<Outcome, number>;
}
