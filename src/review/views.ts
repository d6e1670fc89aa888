import { randomUUID } from 'node:crypto';
import { answerEmpty, answerJson, type Answer, type Call } from '../contract/http.ts';
import { isPublicId } from '../contract/ids.ts';
import { isObject } from '../contract/json.ts';
import { mostViews, parseQueueView, type QueueView } from '../contract/queueFilter.ts';
import { refused } from '../contract/refusals.ts';
import { deleteView, insertView, listViews } from '../record/deskViews.ts';
import type { Store } from '../record/store.ts';
import { allowOnAskedSite, allowOnAskedSites, allowOnSite, allowOnSites, type Allowed } from './authorise.ts';

/** 200 with `{views: QueueView[]}`: those that whoever asks keeps on this site or on all of their own (`site=*`), the oldest
 *  first. A view over all sites is there wherever it was kept. */
export async function showViews(store: Store, call: Call): Promise<Answer> {
  const allowed = allowOnAskedSites(call, 'queue.read');
  if (allowed.outcome === 'refused') return allowed;
  return answerJson(200, { views: await readViews(store, call, allowed.all) });
}

/** The views of whoever asks: all that they keep on `wanted`, and those over all sites from the rest of their own. One that
 *  does not fit this version is passed over. */
export async function readViews(store: Store, call: Call, wanted: readonly Allowed[]): Promise<QueueView[]> {
  const own = allowOnSites(call, 'queue.read', '*');
  const owners = own.outcome === 'refused' ? [] : own.all.map(({ site, account }) => ({ site, account: account.id }));
  const isWanted = new Set(wanted.map(({ site }) => site));
  const stored = await listViews(store, owners);
  return stored.flatMap(({ id, site, body }) => {
    const view = parseQueueView(body);
    if (view.outcome !== 'parsed' || !(view.value.everywhere || isWanted.has(site))) return [];
    return [{ id, site, ...view.value }];
  });
}

/** Keeps a view: 201 with it. `too_many_views` where thirty are kept already. */
export async function saveView(store: Store, call: Call): Promise<Answer> {
  if (!call.principal) return refused('credentials_missing');
  const allowed = allowOnSite(call, 'queue.read', isObject(call.body) ? call.body['site'] : undefined);
  if (allowed.outcome === 'refused') return allowed;
  const view = parseQueueView(call.body);
  if (view.outcome === 'refused') return view;
  const id = randomUUID();
  const { site, account } = allowed;
  const kept = await insertView(
    store,
    { site, account: account.id },
    { ...view.value, id, at: call.now, most: mostViews },
  );
  return kept
    ? answerJson(201, { id, site, ...view.value })
    : refused('too_many_views', { values: { most: mostViews } });
}

/** Forgets a view of one's own: 204, also where there was none. Another account's stays, and is not told of. */
export async function forgetView(store: Store, call: Call): Promise<Answer> {
  const { principal } = call;
  if (!principal) return refused('credentials_missing');
  const allowed = allowOnAskedSite(call, 'queue.read');
  if (allowed.outcome === 'refused') return allowed;
  const id = call.params['id'];
  if (isPublicId(id)) await deleteView(store, { site: allowed.site, account: allowed.account.id }, id);
  return answerEmpty();
}
