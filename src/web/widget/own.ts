import type { ReceiptView } from '../../contract/receipt.ts';
import type { WidgetForm } from '../../contract/widgetForm.ts';
import { askReceipt } from '../story/askReceipt.ts';
import { openAround, placeByTime } from '../story/byTime.ts';
import { withdrawal } from '../story/ownActs.ts';
import { renderOwn } from '../story/ownArticle.ts';
import { leadTo, leadToState, type OwnFrame } from '../story/ownFrame.ts';
import { forgetOwn, keepOwn, recallOwn, type Own } from '../story/ownKept.ts';
import { countReplies, listBelow } from './comments.ts';
import { make } from './dom.ts';
import type { Anew } from './form.ts';
import { fetchJson, type Place } from './fetchPage.ts';
import css from './own.css?inline';

const style = new CSSStyleSheet();
style.replaceSync(css);

/** As on the story's own page. */
const pauseMilliseconds = 60_000;

const watched = new WeakSet<HTMLElement>();

type Shown = { list: HTMLElement; story: string; page: string; about: WidgetForm };

/** Shows what this browser has sent under the story, to its author alone, each with how it stands: waiting, then with what was
 *  decided and why. Asks the receipts now, and whenever the page comes into view again. */
export async function showOwn(list: HTMLElement, place: Place): Promise<void> {
  const about = await fetchJson<WidgetForm>(place.api('widget/form'));
  const root = list.getRootNode();
  if (!about || !(root instanceof ShadowRoot)) return;
  if (!root.adoptedStyleSheets.includes(style)) root.adoptedStyleSheets.push(style);
  const shown = { list, about, page: place.page, story: place.api('comments').href };
  drawAll(shown);
  await lookUp(shown);
  lookAgain(shown);
}

async function lookUp(shown: Shown): Promise<void> {
  for (const own of recallOwn(shown.story)) {
    // Withdrawn is withdrawn: nothing comes after it.
    if (own.view?.state === 'withdrawn') continue;
    const answer = await askReceipt('', { receipt: own.receipt });
    if (answer.outcome === 'answered') setView(shown, own, answer.view);
  }
}

/** A rejection is no news of the thread: its author comes back to the page and finds it there, without loading it anew. */
function lookAgain(shown: Shown): void {
  if (watched.has(shown.list)) return;
  watched.add(shown.list);
  let askedAt = performance.now();
  const look = (): void => {
    if (!shown.list.isConnected) return document.removeEventListener('visibilitychange', look);
    if (document.visibilityState !== 'visible' || performance.now() - askedAt < pauseMilliseconds) return;
    askedAt = performance.now();
    void lookUp(shown);
  };
  document.addEventListener('visibilitychange', look);
}

function setView(shown: Shown, own: Own, view: ReceiptView): void {
  // Put away meanwhile, perhaps in another tab.
  if (recallOwn(shown.story).some(({ id }) => id === own.id)) keepOwn(shown.story, { ...own, view });
  drawAll(shown);
}

function drawAll(shown: Shown): void {
  const all = recallOwn(shown.story);
  // The latest comes first in what is kept; replies are set below each other as they were sent.
  for (const own of all.toReversed()) draw(shown, own);
  for (const item of shown.list.querySelectorAll<HTMLElement>('[data-own-id]'))
    if (!all.some(({ id }) => id === item.dataset['ownId'])) item.remove();
  const { language, words } = shown.about;
  countReplies(shown.list, { language, sentence: words.replies });
}

function draw(shown: Shown, own: Own): void {
  const { list, about } = shown;
  const frame = frameOf(shown, own);
  const before = findDrawn(list, own);
  const published = list.querySelector<HTMLElement>(`#${CSS.escape(`c-${own.id}`)}`);
  const isGone = own.view?.state === 'withdrawn' || own.view?.state === 'removed';
  if (published && !isGone) {
    before?.remove();
    return markPublished(published, own, frame);
  }
  // Drawn anew only where something changed: a reader may be at it by keyboard.
  const looks = JSON.stringify(own.view?.state === 'held' ? null : (own.view ?? null));
  if (before?.dataset['looks'] === looks) return;
  const article = renderOwn(own, frame);
  for (const link of article.querySelectorAll('a')) link.href = absolute(link, shown.page);
  const item = make(
    'li',
    { 'data-own-id': own.id, 'data-looks': looks, lang: about.language, dir: about.dir },
    article,
  );
  if (before) before.replaceWith(item);
  else if (published) takeDown(published, item);
  else addToList(shown, item, own);
}

function findDrawn(list: HTMLElement, { id }: Own): HTMLElement | null {
  return list.querySelector<HTMLElement>(`[data-own-id="${CSS.escape(id)}"]`);
}

function addToList({ list, about }: Shown, item: HTMLElement, own: Own): void {
  const parent = own.parentId && list.querySelector<HTMLElement>(`#${CSS.escape(`c-${own.parentId}`)}`);
  if (!parent) return placeByTime(list, item, { sentAt: own.sentAt, sort: list.dataset['sort'] ?? '' });
  listBelow(parent, depthOf(parent), about).append(item);
  openAround(parent);
}

/** What stands on the page and is published no more; the replies below it stay where they are. */
function takeDown(published: HTMLElement, item: HTMLElement): void {
  const replies = published.querySelector(':scope > :is(ol, details)');
  published.closest('li')?.before(item);
  if (replies) published.replaceChildren(replies);
  else published.closest('li')?.remove();
}

function markPublished(article: HTMLElement, own: Own, frame: Frame): void {
  if (article.querySelector(':scope > .own-acts')) return;
  article.querySelector(':scope > header')?.append(make('span', { part: 'mark' }, frame.words.yours));
  const { language, dir } = frame.around;
  const acts = make('div', { class: 'own-acts', lang: language, dir }, withdrawal(own, frame));
  article.querySelector(':scope > footer')?.after(acts);
}

type Frame = OwnFrame & { around: Pick<WidgetForm, 'language' | 'dir'> };

function frameOf(shown: Shown, own: Own): Frame {
  const { list, story, about } = shown;
  return {
    part: list,
    story,
    words: about.own,
    dates: { ...about.dates, language: about.language },
    around: about,
    changed: (view) => {
      setView(shown, own, view);
      leadToState(findDrawn(list, own));
    },
    anew: isOpen(list) ? () => askAnew(list, own) : undefined,
    forget: () => {
      forgetOwn(story, own.id);
      drawAll(shown);
      leadTo(list.parentElement?.querySelector('h2'));
    },
  };
}

function isOpen(list: HTMLElement): boolean {
  return list.parentElement?.querySelector('[part=write]') !== null;
}

// It ends at the shadow root: the page of the publisher hears nothing of what somebody wrote.
function askAnew(list: HTMLElement, { name, text, parentId }: Own): void {
  list.dispatchEvent(new CustomEvent<Anew>('stet:anew', { bubbles: true, detail: { name, text, parentId } }));
}

/** A link as the story's page at Stet has it, for a page that is elsewhere. */
function absolute(link: HTMLAnchorElement, page: string): string {
  const written = link.getAttribute('href') ?? '';
  return new URL(written, page).href;
}

/** As in what the server sends, one more than the comment itself. */
function depthOf(parent: HTMLElement): number {
  let depth = 0;
  for (let at: Element | null | undefined = parent; at; at = at.parentElement?.closest('article')) depth += 1;
  return depth;
}
