import type { CaseContext } from '../../../contract/case.ts';
import type { AppealRow, AppealsPage } from '../shapes.ts';
import { tell, wishFocus, wordsFor, type Desk } from '../state.ts';
import { ask } from './ask.ts';
import { fetchContext } from './context.ts';
import { explainFailure } from './refusal.ts';

/** Reads the appeals of the site that still wait. */
export async function loadAppeals(desk: Desk): Promise<void> {
  const { site } = desk.read();
  const answer = await ask<AppealsPage>(desk, 'getAppeals', { query: { site } });
  const { appeals, site: siteNow } = desk.read();
  if (siteNow !== site) return;
  if (answer.outcome !== 'answered') {
    desk.change({ appeals: { ...appeals, phase: appeals.rows.length > 0 ? 'ready' : 'unreachable' } });
    return;
  }
  const known = new Map(appeals.rows.map(({ comment }) => [comment.id, comment.context]));
  const rows = answer.body.appeals.map((appeal) => withKnown(appeal, known.get(appeal.comment.id)));
  desk.change({ appeals: { ...appeals, rows, total: answer.body.total, phase: 'ready' } });
}

/** The appeal with what was fetched about its comment before, which a list does not carry. */
function withKnown(appeal: AppealRow, context: CaseContext | undefined): AppealRow {
  return context ? { ...appeal, comment: { ...appeal.comment, context } } : appeal;
}

/** Lays an appeal on the table. */
export function openAppeal(desk: Desk, id: string): void {
  desk.change({ appeals: { ...desk.read().appeals, shown: id }, face: 'case', unveiled: null });
  fetchContext(desk);
  wishFocus(desk, 'appeal');
}

/** Moves through the appeals by one. */
export function moveAppealBy(desk: Desk, step: 1 | -1): void {
  const { rows, shown } = desk.read().appeals;
  const at = rows.findIndex(({ id }) => id === shown);
  const appeal = rows[at < 0 ? 0 : at + step];
  if (appeal) desk.change({ appeals: { ...desk.read().appeals, shown: appeal.id }, unveiled: null });
  fetchContext(desk);
  wishFocus(desk, 'row');
}

/** Whether the first decision stands, and why. */
export type AppealVerdict = { verdict: 'uphold' | 'overturn'; explanation: string };

/** Decides an appeal. Resolves to a sentence about what stood in the way, or undefined when it was decided. The words of the
 *  explanation stay in the form until then. */
export async function decideAppeal(
  desk: Desk,
  appeal: AppealRow,
  { verdict, explanation }: AppealVerdict,
): Promise<string | undefined> {
  const words = wordsFor(desk);
  if (explanation.trim() === '') return words('appeal.explanationNeeded');
  desk.change({ busy: true });
  const body = { verdict, explanation: explanation.trim() };
  const answer = await ask(desk, 'postAppealDecision', { params: { id: appeal.id }, body });
  desk.change({ busy: false });
  if (answer.outcome !== 'answered') return explainFailure(desk, answer);
  const { appeals } = desk.read();
  const rows = appeals.rows.filter(({ id }) => id !== appeal.id);
  desk.change({ appeals: { ...appeals, rows, total: appeals.total - 1, shown: null } });
  tell(desk, words(verdict === 'uphold' ? 'said.upheld' : 'said.overturned'), 'good');
  const following = rows.find(({ mine }) => !mine);
  if (following) openAppeal(desk, following.id);
  else wishFocus(desk, 'appeal');
  return undefined;
}
