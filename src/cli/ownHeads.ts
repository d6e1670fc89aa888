import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { modelInputs, modelVersion, type OwnHeads, parseOwnHeads } from '../screening/index.ts';
import { UsageProblem } from './problems.ts';

/** The heads that `stet train` wrote into a folder. Throws a UsageProblem that names the mend. */
export async function openOwnHeads(folder: string): Promise<OwnHeads> {
  const file = path.join(folder, 'heads.json');
  try {
    return parseOwnHeads(JSON.parse(await readFile(file, 'utf8')), modelVersion(), modelInputs());
  } catch (error) {
    throw new UsageProblem(`${file}: ${error instanceof Error ? error.message : String(error)}.`);
  }
}
