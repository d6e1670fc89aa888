import type { ThreadWords } from '../../contract/threadWords.ts';
import { recall } from './memory.ts';

/** Makes the page's thread answer to what is pressed in it, and reads further pages into this one. */
export function prepareThread(): void {
  const part = document.querySelector<HTMLElement>('[data-thread]');
  if (!part) return;
  livenThread(part, readWords(part));
  part.addEventListener('click', (event) => {
    const next = isPlain(event) && event.target.closest<HTMLAnchorElement>('.thread-next > a');
    if (!next) return;
    event.preventDefault();
    void import('./addComments.ts').then(({ appendPage }) => appendPage(part, next));
  });
}

/** Gives each comment a button for what needs a script (to share, copy, ignore), takes reactions without leaving the page, and
 *  puts away what this reader ignores. What is seldom pressed is loaded when it is. */
export function livenThread(part: HTMLElement, words: ThreadWords): void {
  dress(part, words);
  part.addEventListener('click', (event) => {
    if (!isPlain(event)) return;
    const button = event.target.closest<HTMLButtonElement>('.comment-more');
    if (button) void import('./more.ts').then(({ toggleMore }) => toggleMore(part, button, words));
    const word = event.target.closest<HTMLButtonElement>('.reactions > button');
    if (!word) return;
    event.preventDefault();
    void import('./react.ts').then(({ react }) => react(part, word, words));
  });
}

/** Makes comments that came to the thread like those that stood there: with the button, and with what this browser remembers. */
export function dress(part: HTMLElement, words: ThreadWords): void {
  equip(part, words);
  const told = part.closest<HTMLElement>('[data-ago]');
  if (told) void import('./ago.ts').then(({ showAgo }) => showAgo(told));
  if (recall('localStorage', 'stet.ignored') !== null)
    void import('./ignored.ts').then(({ applyIgnored }) => applyIgnored(part, words));
  if (recall('localStorage', 'stet.reacted') !== null)
    void import('./react.ts').then(({ showReacted }) => showReacted(part));
}

function isPlain(event: MouseEvent): event is MouseEvent & { target: Element } {
  return event.target instanceof Element && !event.ctrlKey && !event.metaKey && !event.shiftKey;
}

/** The sentences that the page hands over. */
export function readWords(part: HTMLElement): ThreadWords {
  return JSON.parse(part.dataset['thread'] ?? '{}') as ThreadWords;
}

function equip(within: ParentNode, { more, moreOf }: ThreadWords): void {
  for (const acts of within.querySelectorAll('.comment-acts')) {
    if (acts.querySelector('.comment-more')) continue;
    const button = document.createElement('button');
    button.type = 'button';
    button.className = 'comment-more';
    button.textContent = more;
    button.setAttribute('aria-expanded', 'false');
    button.setAttribute('aria-label', moreOf.replace('{name}', `\u2068${nameOf(acts)}\u2069`));
    acts.append(button);
  }
}

/** The name of the comment in which an element stands. */
export function nameOf(inside: Element): string {
  return inside.closest('.comment')?.querySelector('.comment-name > bdi')?.textContent ?? '';
}

/** In which language, and direction, the sentences of a thread are. */
export function speechOf(part: HTMLElement): Pick<HTMLElement, 'lang' | 'dir'> {
  return part.closest<HTMLElement>('[lang]') ?? document.documentElement;
}

/** A comment of the thread by its id, where the page shows it. */
export function findComment(part: HTMLElement, id: unknown): HTMLElement | null {
  return part.querySelector(`#${CSS.escape(`c-${String(id)}`)}`);
}

/** The comment goes; the replies below it stay where they are. */
export function takeDown(part: HTMLElement, id: string): void {
  const comment = findComment(part, id);
  const replies = comment?.querySelector(':scope > :is(.replies, .branch)');
  if (replies) comment?.replaceChildren(replies);
  else (comment?.closest('li') ?? comment)?.remove();
}
