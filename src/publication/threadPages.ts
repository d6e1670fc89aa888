import { answerJson, type Answer, type Call, type Handler } from '../contract/http.ts';
import { chooseInterface } from '../contract/messages.ts';
import { refused, type Refused } from '../contract/refusals.ts';
import { readOpenness } from '../contract/openness.ts';
import { reactionSeconds } from '../contract/reaction.ts';
import { threadLimit } from '../contract/thread.ts';
import { isReadable } from '../contract/story.ts';
import type { Kept } from '../record/kept.ts';
import type { Store } from '../record/store.ts';
import { findReadable, findUnsent } from './findReadable.ts';
import { renderFragment } from './fragment.ts';
import { answerPage, makePage, type Page } from './page.ts';
import { storyGroup, type PageCache } from './pageCache.ts';
import {
  firstPage,
  parseThreadRequest,
  publicThread,
  readThread,
  type ReadThread,
  type ThreadRequest,
} from './thread.ts';
import { makeEmptyWidgetPage, makeWidgetPage } from './widgetPage.ts';

export type ThreadForm = 'json' | 'html' | 'widget';

/** A rendered page of comments. The same object comes back for as long as nothing changed, so that what is made of it
 *  can be kept beside it (`WeakMap`). */
export type RenderedThread = { html: string; thread: ReadThread['thread'] };

export type ThreadPages = {
  /** Answers a thread in JSON, as a fragment, or as the widget wants it. */
  answer(form: ThreadForm): Handler;
  /** A page for the story's own page. Refused for an unknown story, a cursor that is none, an unknown comment. */
  render(site: string, story: string, request: ThreadRequest): Promise<Page<RenderedThread> | Refused>;
};

type Deps = { store: Store; kept: Kept; cache: PageCache; now: () => number };

/** Pages of comments: from memory while it may be served, else from the database. */
export function createThreadPages(deps: Deps): ThreadPages {
  const { cache, now } = deps;
  const make = (form: ThreadForm, named: Named, request: ThreadRequest): Promise<Page | Refused> => {
    const group = storyGroup(named.site, named.story);
    const keep = isKept(cache, group, request);
    return cache.make({ group, name: pageName(form, request), keep }, () => load(deps, { form, named, request }));
  };
  return {
    answer: (form) => {
      const firstName = pageName(form, firstPage);
      return (call) => {
        const { site = '', story = '' } = call.params;
        const first = isBare(call.query) ? cache.find(`${site}/${story}`, firstName, call.now.getTime()) : undefined;
        if (first) return answerPage(first, call.headers['if-none-match']);
        return answerThread(deps, call, { form, make });
      };
    },
    render: async (site, story, request) => {
      const page =
        cache.find(storyGroup(site, story), pageName('html', request), now()) ??
        (await make('html', { site, story }, request));
      return page as Page<RenderedThread> | Refused;
    },
  };
}

type Named = { site: string; story: string };
type Make = (form: ThreadForm, named: Named, request: ThreadRequest) => Promise<Page | Refused>;

async function answerThread(
  { kept, cache }: Deps,
  call: Call,
  { form, make }: { form: ThreadForm; make: Make },
): Promise<Answer> {
  const found = await findReadable(kept, call);
  if (form === 'widget' && found.outcome === 'refused') {
    const unsent = await findUnsent(kept, call);
    return unsent ? answerJson(200, makeEmptyWidgetPage(unsent.site, unsent.story, call.now)) : found;
  }
  if (found.outcome !== 'found') return found;
  const request = parseThreadRequest(call);
  if (request.outcome === 'refused') return request;
  const named = { site: found.site.site, story: found.story.story };
  const known = cache.find(storyGroup(named.site, named.story), pageName(form, request.value), call.now.getTime());
  const page = known ?? (await make(form, named, request.value));
  return page.outcome === 'made' ? answerPage(page, call.headers['if-none-match']) : page;
}

async function load(
  { store, kept, now }: Deps,
  { form, named, request }: { form: ThreadForm; named: Named; request: ThreadRequest },
): Promise<Page | Refused> {
  const site = await kept.findSite(named.site);
  const story = site && (await kept.findStory(named.site, named.story));
  if (!site || !story) return refused('story_unknown');
  if (!isReadable(story)) return refused('story_gone');
  const read = await readThread(store, named, request);
  if (read.outcome === 'refused') return read;
  const { next } = read.thread;
  // Counts of reactions are told by nobody: the page is made anew after a while, if somebody asks for it.
  const fresh = site.settings.reactions === 'on' ? now() + reactionSeconds * 1000 : Infinity;
  if (form === 'json') {
    const body = JSON.stringify(publicThread(read));
    return makePage({ body, contentType: 'application/json; charset=utf-8', value: undefined, until: fresh, next });
  }
  const openness = readOpenness(site, story, new Date(now()));
  // From then on there are replies no more, or again.
  const until = Math.min(openness.until?.getTime() ?? Infinity, fresh);
  if (form === 'widget') {
    const body = JSON.stringify(makeWidgetPage(read, { site, story, request, openness }));
    return makePage({ body, contentType: 'application/json; charset=utf-8', value: undefined, until, next });
  }
  const html = renderFragment(read, {
    language: chooseInterface(story.language, site.language),
    dates: { pattern: site.settings['page.date'], timeZone: site.settings['page.timeZone'] },
    open: openness.open,
    links: site.settings['comments.links'] === 'on',
    request,
  });
  const value: RenderedThread = { html, thread: read.thread };
  // Bytes, the string and the rows.
  return makePage({
    body: html,
    contentType: 'text/html; charset=utf-8',
    value,
    copies: 3,
    until,
    next,
  });
}

/** Only pages that a reader comes to by following links are kept; invented limits and cursors are answered from the
 *  database and leave nothing behind. */
function isKept(cache: PageCache, group: string, { limit, after, comment }: ThreadRequest): boolean {
  if (comment !== undefined || limit !== threadLimit) return false;
  return after === undefined || cache.leadsTo(group, after);
}

function pageName(form: ThreadForm, { sort, limit, after = '', comment = '' }: ThreadRequest): string {
  return `${form} ${sort} ${limit} ${after} ${comment}`;
}

function isBare(query: object): boolean {
  for (const _ in query) return false;
  return true;
}
