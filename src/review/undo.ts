import { claimMinutes, parseNamedComments } from '../contract/desk.ts';
import { answerJson, type Answer, type Call } from '../contract/http.ts';
import { isObject } from '../contract/json.ts';
import { refused, type Refused } from '../contract/refusals.ts';
import { addDays, addMinutes } from '../contract/time.ts';
import { listOwnPending, undoPending } from '../record/pendingDecisions.ts';
import { findQueueRow } from '../record/queue.ts';
import type { Store } from '../record/store.ts';
import { allowOnAskedSites, allowOnComment, allowOnEach, findReaches, type AllowedOnComment } from './authorise.ts';
import { showRefused } from './decide.ts';
import { viewPending } from './verdict.ts';

/** Undoes one's own verdict before it takes effect: 200 with the comment's row, claimed again; 409 `already_decided` with
 *  the decision that it has become, `decision_pending` with whose it is, `not_pending`. */
export async function undoDecision(store: Store, call: Call): Promise<Answer> {
  const allowed = await allowOnComment(store, call, 'comment.decide');
  if (allowed.outcome === 'refused') return allowed;
  const undone = await undo(store, call, allowed);
  if (undone.outcome === 'refused') return undone;
  const row = await findQueueRow(store, allowed, { accounts: [allowed.account.id], now: call.now });
  return row ? answerJson(200, row) : refused('comment_unknown');
}

/** Undoes many: 200 with one result per comment in their order, `{id, status: 200}` or as it would be refused alone. */
export async function undoDecisions(store: Store, call: Call): Promise<Answer> {
  const reaches = findReaches(call, 'comment.decide');
  if (reaches.outcome === 'refused') return reaches;
  if (!isObject(call.body)) return refused('body_malformed');
  const named = parseNamedComments(call.body['comments']);
  if (named.outcome === 'refused') return named;
  const asked = { act: 'comment.decide', reaches: reaches.value, comments: named.value } as const;
  const results: object[] = [];
  for (const { comment, allowed } of await allowOnEach(store, call, asked)) {
    const undone = allowed.outcome === 'refused' ? allowed : await undo(store, call, allowed);
    results.push({ id: comment.id, ...(undone.outcome === 'refused' ? showRefused(call, undone) : { status: 200 }) });
  }
  return answerJson(200, { results });
}

async function undo(
  store: Store,
  { now }: Call,
  { site, id, account }: AllowedOnComment,
): Promise<{ outcome: 'undone' } | Refused> {
  const asked = { site, id, account: account.id, now, claimedUntil: addMinutes(now, claimMinutes) };
  return undoPending(store, asked, ({ pending, decided }) => {
    if (!pending && decided) return refused('already_decided', { beside: { decision: decided } });
    if (!pending) return refused('not_pending');
    if (pending.account === account.id) return undefined;
    return refused('decision_pending', { beside: { pending: viewPending(pending, account.id) } });
  });
}

/** Days for which it is told that a verdict could not take effect. */
const toldDays = 1;

/** 200 with one's own verdicts that are pending, and those of the last day that could not take effect, on one site or on all
 *  of one's own (`site=*`): `{pending: [{id, name, verdict, guideline, takesEffectAt, droppedFor}]}`. */
export async function showPendingOnes(store: Store, call: Call): Promise<Answer> {
  const allowed = allowOnAskedSites(call, 'comment.decide');
  if (allowed.outcome === 'refused') return allowed;
  const droppedAfter = addDays(call.now, -toldDays);
  const bySite = allowed.all.map(({ site, account }) =>
    listOwnPending(store, { site, account: account.id, droppedAfter }),
  );
  return answerJson(200, {
    pending: (await Promise.all(bySite))
      .flat()
      .map(({ dueAt, ...rest }) => ({ ...rest, takesEffectAt: dueAt.toISOString() })),
  });
}
