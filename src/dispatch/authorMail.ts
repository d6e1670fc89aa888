import { mostAsked } from '../contract/authorMail.ts';
import { isPublicId } from '../contract/ids.ts';
import { isObject } from '../contract/json.ts';
import { chooseInterface } from '../contract/messages.ts';
import { addDays } from '../contract/time.ts';
import { listUntoldReplies, settleReplies } from '../record/authorMail.ts';
import { openContact } from '../record/contactSeal.ts';
import { findGuidelineVersion } from '../record/guidelines.ts';
import { nameAddress, takeAsk } from '../record/mailAddress.ts';
import { findContact, findNotice, type Notice, type SealedContact } from '../record/notices.ts';
import type { Delivery } from '../record/outbox.ts';
import { receiptTokens } from '../record/receiptToken.ts';
import type { Store } from '../record/store.ts';
import { writeConfirm } from './confirmLetter.ts';
import {
  nameMessage,
  nothingOwed,
  sealedOtherwise,
  unreadable,
  waitsForSmtp,
  type AtSite,
  type CourierDeps,
} from './courierDeps.ts';
import { writeNotice } from './noticeLetter.ts';
import { writeReplies } from './repliesLetter.ts';
import type { Attempt } from './retry.ts';
import type { Mailer } from './smtp.ts';

/** What a row of the outbox owes to the author of a comment. */
export type AuthorDelivery = Delivery & { kind: 'confirm' | 'decision' | 'appeal' | 'replies' };

/** Makes one attempt at a mail to the author of a comment: the one that asks whether the address is theirs, and only after
 *  that was confirmed what they are told. */
export async function carryToAuthor(deps: CourierDeps, delivery: AuthorDelivery, at: AtSite): Promise<Attempt> {
  const comment = isObject(delivery.body) ? delivery.body['comment'] : undefined;
  if (!isPublicId(comment)) return unreadable;
  const contact = await findContact(deps.store, at.site.site, { comment, now: at.now });
  const isDue = delivery.kind === 'confirm' ? contact && !contact.isConfirmed : contact?.isConfirmed;
  if (!contact || !isDue) return nothingOwed;
  const owed = { delivery, comment, contact };
  switch (delivery.kind) {
    case 'confirm':
      return carryConfirm(deps, owed, at);
    case 'decision':
    case 'appeal':
      return carryNotice(deps, { ...owed, kind: delivery.kind }, at);
    case 'replies':
      return carryReplies(deps, owed, at);
  }
}

type Owed = { delivery: Delivery; comment: string; contact: SealedContact };

async function carryConfirm(deps: CourierDeps, owed: Owed, { site, now, signal }: AtSite): Promise<Attempt> {
  const { store, secret, mailer, publicUrl } = deps;
  const { comment, contact, delivery } = owed;
  if (!mailer) return waitsForSmtp;
  const to = openContact(secret, { site: site.site, kind: 'comment', id: comment }, contact.sealed);
  if (to === undefined) return sealedOtherwise;
  const may = await takeAsk(store, {
    site: site.site,
    address: nameAddress(secret, site.site, to),
    // Another attempt at the same mail asks nobody twice.
    counts: delivery.attempts === 1,
    now,
    since: addDays(now, -1),
    most: mostAsked,
  });
  if (!may) return nothingOwed;
  const code = receiptTokens(secret, 'mail').make({ site: site.site, id: comment });
  const { language, deleteAfter } = contact;
  const address = `${publicUrl}/receipt${inLanguage(language)}#${code}`;
  const written = writeConfirm({ site, language, deleteAfter, address, stop: stopAddress(deps, site.site, owed) });
  return sendTo(deps, mailer, { owed, to, written, at: { site, now, signal } });
}

