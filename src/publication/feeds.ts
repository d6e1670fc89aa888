import type { Answer, Call, Handler } from '../contract/http.ts';
import { translate } from '../contract/messages.ts';
import { refused, type Refused } from '../contract/refusals.ts';
import type { Site } from '../contract/site.ts';
import { isTag, type Story } from '../contract/story.ts';
import { commentLink } from '../contract/thread.ts';
import type { Kept } from '../record/kept.ts';
import type { Store } from '../record/store.ts';
import { listStories } from '../record/stories.ts';
import { feedForms, feedTypes, type Feed, type FeedForm, type FeedItem } from './feedForms.ts';
import { findReadable } from './findReadable.ts';
import { answerPage, makePage, type Page } from './page.ts';
import { siteGroup, storyGroup, type PageCache } from './pageCache.ts';
import { firstPage, readThread, type ReadComment } from './thread.ts';

/** Items of a feed: programs ask every hour or so, and a busy story gets fewer in that time. */
const mostItems = 50;

type Deps = { store: Store; kept: Kept; cache: PageCache; publicUrl: string };

export type Feeds = Record<'site' | 'tag' | 'comments', (form: FeedForm) => Handler>;

/** Feeds of a site's stories, of a tag's stories, and of a story's comments. */
export function createFeeds(deps: Deps): Feeds {
  return {
    site: (form) => (call) => answerSiteFeed(deps, call, form),
    tag: (form) => (call) => answerTagFeed(deps, call, form),
    comments: (form) => (call) => answerCommentsFeed(deps, call, form),
  };
}

async function answerSiteFeed(deps: Deps, call: Call, form: FeedForm): Promise<Answer> {
  const site = await deps.kept.findSite(call.params['site']);
  if (!site) return refused('not_found');
  return answerKept(deps, call, {
    wanted: { group: siteGroup(site.site), name: form, keep: true },
    form,
    read: async () => {
      const stories = await listStories(deps.store, site.site, { limit: mostItems });
      const home = `${deps.publicUrl}/s/${site.site}`;
      const title = translate(site.language, 'feed.stories', { publisher: site.name });
      return feedOfStories(deps, { site, stories, title, home, self: `${home}/feed.${form}` });
    },
  });
}

async function answerTagFeed(deps: Deps, call: Call, form: FeedForm): Promise<Answer> {
  const site = await deps.kept.findSite(call.params['site']);
  const tag = call.params['tag']?.normalize('NFC') ?? '';
  if (!site || !isTag(tag)) return refused('not_found');
  return answerKept(deps, call, {
    // A tag is used by a story or it is not found, so that nobody can fill the memory with tags of his own.
    wanted: { group: siteGroup(site.site), name: `${form} ${tag}`, keep: true },
    form,
    read: async () => {
      const stories = await listStories(deps.store, site.site, { tag, limit: mostItems });
      if (stories.length === 0) return refused('not_found');
      const home = `${deps.publicUrl}/s/${site.site}/tags/${encodeURIComponent(tag)}`;
      const title = translate(site.language, 'feed.tag', { publisher: site.name, tag });
      return feedOfStories(deps, { site, stories, title, home, self: `${home}/feed.${form}` });
    },
  });
}

async function answerCommentsFeed(deps: Deps, call: Call, form: FeedForm): Promise<Answer> {
  const found = await findReadable(deps.kept, call);
  if (found.outcome !== 'found') return found;
  const { story } = found;
  return answerKept(deps, call, {
    wanted: { group: storyGroup(story.site, story.story), name: form, keep: true },
    form,
    read: async () => {
      const read = await readThread(deps.store, story, { ...firstPage, limit: mostItems });
      return read.outcome === 'read' ? feedOfComments(deps, { story, comments: read.thread.comments, form }) : read;
    },
  });
}

type Making = {
  wanted: { group: string; name: string; keep: boolean };
  form: FeedForm;
  read: () => Promise<Feed | Refused>;
};

async function answerKept({ cache }: Deps, call: Call, { wanted, form, read }: Making): Promise<Answer> {
  const load = async (): Promise<Page | Refused> => {
    const feed = await read();
    if ('outcome' in feed) return feed;
    return makePage({ body: feedForms[form](feed), contentType: feedTypes[form], value: undefined });
  };
  const page = cache.find(wanted.group, wanted.name, call.now.getTime()) ?? (await cache.make(wanted, load));
  return page.outcome === 'made' ? answerPage(page, call.headers['if-none-match']) : page;
}

type StoriesFeed = { site: Site; stories: readonly Story[]; title: string; home: string; self: string };

function feedOfStories({ publicUrl }: Deps, { site, stories, title, home, self }: StoriesFeed): Feed {
  const items = stories.map((story): FeedItem => {
    const url = `${publicUrl}/s/${story.site}/${story.story}`;
    const { headline, byline, published, language, standfirst = '', tags } = story;
    return { id: url, url, title: headline, author: byline, published, language, text: standfirst, tags };
  });
  return { title, home, self, language: site.language, updated: lastOf(items, new Date(0)), items };
}

function feedOfComments(
  { publicUrl }: Deps,
  { story, comments, form }: { story: Story; comments: readonly ReadComment[]; form: FeedForm },
): Feed {
  const home = `${publicUrl}/s/${story.site}/${story.story}`;
  const items = comments.map(({ id, name, text, lang, publishedAt, byNewsroom }): FeedItem => ({
    id: `urn:uuid:${id}`,
    url: home + commentLink(id),
    title: name,
    author: name,
    published: new Date(publishedAt),
    language: lang,
    text,
    tags: [],
    ...(byNewsroom ? { byNewsroom: translate(story.language, 'thread.byNewsroom') } : {}),
  }));
  const title = translate(story.language, 'feed.comments', { headline: story.headline });
  return {
    title,
    home,
    self: `${home}/comments.${form}`,
    language: story.language,
    updated: lastOf(items, story.published),
    items,
  };
}

/** From the items and not from the clock: the same feed has the same bytes and the same ETag. */
function lastOf(items: readonly FeedItem[], without: Date): Date {
  return items.reduce((last, { published }) => (published > last ? published : last), items[0]?.published ?? without);
}
