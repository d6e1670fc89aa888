import { inLanguage } from '../contract/guideline.ts';
import { html, type SafeHtml } from '../contract/html.ts';
import { translate, type MessageKey } from '../contract/messages.ts';
import type { ReportReceiptPage } from '../contract/report.ts';
import { defaultSettings } from '../contract/site.ts';
import type { PageDeps } from './deps.ts';
import { findPlace, renderOwnPage } from './receiptPage.ts';
import { renderToken } from './receiptPanel.ts';
import { renderTime, say } from './words.ts';

/** What became of a report, with the reason and where to turn (DSA Art. 16(5)). */
export async function renderReportReceipt(deps: PageDeps, page: ReportReceiptPage): Promise<string> {
  const { language, receipt, view } = page;
  const { site, story } = await findPlace(deps, view);
  const time = (at: string): SafeHtml => renderTime(at, site ?? { settings: defaultSettings }, language);
  const { decision, state } = view;
  const guideline = decision?.guideline;
  const isDecided = decision !== undefined && state !== 'closed';
  const rows: [MessageKey, SafeHtml | false | undefined][] = [
    [
      'receipt.story',
      story &&
        html`<a href="/s/${view.site}/${view.story}" lang="${story.language}" dir="${story.dir}">${story.headline}</a>`,
    ],
    ['report.reasonGiven', html`${await nameReason(deps, page)}`],
    ['report.reportedAt', time(view.reportedAt)],
    ['receipt.decidedAt', isDecided && time(decision.decidedAt)],
    [
      'receipt.decidedBy',
      isDecided && html`${translate(language, decision.automated ? 'receipt.byProgram' : 'receipt.byPerson')}`,
    ],
    [
      'receipt.guideline',
      guideline &&
        html`<a href="/s/${view.site}/guidelines/${guideline.key}/${guideline.version}">${say(language, 'receipt.guidelineNamed', { title: guideline.title, version: guideline.version })}</a>`,
    ],
    ['receipt.ground', guideline?.law !== undefined && say(language, 'receipt.illegal', { law: guideline.law })],
    [
      'receipt.explanation',
      decision?.explanation !== undefined && html`<span class="said" dir="auto">${decision.explanation}</span>`,
    ],
  ];
  const shown = rows.filter((row): row is [MessageKey, SafeHtml] => row[1] !== undefined && row[1] !== false);
  const mail = site?.settings['contact.mail'] ?? '';
  const title = translate(language, 'receipt.reportTitle');
  const main = html`<h1>${title}</h1>
<p class="state" role="status">${translate(language, `report.state.${state}`)}</p>
<dl class="facts">${shown.map(([key, value]) => html`<div><dt>${translate(language, key)}</dt><dd>${value}</dd></div>`)}</dl>
${isDecided && html`<p>${translate(language, 'report.redress')}</p>`}
${isDecided && mail !== '' && html`<p><a href="mailto:${mail}" dir="ltr">${mail}</a></p>`}
<details class="act"><summary>${translate(language, 'receipt.token')}</summary>${renderToken(language, receipt)}</details>`;
  return renderOwnPage(deps, { language, title, main, site });
}

/** What the report gave as its reason; a guideline that is retired by now is named by its key. */
async function nameReason({ kept }: PageDeps, { language, view }: ReportReceiptPage): Promise<string> {
  if (view.reason === 'illegal') return translate(language, 'report.illegal');
  if (view.reason === 'other') return translate(language, 'report.other');
  const known = (await kept.listGuidelines(view.site)).find(({ key }) => key === view.reason);
  return known ? inLanguage(known.titles, language) : view.reason;
}
