import { html } from '../contract/html.ts';
import { readParameter, type Answer, type Call } from '../contract/http.ts';
import { parsed, type Parsed } from '../contract/json.ts';
import { chooseInterface } from '../contract/messages.ts';
import { isOpenForComments, type Story } from '../contract/story.ts';
import { firstPage, parseThreadRequest, type ThreadRequest } from '../publication/thread.ts';
import type { RenderedThread } from '../publication/threadPages.ts';
import type { SiteDeps } from './deps.ts';
import { findParent } from './findParent.ts';
import { answerPublicly } from './headers.ts';
import { answerGone, answerNotFound, answerRefusedParameter } from './messagePages.ts';
import { renderStoryPage, type StoryPage } from './storyPage.ts';
import { keepLanguage, readChoices } from './choices.ts';

/** `GET /s/:site/:story`: the story with its comments; 301 where it moved to, 410 where it was withdrawn. */
export async function getStory(deps: SiteDeps, call: Call): Promise<Answer> {
  const { site: siteKey, story: storyKey } = call.params;
  const site = await deps.kept.findSite(siteKey);
  const story = site && (await deps.kept.findStory(site.site, storyKey));
  if (!site || !story) return answerNotFound(deps, call, site);
  if (story.movedTo !== undefined) return answerMoved(story.movedTo);
  if (story.withdrawnAt) return answerGone(deps, call, site);
  const wanted = parseStoryRequest(call);
  if (wanted.outcome === 'refused') return answerRefusedParameter(deps, call, { site, refusal: wanted.refusal });
  const found = await findThread(deps, story, wanted.value);
  const parent = await findParent(deps.store, story, wanted.value.reply);
  const language = chooseInterface(story.language, site.language);
  const body = makeOrRecall({
    site,
    story,
    language,
    ...found,
    form: {
      guidelines: await deps.kept.listGuidelines(site.site),
      token: deps.formToken(site.site, story.story, call.now),
      parent,
    },
    choices: keepLanguage(readChoices(call), language, site),
    now: call.now,
    publicUrl: deps.publicUrl,
    assetsFolder: deps.assetsFolder,
  });
  return answerPublicly(call, { body, language, site });
}

function answerMoved(movedTo: string): Answer {
  const headers = {
    location: new URL(movedTo).href,
    'content-type': 'text/html; charset=utf-8',
    'cache-control': 'no-cache',
  };
  return {
    outcome: 'answered',
    status: 301,
    headers,
    body: html`<!doctype html><title>301</title><a href="${movedTo}">${movedTo}</a>`.toString(),
  };
}

type StoryRequest = { thread: ThreadRequest; commentGone: boolean; reply: string | undefined };

function parseStoryRequest(call: Call): Parsed<StoryRequest> {
  const thread = parseThreadRequest(call);
  // A permalink that a mail program cut short is no reason to keep the story from its reader.
  if (thread.outcome === 'refused' && thread.refusal.reason !== 'comment_unknown') return thread;
  const reply = readParameter(call, 'reply');
  if (reply.outcome === 'refused') return reply;
  return parsed({
    thread: thread.outcome === 'parsed' ? thread.value : firstPage,
    commentGone: thread.outcome === 'refused',
    reply: reply.value,
  });
}

type FoundThread = Pick<StoryPage, 'thread' | 'request' | 'commentGone'>;

/** The page of comments that was asked for, or the first one where that is not there (any more). */
async function findThread(
  { publication }: SiteDeps,
  { site, story }: Story,
  wanted: StoryRequest,
): Promise<FoundThread> {
  const { thread: request, commentGone } = wanted;
  const page = await publication.renderThread(site, story, request);
  if (page.outcome === 'made') return { thread: page.value, request, commentGone };
  const whole = { ...firstPage, sort: request.sort };
  const first = await publication.renderThread(site, story, whole);
  if (first.outcome !== 'made') throw new Error(`no thread for the story ${site}/${story}: ${first.refusal.reason}`);
  return { thread: first.value, request: whole, commentGone: request.comment !== undefined };
}

type Made = { key: readonly unknown[]; body: string };

// The page that nearly every reader asks for is made once for each change: the rows are the same objects for as long as
// nothing changed (record/kept.ts, publication/threadPages.ts), and the token is the same for an hour.
const made = new WeakMap<RenderedThread, Made>();

function makeOrRecall(page: StoryPage): string {
  if (page.choices.size !== undefined || page.form.parent || page.commentGone) return renderStoryPage(page);
  const { site, story, form, now } = page;
  const key = [site, story, form.guidelines, form.token, isOpenForComments(story, now)];
  const known = made.get(page.thread);
  if (known?.key.every((part, at) => part === key[at])) return known.body;
  const body = renderStoryPage(page);
  made.set(page.thread, { key, body });
  return body;
}
