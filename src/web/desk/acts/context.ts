import type { QueueRow } from '../shapes.ts';
import type { Desk } from '../state.ts';
import { ask } from './ask.ts';

/** Long enough that somebody who runs through the list with j asks for nothing on the way. */
const restMilliseconds = 150;

let resting: ReturnType<typeof setTimeout> | undefined;

/** Fetches what stands around a comment that came from a list, once somebody rests on it. A claim brings it along. */
export function fetchContext(desk: Desk): void {
  clearTimeout(resting);
  resting = setTimeout(() => void complete(desk), restMilliseconds);
}

async function complete(desk: Desk): Promise<void> {
  const row = lyingOnTable(desk);
  if (!row || row.context) return;
  const { id, site } = row;
  const answer = await ask<QueueRow>(desk, 'getComment', { params: { id }, query: { site } });
  if (answer.outcome !== 'answered' || !answer.body.context) return;
  const { context } = answer.body;
  const { shown, appeals } = desk.read();
  // Only what stands around it: claim and state may be newer here.
  if (shown?.id === id) desk.change({ shown: { ...shown, context } });
  const rows = appeals.rows.map((appeal) =>
    appeal.comment.id === id ? { ...appeal, comment: { ...appeal.comment, context } } : appeal,
  );
  desk.change({ appeals: { ...desk.read().appeals, rows } });
}

/** The comment that is shown large: the case, or the comment of the appeal. */
export function lyingOnTable(desk: Desk): QueueRow | undefined {
  const { place, shown, appeals } = desk.read();
  if (place !== 'appeals') return shown ?? undefined;
  return appeals.rows.find(({ id }) => id === appeals.shown)?.comment;
}

/** Shows the text of a veiled comment, or veils it again. */
export function turnVeil(desk: Desk): void {
  const id = lyingOnTable(desk)?.id;
  if (id !== undefined) desk.change({ unveiled: desk.read().unveiled === id ? null : id });
}
