import path from 'node:path';
import { root, runProgram } from './programs.ts';
import { limitRow, type Row } from './report.ts';
import { median } from './rounds.ts';
import type { ScoringFigures } from './scoring.ts';

/** The rows about the scoring endpoint: beside a bare route, and how long the slowest in a hundred waits. */
export async function scoringRows(): Promise<Row[]> {
  const output = await runProgram(process.execPath, [path.join(root, 'bench', 'scoring.ts')]);
  const { connections, stet, bare, ratios, workMilliseconds } = JSON.parse(output) as ScoringFigures;
  return [
    {
      what: `calls to score a text, ${connections} connections`,
      stet: `${Math.round(stet.rate).toLocaleString('en')}/s, ${workMilliseconds.toFixed(2)} ms of processor time each`,
      against: `${Math.round(bare.rate).toLocaleString('en')}/s (bare route, p99 ${bare.p99.toFixed(1)} ms)`,
      ratio: median(ratios).toFixed(2),
      target: '',
      isMet: undefined,
    },
    limitRow(`the same, p99`, stet.p99, { unit: 'ms', target: 50 }),
  ];
}
