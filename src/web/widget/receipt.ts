import type { HeldAnswer } from '../../contract/form.ts';
import type { WidgetForm } from '../../contract/widgetForm.ts';
import { keepReceipt } from '../story/receipts.ts';
import { make } from './dom.ts';

/** What a reader is told when the comment has arrived: that it waits, and the receipt. */
export function makeReceipt(held: HeldAnswer, server: string, about: WidgetForm): HTMLElement {
  const { words, language } = about;
  const { receipt } = held;
  const kept = { receipt, headline: document.title, language, sentAt: new Date().toISOString() };
  const isKept = keepReceipt(kept);
  const field = make('input', { id: 'receipt', part: 'field', readonly: '', dir: 'ltr', value: receipt });
  // Its secret stands in the fragment, which no browser sends.
  const page = new URL(`/receipt?lang=${language}#${receipt}`, server);
  return make(
    'div',
    { part: 'received', tabindex: '-1' },
    make('h3', {}, words.received),
    make('p', {}, words.keep),
    make('label', { for: 'receipt' }, words.token),
    field,
    'clipboard' in navigator && makeCopy(field, words),
    make('p', { class: 'soft' }, isKept ? words.kept : words.notKept),
    make('p', {}, make('a', { href: page.href, rel: 'noreferrer' }, words.lookUp)),
  );
}

function makeCopy(field: HTMLInputElement, { copy, copied }: WidgetForm['words']): HTMLElement {
  const button = make('button', { type: 'button' }, copy);
  const write = async (): Promise<void> => {
    await navigator.clipboard.writeText(field.value);
    button.textContent = copied;
  };
  button.addEventListener('click', () => {
    // Refused by the reader: it is selected, so that the keyboard copies it.
    field.select();
    void write().catch(() => {});
  });
  return button;
}
