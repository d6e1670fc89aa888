import { readParameter, type Call } from '../contract/http.ts';
import { isPublicId, isSiteKey } from '../contract/ids.ts';
import { parsed, type Parsed } from '../contract/json.ts';
import { accountFor, type Account, type Act } from '../contract/principal.ts';
import { refused, type Refused } from '../contract/refusals.ts';
import { findSitesOf } from '../record/queue.ts';
import type { Store } from '../record/store.ts';

/** Everything here says no unless an account of the principal says yes for this very act on this very site. A site that
 *  the principal has no account on is answered like one that is not there. */
export type Allowed = { outcome: 'allowed'; site: string; account: Account };

/** The account for an act on the site that `named` names. Without a name it is the only site on which the principal may do
 *  this; where there are several, the name is required. */
export function allowOnSite(call: Call, act: Act, named: unknown): Allowed | Refused {
  const { principal } = call;
  if (!principal) return refused('credentials_missing');
  const [only, ...more] = principal.accounts.filter(({ site }) => accountFor(principal, act, site));
  if (!only) return refused('not_allowed');
  if (named === undefined || named === null || named === '') {
    return more.length > 0
      ? refused('field_required', { field: 'site' })
      : { outcome: 'allowed', site: only.site, account: only };
  }
  if (!isSiteKey(named)) return refused('field_malformed', { field: 'site' });
  const account = accountFor(principal, act, named);
  return account ? { outcome: 'allowed', site: named, account } : refused('not_allowed');
}

/** The account for an act on the site that the query's one `site` names. */
export function allowOnAskedSite(call: Call, act: Act): Allowed | Refused {
  if (!call.principal) return refused('credentials_missing');
  const site = readParameter(call, 'site');
  return site.outcome === 'refused' ? site : allowOnSite(call, act, site.value);
}

/** The account for an act on the comment that the address names. A comment of a site where the principal reads no queue
 *  is unknown, so that ids cannot be probed. */
export async function allowOnComment(
  store: Store,
  call: Call,
  act: Act,
): Promise<(Allowed & { id: string }) | Refused> {
  const id = call.params['id'];
  const sites = readableSites(call, act);
  if (sites.outcome === 'refused') return sites;
  if (!isPublicId(id)) return refused('comment_unknown');
  const found = await findSitesOf(store, sites.value, [id]);
  const allowed = allowOnFound(
    call,
    act,
    found.map(({ site }) => site),
  );
  return allowed.outcome === 'refused' ? allowed : { ...allowed, id };
}

/** Of the sites on which something was found, the one on which the act is allowed. */
export function allowOnFound(call: Call, act: Act, found: readonly string[]): Allowed | Refused {
  if (!call.principal) return refused('credentials_missing');
  const [site, ...more] = found;
  if (site === undefined) return refused('comment_unknown');
  if (more.length > 0) return refused('field_required', { field: 'site' });
  const account = accountFor(call.principal, act, site);
  return account ? { outcome: 'allowed', site, account } : refused('not_allowed');
}

/** The sites whose queue the principal may read, narrowed by the query's one `site`. Refused when the principal may do
 *  the act nowhere: the answer then is the same for every id. */
export function readableSites(call: Call, act: Act): Parsed<string[]> {
  const { principal } = call;
  if (!principal) return refused('credentials_missing');
  if (!principal.accounts.some(({ site }) => accountFor(principal, act, site))) return refused('not_allowed');
  const asked = readParameter(call, 'site');
  if (asked.outcome === 'refused') return asked;
  const sites = principal.accounts.map(({ site }) => site).filter((site) => accountFor(principal, 'queue.read', site));
  return parsed(asked.value === undefined ? sites : sites.filter((site) => site === asked.value));
}
