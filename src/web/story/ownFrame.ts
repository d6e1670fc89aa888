import { showTimeWithin, type DateStyle } from '../../contract/dates.ts';
import type { OwnWords } from '../../contract/ownWords.ts';
import type { ReceiptView } from '../../contract/receipt.ts';

/** Where a reader's own comments stand and what is said around them; `changed` takes the receipt's newest view. */
export type OwnFrame = {
  part: HTMLElement;
  story: string;
  words: OwnWords;
  /** In the language of the page unless it says another. */
  dates: Omit<DateStyle, 'language'> & { language?: string };
  changed: (view: ReceiptView) => void;
  forget: () => void;
  /** Begins another comment from this one's text; absent where nobody can write. */
  anew?: (() => void) | undefined;
};

/** A time as the site shows times, in the page's language, for a sentence in any direction. */
export function writeTime(at: string, { dates }: Pick<OwnFrame, 'dates'>): string {
  return showTimeWithin(new Date(at), { language: document.documentElement.lang, ...dates });
}

/** An element with a class and a text. */
export function make<Name extends keyof HTMLElementTagNameMap>(
  tag: Name,
  className: string,
  text = '',
): HTMLElementTagNameMap[Name] {
  const element = document.createElement(tag);
  if (className !== '') element.className = className;
  element.textContent = text;
  return element;
}

/** Leads the keyboard, and whoever listens, to what took the place of what was pressed. */
export function leadTo(element: HTMLElement | null | undefined): void {
  if (!element) return;
  element.tabIndex = -1;
  element.focus({ preventScroll: true });
}

/** The same where what was pressed is gone from the page, and the focus with it. */
export function leadToState(item: Element | null): void {
  if (document.activeElement === document.body) leadTo(item?.querySelector<HTMLElement>('.own-state'));
}
