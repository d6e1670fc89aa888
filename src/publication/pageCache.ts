import type { Refused } from '../contract/refusals.ts';
import type { Change, Watch } from '../record/watch.ts';
import type { Page } from './page.ts';
import { PageMemory } from './pageMemory.ts';

/** Pages in memory, by group: a story's pages are dropped together. `storyGroup` and `siteGroup` name groups. */
export type PageCache = {
  /** The kept page, if it may be served at this moment. No promise and no allocation: this is the hot path. */
  find(group: string, name: string, now: number): Page | undefined;
  /** Makes the page, or waits for the making that another reader began; keeps it where `keep` says so and nothing
   *  changed meanwhile. */
  make(wanted: Wanted, load: () => Promise<Page | Refused>): Promise<Page | Refused>;
  /** Whether a kept page of the group leads on to this cursor: others could be invented without end. */
  leadsTo(group: string, cursor: string): boolean;
  /** Stops listening and keeps nothing any more; requests of a draining server are answered from the database. */
  close(): void;
};

export type Wanted = { group: string; name: string; keep: boolean };

/** Everything that shows one story's comments. */
export function storyGroup(site: string, story: string): string {
  return `${site}/${story}`;
}

/** Everything that lists a site's stories. No story has an empty key. */
export function siteGroup(site: string): string {
  return `${site}/`;
}

/** Everything that lists all sites. */
export const everySite = '';

/** Keeps pages for as long as the watch hears every change: a change drops the pages it touches before anything else
 *  is served, and while the watch is not fresh nothing is served from here. At most `bytes` of memory. */
export function keepPages(watch: Watch, { bytes }: { bytes: number }): PageCache {
  const memory = new PageMemory(bytes);
  const loads = new Loads(watch, (wanted, page) => memory.keep(wanted.group, wanted.name, page));
  const forget = (group: string): void => {
    loads.spoil((name) => name === group);
    memory.drop(group);
  };
  const forgetAll = (touched: (group: string) => boolean): void => {
    loads.spoil(touched);
    memory.dropWhere(touched);
  };
  const unsubscribe = watch.subscribe((change) => {
    const touched = groupsOf(change);
    if (typeof touched === 'function') forgetAll(touched);
    else touched.forEach(forget);
  });
  return {
    find: (group, name, now) => (watch.isFresh() ? memory.find(group, name, now) : undefined),
    make: (wanted, begin) => loads.make(wanted, begin),
    leadsTo: (group, cursor) => memory.leadsTo(group, cursor),
    close: () => {
      unsubscribe();
      loads.close();
      forgetAll(() => true);
    },
  };
}

/** The groups that a change touches: by name where they are few. Undefined is a change that was missed: all of them. */
function groupsOf(change: Change | undefined): readonly string[] | ((group: string) => boolean) {
  if (!change) return () => true;
  const { kind, site, story } = change;
  if (kind === 'site') return (group) => group.startsWith(siteGroup(site)) || group === everySite;
  const ofStory = story === null ? [] : [storyGroup(site, story)];
  return kind === 'story' ? [...ofStory, siteGroup(site), everySite] : ofStory;
}

type Load = {
  group: string;
  made: Promise<Page | Refused>;
  /** A change of the group came in meanwhile: what is read now may be of before it. */
  spoiled: boolean;
  wasFresh: boolean;
  following?: Promise<Page | Refused>;
};

/** Pages that are being made: each once, however many wait for it. */
class Loads {
  readonly #loads = new Map<string, Load>();
  readonly #watch: Watch;
  readonly #keep: (wanted: Wanted, page: Page) => void;
  #closed = false;

  constructor(watch: Watch, keep: (wanted: Wanted, page: Page) => void) {
    this.#watch = watch;
    this.#keep = keep;
  }

  spoil(touched: (group: string) => boolean): void {
    for (const load of this.#loads.values()) if (touched(load.group)) load.spoiled = true;
  }

  close(): void {
    this.#closed = true;
  }

  make(wanted: Wanted, begin: () => Promise<Page | Refused>): Promise<Page | Refused> {
    const running = this.#loads.get(keyOf(wanted));
    if (!running) return this.#start(wanted, begin);
    if (this.#stands(running)) return running.made;
    // What is being read may be of before a change. All who come now share the next reading: the database is asked by
    // one at a time, however many readers wait.
    running.following ??= running.made.then(ignore, ignore).then(() => this.#start(wanted, begin));
    return running.following;
  }

  #start(wanted: Wanted, begin: () => Promise<Page | Refused>): Promise<Page | Refused> {
    const key = keyOf(wanted);
    const wasFresh = this.#watch.isFresh();
    // Known before it begins, so that no change can fall in between.
    const load: Load = { group: wanted.group, made: Promise.resolve().then(begin), spoiled: false, wasFresh };
    this.#loads.set(key, load);
    load.made = load.made
      .then((page) => {
        if (page.outcome === 'made' && wanted.keep && this.#stands(load)) this.#keep(wanted, page);
        return page;
      })
      .finally(() => {
        if (this.#loads.get(key) === load) this.#loads.delete(key);
      });
    return load.made;
  }

  /** Fresh before as well as now: a change between a loss and the return of the watch was never heard. */
  #stands(load: Load): boolean {
    return load.wasFresh && !load.spoiled && !this.#closed && this.#watch.isFresh();
  }
}

function keyOf({ group, name }: Wanted): string {
  return `${group}\n${name}`;
}

function ignore(): void {}
