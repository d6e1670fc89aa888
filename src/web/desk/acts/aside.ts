import type { NoteView } from '../../../contract/desk.ts';
import type { QueueRow } from '../shapes.ts';
import { askedSite, tell, wishFocus, wordsFor, type Desk } from '../state.ts';
import { ask } from './ask.ts';
import { claimNext, forgetClaim } from './cases.ts';
import { explainFailure } from './refusal.ts';
import { dropRow, patchRow } from './rows.ts';

/** Reads which comments were handed to this moderator. */
export async function loadAside(desk: Desk): Promise<void> {
  const site = askedSite(desk.read());
  const answer = await ask<{ comments: readonly QueueRow[] }>(desk, 'getHandOvers', { query: { site } });
  if (answer.outcome !== 'answered' || askedSite(desk.read()) !== site) return;
  desk.change({ deciding: { ...desk.read().deciding, handed: answer.body.comments } });
}

/** Opens a dialog beside the case, where there is a case for it. */
export function openDialog(desk: Desk, dialog: 'handOver' | 'answer'): void {
  const { shown } = desk.read();
  const fits = dialog === 'handOver' ? shown?.state === 'held' && !shown.pending : shown?.state === 'approved';
  if (!fits) tell(desk, wordsFor(desk)('said.cannotDecide'));
  else desk.change({ deciding: { ...desk.read().deciding, dialog } });
}

/** Closes the dialog beside the case. */
export function closeDialog(desk: Desk): void {
  desk.change({ deciding: { ...desk.read().deciding, dialog: null, failed: [] } });
  wishFocus(desk, 'case');
}

export type Colleague = { id: string; name: string; role: string; mine: boolean };

/** To whom a comment of the site can be handed; undefined where it could not be read. */
export async function readColleagues(desk: Desk, site: string): Promise<readonly Colleague[] | undefined> {
  const answer = await ask<{ colleagues: readonly Colleague[] }>(desk, 'getColleagues', { params: { site } });
  return answer.outcome === 'answered' ? answer.body.colleagues.filter(({ mine }) => !mine) : undefined;
}

/** Hands the comment over and goes on with the next. Resolves to what stood in the way, or undefined. */
export async function handOver(
  desk: Desk,
  row: QueueRow,
  { to, name, note }: { to: string; name: string; note: string },
): Promise<string | undefined> {
  const words = wordsFor(desk);
  if (desk.read().busy) return undefined;
  desk.change({ busy: true });
  const answer = await ask<QueueRow>(desk, 'postHandOver', { params: { id: row.id }, body: { to, note } });
  desk.change({ busy: false });
  if (answer.outcome !== 'answered') return explainFailure(desk, answer);
  dropRow(desk, row.id);
  forgetClaim(row.id);
  // Not this moderator's any more: leaving it must not give back a claim that a colleague may have taken by now.
  desk.change({ shown: { ...row, claim: null, handOver: answer.body.handOver } });
  closeDialog(desk);
  await loadAside(desk);
  await claimNext(desk);
  tell(desk, words('handOver.done', { to: name }), 'good');
  return undefined;
}

/** The notes about a comment; undefined where they could not be read. */
export async function readNotes(desk: Desk, id: string): Promise<readonly NoteView[] | undefined> {
  const answer = await ask<{ notes: readonly NoteView[] }>(desk, 'getNotes', { params: { id } });
  return answer.outcome === 'answered' ? answer.body.notes : undefined;
}

/** Keeps a note. Resolves to all notes, or to a sentence about what stood in the way; the words stay in the form then. */
export async function addNote(
  desk: Desk,
  { id }: QueueRow,
  text: string,
): Promise<{ notes: readonly NoteView[] } | { problem: string }> {
  const words = wordsFor(desk);
  const answer = await ask<{ notes: readonly NoteView[] }>(desk, 'postNote', { params: { id }, body: { text } });
  if (answer.outcome !== 'answered') return { problem: explainFailure(desk, answer) };
  patchRow(desk, id, { notes: answer.body.notes.length });
  tell(desk, words('note.kept'), 'good');
  return { notes: answer.body.notes };
}

/** Publishes the newsroom's answer under the comment; `id` is the answer's, so that sending it twice makes one. Resolves to
 *  what stood in the way, or undefined. */
export async function answerAsNewsroom(
  desk: Desk,
  row: QueueRow,
  { id, text }: { id: string; text: string },
): Promise<string | undefined> {
  const words = wordsFor(desk);
  const answer = await ask<QueueRow>(desk, 'postNewsroomReply', { params: { id: row.id }, body: { id, text } });
  if (answer.outcome !== 'answered') return explainFailure(desk, answer);
  closeDialog(desk);
  tell(desk, words('answer.done', { name: row.name ?? words('case.nameless') }), 'good');
  return undefined;
}
