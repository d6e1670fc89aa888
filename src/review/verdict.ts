import type { DecisionView, PendingView } from '../contract/desk.ts';
import { refused, type Refused } from '../contract/refusals.ts';
import type { AppealStanding } from '../record/appeals.ts';
import type { Claim } from '../record/claims.ts';
import type { Standing, Stands } from '../record/decisions.ts';
import type { Pending } from '../record/pendingRows.ts';

/** A verdict as a moderator gives it. Without a `version` it is about the comment as it stands (a removal). */
export type Given = {
  verdict: DecisionView['verdict'];
  guideline?: string | undefined;
  explanation?: string | undefined;
  version?: number | undefined;
};

/** Whether a verdict can stand on a comment, and what is then recorded. Pure. Refused, in this order: `already_decided`
 *  with the decision that was first, `state_moved_on`, `decision_pending` with whose it is, `claimed_by_another` with the
 *  claim, `guideline_required`, `guideline_unknown`, and what `weighReading` refuses. */
export function weigh(given: Given, standing: Standing, account: string): Stands | Refused {
  const wanted = given.verdict === 'remove' ? 'approved' : 'held';
  const { state, version, decision, claim, pending, guidelineVersion } = standing;
  if (state !== wanted) {
    const wasDecided = decision !== null && (state === 'approved' || state === 'rejected' || state === 'removed');
    if (wasDecided) return refused('already_decided', { beside: { decision, state, version } });
    return refused('state_moved_on', { beside: { state, version } });
  }
  if (given.version !== undefined && given.version !== version) {
    return refused('state_moved_on', { beside: { state, version } });
  }
  if (pending) return refused('decision_pending', { beside: { pending: viewPending(pending, account) } });
  const claimed = refuseClaimed(claim, account);
  if (claimed) return claimed;
  if (given.guideline === undefined && given.verdict !== 'approve')
    return refused('guideline_required', { field: 'guideline' });
  if (given.guideline !== undefined && guidelineVersion === undefined) {
    return refused('guideline_unknown', { field: 'guideline' });
  }
  const reads = weighReading(given, standing, account);
  if (typeof reads === 'object') return reads;
  return {
    outcome: 'stands',
    ...(reads === 'decides' ? {} : { reads }),
    verdict: {
      verdict: given.verdict,
      guideline: given.guideline ?? null,
      guidelineVersion: guidelineVersion ?? null,
      explanation: given.explanation ?? null,
    },
  };
}

/** `claimed_by_another` with whose the claim is, where a colleague holds the comment. Pure. */
export function refuseClaimed(claim: Claim | undefined, account: string): Refused | undefined {
  if (!claim || claim.account === account) return undefined;
  const view = { by: claim.by, mine: false, expiresAt: claim.expiresAt.toISOString() };
  return refused('claimed_by_another', { beside: { claim: view } });
}

/** Whether a verdict on a held comment decides, or is one of two readings. A rejection under a guideline that asks for two
 *  waits for another moderator; agreement is the same verdict under the same guideline, anything else goes to an editor who
 *  gave neither (or to any, where the site has no such editor). Pure. Refused: `judged_before`, `editor_decides`. */
export function weighReading(
  { verdict, guideline }: Pick<Given, 'verdict' | 'guideline'>,
  { state, reading: { asksTwo, first, editors } }: Pick<Standing, 'state' | 'reading'>,
  account: string,
): 'decides' | 'first' | 'second' | Refused {
  if (state !== 'held') return 'decides';
  if (!first) return asksTwo && verdict === 'reject' ? 'first' : 'decides';
  const { account: one, other } = first;
  if (other !== null) {
    if (!editors.includes(account)) return refused('editor_decides');
    const isFree = (editor: string): boolean => editor !== one && editor !== other;
    return isFree(account) || !editors.some(isFree) ? 'decides' : refused('judged_before');
  }
  if (account === one) return refused('judged_before');
  return verdict === 'reject' && guideline === first.guideline ? 'decides' : 'second';
}

/** A pending verdict as an account sees it. What it says is shown to whoever gave it alone. Pure. */
export function viewPending(pending: Pending, account: string): PendingView {
  const mine = pending.account === account;
  return {
    by: pending.by,
    mine,
    takesEffectAt: pending.dueAt.toISOString(),
    verdict: mine ? pending.verdict : null,
    guideline: mine ? pending.guideline : null,
  };
}

/** Whether this moderator may decide an appeal as it stands; undefined when they may. Pure. The database refuses the same
 *  moderator too (ST003). */
export function weighAppeal(standing: AppealStanding, actor: string): Refused | undefined {
  if (standing.appeal !== 'open') return refused('appeal_closed', { beside: { state: standing.appeal } });
  if (standing.rejecters.includes(actor)) return refused('same_moderator');
  if (standing.state !== 'rejected' && standing.state !== 'removed') return refused('state_moved_on');
  return undefined;
}
