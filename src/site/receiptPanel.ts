import { receiptFields, type HeldAnswer } from '../contract/form.ts';
import { html, type SafeHtml } from '../contract/html.ts';
import { translate } from '../contract/messages.ts';
import type { Site } from '../contract/site.ts';
import { withChoices } from './choices.ts';
import { say } from './words.ts';

/** What a reader is told when a comment has arrived. Without `held` it is the template that the script fills in by the
 *  `data-slot` of its elements, so that both ways of sending end on the same words. */
export function renderReceiptPanel({
  language,
  site,
  held,
}: {
  language: string;
  site: Site;
  held?: HeldAnswer | undefined;
}): SafeHtml {
  return html`<div class="receipt-panel" tabindex="-1" data-panel>
<p class="received">${translate(language, 'receipt.received')}</p>
<p>${translate(language, 'receipt.keep')}</p>
${renderToken(language, held?.receipt ?? '')}
<p class="note" data-kept hidden>${translate(language, 'receipt.kept')}</p>
<p class="note" data-not-kept hidden>${translate(language, 'receipt.notKept')}</p>
${site.settings.push === 'on' && html`<p><a href="${receiptAddress(language)}#${held?.receipt ?? ''}" data-slot="bookmark">${translate(language, 'push.offer')}</a></p>`}
${renderActs(language, held?.receipt ?? '')}
${renderCheck(language, held?.sha256 ?? '')}
</div>`;
}

/** The receipt page in the language of this one. */
export function receiptAddress(language: string): string {
  return withChoices('/receipt', { lang: language });
}

/** The receipt in a field that can be selected and copied. The address of the bookmark holds it in its fragment, which
 *  no browser ever sends. */
export function renderToken(language: string, receipt: string): SafeHtml {
  return html`<div class="field">
<label for="receipt-token">${translate(language, 'receipt.token')}</label>
<div class="copy"><input id="receipt-token" type="text" readonly dir="ltr" spellcheck="false" autocomplete="off" value="${receipt}" data-slot="receipt">
<button type="button" class="quiet" data-copy="receipt-token" data-copied="${translate(language, 'receipt.copied')}" hidden>${translate(language, 'receipt.copy')}</button></div>
</div>
<p><a href="${receiptAddress(language)}#${receipt}" data-slot="bookmark">${translate(language, 'receipt.bookmark')}</a></p>`;
}

/** The SHA-256 of the text, and how to come to the same one without this server. */
export function renderCheck(language: string, sha256: string): SafeHtml {
  return html`<details class="check">
<summary>${translate(language, 'receipt.sha256')}</summary>
<p><code class="hash" dir="ltr" data-slot="sha256">${sha256}</code></p>
<p class="check-title">${translate(language, 'receipt.check')}</p>
<p>${translate(language, 'receipt.checkText')}</p>
<pre dir="ltr"><code>shasum -a 256 comment.txt</code></pre>
</details>`;
}

function renderActs(language: string, receipt: string): SafeHtml {
  return html`<form method="post" action="${receiptAddress(language)}">
<input type="hidden" name="${receiptFields.receipt}" value="${receipt}" data-slot="receipt">
<p><button type="submit">${translate(language, 'receipt.lookUp')}</button></p>
</form>
${renderWithdrawal(language, receipt)}`;
}

/** The way to take a comment back, behind one more click. */
export function renderWithdrawal(language: string, receipt: string): SafeHtml {
  return html`<details class="act">
<summary>${translate(language, 'receipt.withdraw')}</summary>
<p>${say(language, 'receipt.withdrawLead')}</p>
<form method="post" action="${receiptAddress(language)}">
<input type="hidden" name="${receiptFields.receipt}" value="${receipt}" data-slot="receipt">
<p><button type="submit" name="act" value="withdraw" class="grave">${translate(language, 'receipt.withdraw')}</button></p>
</form>
</details>`;
}
