import { createHmac } from 'node:crypto';
import type { Site } from '../contract/site.ts';
import { deriveKey } from '../record/deriveKey.ts';
import type { Kept } from '../record/kept.ts';
import { withoutSmtp, type Delivery } from '../record/outbox.ts';
import type { Store } from '../record/store.ts';
import type { OutboundLimits } from './outbound.ts';
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
  /** Push services beside the known ones: host names, or origins (`contract/push.ts`). */
  pushServices: readonly string[];
  mailSignIn: MailSignIn;
};

/** Makes the one-time sign-in that a mail brings to a person, in the place of older ones. The secret is made when the mail
 *  is, so that it waits nowhere. Undefined where the account is gone. */
export type MailSignIn = (
  account: { site: string; id: string },
  now: Date,
) => Promise<{ email: string; secret: string } | undefined>;

export type At = { now: Date; signal: AbortSignal };
export type AtSite = At & { site: Site };

/** Nothing is left to do, and that is no failure: no address was left, or the author erased the comment. */
export const nothingOwed: Attempt = { attempt: 'delivered', note: 'nothing_owed' };
export const unreadable: Attempt = { attempt: 'failed', reason: 'body_unknown', again: 'never' };
export const sealedOtherwise: Attempt = { attempt: 'failed', reason: 'contact_sealed_otherwise', again: 'never' };
/** A mail is looked at again this often while there is no mail server; a start with one wakes it at once (`wakeMails`). */
export const waitsForSmtp: Attempt = { attempt: 'waits', reason: withoutSmtp, minutes: 360 };

/** The same for every attempt at a row, so that what is sent twice can be folded into one; it tells nothing by itself. */
export function nameMessage({ secret, publicUrl }: CourierDeps, { site, id }: Delivery): string {
  const name = createHmac('sha256', deriveKey(secret, 'message id')).update(`${site}/${id}`).digest('hex');
  return `${name.slice(0, 32)}@${mailHost(publicUrl)}`;
}
