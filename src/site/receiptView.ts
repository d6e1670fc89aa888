import { receiptFields } from '../contract/form.ts';
import { html, type SafeHtml } from '../contract/html.ts';
import { translate, type MessageKey } from '../contract/messages.ts';
import type { ReceiptView } from '../contract/receipt.ts';
import { defaultSettings, type Site } from '../contract/site.ts';
import type { Story } from '../contract/story.ts';
import { commentLink } from '../contract/thread.ts';
import { receiptAddress, renderCheck, renderWithdrawal } from './receiptPanel.ts';
import { renderTime, say } from './words.ts';

/** The form in which a receipt is pasted. */
export function renderLookUp(language: string, given: { receipt?: string; error?: string | undefined } = {}): SafeHtml {
  const { receipt = '', error } = given;
  return html`<h1>${translate(language, 'receipt.lookUpTitle')}</h1>
<p>${translate(language, 'receipt.lookUpLead')}</p>
<form method="post" action="${receiptAddress(language)}" data-look-up>
<div class="field"><label for="receipt">${translate(language, 'receipt.token')} <span class="required">${translate(language, 'form.required')}</span></label>
<input id="receipt" name="${receiptFields.receipt}" type="text" dir="ltr" required autocomplete="off" spellcheck="false" value="${receipt}"
  aria-describedby="receipt-error"${error !== undefined && html` aria-invalid="true"`}>
<p class="error" id="receipt-error">${error}</p></div>
<p><button type="submit">${translate(language, 'receipt.lookUp')}</button></p>
</form>`;
}

export type ShownReceipt = {
  language: string;
  view: ReceiptView;
  site?: Site | undefined;
  story?: Story | undefined;
  receipt: string;
};

/** What became of the comment: its state, the statement of reasons, and how to check its text. */
export function renderView({ language, view, site, story, receipt }: ShownReceipt): SafeHtml {
  const { state, decision, appeal } = view;
  const time = (at: string): SafeHtml => renderTime(at, site ?? { settings: defaultSettings }, language);
  const address = `/s/${view.site}/${view.story}`;
  const rows: [MessageKey, SafeHtml | false | undefined][] = [
    [
      'receipt.story',
      story && html`<a href="${address}" lang="${story.language}" dir="${story.dir}">${story.headline}</a>`,
    ],
    ['receipt.submittedAt', time(view.submittedAt)],
    ['receipt.decidedAt', decision && time(decision.decidedAt)],
    [
      'receipt.decidedBy',
      decision && html`${translate(language, decision.automated ? 'receipt.byProgram' : 'receipt.byPerson')}`,
    ],
    ['receipt.source', decision?.source && html`${translate(language, `receipt.source.${decision.source}`)}`],
    ['receipt.guideline', decision?.guideline && renderGround(language, view.site, decision.guideline)],
    [
      'receipt.ground',
      decision?.guideline?.law !== undefined && say(language, 'receipt.illegal', { law: decision.guideline.law }),
    ],
    [
      'receipt.explanation',
      decision?.explanation !== undefined && html`<span class="said" dir="auto">${decision.explanation}</span>`,
    ],
  ];
  const shown = rows.filter((row): row is [MessageKey, SafeHtml] => row[1] !== undefined && row[1] !== false);
  return html`<p class="state state-${state}">${translate(language, `receipt.state.${state}`)}</p>
<dl class="facts">${shown.map(([key, value]) => html`<div><dt>${translate(language, key)}</dt><dd>${value}</dd></div>`)}</dl>
${state === 'approved' && html`<p><a href="${address}${commentLink(view.id)}">${translate(language, 'receipt.seeIt')}</a></p>`}
${appeal && html`<p class="appeal">${say(language, `receipt.appeal.${appeal.state}`, { date: time(appeal.decidedAt ?? appeal.appealedAt) })}</p>`}
${appeal?.explanation !== undefined && html`<p class="said" dir="auto">${appeal.explanation}</p>`}
${renderCheck(language, view.sha256)}
${(state === 'held' || state === 'approved') && renderWithdrawal(language, receipt)}`;
}

type Ground = NonNullable<NonNullable<ReceiptView['decision']>['guideline']>;

// By path, as every link of a page: the page may be read under another address than the public one.
function renderGround(language: string, site: string, { key, title, version }: Ground): SafeHtml {
  return html`<a href="/s/${site}/guidelines/${key}/${version}">${say(language, 'receipt.guidelineNamed', { title, version })}</a>`;
}

/** The form of an appeal, where one is still taken. */
export function renderAppeal({
  language,
  view,
  site,
  receipt,
  most,
}: Omit<ShownReceipt, 'story'> & { most: number }): SafeHtml | false {
  if (view.appealUntil === undefined || view.appeal) return false;
  const until = renderTime(view.appealUntil, site ?? { settings: defaultSettings }, language);
  return html`<section class="act" aria-labelledby="appeal-title">
<h2 id="appeal-title">${translate(language, 'receipt.appeal')}</h2>
<p>${say(language, 'receipt.appealLead', { date: until })}</p>
<form method="post" action="${receiptAddress(language)}" accept-charset="utf-8">
<input type="hidden" name="${receiptFields.receipt}" value="${receipt}">
<div class="field"><label for="appeal">${translate(language, 'receipt.appealText')} <span class="required">${translate(language, 'form.required')}</span></label>
<p class="hint" id="appeal-hint">${translate(language, 'receipt.appealHint', { most })}</p>
<textarea id="appeal" name="${receiptFields.text}" rows="6" dir="auto" required aria-describedby="appeal-hint"></textarea></div>
<p><button type="submit" name="act" value="appeal">${translate(language, 'receipt.appealSend')}</button></p>
</form></section>`;
}
