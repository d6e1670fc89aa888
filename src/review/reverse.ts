import { parseDecisionDraft, reversalHours, type DecisionDraft } from '../contract/desk.ts';
import { answerJson, type Answer, type Call } from '../contract/http.ts';
import { accountFor, actorOf } from '../contract/principal.ts';
import { refused, type Refused } from '../contract/refusals.ts';
import { addMinutes } from '../contract/time.ts';
import type { Verdict } from '../record/decisions.ts';
import { recordReversal, type DecidedStanding } from '../record/reversals.ts';
import type { Store } from '../record/store.ts';
import { allowOnComment } from './authorise.ts';
import { showDecided } from './decide.ts';

/** Turns a decision round: a rejected or removed comment is approved, an approved one taken down. A decision like any
 *  other, which supersedes the first: 201. For whoever took the decision within eight hours, and for editors at any time;
 *  403 `not_allowed`, `reversal_too_late`; 409 `appeal_open` while the author waits for another person's answer. */
export async function reverseDecision(store: Store, call: Call): Promise<Answer> {
  const allowed = await allowOnComment(store, call, 'decision.reverse');
  if (allowed.outcome === 'refused') return allowed;
  const draft = parseDecisionDraft(call.body);
  if (draft.outcome === 'refused') return draft;
  const { site, id, account } = allowed;
  const actor = actorOf(account);
  const { principal } = call;
  const mayAny = principal !== undefined && accountFor(principal, 'decision.reverseAny', site) !== undefined;
  const decided = await recordReversal(
    store,
    { site, id, guideline: draft.value.guideline, actor, now: call.now },
    (standing) => weighReversal(draft.value, standing, { actor, mayAny, now: call.now }),
  );
  return decided.outcome === 'refused' ? decided : answerJson(201, showDecided(decided));
}

const reversed = { approve: ['rejected', 'removed'], reject: ['approved'] } as const;

/** Whether a decision may be turned round as it stands, and what is then recorded. Pure. */
export function weighReversal(
  given: DecisionDraft,
  standing: DecidedStanding,
  { actor, mayAny, now }: { actor: string; mayAny: boolean; now: Date },
): { outcome: 'stands'; verdict: Verdict } | Refused {
  const { state, version, decision, decidedBy, decidedAt, hasOpenAppeal, guidelineVersion } = standing;
  const from: readonly string[] = reversed[given.verdict];
  if (!from.includes(state) || given.version !== version) {
    return refused('state_moved_on', { beside: { decision, state, version } });
  }
  if (hasOpenAppeal) return refused('appeal_open');
  if (!mayAny && decidedBy !== actor) return refused('not_allowed');
  if (!mayAny && (!decidedAt || addMinutes(decidedAt, reversalHours * 60) < now)) return refused('reversal_too_late');
  if (given.guideline !== undefined && guidelineVersion === undefined) {
    return refused('guideline_unknown', { field: 'guideline' });
  }
  return {
    outcome: 'stands',
    verdict: {
      // What is published is taken down; a rejection is of what nobody saw.
      verdict: given.verdict === 'reject' ? 'remove' : 'approve',
      guideline: given.guideline ?? null,
      guidelineVersion: guidelineVersion ?? null,
      explanation: given.explanation ?? null,
    },
  };
}
