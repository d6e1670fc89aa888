import { inLanguage, type Guideline } from '../contract/guideline.ts';
import { html, type SafeHtml } from '../contract/html.ts';
import { explainRefusal, translate, type MessageKey } from '../contract/messages.ts';
import type { Refusal } from '../contract/refusals.ts';
import { reportDetailCodePoints, reportFields, type WrittenReport } from '../contract/report.ts';
import { routes } from '../contract/routes.ts';
import type { Site } from '../contract/site.ts';
import type { Story } from '../contract/story.ts';
import { say } from './words.ts';

export type ReportForm = {
  language: string;
  site: Site;
  story: Story;
  /** The comment's. */
  id: string;
  guidelines: readonly Guideline[];
  /** What was filled in, and why it was refused. */
  written?: WrittenReport | undefined;
  refusal?: Refusal | undefined;
};

/** The form for what breaks a guideline, or is wrong for another reason. */
export function renderReportForm(form: ReportForm): SafeHtml {
  const { language, site, guidelines, written, refusal } = form;
  const reasons: [string, string][] = [
    ...guidelines.map(({ key, titles }): [string, string] => [key, inLanguage(titles, language, site.language)]),
    ['other', translate(language, 'report.other')],
  ];
  const error = refusal?.field === reportFields.reason && explainRefusal(language, refusal);
  return html`<form class="act" method="post" action="${addressOf(form)}" accept-charset="utf-8" aria-labelledby="report-why">
<fieldset class="reasons"${error !== false && html` aria-invalid="true"`} aria-describedby="report-reason-error">
<legend id="report-why">${translate(language, 'report.reason')} <span class="required">${translate(language, 'form.required')}</span></legend>
${reasons.map(
  ([key, words]) =>
    html`<label class="choice"><input type="radio" name="${reportFields.reason}" value="${key}" required${written?.reason === key && html` checked`}> <span>${words}</span></label>
`,
)}<p class="error" id="report-reason-error">${error}</p></fieldset>
${renderField(form, { name: 'detail', id: 'report', label: 'report.detail', hint: 'report.detailHint', most: reportDetailCodePoints })}
${renderField(form, { name: 'email', id: 'report', label: 'form.email', hint: 'report.emailHint' })}
<p><button type="submit">${translate(language, 'report.send')}</button></p>
</form>`;
}

/** The notice of illegal content: everything that DSA Art. 16(2) asks for. The comment's address stands in it. */
export function renderNoticeForm(form: ReportForm & { address: string }): SafeHtml {
  const { language, address } = form;
  return html`<section class="act" id="notice" aria-labelledby="notice-title">
<h2 id="notice-title">${translate(language, 'report.noticeTitle')}</h2>
<p>${translate(language, 'report.noticeLead')}</p>
<p>${translate(language, 'report.address')} <bdi class="address" dir="ltr">${address}</bdi></p>
<form method="post" action="${addressOf(form)}" accept-charset="utf-8" aria-labelledby="notice-title">
<input type="hidden" name="${reportFields.notice}" value="on">
${renderField(form, { name: 'detail', id: 'notice', label: 'report.why', hint: 'report.whyHint', most: reportDetailCodePoints, required: true })}
<p class="hint" id="notice-contact-hint">${translate(language, 'report.contactHint')}</p>
${renderField(form, { name: 'name', id: 'notice', label: 'report.name' })}
${renderField(form, { name: 'email', id: 'notice', label: 'form.email' })}
${renderTick(form, 'namelessOffence', 'report.nameless')}
${renderTick(form, 'goodFaith', 'report.goodFaith')}
<p><button type="submit">${translate(language, 'report.sendNotice')}</button></p>
</form>
</section>`;
}

function addressOf({ id }: ReportForm): string {
  return routes.postReport.path.replace(':id', id);
}

type Field = {
  name: 'detail' | 'name' | 'email';
  /** Of the form: both have fields of the same name. */
  id: 'report' | 'notice';
  label: MessageKey;
  hint?: MessageKey;
  most?: number;
  required?: boolean;
};

function renderField({ language, written, refusal }: ReportForm, field: Field): SafeHtml {
  const { name, label, hint, most, required = false } = field;
  const id = `${field.id}-${name}`;
  const error = refusal?.field === reportFields[name] ? explainRefusal(language, refusal) : undefined;
  const value = written?.[name] ?? '';
  const described = [...(hint ? [`${id}-hint`] : ['notice-contact-hint']), `${id}-error`].join(' ');
  const attributes = html`id="${id}" name="${reportFields[name]}" aria-describedby="${described}"${required && html` required`}${error !== undefined && html` aria-invalid="true"`}`;
  const isNeeded = required || (field.id === 'notice' && name !== 'detail');
  // Name and e-mail of a notice are asked for by the law and not by the browser: there is one offence without them.
  const need = html`<span class="${isNeeded ? 'required' : 'optional'}">${translate(language, isNeeded ? 'form.required' : 'form.optional')}</span>`;
  return html`<div class="field">
<label for="${id}">${translate(language, label)} ${need}</label>
${hint && html`<p class="hint" id="${id}-hint">${say(language, hint, most === undefined ? {} : { most })}</p>`}
${renderControl(name, attributes, value)}
<p class="error" id="${id}-error">${error}</p>
</div>`;
}

function renderControl(name: Field['name'], attributes: SafeHtml, value: string): SafeHtml {
  if (name === 'detail')
    return html`<textarea ${attributes} rows="5" dir="auto">
${value}</textarea>`;
  return name === 'email'
    ? html`<input ${attributes} type="email" dir="ltr" autocomplete="email" value="${value}">`
    : html`<input ${attributes} type="text" dir="auto" autocomplete="name" value="${value}">`;
}

function renderTick(
  { language, written, refusal }: ReportForm,
  name: 'namelessOffence' | 'goodFaith',
  words: MessageKey,
): SafeHtml {
  const error = refusal?.field === reportFields[name] ? explainRefusal(language, refusal) : undefined;
  const needed = name === 'goodFaith';
  return html`<div class="field"><label class="choice"><input type="checkbox" name="${reportFields[name]}" value="on"${needed && html` required`}${written !== undefined && written[name] !== '' && html` checked`} aria-describedby="notice-${name}-error"${error !== undefined && html` aria-invalid="true"`}> <span>${translate(language, words)}${needed && html` <span class="required">${translate(language, 'form.required')}</span>`}</span></label>
<p class="error" id="notice-${name}-error">${error}</p></div>`;
}
