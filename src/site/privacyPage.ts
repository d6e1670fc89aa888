import { refusedDays, unconfirmedDays } from '../contract/authorMail.ts';
import { html, type SafeHtml } from '../contract/html.ts';
import type { Answer, Call } from '../contract/http.ts';
import { chooseInterface, translate, translateCount, type CountedKey, type MessageKey } from '../contract/messages.ts';
import { readerSessionHours } from '../contract/reader.ts';
import { readerCookie } from '../contract/reaction.ts';
import { sanctionDays } from '../contract/sanction.ts';
import { appealDays, type Site } from '../contract/site.ts';
import { isNoticing } from '../contract/siteSettings.ts';
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
    main: renderPrivacyNotice(site, language, deps.signInSites?.has(site.site)),
  });
  return answerPublicly(call, { body, language, site });
}

/** The notice itself: each number in it is a setting, or a constant of the code that acts on it. */
export function renderPrivacyNotice(site: Site, language: string, signsIn = false): SafeHtml {
  const { settings } = site;
  const limited = settings['intake.limits'] === 'on';
  const retention = settings['retention.rejectedDays'];
  const mail = settings['contact.mail'];
  // Our own words: they need no isolation from the sentence that they stand in.
  const count = (unit: CountedKey, amount: number) => html`${translateCount(language, unit, amount)}`;
  const untilForgotten = {
    days: count('unit.days', settings['retention.contactDays']),
    appealDays: count('unit.days', appealDays),
  };
  const parts: [MessageKey, readonly SafeHtml[]][] = [
    ['privacy.reading', [say(language, 'privacy.readingText')]],
    ['privacy.writing', [say(language, 'privacy.writingText'), ...proofText(site, language)]],
    ['privacy.email', [say(language, 'privacy.emailText', untilForgotten), ...mailTexts(site, language)]],
    ...pushParts(site, language),
    ['privacy.reports', [say(language, 'privacy.reportsText', untilForgotten)]],
    [
      'privacy.address',
      [
        limited
          ? say(language, 'privacy.addressText', { hours: count('unit.hours', dayKeyHours) })
          : say(language, 'privacy.addressOff'),
      ],
    ],
    ...speakerParts(site, language, signsIn),
    ...reactionParts(site, language),
    ['privacy.screening', [say(language, screeningText(site)), ...noticeText(site, language)]],
    ['privacy.published', [say(language, 'privacy.publishedText')]],
    [
      'privacy.rejected',
      [
        retention > 0
          ? say(language, 'privacy.rejectedText', { days: count('unit.days', retention) })
          : say(language, 'privacy.rejectedKept'),
      ],
    ],
    [
      'privacy.sanctions',
      [
        say(language, 'privacy.sanctionsText', {
          days: count('unit.days', sanctionDays.suspend.most),
          appealDays: count('unit.days', appealDays),
        }),
        ...(limited ? [say(language, 'privacy.sanctionsNetwork')] : []),
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

function mailTexts({ settings }: Site, language: string): SafeHtml[] {
  const days = (amount: number): SafeHtml => html`${translateCount(language, 'unit.days', amount)}`;
  const confirm = { days: days(unconfirmedDays), refusedDays: days(refusedDays) };
  const replies = settings['mail.replies'] === 'on' ? [say(language, 'privacy.emailReplies')] : [];
  return [...replies, say(language, 'privacy.emailConfirm', confirm)];
}

function pushParts({ settings }: Site, language: string): [MessageKey, readonly SafeHtml[]][] {
  return settings.push === 'on' ? [['push.offer', [say(language, 'privacy.push')]]] : [];
}

/** What is known of a reader beside the name, where the site offers that. */
function speakerParts({ settings }: Site, language: string, signsIn: boolean): [MessageKey, readonly SafeHtml[]][] {
  const days = html`${translateCount(language, 'unit.days', settings['names.unusedDays'])}`;
  const hours = html`${translateCount(language, 'unit.hours', readerSessionHours)}`;
  const texts = [
    ...(settings['reader.accounts'] === 'off' ? [] : [say(language, 'privacy.accounts')]),
    ...(settings['reader.accounts'] === 'off' || !signsIn ? [] : [say(language, 'privacy.signIn', { hours })]),
    ...(settings['names.protect'] === 'off' ? [] : [say(language, 'privacy.names', { days })]),
  ];
  return texts.length === 0 ? [] : [['privacy.speaker', texts]];
}

/** What is kept of a reaction, where the site asks for them. */
function reactionParts({ settings }: Site, language: string): [MessageKey, readonly SafeHtml[]][] {
  if (settings.reactions === 'off') return [];
  const days = html`${translateCount(language, 'unit.days', readerCookie.days)}`;
  return [['privacy.reactions', [say(language, 'privacy.reactionsText', { days })]]];
}

function screeningText({ settings }: Site): MessageKey {
  if (settings.screening === 'off') return 'privacy.screeningOff';
  return settings.secondReader === 'on' ? 'privacy.screeningSecond' : 'privacy.screeningOn';
}

function noticeText(site: Site, language: string): SafeHtml[] {
  return isNoticing(site) ? [say(language, 'privacy.notice')] : [];
}

function proofText(site: Site, language: string): SafeHtml[] {
  return site.settings['intake.proof'] === 'on' ? [say(language, 'privacy.proof')] : [];
}

function mailLink(mail: string): SafeHtml {
  return html`<a href="mailto:${encodeURIComponent(mail).replace('%40', '@')}" dir="ltr">${mail}</a>`;
}
