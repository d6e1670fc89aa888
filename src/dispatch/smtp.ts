import type { SendMailOptions } from 'nodemailer';
import { isObject } from '../contract/json.ts';
import { isOneAddress, oneLine, type Letter } from './letter.ts';
import type { Attempt } from './retry.ts';

export type Mailer = {
  /** Sends one letter. Never throws: whatever a mail server does is an attempt that failed. */
  send(letter: Letter, at: { now: Date; signal: AbortSignal }): Promise<Attempt>;
  close(): void;
};

// A server that says nothing for this long has hung; the limit of the whole attempt is the signal's.
const silenceMilliseconds = 15_000;

/** The way to the mail server of `smtpUrl` (`smtp://user:password@host:587`, `smtps://…`, options as nodemailer's URLs
 *  have them). Letters come from `mailFrom`, or from stet@ and the host of the public address. */
export function openMailer(
  smtpUrl: string,
  {
    mailFrom,
    publicUrl,
    attemptMilliseconds,
  }: { mailFrom: string | undefined; publicUrl: string; attemptMilliseconds: number },
): Mailer {
  const opening = openTransport(smtpUrl);
  const sender = parseSender(mailFrom) ?? { address: `stet@${mailHost(publicUrl)}` };
  return {
    send: async (letter, { now, signal }) => {
      if (!isOneAddress(letter.to)) return { attempt: 'failed', reason: 'address_malformed', again: 'never' };
      const transport = await opening;
      try {
        const limit = AbortSignal.any([signal, AbortSignal.timeout(attemptMilliseconds)]);
        await transport.sendMail({ ...toMessage(letter, sender), date: toMinute(now), signal: limit });
        return { attempt: 'delivered' };
      } catch (error) {
        return weighFailure(error);
      }
    },
    close: () => void opening.then((transport) => transport.close()),
  };
}

// Most installations send no letters, and the library is a tenth of what a start loads.
async function openTransport(smtpUrl: string) {
  const { createTransport } = await import('nodemailer');
  return createTransport({
    url: smtpUrl,
    connectionTimeout: silenceMilliseconds,
    greetingTimeout: silenceMilliseconds,
    socketTimeout: silenceMilliseconds,
    dnsTimeout: silenceMilliseconds,
    maxResponseSize: 16_384,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
}

type Sender = { address: string; name?: string };

function toMessage(letter: Letter, sender: Sender): SendMailOptions {
  return {
    from: { name: sender.name ?? oneLine(letter.fromName), address: sender.address },
    to: { name: '', address: letter.to },
    // Said beside the headers, so that no recipient is ever read out of a header.
    envelope: { from: sender.address, to: [letter.to] },
    subject: oneLine(letter.subject),
    text: letter.text,
    messageId: `<${letter.messageId}>`,
    // RFC 3834: holiday notices do not answer, and so learn nobody's address.
    headers: {
      'Auto-Submitted': 'auto-generated',
      'Content-Language': oneLine(letter.language),
      ...(letter.unsubscribe !== undefined && {
        'List-Unsubscribe': `<${letter.unsubscribe}>`,
        'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
      }),
    },
    xMailer: false,
    disableFileAccess: true,
    disableUrlAccess: true,
  };
}

/** MAIL_FROM: `desk@news.example`, or `Name <desk@news.example>`. Undefined for anything else. */
export function parseSender(written: string | undefined): Sender | undefined {
  const match = /^(?:(?<name>[^<>]*)<(?<inside>[^<>]+)>|(?<bare>[^<>]+))$/.exec((written ?? '').trim());
  const address = (match?.groups?.['inside'] ?? match?.groups?.['bare'] ?? '').trim();
  if (!isOneAddress(address)) return undefined;
  const name = oneLine(match?.groups?.['name'] ?? '').replace(/^"(.*)"$/, '$1');
  return name === '' ? { address } : { address, name };
}

/** The host that a Message-ID and the standard sender end with; an address of numbers is no mail domain. */
export function mailHost(publicUrl: string): string {
  const { hostname } = new URL(publicUrl);
  return /^[\d.]+$|^\[/.test(hostname) ? 'localhost' : hostname;
}

// Only codes are kept: a server's own sentence often repeats the recipient's address.
function weighFailure(error: unknown): Attempt {
  const failure = isObject(error) ? error : {};
  const { responseCode, code, command } = failure;
  const status = typeof responseCode === 'number' && responseCode > 0 ? responseCode : undefined;
  const reason = `smtp_${status ?? (typeof code === 'string' && /^[A-Z0-9]{1,20}$/.test(code) ? code : 'failed')}`;
  // A lasting no to the recipient or the message. A lasting no to the sender or the password is a setting to be mended.
  const isLasting = status !== undefined && status >= 500 && (command === 'RCPT TO' || command === 'DATA');
  return { attempt: 'failed', reason, again: isLasting ? 'seldom' : 'soon' };
}

function toMinute(time: Date): Date {
  return new Date(Math.floor(time.getTime() / 60_000) * 60_000);
}
