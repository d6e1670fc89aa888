import { isStoryKey } from '../contract/ids.ts';
import { answerJson, readParameter, type Answer, type Call } from '../contract/http.ts';
import { parsed, type Parsed } from '../contract/json.ts';
import { refused } from '../contract/refusals.ts';
import { parseOwnAddress, type Site } from '../contract/site.ts';
import type { Kept } from '../record/kept.ts';
import { countPublished } from '../record/published.ts';
import type { Store } from '../record/store.ts';
import type { Watch } from '../record/watch.ts';
import { storyGroup } from './pageCache.ts';

/** The most stories of one question: as many as a long front page links to. */
const mostStories = 100;

// About 100 bytes each.
const mostKept = 50_000;

/** How many comments stories have, from memory where it may be used, with one query for the rest. */
export type Counts = {
  read(site: string, stories: readonly string[]): Promise<Map<string, number>>;
  close(): void;
};

/** Keeps the counts of stories that somebody asked after; a change of a story drops its count. */
export function keepCounts(store: Store, watch: Watch): Counts {
  const known = new Map<string, number>();
  const loads = new Set<Set<string>>();
  let losses = 0;
  let closed = false;

  const forget = (site: string, story: string): void => {
    const name = storyGroup(site, story);
    known.delete(name);
    for (const changed of loads) changed.add(name);
  };
  const unsubscribe = watch.subscribe((change) => {
    if (!change) {
      losses += 1;
      known.clear();
    } else if (change.story !== null) forget(change.site, change.story);
  });
  const keep = (name: string, count: number): void => {
    const oldest = known.size >= mostKept ? known.keys().next().value : undefined;
    if (oldest !== undefined) known.delete(oldest);
    known.set(name, count);
  };
  const load = async (site: string, stories: readonly string[]): Promise<Map<string, number>> => {
    const changed = new Set<string>();
    const before = losses;
    const wasFresh = watch.isFresh();
    loads.add(changed);
    try {
      const counts = await countPublished(store, site, stories);
      const stands = wasFresh && watch.isFresh() && before === losses && !closed;
      for (const [story, count] of stands ? counts : []) {
        const name = storyGroup(site, story);
        if (!changed.has(name)) keep(name, count);
      }
      return counts;
    } finally {
      loads.delete(changed);
    }
  };
  return {
    read: async (site, stories) => {
      const counts = new Map<string, number>();
      const isFresh = watch.isFresh();
      for (const story of stories) {
        const count = isFresh ? known.get(storyGroup(site, story)) : undefined;
        if (count !== undefined) counts.set(story, count);
      }
      const missing = stories.filter((story) => !counts.has(story));
      for (const [story, count] of missing.length === 0 ? [] : await load(site, missing)) counts.set(story, count);
      return counts;
    },
    close: () => {
      closed = true;
      unsubscribe();
      known.clear();
    },
  };
}

/** `GET /api/v1/counts?site=&story=…&url=…`: by key, and by address as it was asked. A story that is unknown, withdrawn or
 *  moved counts 0. */
export async function answerCounts({ kept, counts }: { kept: Kept; counts: Counts }, call: Call): Promise<Answer> {
  const site = readParameter(call, 'site');
  if (site.outcome === 'refused') return site;
  if (site.value === undefined) return refused('parameter_malformed', { field: 'site' });
  const stories = readAll(call, 'story');
  if (stories.length > mostStories || !stories.every(isStoryKey))
    return refused('parameter_malformed', { field: 'story' });
  const urls = readAll(call, 'url');
  if (stories.length + urls.length > mostStories) return refused('parameter_malformed', { field: 'url' });
  const known = await kept.findSite(site.value);
  if (!known) return refused('not_found');
  const byUrl = await nameStories(kept, known, urls);
  if (byUrl.outcome === 'refused') return byUrl;
  const asked = new Map([...stories.map((story) => [story, story] as const), ...byUrl.value]);
  const found = await counts.read(site.value, [...new Set(asked.values())].filter(isStoryKey));
  const body = { counts: Object.fromEntries([...asked].map(([name, key]) => [name, found.get(key ?? '') ?? 0])) };
  return answerJson(200, body, { 'cache-control': 'public, max-age=0, must-revalidate' });
}

function readAll(call: Call, name: string): string[] {
  const asked = call.query[name] ?? [];
  return [...new Set(typeof asked === 'string' ? [asked] : asked)];
}

/** The key of the story at each address, by the address as it was written; undefined where there is none. */
async function nameStories(
  kept: Kept,
  site: Site,
  written: readonly string[],
): Promise<Parsed<Map<string, string | undefined>>> {
  const urls = new Map<string, string>();
  for (const one of written) {
    const url = parseOwnAddress(site, one);
    if (url === undefined) return refused('origin_foreign', { field: 'url' });
    urls.set(one, url);
  }
  const keys = await kept.findStoryKeys(site.site, [...new Set(urls.values())]);
  return parsed(new Map([...urls].map(([one, url]) => [one, keys.get(url)])));
}
