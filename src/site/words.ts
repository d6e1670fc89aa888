import { html, type SafeHtml } from '../contract/html.ts';
import { translate, type MessageKey } from '../contract/messages.ts';
import { isLong, showTime } from '../contract/dates.ts';
import { writeDigits } from '../contract/numbers.ts';
import type { Site } from '../contract/site.ts';

/** A sentence with pieces of HTML in its places. Text in a place is isolated, so that a name in another direction does
 *  not turn the sentence around it. */
export function say(
  language: string,
  key: MessageKey,
  values: Record<string, string | number | SafeHtml> = {},
): SafeHtml {
  // Translated without values, the places are still there to be cut at.
  const parts = translate(language, key).split(/(\{\w+\})/);
  return html`${parts.map((part) => {
    const value = part.startsWith('{') ? values[part.slice(1, -1)] : undefined;
    if (value === undefined) return part;
    if (typeof value === 'number') return writeDigits(language, value);
    return typeof value === 'string' ? html`<bdi>${value}</bdi>` : value;
  })}`;
}

/** The dot between the parts of a byline. An element of its own: generated content would stand on the side that the part's
 *  own direction gives it, and not where the page's does. */
export const metaDot = html`<span aria-hidden="true">·</span>`;

/** A time as the site shows it, for machines in ISO 8601. A pattern's digits run from left to right in every language. */
export function renderTime(time: Date | string, site: Pick<Site, 'settings'>, language: string): SafeHtml {
  const at = typeof time === 'string' ? new Date(time) : time;
  const pattern = site.settings['page.date'];
  const shown = showTime(at, { pattern, timeZone: site.settings['page.timeZone'], language });
  const direction = isLong(pattern) ? 'auto' : 'ltr';
  return html`<time datetime="${at.toISOString().slice(0, 16)}Z" dir="${direction}">${shown}</time>`;
}

/** The time of day where the site is, as "20:00", for machines with its day. */
export function renderClock(at: Date, { settings }: Pick<Site, 'settings'>): SafeHtml {
  const shown = showTime(at, { pattern: 'HH:mm', timeZone: settings['page.timeZone'], language: 'en' });
  return html`<time datetime="${at.toISOString().slice(0, 16)}Z" dir="ltr">${shown}</time>`;
}
