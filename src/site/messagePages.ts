import { html } from '../contract/html.ts';
import type { Answer, Call } from '../contract/http.ts';
import { chooseInterface, explainRefusal, translate } from '../contract/messages.ts';
import { readLanguage } from '../contract/readLanguage.ts';
import { refusalStatuses, type Refusal } from '../contract/refusals.ts';
import type { Site } from '../contract/site.ts';
import { openAssets } from './assets.ts';
import { answerPrivately } from './headers.ts';
import { readChoices, withChoices, type Choices } from './choices.ts';
import { renderPage } from './page.ts';
import type { PageDeps } from './deps.ts';
import { say } from './words.ts';

type Words = { title: string; text: ReturnType<typeof html>; status: number };

/** The page for an address at which there is nothing; it leads on to the stories where the site is known. */
export function answerNotFound(deps: PageDeps, call: Call, site?: Site): Answer {
  const language = pageLanguage(call, site);
  const text = html`${translate(language, 'page.notFoundText')}`;
  return answerMessage(
    deps,
    { language, site, choices: readChoices(call) },
    { title: translate(language, 'page.notFoundTitle'), text, status: 404 },
  );
}

/** The page where a withdrawn story was (410): neither the story nor its comments stand there any more. */
export function answerGone(deps: PageDeps, call: Call, site: Site): Answer {
  const language = pageLanguage(call, site);
  const text = say(language, 'page.goneText', { publisher: site.name });
  return answerMessage(
    deps,
    { language, site, choices: readChoices(call) },
    { title: translate(language, 'page.goneTitle'), text, status: 410 },
  );
}

/** The page for an address that asks for something that cannot be. */
export function answerRefusedParameter(
  deps: PageDeps,
  call: Call,
  { site, refusal }: { site?: Site; refusal: Refusal },
): Answer {
  const language = pageLanguage(call, site);
  const text = html`${explainRefusal(language, refusal)}`;
  const status = refusalStatuses[refusal.reason];
  return answerMessage(
    deps,
    { language, site, choices: readChoices(call) },
    { title: translate(language, 'page.troubleTitle'), text, status },
  );
}

/** The language of a page without a story: the site's, or what the reader's browser asks for first. */
export function pageLanguage(call: Call, site: Site | undefined): string {
  const { lang } = readChoices(call);
  return site ? chooseInterface(lang, site.language) : (lang ?? readLanguage(call, 'en'));
}

type Place = { language: string; site: Site | undefined; choices: Choices };

function answerMessage(deps: PageDeps, { language, site, choices }: Place, { title, text, status }: Words): Answer {
  const body = renderPage({
    language,
    title,
    site,
    path: site ? `/s/${site.site}` : '/receipt',
    choices,
    indexed: false,
    head: openAssets(deps.assetsFolder).loadTags('story'),
    main: html`<div class="message"><h1>${title}</h1>
<p>${text}</p>
${site && html`<p><a href="${withChoices(`/s/${site.site}`, choices)}">${translate(language, 'page.allStories')}</a></p>`}</div>`,
  });
  return answerPrivately(status, body, { 'content-language': language });
}
