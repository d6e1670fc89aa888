import { html, jsonForScript, type SafeHtml } from '../contract/html.ts';
import type { Reactions } from '../contract/reaction.ts';
import type { Site } from '../contract/site.ts';
import type { Story } from '../contract/story.ts';
import { commentLink } from '../contract/thread.ts';
import { publicTime } from '../contract/time.ts';
import type { RenderedThread } from '../publication/threadPages.ts';
import { tagPath } from './listPages.ts';

export type StoryHead = { site: Site; story: Story; thread: RenderedThread['thread']; publicUrl: string };

/** What search engines and other sites are told of a story: its own address, Open Graph, schema.org, feeds. */
export function renderStoryHead({ site, story, thread, publicUrl }: StoryHead): SafeHtml {
  const own = `${publicUrl}/s/${site.site}/${story.story}`;
  const canonical = story.url ?? own;
  const feeds = `/s/${site.site}/${story.story}/comments`;
  return html`<link rel="canonical" href="${canonical}">
${story.standfirst && html`<meta name="description" content="${story.standfirst}">`}
<meta name="author" content="${story.byline}">
<meta property="og:type" content="article">
<meta property="og:title" content="${story.headline}">
${story.standfirst && html`<meta property="og:description" content="${story.standfirst}">`}
<meta property="og:url" content="${canonical}">
<meta property="og:site_name" content="${site.name}">
<meta property="article:published_time" content="${publicTime(story.published)}">
${story.section && html`<meta property="article:section" content="${story.section}">`}
${story.tags.map((tag) => html`<meta property="article:tag" content="${tag}">`)}
<meta name="twitter:card" content="summary">
<link rel="alternate" type="application/rss+xml" title="${story.headline}" href="${feeds}.rss">
<link rel="alternate" type="application/atom+xml" title="${story.headline}" href="${feeds}.atom">
<link rel="alternate" type="application/feed+json" title="${story.headline}" href="${feeds}.json">
<link rel="alternate" type="application/rss+xml" title="${site.name}" href="/s/${site.site}/feed.rss">
<script type="application/ld+json">${jsonForScript(describeStory({ site, story, thread, publicUrl }))}</script>`;
}

// Search engines cut a longer headline (schema.org NewsArticle as Google reads it).
const headlineCodeUnits = 110;

/** The story and the comments of this page as schema.org has them: NewsArticle with Comment. */
export function describeStory({ site, story, thread, publicUrl }: StoryHead): object {
  const own = `${publicUrl}/s/${site.site}/${story.story}`;
  const publisher = { '@type': 'NewsMediaOrganization', name: site.name, url: `${publicUrl}/s/${site.site}` };
  return {
    '@context': 'https://schema.org',
    '@type': 'NewsArticle',
    '@id': own,
    url: story.url ?? own,
    mainEntityOfPage: story.url ?? own,
    headline: shorten(story.headline, headlineCodeUnits),
    description: story.standfirst,
    inLanguage: story.language,
    datePublished: publicTime(story.published),
    author: story.byline === site.name ? publisher : { '@type': 'Person', name: story.byline },
    publisher,
    articleSection: story.section,
    contentLocation: story.dateline === undefined ? undefined : { '@type': 'Place', name: story.dateline },
    keywords: story.tags,
    about: story.tags.map((tag) => ({ '@type': 'Thing', name: tag, url: `${publicUrl}${tagPath(site.site, tag)}` })),
    discussionUrl: `${own}#comments`,
    commentCount: thread.count,
    comment: thread.comments.map((comment) => ({
      '@type': 'Comment',
      '@id': `${own}#c-${comment.id}`,
      url: own + commentLink(comment.id),
      author: comment.byNewsroom ? publisher : { '@type': 'Person', name: comment.name },
      text: comment.text,
      inLanguage: comment.lang,
      datePublished: comment.publishedAt,
      interactionStatistic: countLikes(comment.reactions),
      parentItem: comment.parentId === null ? undefined : { '@type': 'Comment', '@id': `${own}#c-${comment.parentId}` },
    })),
  };
}

/** All words that readers can say of a comment speak for it, which is the one thing that schema.org counts. */
function countLikes(reactions: Reactions | undefined): object | undefined {
  const count = Object.values(reactions ?? {}).reduce((sum, one) => sum + one, 0);
  if (count === 0) return undefined;
  const interactionType = 'https://schema.org/LikeAction';
  return { '@type': 'InteractionCounter', interactionType, userInteractionCount: count };
}

function shorten(text: string, most: number): string {
  if (text.length <= most) return text;
  const end = text.lastIndexOf(' ', most - 1);
  return `${text.slice(0, end > most / 2 ? end : most - 1).toWellFormed()}…`;
}
