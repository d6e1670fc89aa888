import { html } from '../contract/html.ts';
import { readParameter, type Answer, type Call } from '../contract/http.ts';
import { parsed, type Parsed } from '../contract/json.ts';
import type { Site } from '../contract/site.ts';
import { isReadable, type Story } from '../contract/story.ts';
import { firstPage, parseThreadRequest, type ThreadRequest } from '../publication/thread.ts';
import { findNamedStory } from '../record/namedStory.ts';
import type { SiteDeps } from './deps.ts';
import { answerGone, answerNotFound, answerRefusedParameter } from './messagePages.ts';
import type { StoryPage } from './storyPage.ts';

/** The site, and its story that an address names, where readers may read it; else what is answered in its place. */
export async function findStoryToRead(
  deps: SiteDeps,
  call: Call,
): Promise<{ outcome: 'found'; site: Site; story: Story } | Answer> {
  const site = await deps.kept.findSite(call.params['site']);
  if (!site) return answerNotFound(deps, call);
  const named = await findNamedStory(deps.kept, call);
  // For a person somebody else's address is one at which there is nothing, like an unknown one.
  if (named.outcome === 'refused' && named.refusal.reason === 'parameter_malformed')
    return answerRefusedParameter(deps, call, { site, refusal: named.refusal });
  const story = named.outcome === 'parsed' ? named.value.story : undefined;
  if (!story) return answerNotFound(deps, call, site);
  if (!isReadable(story)) return answerUnreadable(deps, call, { site, story });
  return { outcome: 'found', site, story };
}

/** 301 where it moved to, 410 where it was withdrawn. */
export function answerUnreadable(
  deps: SiteDeps,
  call: Call,
  { site, story }: { site: Site; story: Story | undefined },
): Answer {
  return story?.movedTo === undefined ? answerGone(deps, call, site) : answerMoved(story.movedTo);
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

/** What an address asks of a story's comments. `commentGone` where it names a comment and that is none. */
export type StoryRequest = { thread: ThreadRequest; commentGone: boolean; reply: string | undefined };

/** The request of the story's page, by `sort`, `limit`, `after`, `comment` and `reply`. */
export function parseStoryRequest(call: Call): Parsed<StoryRequest> {
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

/** The page of comments that was asked for, or the first one where that is not there (any more). Undefined where the story
 *  itself is not there any more. */
export async function findThread(
  { publication }: SiteDeps,
  { site, story }: Story,
  wanted: StoryRequest,
): Promise<FoundThread | undefined> {
  const { thread: request, commentGone } = wanted;
  const page = await publication.renderThread(site, story, request);
  if (page.outcome === 'made') return { thread: page.value, request, commentGone };
  const whole = { ...firstPage, sort: request.sort };
  const first = await publication.renderThread(site, story, whole);
  if (first.outcome === 'refused') {
    if (first.refusal.reason === 'story_gone') return undefined;
    throw new Error(`no thread for the story ${site}/${story}: ${first.refusal.reason}`);
  }
  return { thread: first.value, request: whole, commentGone: request.comment !== undefined };
}
