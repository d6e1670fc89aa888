import { readParameter, type Call } from '../contract/http.ts';
import { isStoryKey } from '../contract/ids.ts';
import { parsed, type Parsed } from '../contract/json.ts';
import { refused } from '../contract/refusals.ts';
import type { Site } from '../contract/site.ts';
import type { Story } from '../contract/story.ts';
import type { Kept } from '../record/kept.ts';
import { findStoryByUrl } from '../record/stories.ts';
import type { Store } from '../record/store.ts';
import { addStoryFromUrl } from '../record/storyFromUrl.ts';

/** Where a submission is addressed to. */
export type Target = { site: Site; story: Story };

const mostUrl = 2000;

/** The site and story of the address, or the story of `?url=` where the key is unknown and the URL is of the site's own
 *  origin; with `stories.fromUrl` on, an unknown one is created. Withdrawn and moved stories are found: whether they
 *  take comments is decided elsewhere. */
export async function findTarget(from: { store: Store; kept: Kept }, call: Call): Promise<Parsed<Target>> {
  const { site: siteKey, story: storyKey } = call.params;
  const site = await from.kept.findSite(siteKey);
  if (!site) return refused('story_unknown');
  const byKey = await from.kept.findStory(site.site, storyKey);
  if (byKey) return parsed({ site, story: byKey });
  const written = readParameter(call, 'url');
  if (written.outcome === 'refused') return written;
  if (written.value === undefined) return refused('story_unknown');
  const url = ownAddress(site, written.value);
  if (url === undefined) return refused('origin_foreign', { field: 'url' });
  const byUrl = await findStoryByUrl(from.store, site.site, url);
  if (byUrl) return parsed({ site, story: byUrl });
  if (site.settings['stories.fromUrl'] !== 'on' || !isStoryKey(storyKey)) return refused('story_unknown');
  return parsed({ site, story: await addStoryFromUrl(from.store, site, { story: storyKey, url, at: call.now }) });
}

// Whole origins are compared: a suffix check would take attacker-example.com for example.com.
function ownAddress(site: Site, written: string): string | undefined {
  const url = URL.parse(written);
  if (!url || written.length > mostUrl || url.username || url.password || !site.origins.includes(url.origin))
    return undefined;
  url.hash = '';
  return url.href;
}
