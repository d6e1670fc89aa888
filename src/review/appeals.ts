import { answerJson, readNumber, readParameter, type Answer, type Call } from '../contract/http.ts';
import { parseExplanation } from '../contract/desk.ts';
import { isPublicId } from '../contract/ids.ts';
import { isObject, parsed, type Parsed } from '../contract/json.ts';
import { actorOf } from '../contract/principal.ts';
import { refused } from '../contract/refusals.ts';
import { findAppealed, listOpenAppeals, recordAppealDecision, type AppealVerdict } from '../record/appeals.ts';
import type { Store } from '../record/store.ts';
import { allowOnAskedSite, allowOnFound, findReaches } from './authorise.ts';
import { readAppealPlace, writeAppealPlace } from './place.ts';
import { queueLimits } from './showQueue.ts';
import { weighAppeal } from './verdict.ts';

/** 200 with open appeals, the longest waiting first: `{total, appeals, next}`. */
export async function showAppeals(store: Store, call: Call): Promise<Answer> {
  const allowed = allowOnAskedSite(call, 'queue.read');
  if (allowed.outcome === 'refused') return allowed;
  const limit = readNumber(call, 'limit', queueLimits);
  if (limit.outcome === 'refused') return limit;
  const asked = readParameter(call, 'after');
  if (asked.outcome === 'refused') return asked;
  const after = asked.value === undefined ? undefined : readAppealPlace(asked.value);
  if (asked.value !== undefined && !after) return refused('parameter_malformed', { field: 'after' });
  const viewer = { accounts: [allowed.account.id], now: call.now };
  const { total, appeals, next } = await listOpenAppeals(store, allowed.reach, { after, limit: limit.value, viewer });
  return answerJson(200, { total, appeals, next: next ? writeAppealPlace(next) : null });
}

/** Decides an appeal: 201 with `{id, comment, state, explanation, by, decidedAt}`; 403 for whoever took the decision that
 *  the appeal is against; 409 when it was decided before. */
export async function decideAppeal(store: Store, call: Call): Promise<Answer> {
  const reaches = findReaches(call, 'appeal.decide');
  if (reaches.outcome === 'refused') return reaches;
  const id = call.params['id'];
  const found = isPublicId(id) ? await findAppealed(store, reaches.value, id) : [];
  const [appealed] = found;
  if (!isPublicId(id) || !appealed) return refused('not_found');
  const allowed = allowOnFound(
    call,
    'appeal.decide',
    found.map(({ site }) => site),
  );
  if (allowed.outcome === 'refused') return allowed;
  const draft = parseAppealVerdict(call.body);
  if (draft.outcome === 'refused') return draft;
  const actor = actorOf(allowed.account);
  const decided = await recordAppealDecision(
    store,
    { ...draft.value, site: allowed.site, comment: appealed.comment, id, actor, now: call.now },
    (standing) => weighAppeal(standing, actor),
  );
  if (decided.outcome === 'refused') return decided;
  const { comment, state } = decided;
  const { explanation } = draft.value;
  const decidedAt = call.now.toISOString();
  return answerJson(201, { id, comment, state, explanation, by: allowed.account.name, decidedAt });
}

function parseAppealVerdict(body: unknown): Parsed<AppealVerdict> {
  if (!isObject(body)) return refused('body_malformed');
  const { verdict } = body;
  if (verdict !== 'uphold' && verdict !== 'overturn') return refused('verdict_unknown', { field: 'verdict' });
  const explanation = parseExplanation(body);
  if (explanation.outcome === 'refused') return explanation;
  // The author is owed a reason for either answer.
  if (explanation.value === undefined) return refused('field_required', { field: 'explanation' });
  return parsed({ verdict, explanation: explanation.value });
}
