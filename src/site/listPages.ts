import { html, type SafeHtml } from '../contract/html.ts';
import { readNumber, type Answer, type Call } from '../contract/http.ts';
import { directionOfLanguage } from '../contract/languages.ts';
import { chooseInterface, translate } from '../contract/messages.ts';
import type { Site } from '../contract/site.ts';
import { isTag, type Story } from '../contract/story.ts';
import { listStories } from '../record/stories.ts';
import type { PageDeps } from './deps.ts';
import { openAssets } from './assets.ts';
import { answerPublicly } from './headers.ts';
import { answerNotFound, answerRefusedParameter } from './messagePages.ts';
import { readChoices, withChoices, type Choices } from './choices.ts';
import { renderPage } from './page.ts';
import { metaDot, renderTime, say } from './words.ts';

const storiesPerPage = 20;

/** `GET /s/:site`: the stories of a site, the latest first. */
export async function getSite(deps: PageDeps, call: Call): Promise<Answer> {
  const site = await deps.kept.findSite(call.params['site']);
  if (!site) return answerNotFound(deps, call);
  const language = chooseInterface(readChoices(call).lang, site.language);
  return answerList(deps, call, {
    site,
    path: `/s/${site.site}`,
    title: site.name,
    heading: html`${translate(language, 'page.latest')}`,
  });
}

/** `GET /s/:site/tags/:tag`: the stories of a tag, the latest first; 404 for a tag that no story has. */
export async function getTag(deps: PageDeps, call: Call): Promise<Answer> {
  const site = await deps.kept.findSite(call.params['site']);
  const tag = (call.params['tag'] ?? '').normalize('NFC');
  if (!site || !isTag(tag)) return answerNotFound(deps, call, site);
  const heading = say(chooseInterface(readChoices(call).lang, site.language), 'page.taggedWith', { tag });
  return answerList(deps, call, { site, tag, path: tagPath(site.site, tag), title: tag, heading });
}

/** The address of a tag's page, below the public address. */
export function tagPath(site: string, tag: string): string {
  return `/s/${site}/tags/${encodeURIComponent(tag)}`;
}

type List = { site: Site; tag?: string; path: string; title: string; heading: SafeHtml };

async function answerList(deps: PageDeps, call: Call, list: List): Promise<Answer> {
  const { site, tag } = list;
  const number = readNumber(call, 'page', { least: 1, most: 1000, standard: 1 });
  if (number.outcome === 'refused') return answerRefusedParameter(deps, call, { site, refusal: number.refusal });
  const choices = readChoices(call);
  // One more than is shown tells whether there is a page after this one.
  const skip = (number.value - 1) * storiesPerPage;
  const found = await listStories(deps.store, site.site, { tag, limit: storiesPerPage + 1, skip });
  if (found.length === 0 && (tag !== undefined || number.value > 1)) return answerNotFound(deps, call, site);
  const language = chooseInterface(choices.lang, site.language);
  const stories = found.slice(0, storiesPerPage);
  const body = renderPage({
    language,
    title: list.title,
    site,
    path: list.path,
    choices,
    head: html`<link rel="canonical" href="${deps.publicUrl}${list.path}">
${renderFeedLinks(list, tag ?? site.name)}
${openAssets(deps.assetsFolder).loadTags('story')}`,
    main: html`<h1 class="list-title">${list.heading}</h1>
${stories.length === 0 ? html`<p>${translate(language, 'page.noStories')}</p>` : html`<ol class="stories">${stories.map((story) => renderStory(story, { site, language, choices }))}</ol>`}
${renderTurning(list, { language, number: number.value, more: found.length > storiesPerPage, choices })}`,
  });
  return answerPublicly(call, { body, language, site });
}

type Look = { site: Site; language: string; choices: Choices };

/** One story of a list, in the language and direction of its own. */
function renderStory(story: Story, { site, language, choices }: Look): SafeHtml {
  return html`<li class="teaser" lang="${story.language}" dir="${story.dir}">
<h2><a href="${withChoices(`/s/${site.site}/${story.story}`, { size: choices.size })}">${story.headline}</a></h2>
${story.standfirst && html`<p class="teaser-standfirst">${story.standfirst}</p>`}
<p class="meta">${story.dateline && html`<span>${story.dateline}</span> ${metaDot} `}${renderTime(story.published, site, chooseInterface(story.language, language))}</p>
</li>`;
}

type Turning = { language: string; number: number; more: boolean; choices: Choices };

function renderTurning({ path }: List, { language, number, more, choices }: Turning): SafeHtml {
  const to = (page: number): string => withChoices(page === 1 ? path : `${path}?page=${page}`, choices);
  return html`<nav class="turning" dir="${directionOfLanguage(language)}">
${number > 1 && html`<a rel="prev" href="${to(number - 1)}">${translate(language, 'page.later')}</a>`}
${more && html`<a rel="next" href="${to(number + 1)}">${translate(language, 'page.earlier')}</a>`}
</nav>`;
}

function renderFeedLinks({ path }: List, title: string): SafeHtml {
  return html`<link rel="alternate" type="application/rss+xml" title="${title}" href="${path}/feed.rss">
<link rel="alternate" type="application/atom+xml" title="${title}" href="${path}/feed.atom">
<link rel="alternate" type="application/feed+json" title="${title}" href="${path}/feed.json">`;
}