async function carryNotice(
  deps: CourierDeps,
  owed: Owed & { kind: 'decision' | 'appeal' },
  at: AtSite,
): Promise<Attempt> {
  const { site, now } = at;
  const { delivery, comment, contact, kind } = owed;
  const seq = isObject(delivery.body) ? delivery.body['seq'] : undefined;
  if (typeof seq !== 'number' || !Number.isSafeInteger(seq)) return unreadable;
  const notice = await findNotice(deps.store, site.site, { comment, seq });
  if (!notice) return nothingOwed;
  const { mailer, publicUrl, secret } = deps;
  if (!mailer) return waitsForSmtp;
  const guideline = await findGuideline(deps.store, site.site, notice);
  const { language, deleteAfter } = contact;
  const stop = stopAddress(deps, site.site, owed);
  const written = writeNotice({ kind, notice, guideline, site, language, deleteAfter, publicUrl, stop, now });
  if (!written) return nothingOwed;
  const to = openContact(secret, { site: site.site, kind: 'comment', id: comment }, contact.sealed);
  return to === undefined ? sealedOtherwise : sendTo(deps, mailer, { owed, to, written, at });
}

function findGuideline(
  store: Store,
  site: string,
  { guideline, guidelineVersion }: Pick<Notice, 'guideline' | 'guidelineVersion'>,
): ReturnType<typeof findGuidelineVersion> | undefined {
  if (guideline === null || guidelineVersion === null) return undefined;
  return findGuidelineVersion(store, site, { guideline, version: guidelineVersion });
}

async function carryReplies(deps: CourierDeps, owed: Owed, at: AtSite): Promise<Attempt> {
  const { store, mailer, publicUrl, secret, kept } = deps;
  const { comment, contact } = owed;
  const { site, now } = at;
  const named = { site: site.site, comment };
  const replies = await listUntoldReplies(store, { ...named, told: contact.toldPosition });
  const told = Math.max(0, ...replies.map(({ position }) => position));
  const isWanted = contact.wantsReplies && site.settings['mail.replies'] === 'on';
  const [first] = replies;
  const story = isWanted && first ? await kept.findStory(site.site, first.story) : undefined;
  // Taken down again, or switched off: passed over, and the next reply begins anew.
  if (!story) return settled(store, { ...named, told, sentAt: null, now }, nothingOwed);
  if (!mailer) return waitsForSmtp;
  const to = openContact(secret, { site: site.site, kind: 'comment', id: comment }, contact.sealed);
  if (to === undefined) return sealedOtherwise;
  const { language, deleteAfter } = contact;
  const stop = stopAddress(deps, site.site, owed);
  const written = writeReplies({ replies, story, site, language, deleteAfter, publicUrl, stop });
  const attempt = await sendTo(deps, mailer, { owed, to, written, at });
  // An address that takes no mail for days is not tried with the next reply either: the mail stays owed.
  if (attempt.attempt !== 'delivered') return attempt;
  return settled(store, { ...named, told, sentAt: now, now }, attempt);
}

async function settled(
  store: Store,
  settlement: Parameters<typeof settleReplies>[1],
  attempt: Attempt,
): Promise<Attempt> {
  await settleReplies(store, settlement);
  return attempt;
}

/** Where mails about a comment are ended, by one POST and without more than this address (RFC 8058). Its code can do nothing
 *  else: a mail program shows it to its provider. */
function stopAddress({ publicUrl, secret }: CourierDeps, site: string, { comment, contact }: Owed): string {
  const code = receiptTokens(secret, 'mail stop').make({ site, id: comment });
  return `${publicUrl}/mail/stop/${code}${inLanguage(contact.language)}`;
}

// Whoever comes from a mail reads the page in its language, whatever the browser is set to.
function inLanguage(language: string): string {
  return `?lang=${chooseInterface(language)}`;
}

function sendTo(
  deps: CourierDeps,
  mailer: Mailer,
  { owed, to, written, at }: { owed: Owed; to: string; written: { subject: string; text: string }; at: AtSite },
): Promise<Attempt> {
  const { site, now, signal } = at;
  const letter = {
    ...written,
    to,
    fromName: site.name,
    language: owed.contact.language,
    messageId: nameMessage(deps, owed.delivery),
    unsubscribe: stopAddress(deps, site.site, owed),
  };
  return mailer.send(letter, { now, signal });
}
