import { once } from 'node:events';
import { createInterface } from 'node:readline/promises';
import { screenLine } from '../screening/lines.ts';
import type { Ruleset } from '../screening/types.ts';
import { readArguments, requireSite } from './arguments.ts';
import { withInstallation } from './open.ts';
import { UsageProblem } from './problems.ts';
import { requireKnownSite } from './requireKnownSite.ts';

const usage = 'stet screen [--site KEY] < LINES.jsonl';

/** `stet screen`: JSON lines from standard input, read one by one, to JSON lines on standard output in the same order. A
 *  bad line gives `{id, error}` and does not stop it. With a site by its rules; without one it needs no database. */
export async function screenLines(args: readonly string[]): Promise<void> {
  const read = readArguments(args, { site: { type: 'string' } }, usage);
  if (read.positionals.length > 0) throw new UsageProblem(`Lines come from standard input. Usage: ${usage}`);
  const rules = read.read('site') === undefined ? {} : await readRules(requireSite(read));
  const lines = createInterface({ input: process.stdin, crlfDelay: Infinity });
  for await (const line of lines) {
    if (line.trim() === '') continue;
    const more = process.stdout.write(`${JSON.stringify(screenLine(line, rules))}\n`);
    if (!more) await once(process.stdout, 'drain');
  }
}

async function readRules(key: string): Promise<Ruleset> {
  return withInstallation(async ({ store }) => ({ origins: (await requireKnownSite(store, key)).origins }));
}
