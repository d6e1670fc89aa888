import type { HeldAnswer } from '../../contract/form.ts';
import { recall } from './memory.ts';
import type * as Own from './own.ts';

/** Shows a reader what this browser has sent under the story. Most readers never wrote: for them nothing is loaded. */
export function prepareOwn(): void {
  const part = document.querySelector<HTMLElement>('[data-own]');
  if (part && recall('localStorage', `stet.own.${part.dataset['story'] ?? ''}`) !== null)
    load(({ showOwn }) => showOwn(part));
}

/** Shows a comment that was just taken in its place. */
export function addToPlace(form: Element, fields: Record<string, string>, held: HeldAnswer): void {
  const part = form.closest<HTMLElement>('[data-own]');
  if (part) load(({ addOwn }) => addOwn(part, fields, held));
}

function load(use: (own: typeof Own) => void): void {
  // Where it cannot be loaded the receipt is there all the same.
  import('./own.ts').then(use, () => undefined);
}
