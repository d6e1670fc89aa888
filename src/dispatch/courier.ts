import { createHmac } from 'node:crypto';
import { openContact } from '../record/contactSeal.ts';
import { withoutSmtp, type Delivery } from '../record/outbox.ts';
import { findReport, findReporter } from '../record/reports.ts';
import { webhookKey } from '../record/webhookKey.ts';
import { readAlertFigures, repeatHours, writeAlert, type AlertFigures } from './alert.ts';
import { carryToAuthor } from './authorMail.ts';
import {
  nameMessage,
  nothingOwed,
  sealedOtherwise,
  unreadable,
  waitsForSmtp,
  type At,
  type AtSite,
  type CourierDeps,
} from './courierDeps.ts';
import { sendOutbound } from './outbound.ts';
import { carryPush } from './push.ts';
import type { Attempt } from './retry.ts';
import { readEmail, readReport, writeReportLetter } from './reportLetter.ts';
import { readAccount, writeSignIn } from './signInLetter.ts';

/** Makes one attempt at a row of the outbox. Throws only where the database does. */
export async function carry(deps: CourierDeps, delivery: Delivery, at: At): Promise<Attempt> {
  const site = await deps.kept.findSite(delivery.site);
  if (!site) return nothingOwed;
  switch (delivery.kind) {
    case 'confirm':
    case 'decision':
    case 'appeal':
    case 'replies':
      return carryToAuthor(deps, { ...delivery, kind: delivery.kind }, { ...at, site });
    case 'push':
      return carryPush(deps, delivery, { ...at, site });
    case 'alert_mail':
    case 'alert_webhook':
      return carryAlert(deps, delivery, { ...at, site });
    case 'sign_in':
      return carrySignIn(deps, delivery, { ...at, site });
    case 'report':
      return carryReport(deps, delivery, { ...at, site });
  }
}

async function carryReport(deps: CourierDeps, delivery: Delivery, at: AtSite): Promise<Attempt> {
  const { site } = at;
  const named = readReport(delivery.body);
  if (!named) return unreadable;
  const reporter = await findReporter(deps.store, site.site, named.report);
  const report = reporter && (await findReport(deps.store, site.site, named.report));
  if (!report) return nothingOwed;
  if (!deps.mailer) return waitsForSmtp;
  const { language, sealed } = reporter;
  const opened = openContact(deps.secret, { site: site.site, kind: 'report', id: named.report }, sealed);
  if (opened === undefined) return sealedOtherwise;
  const to = readEmail(opened);
  if (to === undefined) return nothingOwed;
  const written = writeReportLetter({ report, confirms: named.confirms, site, language, publicUrl: deps.publicUrl });
  const letter = { ...written, to, fromName: site.name, language, messageId: nameMessage(deps, delivery) };
  return deps.mailer.send(letter, at);
}

async function carryAlert(deps: CourierDeps, delivery: Delivery, at: AtSite): Promise<Attempt> {
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

// By then whoever asked has looked, or asked again.
const signInHours = 24;

async function carrySignIn(deps: CourierDeps, delivery: Delivery, at: AtSite): Promise<Attempt> {
  const { site, now } = at;
  const id = readAccount(delivery.body);
  if (id === undefined) return unreadable;
  const isStale = now.getTime() - delivery.createdAt.getTime() >= signInHours * 3_600_000;
  if (isStale) return { attempt: 'failed', reason: deps.mailer ? 'stale' : withoutSmtp, again: 'never' };
  if (!deps.mailer) return waitsForSmtp;
  const made = await deps.mailSignIn({ site: site.site, id }, now);
  if (!made) return nothingOwed;
  const written = writeSignIn(`${deps.publicUrl}/desk/sign-in#${made.secret}`, site);
  const { language } = site;
  const letter = { ...written, to: made.email, fromName: site.name, language, messageId: nameMessage(deps, delivery) };
  return deps.mailer.send(letter, at);
}

async function callWebhook(
  deps: CourierDeps,
  delivery: Delivery,
  { site, now, signal, figures }: AtSite & { figures: AlertFigures },
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
