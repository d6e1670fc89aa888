import { readParameter, type Answer, type Call } from '../contract/http.ts';
import { isPublicId } from '../contract/ids.ts';
import { chooseInterface } from '../contract/messages.ts';
import { readOpenness } from '../contract/openness.ts';
import type { Story } from '../contract/story.ts';
import { makeEtag } from '../publication/page.ts';
import type { RenderedThread } from '../publication/threadPages.ts';
import type { SiteDeps } from './deps.ts';
import { findParent } from './findParent.ts';
import { answerPublicly, type PublicPage } from './headers.ts';
import { answerRefusedParameter } from './messagePages.ts';
import { renderStoryPage, type StoryPage } from './storyPage.ts';
import { answerUnreadable, findStoryToRead, findThread, parseStoryRequest } from './storyRequest.ts';
import { keepLanguage, readChoices, withChoices } from './choices.ts';

/** `GET /s/:site/:story`: the story with its comments; 301 where it moved to, 410 where it was withdrawn. A story that
 *  `?url=` names is led to by a redirect, so that it has one address. */
export async function getStory(deps: SiteDeps, call: Call): Promise<Answer> {
  const read = await findStoryToRead(deps, call);
  if (read.outcome !== 'found') return read;
  const { site, story } = read;
  if (story.story !== call.params['story']) return leadTo(story, call);
  const reported = readParameter(call, 'report');
  if (reported.outcome === 'parsed' && isPublicId(reported.value)) return leadToReport(story, reported.value, call);
  const wanted = parseStoryRequest(call);
  if (wanted.outcome === 'refused') return answerRefusedParameter(deps, call, { site, refusal: wanted.refusal });
  const found = await findThread(deps, story, wanted.value);
  // Withdrawn or moved since it was read above.
  if (!found) return answerUnreadable(deps, call, { site, story: await deps.kept.findStory(site.site, story.story) });
  const parent = await findParent(deps.store, story, wanted.value.reply);
  const language = chooseInterface(story.language, site.language);
  const made = makeOrRecall({
    site,
    story,
    language,
    ...found,
    form: {
      guidelines: await deps.kept.listGuidelines(site.site),
      token: deps.formToken(site.site, story.story, call.now),
      parent,
      signIn: deps.signInSites?.has(site.site) ? { failed: call.query['sign-in'] === 'failed' } : undefined,
    },
    choices: keepLanguage(readChoices(call), language, site),
    openness: readOpenness(site, story, call.now),
    publicUrl: deps.publicUrl,
    assetsFolder: deps.assetsFolder,
  });
  return answerPublicly(call, { ...made, language, site });
}

/** 302 to the story's own address, with what else was asked: its links name the story by the key in their path. */
function leadTo({ site, story }: Story, { query }: Call): Answer {
  const asked = new URLSearchParams();
  for (const [name, value = []] of Object.entries(query)) {
    if (name !== 'url') for (const one of typeof value === 'string' ? [value] : value) asked.append(name, one);
  }
  const location = `/s/${site}/${story}${asked.size === 0 ? '' : `?${asked}`}`;
  return { outcome: 'answered', status: 302, headers: { location, 'cache-control': 'no-store' } };
}

/** 302 to the page on which a comment is reported. The thread's own links name it within the story's page, wherever that page
 *  stands. */
function leadToReport({ site, story }: Story, comment: string, call: Call): Answer {
  const location = withChoices(`/s/${site}/${story}/report/${comment}`, { size: readChoices(call).size });
  return { outcome: 'answered', status: 302, headers: { location, 'cache-control': 'no-store' } };
}

type Made = { key: readonly unknown[]; page: { body: Uint8Array; etag: string } };

// The page that nearly every reader asks for is made once for each change: the rows are the same objects for as long as
// nothing changed (record/kept.ts, publication/threadPages.ts), and the token is the same for an hour.
const known = new WeakMap<RenderedThread, Made>();

function makeOrRecall(page: StoryPage): Pick<PublicPage, 'body' | 'etag'> {
  if (page.choices.size !== undefined || page.form.parent || page.commentGone || page.form.signIn?.failed)
    return { body: renderStoryPage(page) };
  const { site, story, form, openness } = page;
  const key = [site, story, form.guidelines, form.token, openness.open, openness.until?.getTime()];
  const before = known.get(page.thread);
  if (before?.key.every((part, at) => part === key[at])) return before.page;
  const body = Buffer.from(renderStoryPage(page));
  const made = { body, etag: makeEtag(body) };
  known.set(page.thread, { key, page: made });
  return made;
}
