import type { Figure, Statistics } from '../../contract/statistics.ts';

type Cell = string | number | null;
type Row = Readonly<Record<string, Cell>>;

/** A figure as a CSV file (RFC 4180), with a line of names. A byte order mark stands first, or spreadsheets take Arabic
 *  letters for Latin ones. Pure. */
export function writeCsv(figure: Figure, statistics: Statistics): string {
  const columns = columnsOf[figure];
  const rows = listRows(figure, statistics);
  const lines = [columns, ...rows.map((row) => columns.map((column) => row[column] ?? null))];
  return `\uFEFF${lines.map((line) => `${line.map(writeCell).join(',')}\r\n`).join('')}`;
}

const passed = ['received', 'approved', 'rejected', 'medianSeconds'];

const columnsOf: Readonly<Record<Figure, readonly string[]>> = {
  waiting: ['day', 'decided', 'medianSeconds', 'p95Seconds'],
  flow: ['day', 'received', 'approved', 'rejected', 'left', 'held'],
  hours: ['weekday', 'hour', 'received', 'decided'],
  guidelines: ['guideline', 'rejected', 'automated', 'removed'],
  languages: ['language', ...passed],
  sections: ['section', ...passed],
  workload: ['day', 'id', 'name', 'kind', 'decided'],
  agreement: ['guideline', 'pairs', 'agreed', 'named', 'kappa', 'low', 'high'],
  appeals: ['guideline', 'received', 'open', 'upheld', 'overturned', 'medianSeconds'],
  screening: ['week', 'decided', 'suspected', 'right', 'rejected', 'precision', 'recall'],
  stories: ['story', 'headline', 'section', 'received', 'approved', 'rejected', 'held'],
  sanctions: ['measure', 'imposed', 'inForce', 'lifted', 'appealed', 'overturned'],
  newsroom: ['about', 'decided', 'approved', 'share', 'low', 'high'],
};

function listRows(figure: Figure, statistics: Statistics): readonly Row[] {
  if (figure === 'workload') return listWorkload(statistics);
  if (figure !== 'agreement') return statistics[figure];
  return statistics.agreement.map(({ interval, ...row }) => ({
    ...row,
    low: interval?.[0] ?? null,
    high: interval?.[1] ?? null,
  }));
}

/** A line for each day on which somebody decided. */
function listWorkload({ workload, flow }: Statistics): Row[] {
  return flow.flatMap(({ day }, index) =>
    workload
      .map(({ id, name, kind, byDay }) => ({ day, id, name, kind, decided: byDay[index] ?? 0 }))
      .filter(({ decided }) => decided > 0),
  );
}

/** Spreadsheets take a cell that begins so for a formula, quoted or not; an apostrophe makes it a text (OWASP, "CSV
 *  Injection"). Full-width forms are read as the plain ones by some. */
const formula = /^[=+\-@\t\r\n＝＋－＠]/;

function writeCell(cell: Cell): string {
  if (cell === null) return '';
  if (typeof cell === 'number') return String(cell);
  const text = formula.test(cell.trimStart()) || formula.test(cell) ? `'${cell}` : cell;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
