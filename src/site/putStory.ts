import { answerJson, type Answer, type Call } from '../contract/http.ts';
import { isStoryKey } from '../contract/ids.ts';
import { accountFor } from '../contract/principal.ts';
import { refused } from '../contract/refusals.ts';
import { describeStory, isTold, parseStoryDraft } from '../contract/story.ts';
import { findStory, findStoryKeys, saveStory } from '../record/stories.ts';
import type { Store } from '../record/store.ts';

/** `PUT` of a story by the publisher's program or an editor: 201 when it is new, 200 when it replaces. Refused where another
 *  story of the publisher has its `url`. */
export async function putStory(store: Store, call: Call): Promise<Answer> {
  const { site = '', story = '' } = call.params;
  if (!call.principal || !accountFor(call.principal, 'story.write', site)) return refused('not_allowed');
  if (!isStoryKey(story)) return refused('parameter_malformed', { field: 'story' });
  const draft = parseStoryDraft(call.body);
  if (draft.outcome === 'refused') return draft;
  const { url } = draft.value;
  const atUrl = url === undefined ? undefined : (await findStoryKeys(store, site, [url])).get(url);
  // A story that came from its address alone gives it up (record/stories.ts).
  const other = atUrl === undefined || atUrl === story ? undefined : await findStory(store, site, atUrl);
  if (other && isTold(other)) return refused('field_malformed', { field: 'url' });
  const before = await findStory(store, site, story);
  const saved = await saveStory(store, { site, story }, { ...draft.value, at: call.now });
  return answerJson(before ? 200 : 201, describeStory(saved));
}
