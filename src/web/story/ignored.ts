import { writeDigits } from '../../contract/numbers.ts';
import type { ThreadWords } from '../../contract/threadWords.ts';
import { keep, recall } from './memory.ts';
import { leadTo } from './ownFrame.ts';
import { nameOf, speechOf } from './thread.ts';

const kept = 'stet.ignored';
const most = 200;

/** Puts away the comments under names that this reader ignores, and lists those names below the thread. It is kept in this
 *  browser alone: nobody else sees another thread for it, and the newsroom does not hear of it. */
export function applyIgnored(part: HTMLElement, words: ThreadWords): void {
  const names = recallNames();
  const ignored = new Set(names.map(keyOf));
  for (const comment of part.querySelectorAll<HTMLElement>('.comment')) {
    const name = nameOf(comment);
    const note = comment.querySelector(':scope > .ignored-note');
    const isIgnored = ignored.has(keyOf(name));
    comment.classList.toggle('ignored', isIgnored);
    if (isIgnored && !note) comment.querySelector('.comment-head')?.after(makeNote(part, words, name));
    if (!isIgnored) note?.remove();
  }
  listNames(part, words, names);
}

/** Ignores a name from now on. The focus goes to the way back, beside the comment from which it was asked. */
export function ignoreName(
  part: HTMLElement,
  words: ThreadWords,
  { name, from }: { name: string; from: HTMLElement },
): void {
  const others = recallNames().filter((other) => keyOf(other) !== keyOf(name));
  keep('localStorage', kept, JSON.stringify([name, ...others].slice(0, most)));
  applyIgnored(part, words);
  from.closest('.comment')?.querySelector<HTMLElement>(':scope > .ignored-note button')?.focus();
}

function showAgain(part: HTMLElement, words: ThreadWords, name: string): void {
  const names = recallNames().filter((other) => keyOf(other) !== keyOf(name));
  keep('localStorage', kept, names.length === 0 ? null : JSON.stringify(names));
  applyIgnored(part, words);
}

function recallNames(): string[] {
  try {
    const names: unknown = JSON.parse(recall('localStorage', kept) ?? '[]');
    return Array.isArray(names) ? names.filter((name) => typeof name === 'string') : [];
  } catch {
    return [];
  }
}

// Whoever is ignored is not to come back by another case or another form of the same letters.
function keyOf(name: string): string {
  return name.normalize('NFKC').trim().toLowerCase();
}

function makeNote(part: HTMLElement, words: ThreadWords, name: string): HTMLElement {
  const note = document.createElement('p');
  note.className = 'ignored-note';
  const [before = '', after = ''] = words.ignored.split('{name}');
  const isolated = document.createElement('bdi');
  isolated.textContent = name;
  const button = makeButton(words, () => {
    const comment = note.closest('.comment');
    showAgain(part, words, name);
    comment?.querySelector<HTMLElement>('.comment-more')?.focus();
  });
  note.append(before, isolated, `${after} `, button);
  const { lang, dir } = speechOf(part);
  Object.assign(note, { lang, dir });
  return note;
}

function listNames(part: HTMLElement, words: ThreadWords, names: readonly string[]): void {
  const known = part.querySelector<HTMLDetailsElement>('.ignored-names');
  if (names.length === 0) return known?.remove();
  const details = known ?? document.createElement('details');
  details.className = 'ignored-names';
  const summary = document.createElement('summary');
  const count = writeDigits(speechOf(part).lang, names.length);
  summary.textContent = words.ignoredNames.replace('{count}', count);
  const list = document.createElement('ul');
  for (const name of names) {
    const isolated = document.createElement('bdi');
    isolated.textContent = name;
    const item = document.createElement('li');
    const button = makeButton(words, () => {
      showAgain(part, words, name);
      const names = part.querySelector<HTMLElement>('.ignored-names > summary');
      if (names) names.focus();
      else leadTo(part.querySelector('h2'));
    });
    item.append(isolated, ' ', button);
    list.append(item);
  }
  details.replaceChildren(summary, list);
  if (!known) part.querySelector('#thread, [part=list]')?.after(details);
}

function makeButton({ showAgain: label }: ThreadWords, does: () => void): HTMLButtonElement {
  const button = document.createElement('button');
  button.type = 'button';
  button.className = 'link';
  button.textContent = label;
  button.addEventListener('click', does);
  return button;
}
