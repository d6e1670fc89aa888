import { readParameter, type Call } from '../contract/http.ts';
import { isPublicId, isSiteKey } from '../contract/ids.ts';
import { parsed, type Parsed } from '../contract/json.ts';
import { accountFor, allowAct, denyAct, reachOf, type Account, type Act, type Reach } from '../contract/principal.ts';
import { refused, type Refused } from '../contract/refusals.ts';
import { findSitesOf } from '../record/queue.ts';
import type { Store } from '../record/store.ts';

/** Everything here says no unless an account of the principal says yes for this very act on this very site. A site that
 *  the principal has no account on is answered like one that is not there, and so is a comment outside `reach`: whatever
 *  lists comments narrows to it. */
export type Allowed = { outcome: 'allowed'; site: string; account: Account; reach: Reach };

export type AllowedOnComment = Allowed & { id: string };

function allow(account: Account): Allowed {
  return { outcome: 'allowed', site: account.site, account, reach: reachOf(account) };
}

/** The account for an act on the site that `named` names. Without a name it is the only site on which the principal may do
 *  this; where there are several, the name is required. */
export function allowOnSite(call: Call, act: Act, named: unknown): Allowed | Refused {
  const { principal } = call;
  if (!principal) return refused('credentials_missing');
  const [only, ...more] = principal.accounts.filter(({ site }) => accountFor(principal, act, site));
  if (!only) return denyAct(principal, act);
  if (named === undefined || named === null || named === '') {
    return more.length > 0 ? refused('field_required', { field: 'site' }) : allow(only);
  }
  if (!isSiteKey(named)) return refused('field_malformed', { field: 'site' });
  const account = accountFor(principal, act, named);
  return account ? allow(account) : denyAct(principal, act, named);
}

/** The account for an act on the site that the query's one `site` names. */
export function allowOnAskedSite(call: Call, act: Act): Allowed | Refused {
  if (!call.principal) return refused('credentials_missing');
  const site = readParameter(call, 'site');
  return site.outcome === 'refused' ? site : allowOnSite(call, act, site.value);
}

/** The account for an act on the site that the address names in its path. */
export function allowOnSiteOfPath(call: Call, act: Act): Allowed | Refused {
  const allowed = allowAct(call.principal, act, call.params['site']);
  return allowed.outcome === 'refused' ? allowed : allow(allowed.account);
}

/** The accounts for an act on the site that the address names in its path, or on every site of one's own that `*` names. */
export function allowOnSitesOfPath(call: Call, act: Act): { outcome: 'allowed'; all: Allowed[] } | Refused {
  if (call.params['site'] === '*') return allowOnSites(call, act, '*');
  const one = allowOnSiteOfPath(call, act);
  return one.outcome === 'refused' ? one : { outcome: 'allowed', all: [one] };
}

/** The accounts for an act on the site that the query's one `site` names, or on every site of one's own that `*` names. */
export function allowOnAskedSites(call: Call, act: Act): { outcome: 'allowed'; all: Allowed[] } | Refused {
  if (!call.principal) return refused('credentials_missing');
  const site = readParameter(call, 'site');
  return site.outcome === 'refused' ? site : allowOnSites(call, act, site.value);
}

/** As `allowOnSite`, with `*` for every site on which the principal may do this. */
export function allowOnSites(call: Call, act: Act, named: unknown): { outcome: 'allowed'; all: Allowed[] } | Refused {
  if (named !== '*') {
    const one = allowOnSite(call, act, named);
    return one.outcome === 'refused' ? one : { outcome: 'allowed', all: [one] };
  }
  const { principal } = call;
  if (!principal) return refused('credentials_missing');
  const accounts = principal.accounts.flatMap(({ site }) => accountFor(principal, act, site) ?? []);
  return accounts.length === 0 ? denyAct(principal, act) : { outcome: 'allowed', all: accounts.map(allow) };
}

/** The account for an act on the comment that the address names. A comment that the principal does not read in a queue is
 *  unknown, so that ids cannot be probed. */
export async function allowOnComment(store: Store, call: Call, act: Act): Promise<AllowedOnComment | Refused> {
  const id = call.params['id'];
  const reaches = findReaches(call, act);
  if (reaches.outcome === 'refused') return reaches;
  if (!isPublicId(id)) return refused('comment_unknown');
  const [one] = await allowOnEach(store, call, { act, reaches: reaches.value, comments: [{ id }] });
  return one?.allowed ?? refused('comment_unknown');
}

/** The same for each of several comments, in their order, with what `findReaches` gave for the act. */
export async function allowOnEach<Comment extends { id: string }>(
  store: Store,
  call: Call,
  { act, reaches, comments }: { act: Act; reaches: readonly Reach[]; comments: readonly Comment[] },
): Promise<{ comment: Comment; allowed: AllowedOnComment | Refused }[]> {
  const ids = comments.map(({ id }) => id);
  const found = Map.groupBy(await findSitesOf(store, reaches, ids), ({ id }) => id);
  return comments.map((comment) => {
    const sites = found.get(comment.id)?.map(({ site }) => site) ?? [];
    const allowed = allowOnFound(call, act, sites);
    return { comment, allowed: allowed.outcome === 'refused' ? allowed : { ...allowed, id: comment.id } };
  });
}

/** Of the sites on which something was found, the one on which the act is allowed. */
export function allowOnFound(call: Call, act: Act, found: readonly string[]): Allowed | Refused {
  if (!call.principal) return refused('credentials_missing');
  const [site, ...more] = found;
  if (site === undefined) return refused('comment_unknown');
  if (more.length > 0) return refused('field_required', { field: 'site' });
  const account = accountFor(call.principal, act, site);
  return account ? allow(account) : denyAct(call.principal, act, site);
}

/** What the principal reads in queues, narrowed by the query's one `site`. Refused when the principal may do the act
 *  nowhere: the answer then is the same for every id. */
export function findReaches(call: Call, act: Act): Parsed<Reach[]> {
  const { principal } = call;
  if (!principal) return refused('credentials_missing');
  if (!principal.accounts.some(({ site }) => accountFor(principal, act, site))) return denyAct(principal, act);
  const asked = readParameter(call, 'site');
  if (asked.outcome === 'refused') return asked;
  const reaches = principal.accounts
    .map(({ site }) => accountFor(principal, 'queue.read', site))
    .filter((account) => account !== undefined)
    .map(reachOf);
  return parsed(asked.value === undefined ? reaches : reaches.filter(({ site }) => site === asked.value));
}
