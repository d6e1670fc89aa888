import { answerJson, type Answer, type Call } from '../contract/http.ts';
import { isStoryKey } from '../contract/ids.ts';
import { translate } from '../contract/messages.ts';
import { readLanguage } from '../contract/readLanguage.ts';
import { refused } from '../contract/refusals.ts';
import type { Site } from '../contract/site.ts';
import { isReadable, type Story } from '../contract/story.ts';
import type { Kept } from '../record/kept.ts';
import { findNamedStory } from '../record/namedStory.ts';
import { makeStoryFromUrl } from '../record/storyFromUrl.ts';

export type Readable = { outcome: 'found'; site: Site; story: Story };

/** The story that an address names by its key or by `?url=`, if readers may read it. A moved one is answered with its new
 *  address, a withdrawn one with 410, an unknown one refused. */
export async function findReadable(kept: Kept, call: Call): Promise<Readable | Answer> {
  const named = await findNamedStory(kept, call);
  if (named.outcome === 'refused') return named;
  const { site, story } = named.value;
  if (!story) return refused('story_unknown');
  if (isReadable(story)) return { outcome: 'found', site, story };
  return answerGone(call, site, story.movedTo);
}

/** The story that an address of the site's own would become with the first comment, where the site allows it
 *  (`stories.fromUrl`): below it there is no comment yet. Nothing is stored. */
export async function findUnsent(kept: Kept, call: Call): Promise<Readable | undefined> {
  const named = await findNamedStory(kept, call);
  if (named.outcome === 'refused' || named.value.story) return undefined;
  const { site, url } = named.value;
  const key = call.params['story'];
  if (url === undefined || site.settings['stories.fromUrl'] !== 'on' || !isStoryKey(key)) return undefined;
  return { outcome: 'found', site, story: makeStoryFromUrl(site, { story: key, url, at: call.now }) };
}

/** 301 to where the story went, or 410: it is gone on purpose, and crawlers may forget it. */
function answerGone(call: Call, { language }: Site, movedTo: string | undefined): Answer {
  const spoken = readLanguage(call, language);
  const body = { refusal: { reason: 'story_gone', detail: translate(spoken, 'refusal.story_gone') } };
  return movedTo === undefined ? answerJson(410, body) : answerJson(301, body, { location: new URL(movedTo).href });
}
