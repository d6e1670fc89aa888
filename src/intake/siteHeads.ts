import { readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { headsFile, headsFolderOf } from '../contract/ownHeads.ts';
import { modelInputs, modelVersion, type OwnHeads, parseOwnHeads } from '../screening/index.ts';

/** The own heads of a site, or undefined where the shipped scores are in force. Never throws. */
export type SiteHeads = (site: string) => OwnHeads | undefined;

type Known = { lookedAt: number; version: string; heads: OwnHeads | undefined };

// A look costs a hundredth of a millisecond; whoever has trained waits no longer than this.
const lookMilliseconds = 3_000;

/** Keeps what `stet train --site` wrote for each site, and reads it anew when the file has changed, looking every three
 *  seconds at most. A file that is damaged or made for another model is named in the log once, and the shipped scores stay
 *  in force. */
export function keepSiteHeads(deps: { dataFolder: string; log: (line: string) => void; clock: () => Date }): SiteHeads {
  const { dataFolder, log, clock } = deps;
  const known = new Map<string, Known>();
  const read = (file: string, version: string): OwnHeads | undefined => {
    if (version === '') return undefined;
    try {
      return parseOwnHeads(JSON.parse(readFileSync(file, 'utf8')), modelVersion(), modelInputs());
    } catch (error) {
      const what = error instanceof SyntaxError ? 'the file is no JSON' : error instanceof Error ? error.message : '';
      log(`${file} is not used, and the shipped scores stay in force: ${what}`);
      return undefined;
    }
  };
  return (site) => {
    const before = known.get(site);
    const at = clock().getTime();
    const since = before === undefined ? Infinity : at - before.lookedAt;
    if (before !== undefined && since >= 0 && since < lookMilliseconds) return before.heads;
    const file = path.join(dataFolder, headsFolderOf(site), headsFile);
    const version = versionOf(file);
    const heads = before?.version === version ? before.heads : read(file, version);
    known.set(site, { lookedAt: at, version, heads });
    return heads;
  };
}

/** Tells one state of a file from another; '' where there is none. */
function versionOf(file: string): string {
  const found = statSync(file, { throwIfNoEntry: false, bigint: true });
  return found === undefined ? '' : `${found.mtimeNs} ${found.size} ${found.ino}`;
}
