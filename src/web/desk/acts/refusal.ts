import type { ApiAnswer } from '../../api.ts';
import { tellClock } from '../clock.ts';
import type { DecisionView, QueueRow } from '../shapes.ts';
import { tell, wordsFor, type Desk } from '../state.ts';
import type { WordKey } from '../wordKeys.ts';
import { decidedStates, replaceRow } from './rows.ts';

type RefusedAnswer = Extract<ApiAnswer<unknown>, { outcome: 'refused' }>;
type FailedAnswer = Exclude<ApiAnswer<unknown>, { outcome: 'answered' }>;

/** The sentences of the desk for what a moderator can run into; for the rest the server's own sentence is shown. */
const sentences: Readonly<Record<string, WordKey>> = {
  not_allowed: 'refused.notAllowed',
  same_moderator: 'refused.sameModerator',
  judged_before: 'reading.mine',
  editor_decides: 'reading.disputed',
  comment_unknown: 'refused.unknown',
  not_found: 'refused.unknown',
  already_withdrawn: 'refused.withdrawn',
  state_moved_on: 'refused.movedOn',
  appeal_closed: 'refused.appealClosed',
  guideline_unknown: 'refused.guideline',
  guideline_required: 'refused.guideline',
  precision_moved_on: 'refused.precisionMoved',
  explanation_too_long: 'refused.tooLong',
  step_up_required: 'refused.stepUp',
  account_known: 'refused.accountKnown',
  last_admin: 'refused.lastAdmin',
  email_malformed: 'refused.email',
  warning_required: 'sanction.needsWarning',
  network_forgotten: 'sanction.networkGone',
  sanction_ended: 'sanction.ended',
};

/** Says why the server refused and, where a colleague was first, who; the case then shows their claim or decision.
 *  `row` is the comment as the desk has it, if it still has it. */
export function tellRefusal(desk: Desk, row: QueueRow | undefined, answer: RefusedAnswer): void {
  if (answer.status === 401) return;
  const words = wordsFor(desk);
  const decision = readDecision(answer);
  const claim = readClaim(answer);
  const pending = readPending(answer);
  if (pending) {
    tell(desk, words(pending.mine ? 'pending.mine' : 'pending.theirs', { by: pending.by }), 'bad');
    if (row) updateShown(desk, { ...row, pending });
  } else if (answer.reason === 'claimed_by_another' && claim) {
    tell(desk, words('refused.claimed', { by: claim.by, time: tellClock(claim.expiresAt) }), 'bad');
    if (row) updateShown(desk, { ...row, claim });
  } else if (decision) {
    const by = decision.automated ? words('decision.automated') : decision.by;
    tell(desk, words(decidedWords[decision.verdict], { by, time: tellClock(decision.decidedAt) }), 'bad');
    if (row) updateShown(desk, { ...row, claim: null, decision, state: decidedStates[decision.verdict] });
  } else {
    tell(desk, explainRefusal(desk, answer), 'bad');
  }
}

/** Why what stands in a form could not be sent; it stays there. */
export function explainFailure(desk: Desk, answer: FailedAnswer): string {
  if (answer.outcome === 'unreachable') return wordsFor(desk)('said.unreachableKept');
  return answer.status === 401 ? wordsFor(desk)('session.ended') : explainRefusal(desk, answer);
}

/** Says why something could not be done. */
export function tellFailure(desk: Desk, answer: FailedAnswer): void {
  const isRefused = answer.outcome === 'refused';
  tell(desk, isRefused ? explainRefusal(desk, answer) : wordsFor(desk)('said.unreachable'), 'bad');
}

/** The sentence for a refusal, in the desk's language where it has one. */
export function explainRefusal(desk: Desk, answer: RefusedAnswer): string {
  const key = sentences[answer.reason];
  return key ? wordsFor(desk)(key) : answer.detail || wordsFor(desk)('refused.other');
}

const decidedWords = {
  approve: 'refused.approvedFirst',
  reject: 'refused.rejectedFirst',
  remove: 'refused.removedFirst',
} as const satisfies Record<DecisionView['verdict'], WordKey>;

/** The decision that was first, where the answer brings it. */
export function readDecision({ body }: RefusedAnswer): DecisionView | undefined {
  const { decision } = body;
  return typeof decision === 'object' && decision !== null ? (decision as DecisionView) : undefined;
}

function readPending({ body }: RefusedAnswer): QueueRow['pending'] {
  const { pending } = body;
  return typeof pending === 'object' && pending !== null ? (pending as QueueRow['pending']) : null;
}

function readClaim({ body }: RefusedAnswer): NonNullable<QueueRow['claim']> | undefined {
  const { claim } = body;
  return typeof claim === 'object' && claim !== null ? (claim as NonNullable<QueueRow['claim']>) : undefined;
}

function updateShown(desk: Desk, fresh: QueueRow): void {
  replaceRow(desk, fresh);
  if (desk.read().shown?.id === fresh.id) desk.change({ shown: fresh });
}
