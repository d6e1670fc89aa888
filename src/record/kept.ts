import type { AutomationRule } from '../contract/automation.ts';
import type { Guideline } from '../contract/guideline.ts';
import { isSiteKey, isStoryKey } from '../contract/ids.ts';
import type { Site } from '../contract/site.ts';
import type { Story } from '../contract/story.ts';
import { listAutomation } from './automation.ts';
import { listGuidelines } from './guidelines.ts';
import { findSite, listSites } from './sites.ts';
import { findStory, findStoryKeys } from './stories.ts';
import { listStandingSanctions, type StandingSanction } from './sanctions.ts';
import { hasProtectedNames } from './speakers.ts';
import type { Store } from './store.ts';
import { listScoreTokens, type ScoreToken } from './tokens.ts';
import type { Change, Watch } from './watch.ts';

/** Sites, stories, guidelines and the tokens of the scoring endpoint, kept in memory while the watch is fresh and read from
 *  the database while it is not. */
export type Kept = {
  /** Undefined, without a question to the database, for what can be no key (an address may hold anything). */
  findSite(site: string | undefined): Promise<Site | undefined>;
  /** As `findSite`; withdrawn and moved stories are found. */
  findStory(site: string, story: string | undefined): Promise<Story | undefined>;
  /** The story at one of the site's own addresses (`parseOwnAddress`), as `findStory` has it. */
  findStoryByUrl(site: string, url: string): Promise<Story | undefined>;
  /** The keys of the stories at such addresses, by address; unknown ones are not in the answer. */
  findStoryKeys(site: string, urls: readonly string[]): Promise<ReadonlyMap<string, string>>;
  listGuidelines(site: string): Promise<readonly Guideline[]>;
  /** The rules by which a site rejects without a person. */
  listAutomation(site: string): Promise<readonly AutomationRule[]>;
  /** The sanctions of a site in force at `now` or, from memory, a little earlier: compare `endsAt`. */
  listSanctions(site: string, now: Date): Promise<readonly StandingSanction[]>;
  /** Whether any name of a site is protected. */
  hasProtectedNames(site: string): Promise<boolean>;
  /** Every site: for CORS and the sitemap. */
  listSites(): Promise<readonly Site[]>;
  /** The tokens of the scope `score` that were not revoked, of all sites. */
  listScoreTokens(): Promise<readonly ScoreToken[]>;
};

// Enough for the stories that are read today; the rest is a query away.
const mostStories = 5_000;

/** Keeps the rows that nearly every request needs. Never older than the watch's lease. */
export function keepRows(store: Store, watch: Watch): Kept {
  const sites = new Memory<Site | undefined>(watch, 1_000);
  const lists = new Memory<readonly Site[]>(watch, 1);
  const guidelines = new Memory<readonly Guideline[]>(watch, 1_000);
  const rules = new Memory<readonly AutomationRule[]>(watch, 1_000);
  const sanctions = new Memory<readonly StandingSanction[]>(watch, 1_000);
  const names = new Memory<boolean>(watch, 1_000);
  const tokens = new Memory<readonly ScoreToken[]>(watch, 1);
  const stories = new Memory<Story | undefined>(watch, mostStories);
  const keys = new Memory<string>(watch, mostStories);
  watch.subscribe((change) => {
    if (!change)
      for (const memory of [sites, lists, guidelines, rules, sanctions, names, tokens, stories, keys]) memory.clear();
    else if (change.kind === 'site') {
      sites.forget(change.site);
      guidelines.forget(change.site);
      rules.forget(change.site);
      sanctions.forget(change.site);
      names.forget(change.site);
      lists.clear();
    } else if (change.kind === 'story') {
      stories.forget(storyName(change));
      // The notice does not say which address the story had before.
      keys.clear();
    } else if (change.kind === 'token') tokens.clear();
  });
  const findKept = (site: string, story: string): Promise<Story | undefined> =>
    stories.read(storyName({ site, story }), () => findStory(store, site, story));
  const findKeys = (site: string, urls: readonly string[]): Promise<ReadonlyMap<string, string>> =>
    keys.readAll(urls, {
      name: (url) => `${site} ${url}`,
      load: (missing) => findStoryKeys(store, site, missing),
    });
  return {
    findSite: (site) => (isSiteKey(site) ? sites.read(site, () => findSite(store, site)) : nothing),
    findStory: (site, story) => (isSiteKey(site) && isStoryKey(story) ? findKept(site, story) : nothing),
    findStoryByUrl: async (site, url) => {
      const key = (await findKeys(site, [url])).get(url);
      const story = key === undefined ? undefined : await findKept(site, key);
      // Between the two readings the address may have become another story's.
      return story?.url === url ? story : undefined;
    },
    findStoryKeys: findKeys,
    listGuidelines: (site) => guidelines.read(site, () => listGuidelines(store, site)),
    listAutomation: (site) => rules.read(site, () => listAutomation(store, site)),
    listSanctions: (site, now) => sanctions.read(site, () => listStandingSanctions(store, site, now)),
    hasProtectedNames: (site) => names.read(site, () => hasProtectedNames(store, site)),
    listSites: () => lists.read('', () => listSites(store)),
    listScoreTokens: () => tokens.read('', () => listScoreTokens(store)),
  };
}

const nothing = Promise.resolve(undefined);

function storyName({ site, story }: Pick<Change, 'site' | 'story'>): string {
  return `${site}/${story}`;
}

/** Values by name, the oldest dropped first. A value read while a change to it came in is used once and not kept. */
class Memory<Value> {
  readonly #values = new Map<string, Value>();
  readonly #most: number;
  readonly #watch: Watch;
  #changes = 0;

  constructor(watch: Watch, most: number) {
    this.#watch = watch;
    this.#most = most;
  }

  async read(name: string, load: () => Promise<Value>): Promise<Value> {
    const known = this.#values.get(name);
    if (known !== undefined && this.#watch.isFresh()) return known;
    const before = this.#changes;
    const value = await load();
    if (before === this.#changes && this.#watch.isFresh() && value !== undefined) this.#keep(name, value);
    return value;
  }

  /** The values of many things, with one question for those that are not kept. What is not there is not in the answer. */
  async readAll<Thing>(
    things: readonly Thing[],
    { name, load }: { name(thing: Thing): string; load(missing: readonly Thing[]): Promise<ReadonlyMap<Thing, Value>> },
  ): Promise<ReadonlyMap<Thing, Value>> {
    const found = new Map<Thing, Value>();
    const isFresh = this.#watch.isFresh();
    for (const thing of things) {
      const known = isFresh ? this.#values.get(name(thing)) : undefined;
      if (known !== undefined) found.set(thing, known);
    }
    const missing = things.filter((thing) => !found.has(thing));
    if (missing.length === 0) return found;
    const before = this.#changes;
    for (const [thing, value] of await load(missing)) {
      found.set(thing, value);
      if (before === this.#changes && this.#watch.isFresh()) this.#keep(name(thing), value);
    }
    return found;
  }

  forget(name: string): void {
    this.#changes += 1;
    this.#values.delete(name);
  }

  clear(): void {
    this.#changes += 1;
    this.#values.clear();
  }

  #keep(name: string, value: Value): void {
    const oldest = this.#values.size >= this.#most ? this.#values.keys().next().value : undefined;
    if (oldest !== undefined) this.#values.delete(oldest);
    this.#values.set(name, value);
  }
}
