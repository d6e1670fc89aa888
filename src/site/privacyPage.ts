import { html, type SafeHtml } from '../contract/html.ts';
import type { Answer, Call } from '../contract/http.ts';
import { chooseInterface, translate, type MessageKey } from '../contract/messages.ts';
import { appealDays, type Site } from '../contract/site.ts';
import { openAssets } from './assets.ts';
import type { PageDeps } from './deps.ts';
import { answerPublicly } from './headers.ts';
import { answerNotFound } from './messagePages.ts';
import { readChoices } from './choices.ts';
import { renderPage } from './page.ts';
import { say } from './words.ts';

// A day's key is kept on its day and the next (intake/dayKeys.ts, threats.md §5).
const dayKeyHours = 48;

/** `GET /s/:site/privacy`: what is kept and for how long, out of the settings in force. */
export async function getPrivacy(deps: PageDeps, call: Call): Promise<Answer> {
  const site = await deps.kept.findSite(call.params['site']);
  if (!site) return answerNotFound(deps, call);
  const choices = readChoices(call);
  const language = chooseInterface(choices.lang, site.language);
  const path = `/s/${site.site}/privacy`;
  const body = renderPage({
    language,
    title: translate(language, 'privacy.title'),
    site,
    path,
    choices,
    head: html`<link rel="canonical" href="${deps.publicUrl}${path}">
${openAssets(deps.assetsFolder).loadTags('story')}`,
    main: renderPrivacyNotice(site, language),
  });
  return answerPublicly(call, { body, language, site });
}

/** The notice itself: each number in it is a setting, or a constant of the code that acts on it. */
export function renderPrivacyNotice(site: Site, language: string): SafeHtml {
  const { settings } = site;
  const limited = settings['intake.limits'] === 'on';
  const retention = settings['retention.rejectedDays'];
  const mail = settings['contact.mail'];
  const parts: [MessageKey, readonly SafeHtml[]][] = [
    ['privacy.reading', [say(language, 'privacy.readingText')]],
    ['privacy.writing', [say(language, 'privacy.writingText'), ...proofText(site, language)]],
    ['privacy.email', [say(language, 'privacy.emailText', { days: settings['retention.contactDays'], appealDays })]],
    [
      'privacy.address',
      [limited ? say(language, 'privacy.addressText', { hours: dayKeyHours }) : say(language, 'privacy.addressOff')],
    ],
    ['privacy.screening', [say(language, screeningText(site))]],
    ['privacy.published', [say(language, 'privacy.publishedText')]],
    [
      'privacy.rejected',
      [
        retention > 0
          ? say(language, 'privacy.rejectedText', { days: retention })
          : say(language, 'privacy.rejectedKept'),
      ],
    ],
    ['privacy.record', [say(language, 'privacy.recordText')]],
    ['privacy.browser', [say(language, 'privacy.browserText')]],
    [
      'privacy.rights',
      [
        mail === ''
          ? say(language, 'privacy.rightsNoMail', { publisher: site.name })
          : say(language, 'privacy.rightsText', { mail: mailLink(mail) }),
      ],
    ],
  ];
  return html`<div class="words"><h1>${translate(language, 'privacy.title')}</h1>
<p class="lead">${say(language, 'privacy.lead', { publisher: site.name })}</p>
${parts.map(
  ([heading, texts]) => html`<h2>${translate(language, heading)}</h2>
${texts.map((text) => html`<p>${text}</p>`)}
`,
)}</div>`;
}

function screeningText({ settings }: Site): MessageKey {
  if (settings.screening === 'off') return 'privacy.screeningOff';
  return settings.secondReader === 'on' ? 'privacy.screeningSecond' : 'privacy.screeningOn';
}

function proofText(site: Site, language: string): SafeHtml[] {
  return site.settings['intake.proof'] === 'on' ? [say(language, 'privacy.proof')] : [];
}

function mailLink(mail: string): SafeHtml {
  return html`<a href="mailto:${encodeURIComponent(mail).replace('%40', '@')}" dir="ltr">${mail}</a>`;
}
