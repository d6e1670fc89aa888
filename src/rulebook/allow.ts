import type { Call } from '../contract/http.ts';
import { isSiteKey } from '../contract/ids.ts';
import { type Account, accountFor, type Act, denyAct } from '../contract/principal.ts';
import { refused, type Refused } from '../contract/refusals.ts';
import type { Site } from '../contract/site.ts';
import type { Kept } from '../record/kept.ts';

/** The site that the address names and the account with which the act is allowed there. A site that the principal has no
 *  account on is answered like one that is not there. */
export async function allowHere(
  kept: Kept,
  call: Call,
  act: Act,
): Promise<{ outcome: 'allowed'; site: Site; account: Account } | Refused> {
  if (!call.principal) return refused('credentials_missing');
  const key = call.params['site'];
  const account = isSiteKey(key) ? accountFor(call.principal, act, key) : undefined;
  const site = account && (await kept.findSite(key));
  return account && site
    ? { outcome: 'allowed', site, account }
    : denyAct(call.principal, act, typeof key === 'string' ? key : '');
}
