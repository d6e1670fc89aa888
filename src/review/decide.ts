import { isObject } from '../contract/json.ts';
import { claimMinutes, parseBulkDraft, parseDecisionDraft, parseGround, type Ground } from '../contract/desk.ts';
import { answerJson, type Answer, type Call } from '../contract/http.ts';
import { explainRefusal } from '../contract/messages.ts';
import { actorOf, type Account } from '../contract/principal.ts';
import { readLanguage } from '../contract/readLanguage.ts';
import { refused, refusalStatuses, type Refused } from '../contract/refusals.ts';
import { addMinutes } from '../contract/time.ts';
import { asDecided, recordDecision, type Decided, type Noted } from '../record/decisions.ts';
import { recordPending } from '../record/pendingDecisions.ts';
import type { Pending } from '../record/pendingRows.ts';
import type { Store } from '../record/store.ts';
import { allowOnComment, allowOnEach, findReaches } from './authorise.ts';
import { viewPending, weigh, type Given } from './verdict.ts';

/** Decides a held comment: 201 with the decision; with `pendingSeconds` 202 with the verdict, which takes effect by itself
 *  after them; 409 with the decision that was first, or with whose claim or pending verdict stands. */
export async function decideComment(store: Store, call: Call): Promise<Answer> {
  const allowed = await allowOnComment(store, call, 'comment.decide');
  if (allowed.outcome === 'refused') return allowed;
  const draft = parseDecisionDraft(call.body);
  if (draft.outcome === 'refused') return draft;
  const decided = await decide(store, { ...allowed, now: call.now }, draft.value);
  if (decided.outcome === 'refused') return decided;
  return decided.outcome === 'decided'
    ? answerJson(201, showDecided(decided))
    : answerJson(202, decided.outcome === 'noted' ? showNoted(decided) : showPending(allowed.id, decided.pending));
}

/** Takes a published comment down, as a decision like any other: 201; 409 `state_moved_on` for a comment that is not
 *  published, `already_decided` for one that was removed before. */
export async function removeComment(store: Store, call: Call): Promise<Answer> {
  const allowed = await allowOnComment(store, call, 'comment.remove');
  if (allowed.outcome === 'refused') return allowed;
  if (!isObject(call.body)) return refused('body_malformed');
  const ground = parseGround(call.body, true);
  if (ground.outcome === 'refused') return ground;
  const decided = await remove(store, { ...allowed, now: call.now }, ground.value);
  return decided.outcome === 'refused' ? decided : answerJson(201, showDecided(decided));
}

/** Takes a published comment down on a ground that was parsed; refused as `removeComment` is. */
export async function remove(store: Store, decider: Decider, ground: Ground): Promise<Decided | Refused> {
  return asDecided(await decideAtOnce(store, decider, { verdict: 'remove', ...ground }));
}

/** Decides many held comments alike, each in a transaction of its own: 200 with one result per comment, in their order,
 *  each with the status and body that it would have had alone. */
export async function decideComments(store: Store, call: Call): Promise<Answer> {
  const reaches = findReaches(call, 'comment.decide');
  if (reaches.outcome === 'refused') return reaches;
  const draft = parseBulkDraft(call.body);
  if (draft.outcome === 'refused') return draft;
  const { comments, ...verdict } = draft.value;
  const each = await allowOnEach(store, call, { act: 'comment.decide', reaches: reaches.value, comments });
  const results: object[] = [];
  for (const { comment, allowed } of each) {
    const { id, version } = comment;
    const decided =
      allowed.outcome === 'refused'
        ? allowed
        : await decide(store, { ...allowed, now: call.now }, { ...verdict, version });
    results.push({ id, ...showResult(call, { id, decided }) });
  }
  return answerJson(200, { results });
}

type Decider = { site: string; account: Account; id: string; now: Date };

type WithTime = Given & { pendingSeconds?: number | undefined };
type Kept = { outcome: 'pending'; pending: Pending };

async function decide(store: Store, decider: Decider, given: WithTime): Promise<Decided | Noted | Kept | Refused> {
  const { pendingSeconds } = given;
  if (pendingSeconds === undefined) return decideAtOnce(store, decider, given);
  const { site, account, id, now } = decider;
  const asked = {
    site,
    id,
    account: account.id,
    guideline: given.guideline,
    now,
    dueAt: addMinutes(now, pendingSeconds / 60),
    claimedUntil: addMinutes(now, claimMinutes),
  };
  return recordPending(store, asked, (standing) => weigh(given, standing, account.id));
}

async function decideAtOnce(store: Store, decider: Decider, given: Given): Promise<Decided | Noted | Refused> {
  const { site, account, id, now } = decider;
  const asked = { site, id, guideline: given.guideline, actor: actorOf(account), now };
  return recordDecision(store, asked, (standing) => weigh(given, standing, account.id));
}

/** A decision as the desk's calls answer it. */
export function showDecided({ comment, decision, state, version }: Decided): object {
  return { comment, state, version, ...decision };
}

function showNoted({ comment, state, version, waitsFor }: Noted): object {
  return { comment, state, version, waitsFor };
}

function showPending(comment: string, pending: Pending): object {
  const { verdict, guideline, takesEffectAt } = viewPending(pending, pending.account);
  return { comment, version: pending.version, pending: { verdict, guideline, takesEffectAt } };
}

// As the server shows a refusal, because here several stand in one answer.
function showResult(call: Call, { id, decided }: { id: string; decided: Decided | Noted | Kept | Refused }): object {
  if (decided.outcome === 'decided') return { status: 201, decision: showDecided(decided) };
  if (decided.outcome === 'noted') return { status: 202, ...showNoted(decided) };
  if (decided.outcome === 'pending') return { status: 202, ...showPending(id, decided.pending) };
  return showRefused(call, decided);
}

/** A refusal as one of several in one answer. */
export function showRefused(call: Call, { refusal }: Refused): object {
  const { reason, field, beside } = refusal;
  const language = readLanguage(call, 'en');
  const detail = explainRefusal(language, refusal);
  return {
    status: refusalStatuses[reason],
    refusal: { reason, ...(field === undefined ? {} : { field }), detail },
    ...beside,
  };
}
