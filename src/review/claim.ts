import { claimMinutes } from '../contract/desk.ts';
import { answerEmpty, answerJson, type Answer, type Call } from '../contract/http.ts';
import { isObject, parsed, type JsonObject, type Parsed } from '../contract/json.ts';
import { accountFor } from '../contract/principal.ts';
import { parseQueueAsked, type QueueAsked } from '../contract/queueFilter.ts';
import { refused } from '../contract/refusals.ts';
import { addMinutes } from '../contract/time.ts';
import { claimHeld, claimNextHeld, findNextHeld, releaseClaim } from '../record/claims.ts';
import { findQueueRow } from '../record/queue.ts';
import type { QueueFilter } from '../record/queueFilter.ts';
import { compareRows } from '../record/queueOrder.ts';
import type { Store } from '../record/store.ts';
import { allowOnComment, allowOnSites, type Allowed } from './authorise.ts';
import { makeFilters } from './showQueue.ts';

/** Claims a held comment of a site for ten minutes: the one that `comment` names, otherwise the next. With `takeOver` an editor
 *  takes the named one over from a colleague who holds it; after a claim lapsed anybody may, with or without it. */
export async function claimComment(store: Store, call: Call): Promise<Answer> {
  if (!call.principal) return refused('credentials_missing');
  if (!isObject(call.body)) return refused('body_malformed');
  const { comment, takeOver = false } = call.body;
  if (typeof takeOver !== 'boolean') return refused('field_malformed', { field: 'takeOver' });
  return comment === undefined || comment === null
    ? claimNext(store, call, call.body)
    : claimOne(store, call, { comment, takeOver });
}

/** 200 with the row of the comment that needs a person most, 204 when none is left. `queue` narrows what is claimed as the
 *  queue's listing does; `site` may be `*` for all of one's own. */
async function claimNext(store: Store, call: Call, body: JsonObject): Promise<Answer> {
  const allowed = allowOnSites(call, 'comment.decide', body['site']);
  if (allowed.outcome === 'refused') return allowed;
  const narrowed = parseNarrowing(body['queue']);
  if (narrowed.outcome === 'refused') return narrowed;
  const { now } = call;
  const expiresAt = addMinutes(now, claimMinutes);
  for (const { site, account, filter } of await inOrderOfNeed(store, call, {
    sites: allowed.all,
    asked: narrowed.value,
  })) {
    const id = await claimNextHeld(store, filter, { account: account.id, now, expiresAt });
    const row = id && (await findQueueRow(store, { site, id }, { accounts: [account.id], now }));
    if (row) return answerJson(200, row);
  }
  return answerEmpty();
}

type Queue = Allowed & { filter: QueueFilter };

// The site first whose neediest comment of those that can be claimed comes first. What a colleague holds, or what this very
// person claimed just now, must not keep a site in front.
async function inOrderOfNeed(
  store: Store,
  { now }: Call,
  { sites, asked }: { sites: readonly Allowed[]; asked: QueueAsked },
): Promise<readonly Queue[]> {
  const reaches = sites.map(({ reach }) => reach);
  const filters = await makeFilters(store, reaches, asked);
  const queues = sites.flatMap((allowed, index) => {
    const filter = filters[index];
    return filter ? [{ ...allowed, filter }] : [];
  });
  if (queues.length < 2) return queues;
  const found = await Promise.all(
    queues.map(async (queue) => {
      const place = await findNextHeld(store, queue.filter, { account: queue.account.id, now });
      return place ? [{ queue, place }] : [];
    }),
  );
  const inOrder = found.flat().toSorted((a, b) => compareRows('need', a.place, b.place));
  return inOrder.map(({ queue }) => queue);
}

/** 200 with the row, also where the claim was one's own before and begins anew; 409 with the claim or the pending verdict that
 *  stands, or with the decision that was first. */
async function claimOne(
  store: Store,
  call: Call,
  { comment, takeOver }: { comment: unknown; takeOver: boolean },
): Promise<Answer> {
  const named = { ...call, params: { ...call.params, id: typeof comment === 'string' ? comment : '' } };
  const allowed = await allowOnComment(store, named, 'comment.decide');
  if (allowed.outcome === 'refused') return allowed;
  const { site, id, account } = allowed;
  const { now } = call;
  const mayTakeOver = takeOver && call.principal !== undefined && accountFor(call.principal, 'claim.takeOver', site);
  const expiresAt = addMinutes(now, claimMinutes);
  const claim = { account: account.id, now, expiresAt, takeOver: Boolean(mayTakeOver) };
  const claimed = await claimHeld(store, { site, id }, claim);
  const row = await findQueueRow(store, { site, id }, { accounts: [account.id], now });
  if (!row) return refused('comment_unknown');
  if (claimed) return answerJson(200, row);
  const { pending, decision, state, version } = row;
  if (pending) return refused('decision_pending', { beside: { pending } });
  if (state === 'held') return refused('claimed_by_another', { beside: { claim: row.claim } });
  return refused(decision ? 'already_decided' : 'state_moved_on', { beside: { decision, state, version } });
}

/** Gives a claimed comment back: 204, also when there was no claim of one's own; a colleague's claim stays. */
export async function releaseComment(store: Store, call: Call): Promise<Answer> {
  const allowed = await allowOnComment(store, call, 'comment.decide');
  if (allowed.outcome === 'refused') return allowed;
  await releaseClaim(store, allowed, allowed.account.id);
  return answerEmpty();
}

function parseNarrowing(queue: unknown): Parsed<QueueAsked> {
  if (queue === undefined || queue === null) return parsed({ state: 'held' });
  if (!isObject(queue)) return refused('field_malformed', { field: 'queue' });
  // Nothing else can be claimed, whatever list it was asked from.
  return parseQueueAsked({ ...queue, state: 'held' }, 'field_malformed');
}
