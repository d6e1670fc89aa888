import type { Call } from '../contract/http.ts';
import { isStoryKey } from '../contract/ids.ts';
import { parsed, type Parsed } from '../contract/json.ts';
import { refused } from '../contract/refusals.ts';
import type { Site } from '../contract/site.ts';
import type { Story } from '../contract/story.ts';
import type { Kept } from '../record/kept.ts';
import { findNamedStory } from '../record/namedStory.ts';
import { makeStoryFromUrl, type StoryFromUrl } from '../record/storyFromUrl.ts';

/** Where a submission is addressed to. `isNew` is a story that nobody stored yet: it is when a comment on it is taken. */
export type Target = { site: Site } & ({ isNew?: false; story: Story } | { isNew: true; story: StoryFromUrl });

/** The site and story of the address (`findNamedStory`); with `stories.fromUrl` on, an unknown one of the site's own
 *  origin is what it would become. Nothing is created here: whoever is refused, or asks for a form, leaves nothing behind.
 *  Withdrawn and moved stories are found: whether they take comments is decided elsewhere. */
export async function findTarget({ kept }: { kept: Kept }, call: Call): Promise<Parsed<Target>> {
  const named = await findNamedStory(kept, call);
  if (named.outcome === 'refused') return named;
  const { site, story, url } = named.value;
  if (story) return parsed({ site, story });
  const key = call.params['story'];
  if (url === undefined || site.settings['stories.fromUrl'] !== 'on' || !isStoryKey(key)) {
    return refused('story_unknown');
  }
  return parsed({ site, isNew: true, story: makeStoryFromUrl(site, { story: key, url, at: call.now }) });
}
