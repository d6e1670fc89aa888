import { createHmac } from 'node:crypto';
import { isPublicId } from '../contract/ids.ts';
import { isObject } from '../contract/json.ts';
import type { Site } from '../contract/site.ts';
import { openContact } from '../record/contactSeal.ts';
import { deriveKey } from '../record/deriveKey.ts';
import { findGuidelineVersion } from '../record/guidelines.ts';
import type { Kept } from '../record/kept.ts';
import { findContact, findNotice } from '../record/notices.ts';
import { withoutSmtp, type Delivery } from '../record/outbox.ts';
import type { Store } from '../record/store.ts';
import { webhookKey } from '../record/webhookKey.ts';
import { readAlertFigures, repeatHours, writeAlert, type AlertFigures } from './alert.ts';
import { writeNotice } from './noticeLetter.ts';
import { sendOutbound, type OutboundLimits } from './outbound.ts';
import type { Attempt } from './retry.ts';
import { mailHost, type Mailer } from './smtp.ts';

/** What deliveries are made with. Without a mailer mails wait. */
export type CourierDeps = {
  store: Store;
  kept: Kept;
  secret: string;
  publicUrl: string;
  mailer: Mailer | undefined;
  outbound: OutboundLimits;
};

type At = { now: Date; signal: AbortSignal };

// Nothing is left to do, and that is no failure: no address was left, or the author erased the comment.
const nothingOwed: Attempt = { attempt: 'delivered', note: 'nothing_owed' };
const unreadable: Attempt = { attempt: 'failed', reason: 'body_unknown', again: 'never' };
// A mail is looked at again this often while there is no mail server; a start with one wakes it at once (`wakeMails`).
const withoutSmtpMinutes = 360;

/** Makes one attempt at a row of the outbox. Throws only where the database does. */
export async function carry(deps: CourierDeps, delivery: Delivery, at: At): Promise<Attempt> {
  const site = await deps.kept.findSite(delivery.site);
  if (!site) return nothingOwed;
  switch (delivery.kind) {
    case 'decision':
    case 'appeal':
      return carryNotice(deps, { ...delivery, kind: delivery.kind }, { ...at, site });
    case 'alert_mail':
    case 'alert_webhook':
      return carryAlert(deps, delivery, { ...at, site });
  }
}

async function carryNotice(
  deps: CourierDeps,
  delivery: Delivery & { kind: 'decision' | 'appeal' },
  { site, now, signal }: At & { site: Site },
): Promise<Attempt> {
  const named = readNamed(delivery.body);
  if (!named) return unreadable;
  const contact = await findContact(deps.store, site.site, { comment: named.comment, now });
  if (!contact) return nothingOwed;
  const notice = await findNotice(deps.store, site.site, named);
  if (!notice) return nothingOwed;
  const { mailer, publicUrl } = deps;
  if (!mailer) return { attempt: 'waits', reason: withoutSmtp, minutes: withoutSmtpMinutes };
  const guideline = await findGuideline(deps.store, site.site, notice);
  const { language, deleteAfter } = contact;
  const written = writeNotice({ kind: delivery.kind, notice, guideline, site, language, deleteAfter, publicUrl, now });
  if (!written) return nothingOwed;
  const to = openContact(deps.secret, { site: site.site, kind: 'comment', id: named.comment }, contact.sealed);
  if (to === undefined) return { attempt: 'failed', reason: 'contact_sealed_otherwise', again: 'never' };
  const letter = { ...written, to, fromName: site.name, language, messageId: nameMessage(deps, delivery) };
  return mailer.send(letter, { now, signal });
}

function findGuideline(
  store: Store,
  site: string,
  { guideline, guidelineVersion }: { guideline: string | null; guidelineVersion: number | null },
): ReturnType<typeof findGuidelineVersion> | undefined {
  if (guideline === null || guidelineVersion === null) return undefined;
  return findGuidelineVersion(store, site, { guideline, version: guidelineVersion });
}

async function carryAlert(deps: CourierDeps, delivery: Delivery, at: At & { site: Site }): Promise<Attempt> {
  const figures = readAlertFigures(delivery.body);
  if (!figures) return unreadable;
  const { site, now } = at;
  // By then the next one is owed, if the wait lasts: yesterday's alarm would only confuse.
  const isStale = now.getTime() - delivery.createdAt.getTime() >= repeatHours * 3_600_000;
  const isMail = delivery.kind === 'alert_mail';
  if (isStale) return { attempt: 'failed', reason: isMail && !deps.mailer ? withoutSmtp : 'stale', again: 'never' };
  if (!isMail) return callWebhook(deps, delivery, { ...at, figures });
  const to = site.settings['alert.mail'];
  if (to === '') return nothingOwed;
  if (!deps.mailer) return { attempt: 'waits', reason: withoutSmtp, minutes: 60 * repeatHours };
  const written = writeAlert(figures, site, deps.publicUrl);
  const { language } = site;
  const letter = { ...written, to, fromName: site.name, language, messageId: nameMessage(deps, delivery) };
  return deps.mailer.send(letter, at);
}

async function callWebhook(
  deps: CourierDeps,
  delivery: Delivery,
  { site, now, signal, figures }: At & { site: Site; figures: AlertFigures },
): Promise<Attempt> {
  const url = site.settings['alert.webhook'];
  if (url === '') return nothingOwed;
  const desk = `${deps.publicUrl}/desk`;
  const body = JSON.stringify({
    id: nameMessage(deps, delivery),
    kind: 'held_too_long',
    site: site.site,
    ...figures,
    desk,
  });
  const headers = {
    'content-type': 'application/json',
    'user-agent': 'Stet',
    'stet-signature': signBody(body, webhookKey(deps.secret, site.site), now),
  };
  const answer = await sendOutbound({ url, body, headers, signal }, deps.outbound);
  if (answer.outcome === 'unreachable') return { attempt: 'failed', reason: `webhook_${answer.reason}`, again: 'soon' };
  if (answer.outcome === 'refused') return { attempt: 'failed', reason: `webhook_${answer.reason}`, again: 'seldom' };
  if (answer.status >= 200 && answer.status < 300) return { attempt: 'delivered' };
  return { attempt: 'failed', reason: `webhook_${answer.status}`, again: 'soon' };
}

/** `t=<seconds since 1970>,v1=<hex>`: HMAC-SHA-256 of `<t>.<body>`, so that an old call cannot be sent again later by
 *  whoever saw it. `key` as the operator hands it out, in hex. */
export function signBody(body: string, key: string, now: Date): string {
  const seconds = Math.floor(now.getTime() / 1000);
  return `t=${seconds},v1=${createHmac('sha256', key).update(`${seconds}.${body}`).digest('hex')}`;
}

// The same for every attempt at a row, so that what is sent twice can be folded into one; it tells nothing by itself.
function nameMessage({ secret, publicUrl }: CourierDeps, { site, id }: Delivery): string {
  const name = createHmac('sha256', deriveKey(secret, 'message id')).update(`${site}/${id}`).digest('hex');
  return `${name.slice(0, 32)}@${mailHost(publicUrl)}`;
}

function readNamed(body: unknown): { comment: string; seq: number } | undefined {
  if (!isObject(body)) return undefined;
  const { comment, seq } = body;
  return isPublicId(comment) && typeof seq === 'number' && Number.isSafeInteger(seq) ? { comment, seq } : undefined;
}
