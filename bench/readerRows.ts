import path from 'node:path';
import { root, runProgram } from './programs.ts';
import type { Load, ReaderFigures } from './reader.ts';
import type { Row } from './report.ts';
import { median } from './rounds.ts';
import { peerClientName } from './waline.ts';

/** The rows about what a reader's browser does for a page with a hundred comments. Ahead is to cost less, on both of our
 *  pages. */
export async function readerRows(): Promise<Row[]> {
  const output = await runProgram(process.execPath, [path.join(root, 'bench', 'reader.ts')]);
  const figures = JSON.parse(output) as ReaderFigures;
  const count = (value: number): string => String(value);
  const kilobytes = (value: number): string => `${(value / 1000).toFixed(1)} KB`;
  const milliseconds = (value: number): string => `${value.toFixed(0)} ms`;
  return [
    readerRow(figures, { what: 'requests', of: 'requests', write: count }),
    readerRow(figures, { what: 'bytes over the line', of: 'bytes', write: kilobytes }),
    readerRow(figures, { what: 'bytes of script', of: 'scriptBytes', write: kilobytes }),
    readerRow(figures, { what: 'until the comments are visible', of: 'visible', write: milliseconds }),
    readerRow(figures, { what: 'layout shift', of: 'shift', write: (value) => value.toFixed(3) }),
    readerRow(figures, { what: 'time of the main thread', of: 'mainThread', write: milliseconds }),
  ];
}

type Cost = { what: string; of: keyof Load; write: (value: number) => string };

function readerRow(figures: ReaderFigures, { what, of, write }: Cost): Row {
  const read = (loads: readonly Load[]): string => write(median(loads.map((load) => load[of])));
  const ratios = [figures.story, figures.widget].map((loads) => divide(loads, figures.peer, of));
  return {
    what: `reader's browser, 100 comments: ${what}`,
    stet: `story page ${read(figures.story)}, widget ${read(figures.widget)}`,
    against: `${read(figures.peer)} (${peerClientName})`,
    ratio: ratios.map((ratio) => ratio.toFixed(2)).join(', '),
    target: '< 1',
    isMet: ratios.every((ratio) => ratio < 1),
  };
}

/** The median of the rounds' own ratios, each of two loads that followed one another. */
function divide(ours: readonly Load[], theirs: readonly Load[], of: keyof Load): number {
  return median(ours.map((load, round) => load[of] / (theirs[round]?.[of] ?? Number.NaN)));
}
