import { html, type SafeHtml } from '../contract/html.ts';
import { findLinks } from '../contract/links.ts';
import { linkRel } from '../contract/thread.ts';

/** A comment's text with its addresses as links around exactly their characters, so that what it says, and its SHA-256, stay the
 *  same. An address runs from left to right within a text that runs the other way. Pure. */
export function renderLinks(text: string): SafeHtml {
  let at = 0;
  const before = findLinks(text).map(({ start, end, href }) => {
    const plain = text.slice(at, start);
    at = end;
    return html`${plain}<a rel="${linkRel}" href="${href}" dir="ltr">${text.slice(start, end)}</a>`;
  });
  return html`${before}${text.slice(at)}`;
}
