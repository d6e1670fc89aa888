import { inLanguage, type Guideline } from '../contract/guideline.ts';
import { html, type SafeHtml } from '../contract/html.ts';
import type { Answer, Call } from '../contract/http.ts';
import { chooseInterface, translate } from '../contract/messages.ts';
import type { Site } from '../contract/site.ts';
import { findGuidelineVersion } from '../record/guidelines.ts';
import { openAssets } from './assets.ts';
import type { PageDeps } from './deps.ts';
import { answerPublicly } from './headers.ts';
import { answerNotFound } from './messagePages.ts';
import { readChoices, withChoices, type Choices } from './choices.ts';
import { renderPage } from './page.ts';
import { say } from './words.ts';

/** `GET /s/:site/guidelines`: the guidelines in force, each with an anchor of its key. */
export async function getGuidelines(deps: PageDeps, call: Call): Promise<Answer> {
  const site = await deps.kept.findSite(call.params['site']);
  if (!site) return answerNotFound(deps, call);
  const guidelines = await deps.kept.listGuidelines(site.site);
  const look = readLook(call, site);
  const title = translate(look.language, 'page.guidelinesTitle');
  const main = html`<div class="words"><h1>${title}</h1>
<p class="lead">${say(look.language, 'page.guidelinesLead', { publisher: site.name })}</p>
<ol class="guidelines">${guidelines.map((guideline) => html`<li id="${guideline.key}">${renderGuideline(guideline, look, 'h2')}</li>`)}</ol></div>`;
  return answer(deps, call, { ...look, title, main, path: `/s/${site.site}/guidelines` });
}

/** `GET /s/:site/guidelines/:guideline/:version`: one version for ever, so that what a decision refers to can be read. */
export async function getGuidelineVersion(deps: PageDeps, call: Call): Promise<Answer> {
  const site = await deps.kept.findSite(call.params['site']);
  const { guideline: key = '', version = '' } = call.params;
  if (!site || !/^[a-z0-9-]{1,40}$/.test(key) || !/^[1-9]\d{0,8}$/.test(version))
    return answerNotFound(deps, call, site);
  const guideline = await findGuidelineVersion(deps.store, site.site, { guideline: key, version: Number(version) });
  if (!guideline) return answerNotFound(deps, call, site);
  const look = readLook(call, site);
  const title = inLanguage(guideline.titles, look.language, site.language);
  const latest = withChoices(`/s/${site.site}/guidelines#${key}`, look.choices);
  const main = html`<div class="words">${renderGuideline(guideline, look, 'h1')}
${guideline.retired && html`<p class="note">${translate(look.language, 'page.guidelineRetired')}</p>`}
<p><a href="${latest}">${translate(look.language, 'page.guidelineLatest')}</a></p></div>`;
  return answer(deps, call, { ...look, title, main, path: `/s/${site.site}/guidelines/${key}/${version}` });
}

type Look = { site: Site; language: string; choices: Choices };

function readLook(call: Call, site: Site): Look {
  const choices = readChoices(call);
  return { site, language: chooseInterface(choices.lang, site.language), choices };
}

function renderGuideline(guideline: Guideline, { site, language, choices }: Look, heading: 'h1' | 'h2'): SafeHtml {
  const { key, version, titles, wordings } = guideline;
  const title = inLanguage(titles, language, site.language);
  const own = withChoices(`/s/${site.site}/guidelines/${key}/${version}`, choices);
  const named = translate(language, 'page.guidelineVersion', { version });
  return html`${heading === 'h1' ? html`<h1 dir="auto">${title}</h1>` : html`<h2 dir="auto">${title}</h2>`}
<p dir="auto">${inLanguage(wordings, language, site.language)}</p>
<p class="meta"><a href="${own}">${named}</a></p>`;
}

function answer(deps: PageDeps, call: Call, page: Look & { title: string; main: SafeHtml; path: string }): Answer {
  const head = html`<link rel="canonical" href="${deps.publicUrl}${page.path}">
${openAssets(deps.assetsFolder).loadTags('story')}`;
  return answerPublicly(call, { body: renderPage({ ...page, head }), language: page.language, site: page.site });
}
