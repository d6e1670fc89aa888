import { undoSeconds } from '../../../contract/desk.ts';
import type { QueueRow } from '../shapes.ts';
import { isKept, nameKey, rulesOf, tell, wishFocus, wordsFor, type Desk, type DeskState } from '../state.ts';
import { ask } from './ask.ts';
import { forgetClaim } from './cases.ts';
import { explainFailure } from './refusal.ts';
import { dropRow, isRunning } from './rows.ts';
import { noteUndoable } from './undo.ts';

/** Selects a comment of the list or not; with `range` all from the last one that was selected to this one. */
export function select(desk: Desk, id: string, { range = false } = {}): void {
  const { deciding, queue } = desk.read();
  const { selected, anchor } = deciding;
  const [from, to] = [anchor, id].map((one) => queue.rows.findIndex((row) => row.id === one));
  if (range && from !== undefined && to !== undefined && from >= 0 && to >= 0) {
    const between = queue.rows.slice(Math.min(from, to), Math.max(from, to) + 1).map((row) => row.id);
    put(desk, [...new Set([...selected, ...between])], id);
  } else put(desk, selected.includes(id) ? selected.filter((one) => one !== id) : [...selected, id], id);
}

function put(desk: Desk, selected: readonly string[], anchor: string | null): void {
  desk.change({ deciding: { ...desk.read().deciding, selected, anchor } });
}

/** Selects the comment on the table, or not, and says how many are. */
export function selectShown(desk: Desk): void {
  const { shown, queue } = desk.read();
  if (!shown || !queue.rows.some(({ id }) => id === shown.id)) return;
  select(desk, shown.id);
  tell(desk, wordsFor(desk)('bulk.selected', { n: selectedRows(desk.read()).length }));
}

/** Selects nothing. */
export function selectNone(desk: Desk): void {
  put(desk, [], null);
}

/** The selected comments that the list still shows, in its order. */
export function selectedRows({ queue, deciding }: DeskState): readonly QueueRow[] {
  return queue.rows.filter(({ id }) => deciding.selected.includes(id));
}

/** The site of all these comments; undefined where they are of several, which have no guideline in common. */
export function onlySite(rows: readonly QueueRow[]): string | undefined {
  const [site, ...more] = new Set(rows.map((row) => row.site));
  return more.length === 0 ? site : undefined;
}

/** What can be decided together now, and what is left out: by whom it is held, or null where it has moved on. */
export type Preview = {
  rows: readonly QueueRow[];
  excluded: readonly { row: QueueRow; by: string | null }[];
};

/** Which of these can be decided together now, and which are left out with the reason. */
export function preview(state: DeskState, wanted: readonly QueueRow[]): Preview {
  const excluded: { row: QueueRow; by: string | null }[] = [];
  const rows = wanted.filter((row) => {
    const isTheirs = isRunning(row.claim, Date.now()) && row.claim?.mine === false;
    const isFree = row.state === 'held' && !row.pending && !isKept(state, row.id);
    if (isFree && !isTheirs) return true;
    excluded.push({ row, by: (isTheirs ? row.claim?.by : row.pending?.by) ?? null });
    return false;
  });
  return { rows, excluded };
}

/** Opens the preview of deciding together. */
export function openBulk(desk: Desk): void {
  const state = desk.read();
  if (selectedRows(state).length === 0) {
    tell(desk, `${wordsFor(desk)('bulk.none')} ${nameKey(state, 'select')}`);
    return;
  }
  desk.change({ deciding: { ...state.deciding, dialog: 'bulk', failed: [] } });
}

type Result = { id: string; status: number; refusal?: { detail?: string } };

/** Decides these comments alike. What could not be decided stays selected and is named with the reason; the rest can be undone
 *  together. Resolves to what stood in the way of all of it, or undefined. */
export async function decideTogether(
  desk: Desk,
  rows: readonly QueueRow[],
  { verdict, guideline }: { verdict: 'approve' | 'reject'; guideline: string | undefined },
): Promise<string | undefined> {
  if (desk.read().busy || rows.length === 0) return undefined;
  if (guideline !== undefined && onlySite(rows) === undefined) return wordsFor(desk)('bulk.oneSite');
  desk.change({ busy: true });
  const comments = rows.map(({ id, version }) => ({ id, version }));
  const ground = guideline === undefined ? {} : { guideline };
  const body = { comments, verdict, ...ground, pendingSeconds: undoSeconds };
  const answer = await ask<{ results: readonly Result[] }>(desk, 'postDecisions', { body });
  desk.change({ busy: false });
  if (answer.outcome !== 'answered') return explainFailure(desk, answer);
  const { guidelines } = rulesOf(desk.read(), rows[0]?.site);
  const isReadByTwo = guidelines.some(({ key, secondReading }) => key === guideline && secondReading === true);
  settleTogether(desk, verdict, { rows, results: answer.body.results, isReadByTwo });
  return undefined;
}

function settleTogether(
  desk: Desk,
  verdict: 'approve' | 'reject',
  { rows, results, isReadByTwo }: { rows: readonly QueueRow[]; results: readonly Result[]; isReadByTwo: boolean },
): void {
  const words = wordsFor(desk);
  const nameOf = (id: string): string => rows.find((row) => row.id === id)?.name ?? words('case.nameless');
  const given = results.filter(({ status }) => status < 300).map(({ id }) => id);
  const failed = results
    .filter(({ status }) => status >= 300)
    .map(({ id, refusal }) => ({ id, name: nameOf(id), why: refusal?.detail ?? '' }));
  for (const id of given) {
    dropRow(desk, id);
    forgetClaim(id);
  }
  const names = given.map(nameOf).join(', ');
  const said = isReadByTwo
    ? words('reading.noted', { name: names })
    : words(verdict === 'approve' ? 'bulk.approved' : 'bulk.rejected', { n: given.length });
  if (given.length > 0) noteUndoable(desk, { ids: given, name: names, said });
  const { deciding, shown } = desk.read();
  const dialog = failed.length > 0 ? 'bulk' : null;
  desk.change({
    deciding: { ...deciding, dialog, failed, selected: failed.map(({ id }) => id), anchor: null },
    ...(shown && given.includes(shown.id) ? { shown: null, form: null } : {}),
  });
  const left = failed.length > 0 ? ` ${words('bulk.failed', { n: failed.length })}` : '';
  tell(desk, said + left, failed.length > 0 ? 'bad' : 'good');
  if (dialog === null) wishFocus(desk, 'row');
}
