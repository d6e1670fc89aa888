import MarkdownIt, { type Token } from 'markdown-it';
import { trustHtml, type SafeHtml } from '../contract/html.ts';

/** The text of a story as HTML. Paragraphs, headings, emphasis, links, lists, quotations and breaks are Markdown;
 *  everything else, markup included, stays the text that was written. Headings start at h2, below the page's own.
 *  Never throws, whatever the text; linear in its length (corpora/text/pathological.json). */
export function renderMarkdown(text: string): SafeHtml {
  const tokens = markdown.parse(text, {});
  shiftHeadings(tokens);
  return trustHtml(markdown.renderer.render(tokens, markdown.options, {}));
}

// Everything is off until it is named: a rule that a later version adds cannot slip in. Images are none of the subset, so
// that no page asks a third party for anything; link references are none, since a story has no footnotes to resolve.
const markdown = new MarkdownIt('zero', { html: false, linkify: false, typographer: false, maxNesting: 20 }).enable([
  'heading',
  'lheading',
  'blockquote',
  'list',
  'hr',
  'newline',
  'escape',
  'emphasis',
  'balance_pairs',
  'link',
  'entity',
]);

// An address is a place on the web, a mail address, or a path of this very server. `//host` would be another server.
const address = /^(?:https?:\/\/|mailto:|\/(?![/\\])|#)/i;
markdown.validateLink = (url) => address.test(url) && !/[\p{Cc}\s]/u.test(url);

const standardLink = markdown.renderer.renderToken.bind(markdown.renderer);
markdown.renderer.rules['link_open'] = (tokens, at, options) => {
  const token = tokens[at];
  // The address of the story is nobody else's business.
  if (token && /^https?:/i.test(String(token.attrGet('href')))) token.attrSet('rel', 'noopener noreferrer');
  return standardLink(tokens, at, options);
};

/** The highest heading of the text becomes h2 and the rest keep their distance, so that no level is left out above. */
function shiftHeadings(tokens: readonly Token[]): void {
  const headings = tokens.filter(({ type }) => type === 'heading_open' || type === 'heading_close');
  const highest = Math.min(...headings.map(({ tag }) => Number(tag.slice(1))));
  for (const token of headings) token.tag = `h${Math.min(6, Number(token.tag.slice(1)) - highest + 2)}`;
}
