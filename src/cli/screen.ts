import { once } from 'node:events';
import { createInterface } from 'node:readline/promises';
import { rulesOfSite } from '../contract/siteRules.ts';
import { screenLine } from '../screening/lines.ts';
import type { Ruleset } from '../screening/types.ts';
import { readArguments, requireSite } from './arguments.ts';
import { openModel } from './model.ts';
import { openOwnHeads, openSiteHeads } from './ownHeads.ts';
import { withInstallation } from './open.ts';
import { UsageProblem } from './problems.ts';
import { requireKnownSite } from './requireKnownSite.ts';

const usage = 'stet screen [--site KEY] [--model DIR] < LINES.jsonl';

/** `stet screen`: JSON lines from standard input, read one by one, to JSON lines on standard output in the same order. A
 *  bad line gives `{id, error}` and does not stop it. With a site by its rules and its own heads, with
 *  --model by the heads that `stet train` wrote there; without a site it needs no database. */
export async function screenLines(args: readonly string[]): Promise<void> {
  const read = readArguments(args, { site: { type: 'string' }, model: { type: 'string' } }, usage);
  if (read.positionals.length > 0) throw new UsageProblem(`Lines come from standard input. Usage: ${usage}`);
  openModel();
  const given = read.read('model');
  const heads = given === undefined ? undefined : await openOwnHeads(given);
  const site = read.read('site') === undefined ? {} : await readRules(requireSite(read), heads === undefined);
  const rules: Ruleset = heads === undefined ? site : { ...site, heads };
  const lines = createInterface({ input: process.stdin, crlfDelay: Infinity });
  for await (const line of lines) {
    if (line.trim() === '') continue;
    const more = process.stdout.write(`${JSON.stringify(screenLine(line, rules))}\n`);
    if (!more) await once(process.stdout, 'drain');
  }
}

async function readRules(key: string, withHeads: boolean): Promise<Ruleset> {
  return withInstallation(async ({ store, settings }) => {
    const site = await requireKnownSite(store, key);
    return { ...rulesOfSite(site), heads: withHeads ? await openSiteHeads(settings.dataFolder, key) : undefined };
  });
}
