import type { HeldAnswer } from '../../contract/form.ts';
import type { ReceiptView } from '../../contract/receipt.ts';
import { beginAnew } from './anew.ts';
import { askReceipt } from './askReceipt.ts';
import { markPublished, renderOwn } from './ownArticle.ts';
import { leadTo, leadToState, type OwnFrame } from './ownFrame.ts';
import { forgetOwn, keepOwn, recallOwn, type Own } from './ownKept.ts';
import { placeOwn } from './placeOwn.ts';
import { takeDown } from './thread.ts';

/** How long nothing is asked again after the receipts were looked up: the page hears of what is published by itself. */
const pauseMilliseconds = 60_000;

const watched = new WeakSet<HTMLElement>();

/** Keeps a comment that the server has just taken and shows it to its author. */
export function addOwn(part: HTMLElement, fields: Record<string, string>, { id, receipt }: HeldAnswer): void {
  const written = (name: string): string => (fields[name] ?? '').normalize('NFC');
  const sentAt = new Date().toISOString();
  const own = {
    id,
    receipt,
    sentAt,
    name: written('name').trim(),
    text: written('text'),
    parentId: written('parentId'),
  };
  keepOwn(storyOf(part), own);
  showOwn(part);
}

/** Shows what this browser has sent under the story, to its author alone: each at its place in time with how it stands, until
 *  it is published or put away. Looks the receipts up now, whenever the page comes into view again, and on news. */
export function showOwn(part: HTMLElement): void {
  drawAll(part);
  if (watched.has(part)) return;
  watched.add(part);
  let askedAt = -Infinity;
  const look = async (only?: unknown): Promise<void> => {
    if (only === undefined && performance.now() - askedAt < pauseMilliseconds) return;
    if (only === undefined) askedAt = performance.now();
    for (const own of recallOwn(storyOf(part))) if (only === undefined || own.id === only) await lookUp(part, own);
  };
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'visible') void look();
  });
  part.addEventListener('stet:news', (event) => void look(event instanceof CustomEvent ? event.detail : undefined));
  part.addEventListener('stet:added', () => drawAll(part));
  void look();
}

async function lookUp(part: HTMLElement, own: Own): Promise<void> {
  // Withdrawn is withdrawn: nothing comes after it.
  if (own.view?.state === 'withdrawn') return;
  const answer = await askReceipt('', { receipt: own.receipt });
  if (answer.outcome === 'answered') setView(part, own, answer.view);
}

function setView(part: HTMLElement, own: Own, view: ReceiptView): void {
  // Put away meanwhile, perhaps in another tab.
  if (!recallOwn(storyOf(part)).some(({ id }) => id === own.id)) return;
  keepOwn(storyOf(part), { ...own, view });
  drawAll(part);
}

function drawAll(part: HTMLElement): void {
  const all = recallOwn(storyOf(part));
  for (const own of all) draw(part, own);
  for (const item of part.querySelectorAll<HTMLElement>('[data-own-id]'))
    if (!all.some(({ id }) => id === item.dataset['ownId'])) item.remove();
}

function draw(part: HTMLElement, own: Own): void {
  const frame = frameOf(part, own);
  const published = document.getElementById(`c-${own.id}`);
  const before = findDrawn(part, own);
  const isGone = own.view?.state === 'withdrawn' || own.view?.state === 'removed';
  if (published && !isGone) {
    before?.remove();
    markPublished(published, own, frame);
    return;
  }
  // Drawn anew only where something changed: a reader may be at it by keyboard.
  const looks = JSON.stringify(own.view?.state === 'held' ? null : (own.view ?? null));
  if (before?.dataset['looks'] === looks) return;
  const item = document.createElement('li');
  item.dataset['ownId'] = own.id;
  item.dataset['looks'] = looks;
  item.append(renderOwn(own, frame));
  // The page hears of it by itself, perhaps later.
  if (published?.querySelector(':scope > .comment-text')) takeDown(part, own.id);
  if (before) before.replaceWith(item);
  else placeOwn(part, item, own);
}

function findDrawn(part: HTMLElement, { id }: Own): HTMLElement | null {
  return part.querySelector<HTMLElement>(`[data-own-id="${CSS.escape(id)}"]`);
}

function frameOf(part: HTMLElement, own: Own): OwnFrame {
  const { words, dates } = JSON.parse(part.dataset['own'] ?? '{}') as Pick<OwnFrame, 'words' | 'dates'>;
  return {
    part,
    story: storyOf(part),
    words,
    dates,
    changed: (view) => {
      setView(part, own, view);
      leadToState(findDrawn(part, own));
    },
    anew: part.querySelector('#write') ? () => beginAnew(own, storyOf(part)) : undefined,
    forget: () => {
      forgetOwn(storyOf(part), own.id);
      drawAll(part);
      leadTo(part.querySelector('h2'));
    },
  };
}

function storyOf(part: HTMLElement): string {
  return part.dataset['story'] ?? '';
}
