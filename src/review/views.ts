import { randomUUID } from 'node:crypto';
import { answerEmpty, answerJson, type Answer, type Call } from '../contract/http.ts';
import { isPublicId } from '../contract/ids.ts';
import { isObject } from '../contract/json.ts';
import { mostViews, parseQueueView, type QueueView } from '../contract/queueFilter.ts';
import { refused } from '../contract/refusals.ts';
import { deleteView, insertView, listViews } from '../record/deskViews.ts';
import type { Store } from '../record/store.ts';
import { allowOnAskedSite, allowOnSite, type Allowed } from './authorise.ts';

/** 200 with `{views: QueueView[]}`: those that the account of whoever asks keeps on this site, the oldest first. */
export async function showViews(store: Store, call: Call): Promise<Answer> {
  const allowed = allowOnAskedSite(call, 'queue.read');
  if (allowed.outcome === 'refused') return allowed;
  return answerJson(200, { views: await readViews(store, allowed) });
}

/** The views of an account. One that does not fit this version is passed over. */
export async function readViews(store: Store, { site, account }: Allowed): Promise<QueueView[]> {
  const stored = await listViews(store, { site, account: account.id });
  return stored.flatMap(({ id, body }) => {
    const view = parseQueueView(body);
    return view.outcome === 'parsed' ? [{ id, ...view.value }] : [];
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
  return kept ? answerJson(201, { id, ...view.value }) : refused('too_many_views', { values: { most: mostViews } });
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
