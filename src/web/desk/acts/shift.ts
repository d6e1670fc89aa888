import { keepShift, recallShift } from '../memory.ts';
import {
  beginShift,
  countCase,
  goOnWith,
  isHardCase,
  passTime,
  pauseShift,
  putOff,
  resumeShift,
  type Shift,
} from '../shift.ts';
import type { KeptDecision, QueueRow } from '../shapes.ts';
import type { Desk } from '../state.ts';

/** Changes the shift of whoever is signed in, and keeps it in this browser alone. Read anew before each change, since a
 *  second tab counts too. */
function changeShift(desk: Desk, change: (shift: Shift, now: number) => Shift): void {
  const who = desk.read().session.accounts[0]?.id;
  if (who === undefined) return;
  const now = Date.now();
  const shift = change(goOnWith(recallShift(), who, now), now);
  keepShift(shift);
  desk.change({ shift });
}

/** Begins the shift, or goes on with that of today. */
export function openShift(desk: Desk): void {
  changeShift(desk, passTime);
}

/** Counts the time that has passed. */
export function tickShift(desk: Desk): void {
  if (desk.read().shift) changeShift(desk, passTime);
}

/** Counts a decided case. */
export function countInShift(desk: Desk, row: QueueRow, { guideline }: Pick<KeptDecision, 'guideline'>): void {
  changeShift(desk, (shift, now) => countCase(shift, isHardCase(row.screening, guideline), now));
}

/** Pauses the shift, or goes on. */
export function turnShift(desk: Desk): void {
  changeShift(desk, (shift, now) => (shift.paused ? resumeShift(shift, now) : pauseShift(shift, now)));
}

/** Puts a suggestion off. */
export function notNow(desk: Desk, kind: 'break' | 'swap'): void {
  changeShift(desk, (shift) => putOff(shift, kind, desk.read().preferences));
}

/** Begins at nought. */
export function beginAnew(desk: Desk): void {
  changeShift(desk, ({ who }, now) => beginShift(who, now));
}
