import type { Answer, Call } from '../contract/http.ts';
import { refused } from '../contract/refusals.ts';
import type { Kept } from '../record/kept.ts';
import { findPublished } from '../record/published.ts';
import { networkPrefix } from '../record/networkPrefix.ts';
import type { Store } from '../record/store.ts';
import {
  answerStream,
  keepStreams,
  writeEvent,
  writeRetry,
  type StreamLimits,
  type Streams,
} from '../record/streams.ts';
import type { Change, Watch } from '../record/watch.ts';
import type { Counts } from './counts.ts';
import { findReadable } from './findReadable.ts';
import { storyGroup } from './pageCache.ts';
import { publicComment, showComment } from './thread.ts';

export type ThreadEvents = {
  answer(call: Call): Promise<Answer>;
  close(): void;
};

type Deps = { store: Store; watch: Watch; kept: Kept; counts: Counts; limits: StreamLimits };

type Named = { site: string; story: string };

/** Seconds after which a reader may ask again for a stream, when there are too many. */
const retrySeconds = 60;

/** Server-sent events of stories: `published` with the comment in the public shape, `removed` with its `id`, `featured` with
 *  `id` and whether it is, and `count`. A stream begins with the count, so that the reader sees whether the thread changed
 *  since it was read. Nothing is sent twice to a reader who comes back: the thread is read anew. */
export function createThreadEvents({ store, watch, kept, counts, limits }: Deps): ThreadEvents {
  const streams = keepStreams(limits);
  const teller = new Teller({ store, counts, streams });
  const unsubscribe = watch.subscribe((change) => teller.hear(change));
  return {
    answer: async (call) => {
      const found = await findReadable(kept, call);
      if (found.outcome !== 'found') return found;
      const { site, story } = found.story;
      // Nothing is heard at the moment: the browser is sent away and comes back, which is polling.
      if (!watch.isFresh()) return answerStream(`${writeRetry('deaf')}\n`);
      const stream = streams.open([storyGroup(site, story)], holderOf(call));
      if (!stream) return refused('overloaded', { retryAfterSeconds: retrySeconds });
      const count = await teller.countNow({ site, story });
      stream.send(`${writeRetry('hears')}${writeEvent('count', { count })}`);
      return answerStream(stream.body);
    },
    close: () => {
      unsubscribe();
      streams.close();
    },
  };
}

/** Tells the streams of a story what changed there, one change after the other in the order of their commits. */
class Teller {
  readonly #deps: { store: Store; counts: Counts; streams: Streams };
  readonly #waiting = new Map<string, Change[]>();
  #heard = 0;

  constructor(deps: { store: Store; counts: Counts; streams: Streams }) {
    this.#deps = deps;
  }

  hear(change: Change | undefined): void {
    const { streams } = this.#deps;
    this.#heard += 1;
    // Something was missed, or the story itself changed: whoever reads on must read the thread anew.
    if (!change) return streams.end();
    const { site, story, kind } = change;
    if (story === null) return;
    const group = storyGroup(site, story);
    if (!streams.isHeard(group)) return;
    if (kind === 'story') return streams.end(group);
    const waiting = this.#waiting.get(group);
    if (waiting) return void waiting.push(change);
    this.#waiting.set(group, [change]);
    void this.#tellAll({ site, story });
  }

  /** The count with which a stream begins. A change that is heard while it is read would otherwise send a later count
   *  before this one. */
  async countNow({ site, story }: Named): Promise<number> {
    for (let tries = 0; ; tries += 1) {
      const before = this.#heard;
      const count = (await this.#deps.counts.read(site, [story])).get(story) ?? 0;
      if (before === this.#heard || tries > 3) return count;
    }
  }

  async #tellAll({ site, story }: Named): Promise<void> {
    const { streams } = this.#deps;
    const group = storyGroup(site, story);
    const changes = this.#waiting.get(group) ?? [];
    try {
      while (changes.length > 0) {
        for (let change = changes.shift(); change; change = changes.shift())
          await this.#tellOne({ site, story }, change);
        streams.send(group, writeEvent('count', { count: await this.countNow({ site, story }) }));
      }
    } catch {
      // The database did not answer. The streams end rather than say less than happened.
      streams.end(group);
    } finally {
      this.#waiting.delete(group);
    }
  }

  async #tellOne(named: Named, { kind, id }: Change): Promise<void> {
    const { store, streams } = this.#deps;
    const group = storyGroup(named.site, named.story);
    if (id === null) return;
    if (kind === 'removed') return streams.send(group, writeEvent('removed', { id }));
    const row = await findPublished(store, { ...named, id });
    if (kind === 'featured' && row) return streams.send(group, writeEvent('featured', { id, featured: row.featured }));
    // Where there is none it was removed again, and that notice is on its way.
    if (row) streams.send(group, writeEvent('published', publicComment(showComment(row))));
  }
}

// Clients whose address is none (a socket without one) share what one network may have. A whole network counts as one,
// however many addresses of it somebody has.
function holderOf({ address }: Call): string {
  return networkPrefix(address) ?? 'none';
}
