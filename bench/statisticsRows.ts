import path from 'node:path';
import { root, runProgram } from './programs.ts';
import { limitRow, type Row } from './report.ts';
import type { StatisticsFigures } from './statistics.ts';

/** The rows about the figures of a desk, over a million comments of a year. */
export async function statisticsRows(): Promise<Row[]> {
  const program = path.join(root, 'bench', 'statistics.ts');
  const { comments, asked } = JSON.parse(await runProgram(process.execPath, [program])) as StatisticsFigures;
  return asked.map(({ days, median, slowest }) => ({
    ...limitRow(`desk: what happened in ${days} days, of ${comments.toLocaleString('en')} comments of a year`, median, {
      unit: 'ms',
      target: 1000,
    }),
    against: `slowest ${slowest.toFixed(0)} ms`,
  }));
}
