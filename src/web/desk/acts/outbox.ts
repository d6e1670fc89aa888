import { undoSeconds, type PendingView } from '../../../contract/desk.ts';
import { keepDecisions, recallDecisions } from '../memory.ts';
import type { DecisionView, KeptDecision, QueueRow } from '../shapes.ts';
import { rulesOf, tell, wordsFor, type Desk } from '../state.ts';
import { ask, isSignedOut } from './ask.ts';
import { fetchNext, forgetClaim, showNext } from './cases.ts';
import { readDecision, tellRefusal } from './refusal.ts';
import { decidedStates, dropRow } from './rows.ts';
import { noteUndoable } from './undo.ts';

/** What became of a decision: `decided` by the server, `waits` here for the network or a new sign-in, or `refused`. `said`
 *  is the sentence for the moderator. */
export type Settled = { outcome: 'decided' | 'waits' | 'refused'; said: string };

/** A decision as the server answers it, with the comment's new version. */
type DecidedBody = DecisionView & { version?: number };

/** A verdict that takes effect later, as the server answers it. */
type PendingBody = { pending: Pick<PendingView, 'verdict' | 'guideline' | 'takesEffectAt'> };

/** Keeps a decision until the server has answered it. */
export function keep(desk: Desk, decision: KeptDecision): void {
  const others = desk.read().kept.filter(({ id }) => id !== decision.id);
  setKept(desk, [...others, decision]);
}

function setKept(desk: Desk, kept: readonly KeptDecision[]): void {
  desk.change({ kept });
  keepDecisions(kept);
}

/** Sends a kept decision. It stays kept when nobody knows whether it arrived, and when the session has ended. */
export async function settle(desk: Desk, decision: KeptDecision): Promise<Settled> {
  const { id, version, verdict, guideline, explanation } = decision;
  const ground = {
    ...(guideline === undefined ? {} : { guideline }),
    ...(explanation === undefined ? {} : { explanation }),
  };
  const answer =
    verdict === 'remove'
      ? await ask<DecidedBody>(desk, 'postRemoval', { params: { id }, body: { ...ground, version } })
      : await ask<DecidedBody | PendingBody>(desk, 'postDecision', {
          params: { id },
          body: { verdict, ...ground, version, pendingSeconds: undoSeconds },
        });
  if (answer.outcome === 'unreachable' || isSignedOut(answer)) {
    keep(desk, { ...decision, attempts: decision.attempts + 1 });
    if (answer.outcome === 'unreachable') planSending(desk, answer.retryAfterSeconds);
    return {
      outcome: 'waits',
      said: wordsFor(desk)(answer.outcome === 'unreachable' ? 'said.waits' : 'said.waitsForSignIn'),
    };
  }
  setKept(
    desk,
    desk.read().kept.filter((kept) => kept.id !== id),
  );
  if (answer.outcome === 'answered') {
    const { body } = answer;
    return 'pending' in body ? recordPending(desk, decision, body.pending) : recordDecided(desk, decision, body);
  }
  const first = readDecision(answer);
  if (first && wasMine(desk, decision, first)) return recordDecided(desk, decision, first);
  const { shown, queue } = desk.read();
  tellRefusal(desk, [shown, ...queue.rows].find((row) => row?.id === id) ?? undefined, answer);
  return { outcome: 'refused', said: '' };
}

/** A decision whose answer was lost and that was sent again meets itself: the server says that it was decided, by me. A
 *  colleague of the same name who decided alike cannot be told apart, and need not be. */
function wasMine(desk: Desk, sent: KeptDecision, first: DecisionView): boolean {
  if (sent.attempts === 0) return false;
  const sameVerdict = first.verdict === sent.verdict && first.guideline === (sent.guideline ?? null);
  return sameVerdict && first.by === desk.read().session.name;
}

const decidedWords = { approve: 'said.approved', reject: 'said.rejected', remove: 'said.removed' } as const;

