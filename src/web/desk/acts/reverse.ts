import { isEditor, reversalHours, type DecisionView } from '../../../contract/desk.ts';
import type { QueueRow } from '../shapes.ts';
import { accountHere, tell, wishFocus, wordsFor, type Desk, type DeskState } from '../state.ts';
import { ask } from './ask.ts';
import { tellRefusal } from './refusal.ts';
import { dropRow, patchRow } from './rows.ts';

/** Whether this moderator may approve after all what was rejected or taken down: by themselves within the shift, or as an
 *  editor. The server asks for itself. */
export function mayReverse({ site, state, decision }: QueueRow, desk: DeskState): boolean {
  if (state !== 'rejected' && state !== 'removed') return false;
  if (isEditor(accountHere(desk, site)?.role)) return true;
  const isFresh = decision !== null && Date.parse(decision.decidedAt) + reversalHours * 3_600_000 > desk.now;
  return isFresh && decision.by === desk.session.name;
}

/** Approves after all what was rejected or taken down: a decision of its own, and the author is told. */
export async function approveAfterAll(desk: Desk, row: QueueRow): Promise<void> {
  if (desk.read().busy) return;
  desk.change({ busy: true });
  const body = { verdict: 'approve', version: row.version };
  const answer = await ask<DecisionView & { version: number }>(desk, 'postReversal', { params: { id: row.id }, body });
  desk.change({ busy: false });
  const words = wordsFor(desk);
  if (answer.outcome === 'unreachable') tell(desk, words('said.unreachable'), 'bad');
  else if (answer.outcome === 'refused') tellRefusal(desk, row, answer);
  else {
    const { version, ...decision } = answer.body;
    dropRow(desk, row.id);
    patchRow(desk, row.id, { state: 'approved', version, decision });
    tell(desk, words('reverse.done', { name: row.name ?? words('case.nameless') }), 'good');
  }
  wishFocus(desk, 'case');
}
