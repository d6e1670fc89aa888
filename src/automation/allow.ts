import type { Call } from '../contract/http.ts';
import { isSiteKey } from '../contract/ids.ts';
import { type Account, accountFor, type Act, denyAct } from '../contract/principal.ts';
import { refused, type Refused } from '../contract/refusals.ts';
import type { Site } from '../contract/site.ts';
import type { Kept } from '../record/kept.ts';
import type { Store } from '../record/store.ts';
import type { OwnHeads } from '../screening/index.ts';

export type AutomationDeps = { store: Store; kept: Kept; headsOf: (site: string) => OwnHeads | undefined };

/** The newest decisions of a language that are measured. */
export const measuredDecisions = 1_000;

/** The site that the address names and the account with which the act is allowed there. */
export async function allow(
  { kept }: AutomationDeps,
  call: Call,
  act: Act = 'automation.set',
): Promise<{ outcome: 'allowed'; site: Site; account: Account } | Refused> {
  const { principal } = call;
  if (!principal) return refused('credentials_missing');
  const key = call.params['site'];
  const account = isSiteKey(key) ? accountFor(principal, act, key) : undefined;
  const site = account && (await kept.findSite(key));
  return account && site ? { outcome: 'allowed', site, account } : denyAct(principal, act, key);
}
