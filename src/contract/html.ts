/** A piece of HTML that is safe to stand in a page as it is. Only `html` and `trustHtml` make one: a string that came
 *  from outside cannot pass for it. */
export class SafeHtml {
  readonly #markup: string;

  constructor(markup: string) {
    this.#markup = markup;
  }

  toString(): string {
    return this.#markup;
  }
}

/** What may stand in a place of the template. Text and numbers are escaped; nothing at all is left out. */
export type Insertable = string | number | SafeHtml | null | undefined | false | readonly Insertable[];

/** Makes HTML out of a template: every `${…}` is escaped for text and for quoted attributes, except what is SafeHtml
 *  already; a list is joined, and null, undefined and false leave nothing. Attributes must be quoted in the template
 *  (`title="${text}"`), and a place never stands inside `<script>`, `<style>`, a comment or a tag's name. An address from
 *  outside needs its scheme checked besides: see `webAddress.ts`. */
export function html(strings: TemplateStringsArray, ...inserted: readonly Insertable[]): SafeHtml {
  let markup = strings[0] ?? '';
  for (let at = 0; at < inserted.length; at += 1) markup += markUp(inserted[at]) + (strings[at + 1] ?? '');
  return new SafeHtml(markup);
}

/** Takes a string for HTML that is safe already. Only for what this process made itself: the rendering of the safe
 *  Markdown subset, the names of our own assets. Never for anything that a reader or a publisher wrote. */
export function trustHtml(markup: string): SafeHtml {
  return new SafeHtml(markup);
}

/** The text with the five characters of markup escaped, fit for text and for attributes in either kind of quotes. */
export function escapeHtml(text: string): string {
  return special.test(text) ? text.replaceAll(everySpecial, (character) => escapes[character] ?? character) : text;
}

/** JSON that may stand inside `<script type="application/ld+json">`: nothing in it can end the script or begin a
 *  comment. */
export function jsonForScript(value: object): SafeHtml {
  return new SafeHtml(JSON.stringify(value).replaceAll(scriptSpecial, unicodeEscape));
}

const special = /[&<>"']/;
const everySpecial = /[&<>"']/g;
const escapes: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

// U+2028 and U+2029 end a line in the JavaScript of old browsers.
const scriptSpecial = /[<>&\u2028\u2029]/g;

function unicodeEscape(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}

function markUp(value: Insertable): string {
  if (typeof value === 'string') return escapeHtml(value);
  if (value === null || value === undefined || value === false) return '';
  if (typeof value === 'number') return String(value);
  if (value instanceof SafeHtml) return value.toString();
  return value.map(markUp).join('');
}
