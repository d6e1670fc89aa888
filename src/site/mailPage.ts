import { mailFields, refusedDays, type MailAct, type MailPage } from '../contract/authorMail.ts';
import { html, type SafeHtml } from '../contract/html.ts';
import { translate, translateCount, type MessageKey } from '../contract/messages.ts';
import type { Site } from '../contract/site.ts';
import { storyAddress } from '../contract/story.ts';
import { withChoices } from './choices.ts';
import type { PageDeps } from './deps.ts';
import { findPlace, renderOwnPage } from './receiptPage.ts';
import { receiptAddress } from './receiptPanel.ts';
import { say } from './words.ts';

/** The page for whoever holds the code of a mail: the question whether the address is theirs, or how to end the mails. */
export async function renderMailPage(deps: PageDeps, page: MailPage): Promise<string> {
  const { language, view, done } = page;
  const { site, story } = await findPlace(deps, view);
  const title = translate(language, 'mailPage.title');
  const main = html`<h1>${title}</h1>
${story && html`<p class="about-story"><a href="${storyAddress(story)}" lang="${story.language}" dir="${story.dir}">${story.headline}</a></p>`}
<p class="state state-${view.state === 'confirmed' ? 'approved' : 'held'}"${done && html` role="status"`}>${translate(language, stateKey(page))}</p>
${view.state === 'unconfirmed' && !page.stops && renderQuestion(page, site)}
${view.state !== 'stopped' && (page.stops || view.state === 'confirmed') && renderStop(page, site)}`;
  return renderOwnPage(deps, { language, title, main, site });
}

function stateKey({ view }: MailPage): MessageKey {
  if (view.state !== 'confirmed') return `mailPage.state.${view.state}`;
  return view.replies ? 'mailPage.state.replies' : 'mailPage.state.confirmed';
}

function renderQuestion({ language, code }: MailPage, site: Site | undefined): SafeHtml {
  const button = (act: MailAct, key: MessageKey, style?: string): SafeHtml =>
    html`<button type="submit" name="${mailFields.act}" value="${act}"${style !== undefined && html` class="${style}"`}>${translate(language, key)}</button>`;
  const hasReplies = site?.settings['mail.replies'] === 'on';
  return html`<form method="post" action="${receiptAddress(language)}" class="act">
<input type="hidden" name="${mailFields.code}" value="${code}">
<p>${translate(language, 'mailPage.ask')}</p>
${hasReplies && html`<p>${button('confirm-replies', 'mailPage.confirmReplies')}</p>`}
<p>${button('confirm', 'mailPage.confirm', hasReplies ? 'quiet' : undefined)}</p>
<p>${sayRefusal(language, site)}</p>
<p>${button('stop', 'mailPage.refuse', 'grave')}</p>
</form>`;
}

function renderStop({ language, code, stops, view }: MailPage, site: Site | undefined): SafeHtml {
  const action = stops ? withChoices(`/mail/stop/${code}`, { lang: language }) : receiptAddress(language);
  const lead = view.state === 'unconfirmed' ? sayRefusal(language, site) : translate(language, 'mailPage.stopLead');
  return html`<form method="post" action="${action}" class="act">
<input type="hidden" name="${mailFields.code}" value="${code}">
<p>${lead}</p>
<p><button type="submit" name="${mailFields.act}" value="stop" class="grave">${translate(language, 'mailPage.stop')}</button></p>
</form>`;
}

function sayRefusal(language: string, site: Site | undefined): SafeHtml {
  const days = html`${translateCount(language, 'unit.days', refusedDays)}`;
  return say(language, 'mailPage.refuseLead', { site: site?.name ?? '', days });
}
