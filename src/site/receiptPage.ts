import { mailActs } from '../contract/authorMail.ts';
import { appealCodePoints, receiptFields, type ReceiptPage, type ReceivedPage } from '../contract/form.ts';
import { html, type SafeHtml } from '../contract/html.ts';
import type { Answer, Call, Handler } from '../contract/http.ts';
import { isObject } from '../contract/json.ts';
import { chooseInterface, explainRefusal, translate } from '../contract/messages.ts';
import type { ReceiptView } from '../contract/receipt.ts';
import type { Site } from '../contract/site.ts';
import type { Story } from '../contract/story.ts';
import { openAssets } from './assets.ts';
import type { PageDeps, SiteDeps } from './deps.ts';
import { answerPrivately } from './headers.ts';
import { pageLanguage } from './messagePages.ts';
import { keepLanguage, readChoices, type Choices } from './choices.ts';
import { renderPage } from './page.ts';
import { pushPolicy, renderPushOffer } from './pushOffer.ts';
import { renderReceiptPanel, renderToken } from './receiptPanel.ts';
import { renderAppeal, renderLookUp, renderView } from './receiptView.ts';
import { renderSanctions } from './sanctionView.ts';

/** `GET /receipt`: where a receipt is pasted, or read by the script from the fragment of the address. */
export function getReceiptPage(deps: PageDeps, call: Call): Answer {
  const language = pageLanguage(call, undefined);
  const main = html`${renderLookUp(language)}
<section class="kept" data-receipts data-forget="${translate(language, 'receipt.forget')}" hidden>
<h2>${translate(language, 'receipt.inThisBrowser')}</h2><ul data-receipt-list></ul></section>`;
  const title = translate(language, 'receipt.lookUpTitle');
  return answerPrivately(200, renderOwnPage(deps, { language, title, main, choices: readChoices(call) }), {
    'content-language': language,
    vary: 'accept-language',
  });
}

/** `POST /receipt`: looks the receipt up, or does what the button said: `act` is `appeal`, `withdraw`, `appeal-sanction`, or one
 *  of those about mail. */
export async function postReceiptPage(deps: SiteDeps, call: Call): Promise<Answer> {
  const act = isObject(call.body) ? call.body['act'] : undefined;
  const { postReceipt, postAppeal, postWithdrawal, postSanctionAppeal, postMail } = deps.receiptForms;
  const acts: Record<string, Handler> = {
    appeal: postAppeal,
    withdraw: postWithdrawal,
    'appeal-sanction': postSanctionAppeal,
    ...Object.fromEntries(mailActs.map((mailAct) => [mailAct, postMail])),
  };
  const handle = (typeof act === 'string' ? acts[act] : undefined) ?? postReceipt;
  const { lang } = readChoices(call);
  // The page that the form stood on spoke this language; the guideline's title is asked for in it as well.
  const headers = lang === undefined ? call.headers : { ...call.headers, 'accept-language': lang };
  const answer = await handle({ ...call, headers, isForm: true });
  if (answer.outcome === 'refused' || typeof answer.body !== 'string') return answer;
  return answerPrivately(answer.status, answer.body, { 'content-security-policy': pushPolicy });
}

/** The page on which an accepted plain form ends. */
export function renderReceived(deps: PageDeps, { site, story, held, language: asked }: ReceivedPage): string {
  // Whoever writes under a story reads its language; the browser may be set to another.
  const language = chooseInterface(story.language, asked);
  const title = translate(language, 'receipt.title');
  const main = html`<h1>${title}</h1>
<p class="about-story"><a href="/s/${site.site}/${story.story}" lang="${story.language}" dir="${story.dir}">${story.headline}</a></p>
${renderReceiptPanel({ language, site, held })}`;
  return renderOwnPage(deps, { language, title, main, site });
}

/** The receipt page of a plain form: what became of the comment, what was just done, or why it was not. */
export async function renderReceiptPage(deps: PageDeps, page: ReceiptPage): Promise<string> {
  const { language, view, refusal, done, receipt } = page;
  const title = translate(language, 'receipt.title');
  if (!view) {
    const main = renderLookUp(language, { receipt, error: refusal && explainRefusal(language, refusal) });
    return renderOwnPage(deps, { language, title, main });
  }
  const { site, story } = await findPlace(deps, view);
  const main = html`<h1>${title}</h1>
${done && html`<p class="received" role="status">${translate(language, done === 'appealed' ? 'receipt.appealed' : 'receipt.withdrawn')}</p>`}
${refusal && html`<p class="trouble" role="alert">${explainRefusal(language, refusal)}</p>`}
${renderView({ language, view, site, story, receipt })}
${renderPushOffer(deps, { language, view, site })}
${renderAppeal({ language, view, site, receipt, most: appealCodePoints })}
${renderSanctions({ language, view, site, receipt, most: appealCodePoints })}
<details class="act"><summary>${translate(language, 'receipt.token')}</summary>${renderToken(language, receipt)}</details>`;
  return renderOwnPage(deps, { language, title, main, site });
}

/** The site and the story of a receipt. */
export async function findPlace(
  { kept }: PageDeps,
  view: Pick<ReceiptView, 'site' | 'story'>,
): Promise<{ site?: Site | undefined; story?: Story | undefined }> {
  return { site: await kept.findSite(view.site), story: await kept.findStory(view.site, view.story) };
}

/** `choices` of the page that is asked for by address; the others answer a form. */
type OwnPage = { language: string; title: string; main: SafeHtml; site?: Site | undefined; choices?: Choices };

/** A page for whoever holds a receipt. */
export function renderOwnPage({ assetsFolder }: PageDeps, { language, title, main, site, choices }: OwnPage): string {
  return renderPage({
    language,
    title,
    site,
    path: '/receipt',
    choices: choices ?? (site ? keepLanguage({}, language, site) : { lang: language }),
    isAnswer: choices === undefined,
    indexed: false,
    head: html`<meta name="referrer" content="no-referrer">
${openAssets(assetsFolder).loadTags('receipt')}`,
    main: html`<div class="words receipt" data-receipt-field="${receiptFields.receipt}">${main}</div>`,
  });
}
