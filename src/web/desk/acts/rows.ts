import { isEditor, type Role } from '../../../contract/desk.ts';
import type { DecisionView, ListedState, QueueRow } from '../shapes.ts';
import type { Desk } from '../state.ts';
import type { WordKey } from '../wordKeys.ts';

/** The word for each state of a comment. */
export const stateWords = {
  held: 'state.held',
  approved: 'state.approved',
  rejected: 'state.rejected',
  removed: 'state.removed',
  withdrawn: 'state.withdrawn',
  erased: 'state.erased',
} as const satisfies Record<ListedState | 'erased', WordKey>;

/** The state in which each verdict leaves a comment. */
export const decidedStates = { approve: 'approved', reject: 'rejected', remove: 'removed' } as const satisfies Record<
  DecisionView['verdict'],
  ListedState
>;

/** Puts a newer view of a comment in its place in the list. */
export function replaceRow(desk: Desk, fresh: QueueRow): void {
  const { queue } = desk.read();
  desk.change({ queue: { ...queue, rows: queue.rows.map((row) => (row.id === fresh.id ? fresh : row)) } });
}

/** Changes what the desk has of a comment, in the list and on the table. */
export function patchRow(desk: Desk, id: string, patch: Partial<QueueRow>): void {
  const { queue, shown } = desk.read();
  const row = queue.rows.find((one) => one.id === id);
  if (row) replaceRow(desk, { ...row, ...patch });
  if (shown?.id === id) desk.change({ shown: { ...shown, ...patch } });
}

/** Takes a comment out of the list that shows it, since it has moved on. */
export function dropRow(desk: Desk, id: string): void {
  const { queue } = desk.read();
  const rows = queue.rows.filter((row) => row.id !== id);
  const dropped = queue.rows.length - rows.length;
  desk.change({ queue: { ...queue, rows, total: Math.max(0, queue.total - dropped) } });
}

/** Whether a moderator of this role may judge the comment as far as readings by two go: not twice while it waits for the other,
 *  and as an editor where two differ. The server alone knows which editor. */
export function mayRead({ reading }: QueueRow, role: Role | undefined): boolean {
  if (reading?.state === 'waiting') return !reading.mine;
  return reading?.state !== 'disputed' || isEditor(role);
}

/** Whether a claim is running at this moment. */
export function isRunning(claim: QueueRow['claim'], now: number): boolean {
  return claim !== null && Date.parse(claim.expiresAt) > now;
}
