import type { Durability } from './database.ts';
import type { Result } from './load.ts';
import { median, type Measured } from './rounds.ts';

/** One line of the table: what was measured, and whether the target of the issue is met. */
export type Row = {
  what: string;
  stet: string;
  against: string;
  ratio: string;
  target: string;
  isMet: boolean | undefined;
};

/** All that is printed and kept. */
export type Report = {
  rows: readonly Row[];
  measured: Measured;
  machine: string;
  durability: Durability;
  /** Facts of the run, one a line. */
  notes: readonly string[];
  date: Date;
};

/** A row about two contenders: the ratio is the median of the rounds' own ratios, each of two runs that followed one
 *  another, so that a machine that was busy for a while shifts single rounds and not the result. */
export function compareRow(
  measured: Measured,
  { what, stet, against, target }: { what: string; stet: string; against: string; target: number | undefined },
): Row {
  const ours = ratesOf(measured, stet);
  const theirs = ratesOf(measured, against);
  const ratio = median(ours.map((rate, round) => rate / (theirs[round] ?? Number.NaN)));
  return {
    what,
    stet: `${round(median(ours))}/s`,
    against: `${round(median(theirs))}/s (${against})`,
    ratio: ratio.toFixed(ratio < 10 ? 2 : 0),
    target: target === undefined ? '' : `≥ ${target}`,
    isMet: target === undefined ? undefined : ratio >= target,
  };
}

/** A row about a number that has to stay under its target. */
export function limitRow(what: string, value: number, { unit, target }: { unit: string; target: number }): Row {
  return {
    what,
    stet: `${value.toFixed(value < 10 ? 2 : 0)} ${unit}`,
    against: '',
    ratio: '',
    target: `< ${target} ${unit}`,
    isMet: value < target,
  };
}

/** The table and what belongs to it, as Markdown: what is printed and what `docs/reference/performance.md` holds. */
export function renderReport(report: Report): string {
  const { rows, measured, machine, durability, notes, date } = report;
  return `# How fast

The last \`npm run bench\`, kept as it was printed. ${date.toISOString().slice(0, 10)}, ${machine}; PostgreSQL ${durability.version}
(synchronous_commit ${durability.synchronousCommit}, fsync ${durability.fsync}, full_page_writes ${durability.fullPageWrites}, ${durability.method}).

${renderRows(rows)}

Each program by itself (medians of the rounds, 64 connections):

${renderTable(
  ['program and load', 'a second', 'p50 ms', 'p99 ms', 'of each round'],
  [...measured].map(([name, results]) => toFigures(name, results)),
)}

Of this run:

${notes.map((note) => `- ${note}`).join('\n')}

${reading}`;
}

/** The rows alone. */
export function renderRows(rows: readonly Row[]): string {
  return renderTable(['what', 'Stet', 'measured against', 'ratio', 'target', ''], rows.map(toCells));
}

function ratesOf(measured: Measured, name: string): number[] {
  return (measured.get(name) ?? []).map(({ rate }) => rate);
}

function toCells({ what, stet, against, ratio, target, isMet }: Row): string[] {
  return [what, stet, against, ratio, target, isMet === undefined ? '' : isMet ? 'met' : '**missed**'];
}

function toFigures(name: string, results: readonly Result[]): string[] {
  const middle = (read: (result: Result) => number): number => median(results.map(read));
  return [
    name,
    round(middle(({ rate }) => rate)),
    middle((result) => result.median).toFixed(1),
    middle(({ p99 }) => p99).toFixed(1),
    results.map(({ rate }) => round(rate)).join(', '),
  ];
}

function renderTable(head: readonly string[], lines: readonly (readonly string[])[]): string {
  const render = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [render(head), render(head.map(() => '---')), ...lines.map(render)].join('\n');
}

function round(rate: number): string {
  return rate < 100 ? rate.toFixed(1) : Math.round(rate).toLocaleString('en');
}

const reading = `## How to read it

\`npm run bench\` makes its own data folder under \`var/bench\`, starts the real programs, and needs nothing but the npm
registry (for the peer, once). \`npm run bench -- --rounds 1 --keep\` is a quick look that leaves this page alone.

- **Ratios, not rates.** All programs, PostgreSQL and the load generator share the machine's processors, so a rate says
  more about the machine than about Stet. A ratio is of two runs that followed one another; given is the median of the
  rounds.
- **The bare route** is Fastify, without a logger, that checks the same JSON with a schema of the same limits and answers
  with the same bytes, or sends the same fragment with the same headers. It stores nothing and does nothing else: what
  nobody can be faster than on this stack.
- **A durable submission** is answered 202 after its transaction is on the disk: parsing, limits of text and name, the
  network's name under the day's key, the row with its event and commitment, the receipt. At the end the rows in the
  database are counted: as many as 202 were answered, or the run fails. Each submission has another text, in seven
  languages. With 64 connections a commit carries about thirty rows.
- **The peer** runs on the same PostgreSQL, with its rate limit and spam service off, comments held for approval like
  ours, its sign-in service answered on loopback at once, its log thrown away, and the index its makers recommend.
- **Ready** is \`npm start\` (npm, the setup's look at what is installed, the embedded PostgreSQL, the server) to the first
  200 of \`/readyz\`. **Memory** is the resident memory of the server's process five seconds after that; PostgreSQL's is
  its own.
- **Calls to score a text** go to \`stet serve --score-only\` with four attributes and no language named, over 32
  connections; the bare route checks the same JSON and answers what Stet answered to one of them. Processor time is the
  server's own for one answer, by its \`/metrics\`: of these figures the one that other programs change least.
- **The desk** is a real Chromium at \`/desk\` with 100,000 held comments of one site: 500 approvals by key, one after the other. Measured
  is in the page, from the time of the key's event to the second frame after the next case stood in it. Growth is what the page's
  JavaScript holds after garbage collection, from the hundredth decision to the last. \`npm run bench -- --only desk\`
  measures it alone.
- **Screening** is compared by processor time, the contenders taking turns in one process: what else the machine does falls on
  none of them. Of each text of 600 characters the fastest of three readings counts, of a hostile text the median of 35.
- **The reader's browser** is a real Chromium with an empty cache and its processor slowed four times, on our story page, on
  a plain page with our widget, and on the same plain page with the peer's client as its makers embed it, with the same
  hundred comments. The peer's script and style come packed by Brotli from the page's own origin; its emoji, its search for
  pictures and its faces from other hosts, which it would ask for besides, are off or one picture of the page's own. Bytes
  are those of the line, heads included; visible is the frame after the hundredth comment stood in the page; the main
  thread's is processor time until a second after that. Given is the median of nine rounds, the ratio for each page of
  ours. \`npm run bench -- --only reader\` measures it alone.
- The load generator (\`bench/load.ts\`) is the same for every row. It keeps one request under way on each connection.
`;
