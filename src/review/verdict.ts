import type { DecisionView } from '../contract/desk.ts';
import { refused, type Refused } from '../contract/refusals.ts';
import type { AppealStanding } from '../record/appeals.ts';
import type { Standing, Verdict } from '../record/decisions.ts';

/** A verdict as a moderator gives it. Without a `version` it is about the comment as it stands (a removal). */
export type Given = {
  verdict: DecisionView['verdict'];
  guideline?: string | undefined;
  explanation?: string | undefined;
  version?: number | undefined;
};

/** Whether a verdict can stand on a comment, and what is then recorded. Pure. Refused, in this order: `already_decided`
 *  with the decision that was first, `state_moved_on`, `claimed_by_another` with the claim, `guideline_unknown`. */
export function weigh(
  given: Given,
  standing: Standing,
  account: string,
): { outcome: 'stands'; verdict: Verdict } | Refused {
  const wanted = given.verdict === 'remove' ? 'approved' : 'held';
  const { state, version, decision, claim, guidelineVersion } = standing;
  if (state !== wanted) {
    const wasDecided = decision !== null && (state === 'approved' || state === 'rejected' || state === 'removed');
    if (wasDecided) return refused('already_decided', { beside: { decision, state, version } });
    return refused('state_moved_on', { beside: { state, version } });
  }
  if (given.version !== undefined && given.version !== version) {
    return refused('state_moved_on', { beside: { state, version } });
  }
  if (claim && claim.account !== account) {
    const view = { by: claim.by, mine: false, expiresAt: claim.expiresAt.toISOString() };
    return refused('claimed_by_another', { beside: { claim: view } });
  }
  if (given.guideline === undefined && given.verdict !== 'approve')
    return refused('guideline_required', { field: 'guideline' });
  if (given.guideline !== undefined && guidelineVersion === undefined) {
    return refused('guideline_unknown', { field: 'guideline' });
  }
  return {
    outcome: 'stands',
    verdict: {
      verdict: given.verdict,
      guideline: given.guideline ?? null,
      guidelineVersion: guidelineVersion ?? null,
      explanation: given.explanation ?? null,
    },
  };
}

/** Whether this moderator may decide an appeal as it stands; undefined when they may. Pure. The database refuses the same
 *  moderator too (ST003). */
export function weighAppeal(standing: AppealStanding, actor: string): Refused | undefined {
  if (standing.appeal !== 'open') return refused('appeal_closed', { beside: { state: standing.appeal } });
  if (standing.decidedBy === actor) return refused('same_moderator');
  if (standing.state !== 'rejected' && standing.state !== 'removed') return refused('state_moved_on');
  return undefined;
}