function recordDecided(desk: Desk, { id, verdict, author }: KeptDecision, decision: DecidedBody): Settled {
  dropRow(desk, id);
  forgetClaim(id);
  const { shown } = desk.read();
  if (shown?.id === id) desk.change({ shown: decidedRow(shown, verdict, decision) });
  return { outcome: 'decided', said: wordsFor(desk)(decidedWords[verdict], { name: author }) };
}

/** The verdict is given: the comment leaves the list, and can come back until it takes effect. */
function recordPending(
  desk: Desk,
  { id, site, verdict, guideline = '', explanation = '', author: name, version }: KeptDecision,
  { takesEffectAt }: PendingBody['pending'],
): Settled {
  dropRow(desk, id);
  forgetClaim(id);
  const said = wordsFor(desk)(
    isReadByTwo(desk, { id, site, verdict, guideline }) ? 'reading.noted' : decidedWords[verdict],
    {
      name,
    },
  );
  const form = explanation === '' ? undefined : ({ face: 'explanation', guideline, explanation, version } as const);
  noteUndoable(desk, { ids: [id], name, said, form });
  const { shown, session } = desk.read();
  const given = verdict === 'remove' ? null : verdict;
  const pending = { by: session.name, mine: true, takesEffectAt, verdict: given, guideline };
  if (shown?.id === id) desk.change({ shown: { ...shown, claim: null, pending } });
  return { outcome: 'decided', said };
}

function isReadByTwo(
  desk: Desk,
  { id, site, verdict, guideline }: Pick<KeptDecision, 'id' | 'site' | 'verdict' | 'guideline'>,
): boolean {
  const { shown } = desk.read();
  const { guidelines } = rulesOf(desk.read(), site);
  if (shown?.id === id && shown.reading) return shown.reading.state === 'waiting';
  return verdict === 'reject' && guidelines.some(({ key, secondReading }) => key === guideline && secondReading);
}

function decidedRow(row: QueueRow, verdict: DecisionView['verdict'], decision: DecidedBody): QueueRow {
  return { ...row, state: decidedStates[verdict], claim: null, decision, version: decision.version ?? row.version };
}

let sending: ReturnType<typeof setTimeout> | undefined;
let pauseSeconds = 1;

/** Longest pause between two sendings: a moderator who watches should not believe that nothing happens. */
const mostPauseSeconds = 15;

function planSending(desk: Desk, retryAfterSeconds: number | undefined): void {
  clearTimeout(sending);
  const seconds = Math.min(retryAfterSeconds ?? pauseSeconds, 60);
  pauseSeconds = Math.min(pauseSeconds * 2, mostPauseSeconds);
  sending = setTimeout(() => void sendKept(desk), seconds * 1000);
}

/** Sends all that waits, in order, and says what came of it. Called by the clock, when the network is back, and after a new
 *  sign-in. */
export async function sendKept(desk: Desk): Promise<void> {
  clearTimeout(sending);
  const waiting = desk.read().kept.filter(({ sender }) => sender === desk.read().session.email);
  if (waiting.length === 0) return;
  // Nothing else would ask again: what keeps the desk busy may be this very decision, or a claim.
  if (desk.read().busy) return planSending(desk, 1);
  desk.change({ busy: true });
  const said: string[] = [];
  let shownWasDecided = false;
  for (const decision of waiting) {
    const settled = await settle(desk, decision);
    if (settled.outcome === 'waits') {
      // A line still dead has been told; that the session ended meanwhile is news.
      if (desk.read().sessionEnded) tell(desk, settled.said, 'bad');
      break;
    }
    if (settled.outcome === 'decided') said.push(settled.said);
    shownWasDecided ||= settled.outcome === 'decided' && desk.read().shown?.id === decision.id;
  }
  desk.change({ busy: false });
  if (said.length === 0) return;
  pauseSeconds = 1;
  if (shownWasDecided && desk.read().filter.state === 'held') showNext(desk, await fetchNext(desk), said.join(' '));
  else tell(desk, said.join(' '), 'good');
}

/** Takes up the decisions that a reload found waiting. */
export function resumeKept(desk: Desk): void {
  const kept = recallDecisions(desk.read().session.email);
  if (kept.length === 0) return;
  desk.change({ kept });
  void sendKept(desk);
}
