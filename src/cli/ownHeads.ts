import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { headsFile, headsFolderOf } from '../contract/ownHeads.ts';
import { modelInputs, modelVersion, type OwnHeads, parseOwnHeads } from '../screening/index.ts';
import { UsageProblem } from './problems.ts';

/** The heads that `stet train` wrote into a folder. Throws a UsageProblem that names the mend. */
export async function openOwnHeads(folder: string): Promise<OwnHeads> {
  const file = path.join(folder, headsFile);
  try {
    return parseOwnHeads(JSON.parse(await readFile(file, 'utf8')), modelVersion(), modelInputs());
  } catch (error) {
    throw new UsageProblem(`${file}: ${error instanceof Error ? error.message : String(error)}.`);
  }
}

/** The heads that the servers use for a site; undefined where there are none. Throws as `openOwnHeads` does. */
export async function openSiteHeads(dataFolder: string, site: string): Promise<OwnHeads | undefined> {
  const folder = path.join(dataFolder, headsFolderOf(site));
  return existsSync(path.join(folder, headsFile)) ? openOwnHeads(folder) : undefined;
}
