import { isPublicId } from '../contract/ids.ts';
import { isObject } from '../contract/json.ts';
import { translate } from '../contract/messages.ts';
import type { Site } from '../contract/site.ts';
import { oneLine } from './letter.ts';

/** The account of a person whose sign-in is owed, from the body of its row; undefined for another body. */
export function readAccount(body: unknown): string | undefined {
  if (!isObject(body)) return undefined;
  const { account } = body;
  return isPublicId(account) ? account : undefined;
}

/** Subject and text of the mail that brings a person a one-time address, in the site's language. Pure. */
export function writeSignIn(address: string, { name, language }: Site): { subject: string; text: string } {
  const values = { site: oneLine(name) };
  const lines = [
    translate(language, 'mail.signIn.text', values),
    '',
    address,
    '',
    translate(language, 'mail.signIn.newest'),
    translate(language, 'mail.signIn.unexpected'),
  ];
  return { subject: translate(language, 'mail.signIn.subject', values), text: `${lines.join('\n')}\n` };
}
