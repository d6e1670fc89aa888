import path from 'node:path';
import type { DeskFigures } from './desk.ts';
import { root, runProgram } from './programs.ts';
import { limitRow, type Row } from './report.ts';

/** The rows about the desk in a browser, each with what the issue asks of it. */
export async function deskRows(): Promise<Row[]> {
  const figures = JSON.parse(await runProgram(process.execPath, [path.join(root, 'bench', 'desk.ts')])) as DeskFigures;
  const { held, decisions, median, p95, slowest, heapBefore, heapAfter, nodesBefore, nodesAfter, scriptBytes } =
    figures;
  const spread = `median ${median.toFixed(0)} ms, slowest ${slowest.toFixed(0)} ms`;
  const kept = `${heapBefore.toFixed(1)} to ${heapAfter.toFixed(1)} MB, ${nodesBefore} to ${nodesAfter} nodes`;
  return [
    {
      ...limitRow(`desk: from the key to the next case painted, p95, ${held.toLocaleString('en')} held`, p95, {
        unit: 'ms',
        target: 100,
      }),
      against: spread,
    },
    {
      ...limitRow(
        `desk: growth of the page over ${decisions} decisions in a row`,
        Math.max(0, heapAfter - heapBefore),
        {
          unit: 'MB',
          target: 1,
        },
      ),
      against: kept,
    },
    limitRow('desk: script of the first load, compressed', scriptBytes / 1000, { unit: 'KB', target: 150 }),
  ];
}
