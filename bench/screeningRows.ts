import { spawn } from 'node:child_process';
import path from 'node:path';
import { once } from 'node:events';
import { root, runProgram } from './programs.ts';
import { limitRow, type Row } from './report.ts';
import { median } from './rounds.ts';
import type { ScreeningFigures } from './screening.ts';

/** The rows about screening: beside word filters in one process, hostile texts, and lines through `stet screen`. */
export async function screeningRows(): Promise<Row[]> {
  const output = await runProgram(process.execPath, [path.join(root, 'bench', 'screening.ts')]);
  const figures = JSON.parse(output) as ScreeningFigures;
  const ratio = median(figures.ratios);
  const others = Object.entries(figures.rates).filter(([name]) => name !== 'stet');
  const slowest = figures.hostile.toSorted((a, b) => b.milliseconds - a.milliseconds)[0];
  const lines = await measureLines();
  return [
    {
      what: `comments screened on one core, ${figures.texts} texts in 15 languages, ${figures.meanLength} characters in the mean`,
      stet: perSecond(figures.rates['stet'] ?? 0),
      against: others.map(([name, rate]) => `${name} ${perSecond(rate)}`).join(', '),
      ratio: `${ratio.toFixed(2)} (obscenity)`,
      target: '≥ 1',
      isMet: ratio >= 1,
    },
    limitRow('screening 600 characters, p99 of the texts', figures.p99Milliseconds, { unit: 'ms', target: 1 }),
    limitRow(`screening 20 KB, slowest of the hostile ones (${slowest?.name})`, slowest?.milliseconds ?? Number.NaN, {
      unit: 'ms',
      target: 20,
    }),
    limitRow('the model read and the first comment screened', figures.loadMilliseconds, { unit: 'ms', target: 150 }),
    {
      what: 'lines through `stet screen`',
      stet: perSecond(lines),
      against: '',
      ratio: '',
      target: '≥ 5,000/s',
      isMet: lines >= 5000,
    },
  ];
}

const LINES = 30_000;

/** Lines a second through the command, its start left out: the time between the first answer and the last. */
async function measureLines(): Promise<number> {
  const child = spawn(process.execPath, [path.join(root, 'bin', 'stet.mjs'), 'screen'], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const text =
    'The bridge was promised for years, and it is good that it opens at last. But why did nobody ask the people?';
  let first = 0;
  let answered = 0;
  child.stdout.on('data', (part: Buffer) => {
    first ||= performance.now();
    for (const byte of part) if (byte === 10) answered++;
  });
  for (let line = 0; line < LINES; line++) {
    const isTaken = child.stdin.write(`${JSON.stringify({ id: line, text: `${text} ${line}` })}\n`);
    if (!isTaken) await once(child.stdin, 'drain');
  }
  child.stdin.end();
  await once(child, 'close');
  return answered / ((performance.now() - first) / 1000);
}

function perSecond(rate: number): string {
  return `${Math.round(rate).toLocaleString('en')}/s`;
}
