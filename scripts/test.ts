// Every test, in one run: the browser's last, so that the runner's closing lines end the output. With arguments, what
// `node --test` makes of them: `npm test -- test/journeys/x.test.ts`.
import { spawnSync } from 'node:child_process';
import { chmodSync, globSync, mkdtempSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import path from 'node:path';
import { run } from 'node:test';
import { spec } from 'node:test/reporters';
import { StorageProblem } from '../src/storage/problem.ts';
import { holdTestServer } from '../test/support/postgres.ts';

const root = path.join(import.meta.dirname, '..');
const ordered = [
  'src/**/*.test.ts',
  'training/**/*.test.ts',
  'test/house/**/*.test.ts',
  'test/journeys/**/*.test.ts',
  'test/browser/**/*.test.ts',
];

// Several times the slowest file: one that waits for what never comes is to fail, not to hold the run for ever.
const longestMinutes = 15;

process.chdir(root);
// Each file is a process of its own; what they all import is compiled once.
process.env['NODE_COMPILE_CACHE'] ??= path.join(root, 'node_modules', '.cache', 'compile');
const cluster = mkdtempSync(path.join(tmpdir(), 'stet-run-'));
// Under root the server runs as another user, who has to pass through.
chmodSync(cluster, 0o711);
process.env['STET_TEST_CLUSTER'] = cluster;
process.once('exit', () => rmSync(cluster, { recursive: true, force: true }));

try {
  const release = await holdTestServer();
  const chosen = process.argv.slice(2);
  process.exitCode = chosen.length > 0 ? runChosen(chosen) : await runAll();
  await release();
} catch (error) {
  if (!(error instanceof StorageProblem)) throw error;
  console.error(`The tests need a PostgreSQL, and there is none. ${error.message} ${error.mend}`);
  process.exitCode = 1;
}

function runChosen(chosen: string[]): number {
  const { status } = spawnSync(process.execPath, ['--test', ...chosen], { stdio: 'inherit' });
  return status ?? 1;
}

async function runAll(): Promise<number> {
  const files = ordered.flatMap((pattern) => globSync(pattern).sort());
  let failures = 0;
  const events = run({ files, concurrency: filesAtOnce(availableParallelism()), timeout: longestMinutes * 60_000 });
  events.on('test:fail', () => failures++);
  const report = events.compose(spec());
  report.pipe(process.stdout);
  await new Promise((resolve) => report.once('end', resolve));
  return failures === 0 && files.length > 0 ? 0 : 1;
}

// A file waits for half of its time: for the disk, for a lease to run out, for a browser to lay out. Past eight files it is
// memory that a machine would have to have more of.
function filesAtOnce(cores: number): number {
  return Math.max(Math.min(2 * cores, 8), cores - 1);
}
