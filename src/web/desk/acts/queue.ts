import type { QueueFilter, QueuePage, QueueRow } from '../shapes.ts';
import { askedSite, isKept, noQueue, tell, wishFocus, wordsFor, type Desk } from '../state.ts';
import { ask } from './ask.ts';
import { leaveCase, showCase } from './cases.ts';
import { isRunning, stateWords } from './rows.ts';
import { loadCounts } from './counts.ts';

const pageRows = 50;

/** Reads the queue anew and, in a wide window, lays its first comment on the table where none lies there. */
export async function loadQueue(desk: Desk): Promise<void> {
  desk.change({ queue: { ...desk.read().queue, phase: 'loading' } });
  const page = await readPage(desk);
  if (page) layOut(desk, page, page.comments);
}

/** Reads the queue again in the background: keeps the place, the focus and the case, brings claims and decisions of
 *  colleagues. */
export async function refreshQueue(desk: Desk): Promise<void> {
  const { shown, busy } = desk.read();
  if (busy) return;
  const page = await readPage(desk);
  const { rows, next } = desk.read().queue;
  // Pages that were opened below the first stay open.
  const below = without(rows.slice(pageRows), page?.comments ?? []);
  if (page) layOut(desk, below.length > 0 ? { ...page, next } : page, [...page.comments, ...below]);
  if (shown) await refreshCase(desk, shown);
  void loadCounts(desk, { again: false });
}

/** A page of the queue as it is listed now, without what was decided while it was on its way; undefined when it could not be
 *  read, or when the moderator has turned to another list meanwhile. */
async function readPage(desk: Desk, after?: string): Promise<QueuePage | undefined> {
  const site = askedSite(desk.read());
  const { filter, deciding: before } = desk.read();
  const narrowing = Object.entries(filter.asked).map(([field, value]) => [field, value === true ? '1' : value]);
  const query = {
    ...(Object.fromEntries(narrowing) as Record<string, string>),
    site,
    state: filter.state,
    order: filter.order,
    limit: String(pageRows),
    after,
  };
  const answer = await ask<QueuePage>(desk, 'getQueue', { query });
  const { filter: filterNow, queue, deciding } = desk.read();
  if (askedSite(desk.read()) !== site || filterNow !== filter) return undefined;
  if (answer.outcome === 'answered') {
    const decided = deciding.undo.filter((verdict) => !before.undo.includes(verdict)).flatMap(({ ids }) => ids);
    return { ...answer.body, comments: answer.body.comments.filter(({ id }) => !decided.includes(id)) };
  }
  desk.change({ queue: { ...queue, phase: queue.rows.length > 0 ? 'ready' : 'unreachable' } });
  return undefined;
}

function layOut(desk: Desk, { total, totalIsLeast, next }: QueuePage, rows: readonly QueueRow[]): void {
  const state = desk.read();
  const undecided = rows.filter(({ id, pending }) => !isKept(state, id) && !pending?.mine);
  desk.change({
    queue: { rows: undecided, total, totalIsLeast, next, phase: 'ready' },
    // What colleagues hold is still in the list.
    nothingLeft: state.nothingLeft && undecided.every(({ claim, pending }) => pending || isRunning(claim, Date.now())),
  });
}

function without(rows: readonly QueueRow[], known: readonly QueueRow[]): readonly QueueRow[] {
  const ids = new Set(known.map(({ id }) => id));
  return rows.filter(({ id }) => !ids.has(id));
}

/** Reads the case on the table anew, and says so where it was decided meanwhile. What was written beside it stays. */
export async function refreshCase(desk: Desk, shown: QueueRow): Promise<void> {
  const answer = await ask<QueueRow>(desk, 'getComment', { params: { id: shown.id } });
  if (answer.outcome !== 'answered' || desk.read().shown?.id !== shown.id || desk.read().busy) return;
  const fresh = answer.body;
  if (fresh.state === 'withdrawn' && shown.state !== 'withdrawn') {
    tell(desk, wordsFor(desk)('said.withdrawnMeanwhile'), 'bad');
  } else if (fresh.state !== shown.state && fresh.decision) {
    tell(desk, wordsFor(desk)('said.decidedMeanwhile', { by: fresh.decision.by }), 'bad');
  }
  desk.change({ shown: fresh });
}

/** Reads the following page of the list. */
export async function loadMore(desk: Desk): Promise<void> {
  const { next } = desk.read().queue;
  const page = next === null ? undefined : await readPage(desk, next);
  const { rows } = desk.read().queue;
  if (page) layOut(desk, page, [...rows, ...without(page.comments, rows)]);
}

/** Turns to another state, order or narrowing of the queue. */
export async function turnTo(desk: Desk, patch: Partial<QueueFilter>): Promise<void> {
  leaveCase(desk);
  const filter = { ...desk.read().filter, ...patch };
  desk.change({ filter, queue: noQueue, shown: null, nothingLeft: false });
  await loadQueue(desk);
  void loadCounts(desk, { again: false });
  const words = wordsFor(desk);
  tell(desk, words('said.listed', { state: words(stateWords[filter.state]), n: desk.read().queue.total }));
}

/** Moves through the list by one comment and shows it; the list's ends stay put. */
export function moveBy(desk: Desk, step: 1 | -1): void {
  const { queue, shown } = desk.read();
  const at = queue.rows.findIndex((row) => row.id === shown?.id);
  const row = queue.rows[at < 0 ? 0 : at + step];
  if (row) showCase(desk, row);
  wishFocus(desk, 'row');
}
