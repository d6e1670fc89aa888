// How fast the scoring endpoint answers: `stet serve --score-only` as users start it, under 32 connections, beside a bare
// route that reads and answers the same JSON, in one run. Prints JSON. By itself: node_modules/.bin/node bench/scoring.ts
import { randomBytes } from 'node:crypto';
import path from 'node:path';
import type { BareSettings } from './bare.ts';
import { findFreePort, root, startProgram, stopPrograms } from './programs.ts';
import { type Contender, measureRounds, median, type Measured } from './rounds.ts';

/** Medians of the rounds; times in milliseconds. */
export type ScoringFigures = {
  connections: number;
  stet: Figures;
  bare: Figures;
  /** Of each round, Stet's rate over the bare route's. */
  ratios: number[];
  /** Processor time of the server for one answer, which other programs hardly change. */
  workMilliseconds: number;
  /** How busy the processors were with other things before each load, 0 to 1: the median and the worst. */
  busy: { median: number; worst: number };
};

type Figures = { rate: number; median: number; p99: number; p99OfEachRound: number[] };

const address = '/v1alpha1/comments:analyze';
const names = { stet: 'Stet, analyze', bare: 'bare route, analyze' };
const plan = { rounds: 5, seconds: 4, connections: 32, firstNumber: 1 };

// Given in every language of the texts.
const asked = {
  requestedAttributes: { TOXICITY: {}, IDENTITY_ATTACK: {}, PROFANITY: {}, THREAT: {} },
  doNotStore: true,
  clientToken: 'opaque',
};
const key = randomBytes(24).toString('hex');
process.once('SIGINT', () => void stopPrograms().then(() => process.exit(130)));
try {
  const stet = await startStet();
  const bare = await startBare(stet);
  const contenders = [
    makeContender(names.bare, { port: bare, path: address }),
    makeContender(names.stet, { port: stet, path: `${address}?key=${key}` }),
  ];
  await measureRounds(contenders, { ...plan, rounds: 1, seconds: 2, firstNumber: 1_000_000_000 }, () => {});
  const before = await readWork(stet);
  const { measured, busy } = await measureRounds(contenders, plan, () => {});
  const work = await readWork(stet);
  const workMilliseconds = (1000 * (work.seconds - before.seconds)) / (work.answers - before.answers);
  console.log(JSON.stringify({ ...summarise(measured, busy), workMilliseconds }));
} finally {
  await stopPrograms();
}

async function startStet(): Promise<number> {
  const port = await findFreePort();
  const command = [process.execPath, path.join(root, 'bin', 'stet.mjs'), 'serve', '--score-only'] as const;
  const environment = { PORT: String(port), STET_SCORE_KEYS: key, STET_SCORE_PER_MINUTE: '0' };
  await startProgram(command, `http://127.0.0.1:${port}/readyz`, { environment });
  return port;
}

/** What the server has worked so far, by its own figures. */
async function readWork(port: number): Promise<{ seconds: number; answers: number }> {
  const text = await (await fetch(`http://127.0.0.1:${port}/metrics`)).text();
  const read = (name: string): number => Number(new RegExp(`^${name} (\\S+)$`, 'm').exec(text)?.[1]);
  return {
    seconds: read('process_cpu_seconds_total'),
    answers: read('stet_scoring_answers_total\\{call="analyze",status="200"\\}'),
  };
}

/** The bare route answers what Stet answered to one text. */
async function startBare(stet: number): Promise<number> {
  const answer = await fetch(`http://127.0.0.1:${stet}${address}?key=${key}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ comment: { text: 'The first of many.' }, ...asked }),
  });
  if (answer.status !== 200) throw new Error(`${answer.status} ${await answer.text()}`);
  const port = await findFreePort();
  const settings: BareSettings = { port, analyzed: (await answer.json()) as Record<string, unknown> };
  const command = [process.execPath, path.join(root, 'bench', 'bare.ts'), JSON.stringify(settings)] as const;
  await startProgram(command, `http://127.0.0.1:${port}/readyz`);
  return port;
}

function makeContender(name: string, to: { port: number; path: string }): Contender {
  return { name, status: '200', load: { ...to, headers: {}, analyze: asked } };
}

function summarise(measured: Measured, busy: readonly number[]): Omit<ScoringFigures, 'workMilliseconds'> {
  const figuresOf = (name: string): Figures & { rates: number[] } => {
    const results = measured.get(name) ?? [];
    const rates = results.map(({ rate }) => rate);
    const p99OfEachRound = results.map(({ p99 }) => p99);
    return {
      rate: median(rates),
      median: median(results.map((result) => result.median)),
      p99: median(p99OfEachRound),
      p99OfEachRound,
      rates,
    };
  };
  const { rates: ours, ...stet } = figuresOf(names.stet);
  const { rates: theirs, ...bare } = figuresOf(names.bare);
  const ratios = ours.map((rate, round) => rate / (theirs[round] ?? Number.NaN));
  const { connections } = plan;
  return { connections, stet, bare, ratios, busy: { median: median(busy), worst: Math.max(...busy) } };
}
