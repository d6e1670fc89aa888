import { html, trustHtml, jsonForScript, type SafeHtml } from '../contract/html.ts';
import { directionOfLanguage } from '../contract/languages.ts';
import { chooseInterface, translate } from '../contract/messages.ts';
import { writeDigits } from '../contract/numbers.ts';
import type { Site } from '../contract/site.ts';
import type { Story } from '../contract/story.ts';
import { arrangeThread, type Arranged } from '../publication/arrange.ts';
import { renderLinks } from '../publication/renderLinks.ts';
import type { ReadComment } from '../publication/thread.ts';
import { renderMarkdown } from './markdown.ts';
import { describeStory } from './storyHead.ts';
import { metaDot, renderTime, say } from './words.ts';

/** A story with all of its published comments, the oldest first, as they stood at `madeAt`. */
export type StoryExport = {
  site: Site;
  story: Story;
  comments: readonly ReadComment[];
  publicUrl: string;
  madeAt: Date;
};

type Frame = { site: Site; language: string; dir: 'ltr' | 'rtl' };

/** One document that needs nothing else: no script, no style or image of another file, no request. For an archive, or for a
 *  site that moves away. In the story's language where the interface speaks it, else in the site's. Pure. */
export function renderStoryExport({ site, story, comments, publicUrl, madeAt }: StoryExport): string {
  const language = chooseInterface(story.language, site.language);
  const frame: Frame = { site, language, dir: directionOfLanguage(language) };
  const address = story.url ?? `${publicUrl}/s/${site.site}/${story.story}`;
  const thread = { story: story.story, count: comments.length, comments, next: null };
  const about = describeStory({ site, story, thread, publicUrl });
  const document = html`<!doctype html>
<html lang="${language}" dir="${frame.dir}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${story.headline} – ${site.name}</title>
<link rel="canonical" href="${address}">
<style>${trustHtml(style)}</style>
<script type="application/ld+json">${jsonForScript(about)}</script>
</head>
<body>
<main>
<article class="story" lang="${story.language}" dir="${story.dir}">
<p class="paper" lang="${site.language}" dir="auto">${site.name}</p>
<h1>${story.headline}</h1>
${story.standfirst && html`<p class="standfirst">${story.standfirst}</p>`}
<p class="meta">${story.byline} ${metaDot} ${renderTime(story.published, site, language)}</p>
${renderMarkdown(story.text)}
</article>
<section aria-labelledby="comments">
<h2 id="comments">${translate(language, 'page.comments')} ${writeDigits(language, comments.length)}</h2>
${renderList(arrangeThread(comments, { newestFirst: false }), frame)}
</section>
</main>
<footer class="meta">
<p>${translate(language, 'page.promise')}</p>
<p><a href="${address}" rel="canonical">${address}</a> ${metaDot} ${renderTime(madeAt, site, language)}</p>
</footer>
</body>
</html>
`;
  return document.toString();
}

function renderList(nodes: readonly Arranged<ReadComment>[], frame: Frame): SafeHtml | null {
  if (nodes.length === 0) return null;
  return html`<ol>
${nodes.map(
  ({ comment, replies }) => html`<li>${renderComment(comment, frame)}${renderList(replies, frame)}</li>
`,
)}</ol>`;
}

function renderComment(comment: ReadComment, { site, language, dir }: Frame): SafeHtml {
  const { id, name, text, lang, publishedAt, sha256, byNewsroom, featured, parentName } = comment;
  return html`<article class="comment" id="c-${id}" lang="${lang}" dir="${comment.dir}">
<header class="meta" lang="${language}" dir="${dir}"><h3><bdi>${name}</bdi></h3>
${byNewsroom && html`<strong>${translate(language, 'thread.byNewsroom')}</strong>`}
${featured && html`<strong>${translate(language, 'thread.featured')}</strong>`}
${renderTime(publishedAt, site, language)}
${parentName !== null && say(language, 'thread.inReplyTo', { name: parentName })}</header>
<p class="text">${site.settings['comments.links'] === 'on' ? renderLinks(text) : text}</p>
<p class="meta"><code dir="ltr" title="SHA-256">${sha256}</code></p>
</article>`;
}

const style = `
:root { font: 1.0625rem/1.55 Georgia, 'Noto Naskh Arabic', 'Noto Serif', serif; }
body { max-inline-size: 42rem; margin: 2rem auto; padding-inline: 1rem; }
h1 { line-height: 1.2; }
h3 { display: inline; font-size: 1rem; }
ol { margin: 0; padding: 0; list-style: none; }
ol ol { margin-inline-start: 1.25rem; }
.comment { padding-block: 0.75rem; border-block-start: 1px solid #8888; }
.text { margin-block: 0.25rem; white-space: pre-wrap; overflow-wrap: anywhere; unicode-bidi: isolate; }
.meta { font: 0.875rem/1.5 system-ui, sans-serif; overflow-wrap: anywhere; opacity: 0.85; }
code { font-size: 0.75rem; }
`;
