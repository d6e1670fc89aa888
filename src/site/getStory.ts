import { html } from '../contract/html.ts';
import { readParameter, type Answer, type Call } from '../contract/http.ts';
import { parsed, type Parsed } from '../contract/json.ts';
import { chooseInterface } from '../contract/messages.ts';
import type { Site } from '../contract/site.ts';
import { isOpenForComments, type Story } from '../contract/story.ts';
import { firstPage, parseThreadRequest, type ThreadRequest } from '../publication/thread.ts';
import type { RenderedThread } from '../publication/threadPages.ts';
import { findNamedStory } from '../record/namedStory.ts';
import type { SiteDeps } from './deps.ts';
import { findParent } from './findParent.ts';
import { answerPublicly } from './headers.ts';
import { answerGone, answerNotFound, answerRefusedParameter } from './messagePages.ts';
import { renderStoryPage, type StoryPage } from './storyPage.ts';
import { keepLanguage, readChoices } from './choices.ts';

/** `GET /s/:site/:story`: the story with its comments; 301 where it moved to, 410 where it was withdrawn. A story that
 *  `?url=` names is led to by a redirect, so that it has one address. */
export async function getStory(deps: SiteDeps, call: Call): Promise<Answer> {
  const site = await deps.kept.findSite(call.params['site']);
  if (!site) return answerNotFound(deps, call);
  const named = await findNamedStory(deps.kept, call);
  // For a person somebody else's address is one at which there is nothing, like an unknown one.
  if (named.outcome === 'refused' && named.refusal.reason === 'parameter_malformed')
    return answerRefusedParameter(deps, call, { site, refusal: named.refusal });
  const story = named.outcome === 'parsed' ? named.value.story : undefined;
  if (!story) return answerNotFound(deps, call, site);
  if (!isReadable(story)) return answerUnreadable(deps, call, { site, story });
  if (story.story !== call.params['story']) return leadTo(story, call);
  const wanted = parseStoryRequest(call);
  if (wanted.outcome === 'refused') return answerRefusedParameter(deps, call, { site, refusal: wanted.refusal });
  const found = await findThread(deps, story, wanted.value);
  // Withdrawn or moved since it was read above.
  if (!found) return answerUnreadable(deps, call, { site, story: await deps.kept.findStory(site.site, story.story) });
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

function isReadable({ movedTo, withdrawnAt }: Story): boolean {
  return movedTo === undefined && !withdrawnAt;
}

function answerUnreadable(
  deps: SiteDeps,
  call: Call,
  { site, story }: { site: Site; story: Story | undefined },
): Answer {
  return story?.movedTo === undefined ? answerGone(deps, call, site) : answerMoved(story.movedTo);
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

/** The page of comments that was asked for, or the first one where that is not there (any more). Undefined where the story
 *  itself is not there any more. */
async function findThread(
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
