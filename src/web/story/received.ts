import type { HeldAnswer } from '../../contract/form.ts';
import { offerCopying } from './copy.ts';
import { keepReceipt } from './receipts.ts';

/** Puts the receipt where the form was: the page's own template, filled in. */
export function showReceived(form: HTMLFormElement, held: HeldAnswer): void {
  const story = document.querySelector<HTMLElement>('.story');
  const headline = story?.querySelector('h1')?.textContent ?? document.title;
  const language = story?.lang ?? '';
  const isKept = keepReceipt({ receipt: held.receipt, headline, language, sentAt: new Date().toISOString() });

  const template = document.querySelector<HTMLTemplateElement>('[data-received]');
  const panel = template && document.importNode(template.content, true).firstElementChild;
  if (!(panel instanceof HTMLElement)) return;
  for (const slot of panel.querySelectorAll<HTMLElement>('[data-slot]')) fill(slot, held);
  const note = panel.querySelector<HTMLElement>(isKept ? '[data-kept]' : '[data-not-kept]');
  if (note) note.hidden = false;
  const title = document.querySelector('#write-title');
  if (title) title.textContent = template?.dataset['title'] ?? '';
  document.querySelector('.terms')?.remove();
  form.replaceWith(panel);
  offerCopying(panel);
  panel.focus();
}

function fill(slot: HTMLElement, { receipt, sha256 }: HeldAnswer): void {
  const { slot: kind } = slot.dataset;
  if (kind === 'sha256') slot.textContent = sha256;
  else if (kind === 'bookmark' && slot instanceof HTMLAnchorElement) slot.hash = receipt;
  else if (slot instanceof HTMLInputElement) slot.value = receipt;
}
