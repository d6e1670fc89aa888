import type { Judgement, Recheck } from '../../../contract/agreement.ts';
import { tell, wishFocus, wordsFor, type Desk } from '../state.ts';
import { ask } from './ask.ts';
import { explainRefusal } from './refusal.ts';

type RecheckBody = { waiting: number; comment: Recheck | null };

/** Reads the next decided comment to judge again. */
export async function loadRecheck(desk: Desk): Promise<void> {
  const { site } = desk.read();
  desk.change({ recheck: { ...desk.read().recheck, phase: 'loading' } });
  const answer = await ask<RecheckBody>(desk, 'getRecheck', { params: { site } });
  if (desk.read().site !== site) return;
  if (answer.outcome === 'answered') desk.change({ recheck: { ...answer.body, phase: 'ready' } });
  else desk.change({ recheck: { waiting: 0, comment: null, phase: 'unreachable' } });
}

/** Sends how one would have decided, and goes on to the next. */
export async function judgeAgain(desk: Desk, comment: Recheck, judgement: Judgement): Promise<void> {
  if (desk.read().busy) return;
  desk.change({ busy: true });
  const { verdict, guideline } = judgement;
  const body = { verdict, ...(guideline === null ? {} : { guideline }) };
  const answer = await ask(desk, 'postRecheck', { params: { id: comment.id }, body });
  desk.change({ busy: false });
  if (answer.outcome === 'unreachable') {
    tell(desk, wordsFor(desk)('said.unreachable'), 'bad');
    return;
  }
  if (answer.outcome === 'refused') tell(desk, explainRefusal(desk, answer), 'bad');
  else tell(desk, wordsFor(desk)('recheck.noted'), 'good');
  await loadRecheck(desk);
  wishFocus(desk, 'recheck');
}
