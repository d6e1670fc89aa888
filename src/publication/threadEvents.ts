import type { Answer, Call } from '../contract/http.ts';
import { refused } from '../contract/refusals.ts';
import type { Kept } from '../record/kept.ts';
import { findPublished } from '../record/published.ts';
import type { Store } from '../record/store.ts';
import type { Change, Watch } from '../record/watch.ts';
import type { Counts } from './counts.ts';
import { findReadable } from './findReadable.ts';
import { storyGroup } from './pageCache.ts';
import { keepStreams, type StreamLimits, type Streams } from './streams.ts';
import { publicComment, showComment } from './thread.ts';

export type ThreadEvents = {
  answer(call: Call): Promise<Answer>;
  close(): void;
};

type Deps = { store: Store; watch: Watch; kept: Kept; counts: Counts; limits: StreamLimits };

type Named = { site: string; story: string };

/** Seconds after which a reader may ask again for a stream, when there are too many. */
const retrySeconds = 60;

/** Server-sent events of stories: `published` with the comment in the public shape, `removed` with its `id`, and
 *  `count`. A stream begins with the count, so that the reader sees whether the thread changed since it was read. Nothing
 *  is sent twice to a reader who comes back: the thread is read anew. */
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
      if (!watch.isFresh()) return answerStream(`retry: ${deafMilliseconds}\n\n`);
      const stream = streams.open(storyGroup(site, story), call.address);
      if (!stream) return refused('overloaded', { retryAfterSeconds: retrySeconds });
      const count = await teller.countNow({ site, story });
      stream.send(`retry: ${retryMilliseconds()}\n${writeEvent('count', { count })}`);
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
    // Where there is none it was removed again, and that notice is on its way.
    if (row) streams.send(group, writeEvent('published', publicComment(showComment(row))));
  }
}

function answerStream(body: string | AsyncIterable<string>): Answer {
  return { outcome: 'answered', status: 200, headers: streamHeaders, body };
}

const streamHeaders = {
  'content-type': 'text/event-stream; charset=utf-8',
  'cache-control': 'no-store',
  // nginx would hold events back until its buffer is full.
  'x-accel-buffering': 'no',
};

/** JSON has no line breaks, so one data line holds it. */
function writeEvent(name: string, data: object): string {
  return `event: ${name}\ndata: ${JSON.stringify(data)}\n\n`;
}

/** Between two looks at a thread whose changes cannot be heard. */
const deafMilliseconds = 30_000;

/** Readers of a process that restarts should not all come back in the same second. */
function retryMilliseconds(): number {
  return 2_000 + Math.floor(Math.random() * 6_000);
}
