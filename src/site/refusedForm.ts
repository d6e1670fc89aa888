import type { RefusedFormPage } from '../contract/form.ts';
import { html } from '../contract/html.ts';
import { chooseInterface, explainRefusal, translate } from '../contract/messages.ts';
import { openAssets } from './assets.ts';
import { storyAddress } from '../contract/story.ts';
import { renderCommentForm } from './commentForm.ts';
import type { PageDeps } from './deps.ts';
import { findParent } from './findParent.ts';
import { keepLanguage } from './choices.ts';
import { renderPage } from './page.ts';

/** The page on which a refused plain form ends: what was wrong, and the form with everything that was written. Where
 *  there is no story to write under, only the sentence. */
export async function renderRefusedForm(deps: PageDeps, page: RefusedFormPage): Promise<string> {
  const { site, story, refusal, written, token } = page;
  // Whoever writes under a story reads its language; the browser may be set to another.
  const language = chooseInterface(story?.language, page.language);
  const choices = site ? keepLanguage({}, language, site) : {};
  const title = translate(language, 'form.refusedTitle');
  const sentence = explainRefusal(language, refusal);
  const field =
    refusal.field === 'name' || refusal.field === 'text' || refusal.field === 'email' ? refusal.field : undefined;
  const form =
    site && story && token !== undefined
      ? renderCommentForm({
          ...{ site, story, language, token, written, refusal, choices },
          guidelines: await deps.kept.listGuidelines(site.site),
          signIn: deps.signInSites?.has(site.site) ? { failed: false } : undefined,
          parent: await findParent(deps.store, story, written.parentId),
        })
      : html`<pre class="kept-text" dir="auto">${written.text}</pre>`;
  return renderPage({
    language,
    title,
    site,
    path: site && story ? `/s/${site.site}/${story.story}` : '/receipt',
    choices,
    isAnswer: true,
    indexed: false,
    head: openAssets(deps.assetsFolder).loadTags('story'),
    main: html`<div class="refused" role="alert">
<h1>${title}</h1>
<p>${translate(language, 'form.refusedLead')}</p>
<p class="trouble">${field === undefined ? sentence : html`<a href="#write-${field}">${sentence}</a>`}</p>
${site && story && html`<p><a href="${storyAddress(story)}">${translate(language, 'form.backToStory')}</a>: <bdi lang="${story.language}">${story.headline}</bdi></p>`}
</div>
${form}`,
  });
}
