import type { Call } from '../contract/http.ts';
import { type Account, type Act, allowAct } from '../contract/principal.ts';
import { refused, type Refused } from '../contract/refusals.ts';
import type { Site } from '../contract/site.ts';
import type { Kept } from './kept.ts';

/** The site that the address names and the account with which the act is allowed there, as `allowAct` says. A site that the
 *  principal has no account on is answered like one that is not there. */
export async function findAllowedSite(
  kept: Kept,
  call: Call,
  act: Act,
): Promise<{ outcome: 'allowed'; site: Site; account: Account } | Refused> {
  const allowed = allowAct(call.principal, act, call.params['site']);
  if (allowed.outcome === 'refused') return allowed;
  const site = await kept.findSite(allowed.account.site);
  return site ? { ...allowed, site } : refused('not_allowed');
}
