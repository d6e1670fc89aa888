import { undoSeconds, type PendingView, type QueueRow } from '../../../contract/desk.ts';
import type { Undoable } from '../decidingState.ts';
import { keepDraft } from '../memory.ts';
import { accountHere, askedSite, tell, wishFocus, wordsFor, type Desk } from '../state.ts';
import { ask } from './ask.ts';
import { putAside } from './cases.ts';
import { explainRefusal, readDecision, tellFailure } from './refusal.ts';
import { refreshQueue } from './queue.ts';

/** Remembers that a verdict can be undone, and asks after it once its time is over. */
export function noteUndoable(desk: Desk, undoable: Omit<Undoable, 'until'>): void {
  const until = Date.now() + undoSeconds * 1000;
  change(desk, [...runningOnes(desk), { ...undoable, until }]);
  setTimeout(() => {
    change(desk, runningOnes(desk));
    if (runningOnes(desk).length === 0) void tellDropped(desk);
  }, undoSeconds * 1000);
}

/** The verdict that can be undone now; undefined without one. */
export function lastUndoable(desk: Desk): Undoable | undefined {
  return runningOnes(desk).at(-1);
}

function runningOnes(desk: Desk): readonly Undoable[] {
  return desk.read().deciding.undo.filter(({ until }) => until > Date.now());
}

function change(desk: Desk, undo: readonly Undoable[]): void {
  desk.change({ deciding: { ...desk.read().deciding, undo } });
}

/** Undoes the last verdict, or those that were given together. One comment comes back to the table, claimed; the case that
 *  lay there waits as the next. */
export async function undoLast(desk: Desk): Promise<void> {
  const words = wordsFor(desk);
  const last = lastUndoable(desk);
  if (desk.read().busy) return;
  if (!last) {
    tell(desk, words('undo.none'));
    return;
  }
  desk.change({ busy: true });
  const [only = ''] = last.ids;
  await (last.ids.length === 1 ? undoOne(desk, last, only) : undoMany(desk, last));
  desk.change({ busy: false });
  void refreshQueue(desk);
}

async function undoOne(desk: Desk, last: Undoable, id: string): Promise<void> {
  const words = wordsFor(desk);
  const answer = await ask<QueueRow>(desk, 'deletePending', { params: { id } });
  if (answer.outcome === 'unreachable') {
    tell(desk, words('said.unreachable'), 'bad');
    return;
  }
  forget(desk, last);
  if (answer.outcome === 'refused') {
    if (answer.status !== 401)
      tell(desk, readDecision(answer) ? words('undo.tooLate') : explainRefusal(desk, answer), 'bad');
    return;
  }
  const { site } = answer.body;
  const { session } = desk.read();
  putAside(desk, answer.body);
  if (last.form) keepDraft({ site, id, sender: session.email, form: last.form });
  tell(desk, words('undo.done', { name: last.name }), 'good');
  wishFocus(desk, 'case');
}

async function undoMany(desk: Desk, last: Undoable): Promise<void> {
  const words = wordsFor(desk);
  const body = { comments: last.ids.map((id) => ({ id })) };
  const answer = await ask<{ results: readonly { status: number }[] }>(desk, 'postUndo', { body });
  if (answer.outcome !== 'answered') {
    tellFailure(desk, answer);
    return;
  }
  forget(desk, last);
  const undone = answer.body.results.filter(({ status }) => status === 200).length;
  tell(
    desk,
    undone === 0 ? words('undo.tooLate') : words('undo.doneMany', { n: undone }),
    undone === 0 ? 'bad' : 'good',
  );
}

function forget(desk: Desk, undone: Undoable): void {
  change(
    desk,
    runningOnes(desk).filter((one) => one !== undone),
  );
}

type OwnPending = { id: string; name: string | null; takesEffectAt: string; droppedFor: string | null } & Pick<
  PendingView,
  'verdict'
>;

const told = new Set<string>();

/** Says which verdicts could not take effect: the comment moved on, or the right to decide was lost. */
async function tellDropped(desk: Desk): Promise<void> {
  const { phase, sessionEnded } = desk.read();
  if (phase !== 'open' || sessionEnded || !accountHere(desk.read())) return;
  const answer = await ask<{ pending: readonly OwnPending[] }>(desk, 'getPending', {
    query: { site: askedSite(desk.read()) },
  });
  if (answer.outcome !== 'answered') return;
  const dropped = answer.body.pending.filter(({ id, takesEffectAt, droppedFor }) => {
    return droppedFor !== null && !told.has(`${id} ${takesEffectAt}`);
  });
  if (dropped.length === 0) return;
  for (const { id, takesEffectAt } of dropped) told.add(`${id} ${takesEffectAt}`);
  const words = wordsFor(desk);
  const sentences = dropped.map(({ name }) => words('undo.dropped', { name: name ?? words('case.nameless') }));
  tell(desk, sentences.join(' '), 'bad');
}
