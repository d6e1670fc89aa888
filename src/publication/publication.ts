import type { Handler } from '../contract/http.ts';
import type { Refused } from '../contract/refusals.ts';
import type { RouteName } from '../contract/routes.ts';
import type { Kept } from '../record/kept.ts';
import type { Store } from '../record/store.ts';
import type { StreamLimits } from '../record/streams.ts';
import type { Watch } from '../record/watch.ts';
import { answerCounts, keepCounts } from './counts.ts';
import { createFeeds } from './feeds.ts';
import type { Page } from './page.ts';
import { keepPages } from './pageCache.ts';
import { answerSitemap } from './sitemap.ts';
import type { ThreadRequest } from './thread.ts';
import { createThreadEvents } from './threadEvents.ts';
import { createThreadPages, type RenderedThread } from './threadPages.ts';
import { answerWidgetForm } from './widgetForm.ts';

export type PublicationDeps = {
  store: Store;
  watch: Watch;
  kept: Kept;
  /** The address of this installation, without a slash at its end. */
  publicUrl: string;
  /** Memory for rendered pages; 64 MB unless given. */
  pageBytes?: number;
  streams?: StreamLimits;
  /** The product's clock, in milliseconds. */
  now?: () => number;
};

export type Publication = {
  handlers: Partial<Record<RouteName, Handler>>;
  /** A page of a story's comments as the story's own page shows it. Its `value` is the same object for as long as
   *  nothing changed. Refused for an unknown, withdrawn or moved story, a cursor that is none, an unknown comment. */
  renderThread(site: string, story: string, page: ThreadRequest): Promise<Page<RenderedThread> | Refused>;
  /** Ends the event streams and stops listening. Twice is once. */
  close(): void;
};

const standardBytes = 64 * 1024 * 1024;
/** For one network: enough for a newsroom behind one router, too few to use the process up alone. */
const standardStreams: StreamLimits = { most: 5_000, mostEach: 50 };

/** The room that shows what was approved, and only that: it reads through the readers' role. What it keeps in memory is
 *  served only while the watch hears every change, so that a removal is gone on every process within the lease
 *  (`leaseMilliseconds`, 0.8 s) and at once where its notice arrives, usually within milliseconds. */
export function createPublication(deps: PublicationDeps): Publication {
  const { store, watch, kept, pageBytes = standardBytes, streams: limits = standardStreams, now = Date.now } = deps;
  const publicUrl = deps.publicUrl.replace(/\/+$/, '');
  const cache = keepPages(watch, { bytes: pageBytes });
  const counts = keepCounts(store, watch);
  const pages = createThreadPages({ store, kept, cache, now });
  const feeds = createFeeds({ store, kept, cache, publicUrl });
  const events = createThreadEvents({ store, watch, kept, counts, limits });
  return {
    handlers: {
      getThread: pages.answer('json'),
      getThreadHtml: pages.answer('html'),
      getWidget: pages.answer('widget'),
      getWidgetForm: (call) => answerWidgetForm(kept, call),
      getThreadEvents: events.answer,
      getCounts: (call) => answerCounts({ kept, counts }, call),
      getSiteRss: feeds.site('rss'),
      getSiteAtom: feeds.site('atom'),
      getSiteJson: feeds.site('json'),
      getTagRss: feeds.tag('rss'),
      getTagAtom: feeds.tag('atom'),
      getTagJson: feeds.tag('json'),
      getCommentsRss: feeds.comments('rss'),
      getCommentsAtom: feeds.comments('atom'),
      getCommentsJson: feeds.comments('json'),
      getSitemap: (call) => answerSitemap({ store, cache, publicUrl }, call),
    },
    renderThread: pages.render,
    close: () => {
      events.close();
      counts.close();
      cache.close();
    },
  };
}
