import { readParameter, type Call } from '../contract/http.ts';
import { parsed, type Parsed } from '../contract/json.ts';
import { refused } from '../contract/refusals.ts';
import { parseOwnAddress, type Site } from '../contract/site.ts';
import type { Story } from '../contract/story.ts';
import type { Kept } from './kept.ts';

/** What an address names. `url` is what it asked for, as `parseOwnAddress` writes it. */
export type NamedStory = { site: Site; story: Story | undefined; url: string | undefined };

/** The site and the story of an address: by the key in its path, or by `?url=` where the key is unknown. Withdrawn and
 *  moved stories are found, and nothing is created. Refused for an unknown site, a URL of a foreign origin, and the key of
 *  one story with the URL of another: comments on one page may not end under a second one. */
export async function findNamedStory(kept: Kept, call: Call): Promise<Parsed<NamedStory>> {
  const { site: siteKey, story: storyKey } = call.params;
  const site = await kept.findSite(siteKey);
  if (!site) return refused('story_unknown');
  const written = readParameter(call, 'url');
  if (written.outcome === 'refused') return written;
  const byKey = await kept.findStory(site.site, storyKey);
  if (written.value === undefined) return parsed({ site, story: byKey, url: undefined });
  const url = parseOwnAddress(site, written.value);
  if (url === undefined) return refused('origin_foreign', { field: 'url' });
  if (byKey?.url !== undefined && parseOwnAddress(site, byKey.url) === url) return parsed({ site, story: byKey, url });
  const byUrl = await kept.findStoryByUrl(site.site, url);
  if (!byKey) return parsed({ site, story: byUrl, url });
  if (byKey.url !== undefined || byUrl) return refused('story_unknown', { field: 'url' });
  return parsed({ site, story: byKey, url });
}
