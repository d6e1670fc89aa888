import { randomBytes } from 'node:crypto';
import { answerHtml, answerJson, readHeader, type Answer, type Call, type Handler } from '../contract/http.ts';
import { isPublicId } from '../contract/ids.ts';
import { parsed, type Parsed } from '../contract/json.ts';
import { isReaderNumber, parseReaction, readerCookie, type ReactionAnswer } from '../contract/reaction.ts';
import { readLanguage } from '../contract/readLanguage.ts';
import { refusalStatuses, refused } from '../contract/refusals.ts';
import type { Site } from '../contract/site.ts';
import { findPublishedPlace } from '../record/publishedPlace.ts';
import { keepReaction } from '../record/reactions.ts';
import { checkEligibility } from './eligibility.ts';
import { nameClient } from './nameClient.ts';
import { retryHeader } from './retryHeader.ts';
import type { IntakeTools } from './tools.ts';
import { whileAvailable } from './whileAvailable.ts';

/** What became of a reaction, and the cookie for a browser that has none yet. */
type Reacted = Parsed<{ answer: ReactionAnswer; cookie?: string }>;

/** Takes what a reader says of a published comment, or takes it back: 200 with the counts, or the page of a plain form. */
export function postReaction(tools: IntakeTools): Handler {
  const show = async (call: Call, reacted: Reacted): Promise<Answer> => {
    const refusal = reacted.outcome === 'refused' ? reacted.refusal : undefined;
    const page = await tools.pages.renderReacted({
      language: readLanguage(call, 'en'),
      comment: call.params['id'] ?? '',
      ...(reacted.outcome === 'refused' ? { refusal: reacted.refusal } : { reacted: reacted.value.answer }),
    });
    const status = refusal ? refusalStatuses[refusal.reason] : 200;
    return answerHtml(status, page, { ...retryHeader(refusal), ...cookieOf(reacted) });
  };
  const take: Handler = async (call) => {
    const reacted = await react(tools, call);
    if (call.isForm) return show(call, reacted);
    if (reacted.outcome === 'refused') return reacted;
    return answerJson(200, reacted.value.answer, cookieOf(reacted));
  };
  return whileAvailable(take, show);
}

async function react(tools: IntakeTools, call: Call): Promise<Reacted> {
  const comment = call.params['id'];
  if (!isPublicId(comment)) return refused('comment_unknown');
  const found = await findPublishedPlace(tools, comment);
  if (!found?.story) return refused('comment_unknown');
  const { site, story } = found;
  if (site.settings.reactions !== 'on') return refused('switched_off');
  const closed = checkEligibility({ site, story }, call.now);
  if (closed) return closed;
  if (isForeign(call, site, tools.publicUrl)) return refused('origin_foreign');
  const draft = parseReaction(call.body);
  if (draft.outcome === 'refused') return draft;
  const { kind } = draft.value;
  const { bucket } = nameClient(tools, call);
  const counted = await tools.limits.countReaction({ site, network: bucket, comment });
  if (counted.outcome === 'refused') return counted;
  const known = draft.value.reader ?? readNumber(call);
  const number = known ?? randomBytes(16).toString('base64url');
  // Over the comment too: nobody who reads the rows learns that two reactions are of one browser.
  const reader = tools.keys.reaction([story.site, comment, number].join('\n')).slice(0, 32);
  const reactions = await keepReaction(tools.store, { site: site.site, comment, reader, kind });
  if (!reactions) return refused('comment_unknown');
  const answer = { comment, kind, reactions };
  return parsed(known === undefined ? { answer, cookie: writeCookie(number, tools.publicUrl) } : { answer });
}

/** Whether somebody else's page made the browser send this. Our pages tell nobody where they are, so that their forms come from
 *  `null`; which of those are ours the browser says itself, where the connection is a safe one. */
function isForeign(call: Call, site: Site, publicUrl: string): boolean {
  const origin = readHeader(call, 'origin');
  const from = readHeader(call, 'sec-fetch-site');
  if (origin === undefined || from === 'same-origin') return false;
  if (origin === 'null') return from !== undefined;
  return origin !== URL.parse(publicUrl)?.origin && !site.origins.includes(origin);
}

/** The number that the browser was given; undefined without one, and with two. */
function readNumber(call: Call): string | undefined {
  const pairs = (readHeader(call, 'cookie') ?? '').split(';').map((pair) => pair.trim().split('='));
  const [number, ...more] = pairs.filter(([name]) => name === readerCookie.name).map(([, value]) => value);
  return more.length === 0 && isReaderNumber(number) ? number : undefined;
}

// Sent back to this one address and to no page, so that pages stay the same for everybody. From a publisher's page, into which
// the comments were included, a form comes from another site: browsers send the cookie along only where it says so.
function writeCookie(number: string, publicUrl: string): string {
  const { name, days, path } = readerCookie;
  const where = publicUrl.startsWith('https:') ? 'SameSite=None; Secure' : 'SameSite=Lax';
  return `${name}=${number}; Path=${path}; Max-Age=${days * 86_400}; HttpOnly; ${where}`;
}

function cookieOf(reacted: Reacted): Record<string, string> {
  const cookie = reacted.outcome === 'parsed' ? reacted.value.cookie : undefined;
  return cookie === undefined ? {} : { 'set-cookie': cookie };
}
