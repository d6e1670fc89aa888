import type { Site } from '../contract/site.ts';
import { findSite } from '../record/sites.ts';
import type { Store } from '../record/store.ts';
import { CommandProblem } from './problems.ts';

/** The site of a key. Throws a CommandProblem for one that is not there. */
export async function requireKnownSite(store: Store, key: string): Promise<Site> {
  const site = await findSite(store, key);
  if (site) return site;
  throw new CommandProblem(unknownSite(key));
}

/** What a command says of a site that is not there. */
export function unknownSite(key: string): string {
  return `There is no site "${key}". \`npx stet site list\` shows those there are.`;
}
