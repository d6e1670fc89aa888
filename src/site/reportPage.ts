import { html } from '../contract/html.ts';
import type { Answer, Call } from '../contract/http.ts';
import { chooseInterface, explainRefusal, translate } from '../contract/messages.ts';
import type { Refusal } from '../contract/refusals.ts';
import type { ReportedPage, WrittenReport } from '../contract/report.ts';
import { commentLink } from '../contract/thread.ts';
import { findPlaceOf, findSubject, renderBack, renderDocument, renderQuote, type Subject } from './aboutComment.ts';
import { keepLanguage, readChoices, type Choices } from './choices.ts';
import type { PageDeps } from './deps.ts';
import { answerPrivately } from './headers.ts';
import { answerNotFound } from './messagePages.ts';
import { renderNoticeForm, renderReportForm } from './reportForm.ts';

/** `GET /s/:site/:story/report/:comment`: where a published comment is reported, or notified as illegal, without an account
 *  and without JavaScript. 404 for what is not published, whether it waits, was taken down or never was. */
export async function getReport(deps: PageDeps, call: Call): Promise<Answer> {
  const site = await deps.kept.findSite(call.params['site']);
  const story = site && (await deps.kept.findStory(site.site, call.params['story']));
  const found = site && story && (await findSubject(deps, { site, story }, call.params['comment']));
  if (!found) return answerNotFound(deps, call, site);
  const language = chooseInterface(found.story.language, found.site.language);
  const choices = keepLanguage(readChoices(call), language, found.site);
  const body = await renderReportPage(deps, { ...found, language, choices });
  return answerPrivately(200, body, { 'content-language': language });
}

/** The page after a plain report: its receipt, or the forms again with what was filled in and why it was refused. */
export async function renderReported(deps: PageDeps, page: ReportedPage): Promise<string> {
  const { report, refusal, comment: id } = page;
  const found = await findPlaceOf(deps, id);
  // Whoever reports a comment reads its story's language; the browser may be set to another.
  const language = chooseInterface(found?.story.language, page.language);
  if (found && refusal) {
    const choices = keepLanguage({}, language, found.site);
    return renderReportPage(deps, { ...found, language, choices, refusal, written: page.written });
  }
  const title = translate(language, report ? 'receipt.reportTitle' : 'receipt.reportRefused');
  const main = html`<h1>${title}</h1>
${
  report &&
  html`<p class="received" role="status">${translate(language, 'receipt.reported')}</p>
${report.warned && html`<p class="trouble" role="alert">${translate(language, 'sanction.reportWarned')}</p>`}
<p>${translate(language, 'receipt.reportKeep')}</p>
<div class="field"><label for="report-token">${translate(language, 'receipt.token')}</label>
<input id="report-token" type="text" readonly dir="ltr" spellcheck="false" value="${report.receipt}"></div>
<p><a href="/receipt?lang=${language}#${report.receipt}">${translate(language, 'receipt.bookmark')}</a></p>`
}
${refusal && html`<p class="trouble" role="alert">${explainRefusal(language, refusal)}</p>`}
${found && renderBack(language, found)}`;
  return renderDocument(deps, { language, title, main, site: found?.site, path: '/receipt' });
}

type ReportPage = Subject & {
  language: string;
  choices: Choices;
  refusal?: Refusal | undefined;
  written?: WrittenReport | undefined;
};

async function renderReportPage(deps: PageDeps, page: ReportPage): Promise<string> {
  const { language, site, story, comment, refusal, written, choices } = page;
  const title = translate(language, 'report.title');
  // Refused, the one form that was sent comes back with what is wrong beside its field.
  const wasNotice = written !== undefined && written.notice !== '';
  const about = { language, site, story, id: comment.id, guidelines: await deps.kept.listGuidelines(site.site) };
  const main = html`<h1>${title}</h1>
<p>${translate(language, 'report.lead')}</p>
${refusal && html`<p class="trouble" role="alert">${explainRefusal(language, refusal)}</p>`}
${renderQuote(language, comment)}
<p><a href="#notice">${translate(language, 'report.toNotice')}</a></p>
${renderReportForm({ ...about, ...(wasNotice ? {} : { refusal, written }) })}
${renderNoticeForm({ ...about, ...(wasNotice ? { refusal, written } : {}), address: `${deps.publicUrl}/s/${site.site}/${story.story}${commentLink(comment.id)}` })}
${renderBack(language, page)}`;
  const path = `/s/${site.site}/${story.story}/report/${comment.id}`;
  return renderDocument(deps, { language, title, main, site, path, choices, isAnswer: refusal !== undefined });
}
