import { html, type SafeHtml } from '../contract/html.ts';
import { translate } from '../contract/messages.ts';
import { say } from './words.ts';

/** What is said before sending where screening is sure of a breach: hidden until the script has asked. Its link opens a page of
 *  its own, since a browser that keeps no draft would lose the text. */
export function renderSendingNotice(language: string): SafeHtml {
  const guideline = html`<a target="_blank" rel="noopener"></a>`;
  return html`<div class="notice" role="group" aria-labelledby="notice-title" aria-describedby="notice-text" tabindex="-1" data-notice hidden>
<p class="terms-promise" id="notice-title">${translate(language, 'notice.title')}</p>
<p id="notice-text">${say(language, 'notice.text', { guideline })} ${translate(language, 'notice.people')}</p>
<p class="send"><button type="button">${translate(language, 'notice.change')}</button>
<button type="button" class="quiet">${translate(language, 'notice.send')}</button></p>
</div>`;
}
