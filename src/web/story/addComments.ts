import { writeDigits } from '../../contract/numbers.ts';
import { dress, readWords } from './thread.ts';

/** Sets the following page of the thread below this one, without leaving it: the focus goes to the first of its comments.
 *  Where it cannot be read, the browser goes there. */
export async function appendPage(part: HTMLElement, link: HTMLAnchorElement): Promise<void> {
  if (link.ariaBusy === 'true') return;
  link.ariaBusy = 'true';
  const thread = await fetchThread(link.href);
  const list = part.querySelector('#thread > .comments');
  if (!thread || !list) return location.assign(link.href);
  const items = [...thread.querySelectorAll(':scope > .comments > li')].filter(
    (item) => !isKnown(item.firstElementChild),
  );
  const added = items.map(take);
  list.append(...added);
  const next = thread.querySelector(':scope > .thread-next');
  link.parentElement?.replaceWith(...(next ? [document.importNode(next, true)] : []));
  welcome(part, added);
}

/** Sets comments that were approved meanwhile where they belong: replies below what they answer, others where the page
 *  begins or, read from the oldest on, where it ends. What is read stays where it is. Resolves to how many comments the
 *  thread has now, or to undefined where it could not be read. */
export async function insertNew(part: HTMLElement): Promise<number | undefined> {
  const here = part.querySelector<HTMLElement>('#thread');
  const address = new URL(location.href);
  for (const name of ['after', 'comment', 'sort', 'reply']) address.searchParams.delete(name);
  const thread = await fetchThread(address.href);
  if (!thread || !here) return undefined;
  const added: Element[] = [];
  const alone: Element[] = [];
  for (const article of thread.querySelectorAll('.comment')) {
    const item = article.closest('li');
    if (!item || isKnown(article)) continue;
    const copy = take(item);
    added.push(copy);
    const parent = document.getElementById(article.parentElement?.closest('.comment')?.id ?? '');
    if (parent) listBelow(parent).append(copy);
    else alone.push(copy);
    // Those that follow find it by its id.
    if (!parent) listOf(here).append(copy);
  }
  // The page that was read begins with the newest; here they stand in the order of this one.
  if (here.dataset['sort'] === 'oldest') listOf(here).append(...alone.toReversed());
  else listOf(here).prepend(...alone);
  const count = thread.querySelector('.thread-count')?.textContent;
  const said = here.querySelector('.thread-count');
  if (said && count) said.textContent = count;
  welcome(part, added);
  return Number(thread.dataset['count']);
}

// By XMLHttpRequest: it hands over a document that runs nothing, where the page's own policy forbids to make one of a
// string.
function fetchThread(address: string): Promise<HTMLElement | null> {
  return new Promise((resolve) => {
    const request = new XMLHttpRequest();
    request.responseType = 'document';
    request.addEventListener('loadend', () => {
      const page: unknown = request.status === 200 ? request.response : null;
      resolve(page instanceof Document ? page.querySelector<HTMLElement>('#thread') : null);
    });
    request.open('GET', address);
    request.send();
  });
}

function isKnown(article: Element | null): boolean {
  return article !== null && document.getElementById(article.id) !== null;
}

function take(item: Element): Element {
  const copy = document.importNode(item, true);
  for (const inner of copy.querySelectorAll('.comment')) if (isKnown(inner)) inner.closest('li')?.remove();
  return copy;
}

/** The list of the replies to a comment, made where there is none. */
export function listBelow(comment: HTMLElement): Element {
  const known = comment.querySelector(':scope > .replies, :scope > .branch > .replies');
  return known ?? addList(comment, 'replies');
}

/** The list of the comments that answer none, made where the thread is empty. */
export function listOf(thread: HTMLElement): Element {
  const empty = thread.querySelector('.thread-empty');
  const known = thread.querySelector(':scope > .comments');
  if (known) return known;
  const list = addList(thread, 'comments');
  empty?.replaceWith(list);
  return list;
}

function addList(within: HTMLElement, className: string): Element {
  const list = document.createElement('ol');
  list.className = className;
  within.append(list);
  return list;
}

/** Makes added comments like those that stood here, says how many came, and leads the keyboard to the first. */
function welcome(part: HTMLElement, added: readonly Element[]): void {
  const words = readWords(part);
  dress(part, words);
  // The author's copy of what is published now goes.
  part.dispatchEvent(new Event('stet:added'));
  const said = part.querySelector('[data-said]');
  const count = added.reduce((sum, item) => sum + item.querySelectorAll('.comment').length, 0);
  if (said) said.textContent = words.loaded.replace('{count}', writeDigits(document.documentElement.lang, count));
  const first = added[0]?.querySelector<HTMLElement>('.comment');
  if (!first) return;
  first.tabIndex = -1;
  first.focus({ preventScroll: true });
}
