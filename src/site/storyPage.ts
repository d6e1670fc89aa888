import { html, trustHtml, type SafeHtml } from '../contract/html.ts';
import { formsOf, translate } from '../contract/messages.ts';
import { writeDigits } from '../contract/numbers.ts';
import { endOf, type Openness } from '../contract/openness.ts';
import type { Site } from '../contract/site.ts';
import type { Story } from '../contract/story.ts';
import { ownWords } from '../contract/ownWords.ts';
import { offeredSorts } from '../contract/thread.ts';
import { threadWords } from '../contract/threadWords.ts';
import type { RenderedThread } from '../publication/threadPages.ts';
import type { ThreadRequest } from '../publication/thread.ts';
import { openAssets } from './assets.ts';
import { renderCommentForm, storyRoute, type CommentForm } from './commentForm.ts';
import { tagPath } from './listPages.ts';
import { renderMarkdown } from './markdown.ts';
import { withChoices, type Choices } from './choices.ts';
import { renderPage } from './page.ts';
import { renderStoryHead } from './storyHead.ts';
import { metaDot, renderClock, renderTime, say } from './words.ts';

export type StoryPage = {
  site: Site;
  story: Story;
  language: string;
  thread: RenderedThread;
  request: ThreadRequest;
  /** Whether the comment that the address names is not there. */
  commentGone: boolean;
  form: Pick<CommentForm, 'guidelines' | 'token' | 'parent' | 'signIn'>;
  /** What the links go on with: the size that the address asks for, and the story's language. */
  choices: Choices;
  openness: Openness;
  publicUrl: string;
  assetsFolder: string;
};

/** The story with its comments and the form, as one document. */
export function renderStoryPage(page: StoryPage): string {
  const { site, story, language, thread, request, choices } = page;
  const path = `/s/${site.site}/${story.story}`;
  const isWhole = request.after === undefined && request.comment === undefined && page.form.parent === undefined;
  return renderPage({
    language,
    title: story.headline,
    site,
    path: request.sort === 'newest' ? path : `${path}?sort=${request.sort}`,
    choices,
    // The other pages of a thread lead to the story; only the story itself belongs into an index.
    indexed: isWhole,
    head: html`${renderStoryHead({ site, story, thread: thread.thread, publicUrl: page.publicUrl })}
${openAssets(page.assetsFolder).loadTags('story')}`,
    main: html`${renderArticle(page)}
${renderComments(page)}`,
  });
}

function renderArticle({ site, story, language, choices }: StoryPage): SafeHtml {
  return html`<article class="story" lang="${story.language}" dir="${story.dir}">
<header class="story-head">
${story.section && html`<p class="section">${story.section}</p>`}
<h1>${story.headline}</h1>
${story.standfirst && html`<p class="standfirst">${story.standfirst}</p>`}
<p class="meta"><span class="byline">${story.byline}</span>
${story.dateline && html`${metaDot}<span class="dateline">${story.dateline}</span>`}
${metaDot}${renderTime(story.published, site, language)}</p>
</header>
<div class="text">
${renderText(story)}</div>
${
  story.tags.length > 0 &&
  html`<ul class="tags" aria-label="${translate(language, 'page.tags')}">${story.tags.map(
    (tag) => html`<li><a rel="tag" href="${withChoices(tagPath(site.site, tag), choices)}">${tag}</a></li>`,
  )}</ul>`
}
</article>`;
}

// A story is the same object for as long as it does not change (record/kept.ts).
const texts = new WeakMap<Story, SafeHtml>();

function renderText(story: Story): SafeHtml {
  const made = texts.get(story) ?? renderMarkdown(story.text);
  texts.set(story, made);
  return made;
}

/** The comments of a story with its form, as they stand below the story and in a frame. */
export function renderComments(page: StoryPage): SafeHtml {
  const { site, story, language, thread, choices } = page;
  const { open } = page.openness;
  return html`<section class="comments-part" id="comments" aria-labelledby="comments-title"
  data-events="${storyRoute('getThreadEvents', story)}" data-new="${JSON.stringify(formsOf(language, 'page.newComments'))}"
  data-thread="${JSON.stringify(threadWords(language))}"${site.settings['page.date'] === 'relative' && html` data-ago`}
  data-story="${site.site}/${story.story}" data-own="${JSON.stringify({ words: ownWords(language), dates: { pattern: site.settings['page.date'], timeZone: site.settings['page.timeZone'] } })}">
<div class="comments-head">
<h2 id="comments-title">${translate(language, 'page.comments')} <span class="number" data-number>${writeDigits(language, thread.thread.count)}</span></h2>
${open && html`<a class="jump" href="#write">${translate(language, 'page.writeComment')}</a>`}
</div>
${renderState(page)}
${page.commentGone && html`<p class="note" role="status">${translate(language, 'page.commentGone')}</p>`}
${thread.thread.count > 1 && renderSorts(page)}
<p class="news" role="status" data-news></p>
<p class="unseen" role="status" data-said></p>
${trustHtml(sizeLinks(thread.html, choices.size))}
${open && renderCommentForm({ ...page.form, site, story, language, choices })}
</section>`;
}

/** Says until when comments are open, or that and since when they are closed. */
function renderState({ site, story, language, openness }: StoryPage): SafeHtml | undefined {
  const { open, until } = openness;
  const date = until && renderTime(until, site, language);
  if (open) {
    if (!date) return undefined;
    const time = openness.by === 'hours' && renderClock(until, site);
    const sentence = time ? say(language, 'page.hoursUntil', { time }) : say(language, 'page.commentsUntil', { date });
    return html`<p class="comments-state">${sentence}</p>`;
  }
  const ended = openness.why === 'ended' && endOf(site.settings, story);
  const sentence = date
    ? say(language, 'page.hoursClosed', { date })
    : ended
      ? say(language, 'page.commentsClosedOn', { date: renderTime(ended, site, language) })
      : say(language, 'page.commentsClosed');
  return html`<p class="comments-state closed">${sentence}</p>`;
}

function renderSorts({ language, request, choices, thread: { thread } }: StoryPage): SafeHtml {
  return html`<nav class="sorts" aria-label="${translate(language, 'page.sort')}"><ul>${offeredSorts(
    thread,
    request.sort,
  ).map((sort) => {
    const words = translate(language, `page.sort.${sort}`);
    const current = sort === request.sort && html` aria-current="true"`;
    return html`<li><a href="${withChoices(`?sort=${sort}#comments`, { size: choices.size })}" rel="nofollow"${current}>${words}</a></li>`;
  })}</ul></nav>`;
}

// The fragment is the same for every reader. Its links begin with `?`, and a quotation mark in a text is escaped, so that
// nothing but its own attributes can match here.
function sizeLinks(fragment: string, size: number | undefined): string {
  return size === undefined ? fragment : fragment.replaceAll('href="?', `href="?size=${size}&amp;`);
}
