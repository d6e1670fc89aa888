import { isObject } from '../contract/json.ts';
import { parseBulkDraft, parseDecisionDraft, parseGround } from '../contract/desk.ts';
import { answerJson, readHeader, type Answer, type Call } from '../contract/http.ts';
import { chooseLanguage, explainRefusal } from '../contract/messages.ts';
import { actorOf, type Account } from '../contract/principal.ts';
import { refused, refusalStatuses, type Refused } from '../contract/refusals.ts';
import { recordDecision, type Decided } from '../record/decisions.ts';
import { findSitesOf } from '../record/queue.ts';
import type { Store } from '../record/store.ts';
import { allowOnComment, allowOnFound, readableSites } from './authorise.ts';
import { weigh, type Given } from './verdict.ts';

/** Decides a held comment: 201 with the decision; 409 with the decision that was first, or with whose claim stands. */
export async function decideComment(store: Store, call: Call): Promise<Answer> {
  const allowed = await allowOnComment(store, call, 'comment.decide');
  if (allowed.outcome === 'refused') return allowed;
  const draft = parseDecisionDraft(call.body);
  if (draft.outcome === 'refused') return draft;
  const decided = await decide(store, { ...allowed, now: call.now }, draft.value);
  return decided.outcome === 'refused' ? decided : answerJson(201, showDecided(decided));
}

/** Takes a published comment down, as a decision like any other: 201; 409 `state_moved_on` for a comment that is not
 *  published, `already_decided` for one that was removed before. */
export async function removeComment(store: Store, call: Call): Promise<Answer> {
  const allowed = await allowOnComment(store, call, 'comment.remove');
  if (allowed.outcome === 'refused') return allowed;
  if (!isObject(call.body)) return refused('body_malformed');
  const ground = parseGround(call.body, true);
  if (ground.outcome === 'refused') return ground;
  const decided = await decide(store, { ...allowed, now: call.now }, { verdict: 'remove', ...ground.value });
  return decided.outcome === 'refused' ? decided : answerJson(201, showDecided(decided));
}

/** Decides many held comments alike, each in a transaction of its own: 200 with one result per comment, in their order,
 *  each with the status and body that it would have had alone. */
export async function decideComments(store: Store, call: Call): Promise<Answer> {
  const sites = readableSites(call, 'comment.decide');
  if (sites.outcome === 'refused') return sites;
  const draft = parseBulkDraft(call.body);
  if (draft.outcome === 'refused') return draft;
  const { comments, ...verdict } = draft.value;
  const found = await findSitesOf(
    store,
    sites.value,
    comments.map(({ id }) => id),
  );
  const results: object[] = [];
  for (const { id, version } of comments) {
    const sitesOfComment = found.filter((row) => row.id === id).map(({ site }) => site);
    const allowed = allowOnFound(call, 'comment.decide', sitesOfComment);
    const decided =
      allowed.outcome === 'refused'
        ? allowed
        : await decide(store, { ...allowed, id, now: call.now }, { ...verdict, version });
    results.push({ id, ...showResult(call, decided) });
  }
  return answerJson(200, { results });
}

type Decider = { site: string; account: Account; id: string; now: Date };

async function decide(store: Store, decider: Decider, given: Given): Promise<Decided | Refused> {
  const { site, account, id, now } = decider;
  const asked = { site, id, guideline: given.guideline, actor: actorOf(account), now };
  return recordDecision(store, asked, (standing) => weigh(given, standing, account.id));
}

function showDecided({ comment, decision, state, version }: Decided): object {
  return { comment, state, version, ...decision };
}

// As the server shows a refusal, because here several stand in one answer.
function showResult(call: Call, decided: Decided | Refused): object {
  if (decided.outcome === 'decided') return { status: 201, decision: showDecided(decided) };
  const { reason, field, beside } = decided.refusal;
  const language = chooseLanguage(readHeader(call, 'accept-language'), 'en');
  const detail = explainRefusal(language, decided.refusal);
  return {
    status: refusalStatuses[reason],
    refusal: { reason, ...(field === undefined ? {} : { field }), detail },
    ...beside,
  };
}
