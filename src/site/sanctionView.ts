import { receiptFields } from '../contract/form.ts';
import { html, type SafeHtml } from '../contract/html.ts';
import { translate, translateCount, type MessageKey } from '../contract/messages.ts';
import type { ReceiptSanction } from '../contract/sanction.ts';
import { defaultSettings } from '../contract/site.ts';
import { receiptAddress } from './receiptPanel.ts';
import type { ShownReceipt } from './receiptView.ts';
import { renderTime, say } from './words.ts';

type Shown = Omit<ShownReceipt, 'story'> & { most: number };

/** What the reader is told beside the comment: a warning, a slower pace, a note, a suspension, each with its ground, its
 *  end and the way to appeal. False where there is nothing. */
export function renderSanctions(shown: Shown): SafeHtml | false {
  const { language, view } = shown;
  if (!view.sanctions || view.sanctions.length === 0) return false;
  return html`<section class="sanctions" aria-labelledby="sanctions-title">
<h2 id="sanctions-title">${translate(language, 'sanction.title')}</h2>
${view.sanctions.map((sanction) => renderSanction(sanction, shown))}
</section>`;
}

function renderSanction(sanction: ReceiptSanction, shown: Shown): SafeHtml {
  const { language, view, site } = shown;
  const { state, guideline, explanation, appeal } = sanction;
  const time = (at: string): SafeHtml => renderTime(at, site ?? { settings: defaultSettings }, language);
  const rests = explanation !== undefined || appeal !== undefined || sanction.appealUntil !== undefined;
  return html`<div class="act">
<p class="${state === 'in_force' ? 'trouble' : 'note'}">${say(language, sentenceOf(sanction), { minutes: html`${translateCount(language, 'unit.minutes', sanction.minutes ?? 0)}` })}
${say(language, `sanction.state.${state}`, { date: time(sanction.until) })}</p>
<dl class="facts"><div><dt>${translate(language, 'sanction.since')}</dt><dd>${time(sanction.startedAt)}</dd></div>
${
  guideline &&
  html`<div><dt>${translate(language, 'receipt.guideline')}</dt><dd><a href="/s/${view.site}/guidelines/${guideline.key}/${guideline.version}">${say(
    language,
    'receipt.guidelineNamed',
    { title: guideline.title, version: guideline.version },
  )}</a></dd></div>`
}
${
  explanation !== undefined &&
  html`<div><dt>${translate(language, 'sanction.reason')}</dt><dd><span class="said" dir="auto">${explanation}</span></dd></div>`
}</dl>
${appeal && html`<p class="appeal">${say(language, `sanction.appeal.${appeal.state}`, { date: time(appeal.decidedAt ?? appeal.appealedAt) })}</p>`}
${appeal?.explanation !== undefined && html`<p class="said" dir="auto">${appeal.explanation}</p>`}
${!rests && state === 'in_force' && html`<p class="note">${translate(language, 'sanction.elsewhere')}</p>`}
${renderSanctionAppeal(sanction, shown)}
</div>`;
}

function sentenceOf({ measure, about }: ReceiptSanction): MessageKey {
  if (about === 'appeals') return measure === 'suspend' ? 'sanction.suspend.appeals' : 'sanction.warn.appeals';
  return `sanction.${measure}.comments`;
}

function renderSanctionAppeal({ id, appealUntil }: ReceiptSanction, shown: Shown): SafeHtml | false {
  const { language, site, receipt, most } = shown;
  if (appealUntil === undefined) return false;
  const until = renderTime(appealUntil, site ?? { settings: defaultSettings }, language);
  const field = `sanction-${id}`;
  return html`<details class="act"><summary>${translate(language, 'sanction.appeal')}</summary>
<p>${say(language, 'sanction.appealLead', { date: until })}</p>
<form method="post" action="${receiptAddress(language)}" accept-charset="utf-8">
<input type="hidden" name="${receiptFields.receipt}" value="${receipt}">
<input type="hidden" name="${receiptFields.sanction}" value="${id}">
<div class="field"><label for="${field}">${translate(language, 'sanction.appealText')} <span class="required">${translate(language, 'form.required')}</span></label>
<p class="hint" id="${field}-hint">${translate(language, 'receipt.appealHint', { most })}</p>
<textarea id="${field}" name="${receiptFields.text}" rows="6" dir="auto" required aria-describedby="${field}-hint"></textarea></div>
<p><button type="submit" name="act" value="appeal-sanction">${translate(language, 'receipt.appealSend')}</button></p>
</form></details>`;
}
