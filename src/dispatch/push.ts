import { isPublicId } from '../contract/ids.ts';
import { isObject } from '../contract/json.ts';
import { directionOfLanguage } from '../contract/languages.ts';
import { chooseInterface, translate, translateCount } from '../contract/messages.ts';
import { parsePushTarget, weighEndpoint, type PushMessage, type PushTarget } from '../contract/push.ts';
import type { Site } from '../contract/site.ts';
import { isTold } from '../contract/story.ts';
import { commentLink } from '../contract/thread.ts';
import { listUntoldReplies } from '../record/authorMail.ts';
import { openContact } from '../record/contactSeal.ts';
import { findNotice } from '../record/notices.ts';
import type { Delivery } from '../record/outbox.ts';
import { deletePush, findPush, settlePushedReplies } from '../record/push.ts';
import { pushKey } from '../record/pushKey.ts';
import { nothingOwed, sealedOtherwise, unreadable, type AtSite, type CourierDeps } from './courierDeps.ts';
import { oneLine } from './letter.ts';
import { sendOutbound } from './outbound.ts';
import type { Attempt } from './retry.ts';

/** What a row of the kind `push` is about. */
type Owed = { comment: string; about: 'decision' | 'appeal'; seq: number } | { comment: string; about: 'replies' };

function readOwed(body: unknown): Owed | undefined {
  if (!isObject(body)) return undefined;
  const { comment, about, seq } = body;
  if (!isPublicId(comment)) return undefined;
  if (about === 'replies') return { comment, about };
  const isNotice = about === 'decision' || about === 'appeal';
  return isNotice && typeof seq === 'number' && Number.isSafeInteger(seq) ? { comment, about, seq } : undefined;
}

/** Makes one attempt to tell an author's browser. */
export async function carryPush(deps: CourierDeps, delivery: Delivery, at: AtSite): Promise<Attempt> {
  const owed = readOwed(delivery.body);
  if (!owed) return unreadable;
  const { store, secret } = deps;
  const { site, now } = at;
  const named = { site: site.site, comment: owed.comment };
  const push = await findPush(store, { ...named, now });
  if (!push) return nothingOwed;
  const opened = openContact(secret, { site: site.site, kind: 'push', id: owed.comment }, push.sealed);
  const target = opened === undefined ? undefined : parsePushTarget(JSON.parse(opened));
  if (!target) return sealedOtherwise;
  if (owed.about === 'replies') return carryReplies(deps, { ...named, ...push, target }, at);
  const notice = site.settings.push === 'on' ? await findNotice(store, site.site, owed) : undefined;
  if (!notice || notice.state === 'erased') return nothingOwed;
  const body = translate(push.language, `push.${owed.about}`);
  const message = { ...writeFrame(site, push.language), body, url: '/receipt', tag: owed.comment };
  return send(deps, { ...named, target, message }, at);
}

type Listening = { site: string; comment: string; target: PushTarget; language: string; toldPosition: number };

async function carryReplies(deps: CourierDeps, listening: Listening, at: AtSite): Promise<Attempt> {
  const { store, kept } = deps;
  const { site, now } = at;
  const { comment, language, target } = listening;
  const named = { site: site.site, comment };
  const replies = await listUntoldReplies(store, { ...named, told: listening.toldPosition });
  const told = Math.max(0, ...replies.map(({ position }) => position));
  const [first] = replies;
  const story = first && site.settings.push === 'on' ? await kept.findStory(site.site, first.story) : undefined;
  if (!first || !story) {
    await settlePushedReplies(store, { ...named, told, sentAt: null, now });
    return nothingOwed;
  }
  const message = {
    ...writeFrame(site, language),
    body: translateCount(language, 'push.replies', replies.length),
    // A story that is known by its address alone stands on a page of the publisher's.
    url: isTold(story) ? `/s/${site.site}/${story.story}${commentLink(first.id)}` : '/receipt',
    tag: `${comment}/replies`,
  };
  const attempt = await send(deps, { ...named, target, message }, at);
  if (attempt.attempt === 'delivered') await settlePushedReplies(store, { ...named, told, sentAt: now, now });
  return attempt;
}

// Shown on locked screens: the site alone, as the subjects of mails.
function writeFrame(site: Site, language: string): Pick<PushMessage, 'title' | 'lang' | 'dir'> {
  const lang = chooseInterface(language);
  return { title: oneLine(site.name), lang, dir: directionOfLanguage(lang) };
}

// For how long a push service keeps it for a browser that is off.
const keptSeconds = 3 * 86_400;

async function send(
  deps: CourierDeps,
  { site, comment, target, message }: { site: string; comment: string; target: PushTarget; message: PushMessage },
  { signal }: AtSite,
): Promise<Attempt> {
  const weighed = weighEndpoint(target.endpoint, deps.pushServices);
  if (weighed === 'refused') return { attempt: 'failed', reason: 'push_service_unknown', again: 'never' };
  const { headers, body } = await encrypt(deps, target, message);
  const outbound = { url: target.endpoint, body, headers, signal };
  const answer = await sendOutbound(outbound, { ...deps.outbound, allowPrivate: weighed === 'private' });
  if (answer.outcome === 'unreachable') return { attempt: 'failed', reason: `push_${answer.reason}`, again: 'soon' };
  if (answer.outcome === 'refused') return { attempt: 'failed', reason: `push_${answer.reason}`, again: 'never' };
  const { status } = answer;
  if (status >= 200 && status < 300) return { attempt: 'delivered' };
  if (status === 404 || status === 410) {
    // The reader has taken the permission back, or the browser is gone.
    await deletePush(deps.store, { site, comment });
    return { attempt: 'delivered', note: 'push_gone' };
  }
  return { attempt: 'failed', reason: `push_${status}`, again: status === 429 || status >= 500 ? 'soon' : 'seldom' };
}

async function encrypt(
  { secret, publicUrl }: CourierDeps,
  target: PushTarget,
  message: PushMessage,
): Promise<{ headers: Record<string, string>; body: Buffer }> {
  // Loaded with the first message: most starts send none.
  const { default: webPush } = await import('web-push');
  const subject = publicUrl.startsWith('https:') ? publicUrl : 'mailto:stet@localhost';
  const made = webPush.generateRequestDetails(target, JSON.stringify(message), {
    vapidDetails: { subject, ...pushKey(secret) },
    TTL: keptSeconds,
    contentEncoding: 'aes128gcm',
  });
  const headers = Object.entries(made.headers).filter(([name]) => name.toLowerCase() !== 'content-length');
  return {
    headers: Object.fromEntries(headers.map(([name, value]) => [name, String(value)])),
    body: made.body ?? Buffer.alloc(0),
  };
}
