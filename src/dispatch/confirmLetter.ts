import { translate } from '../contract/messages.ts';
import type { Site } from '../contract/site.ts';
import { oneLine, sayDay } from './letter.ts';

/** What the mail that asks is made of. `address` leads to the page with the button, its code in the fragment. */
type ConfirmFacts = { site: Site; language: string; deleteAfter: Date; address: string; stop: string };

/** Subject and text of the one mail that an address gets before it was confirmed. Whoever left the address may be anybody:
 *  nothing of what they wrote, nor under which story, is in it. Pure. */
export function writeConfirm(facts: ConfirmFacts): { subject: string; text: string } {
  const { site, language, deleteAfter, address, stop } = facts;
  const values = { site: oneLine(site.name), day: sayDay(deleteAfter) };
  const lines = [
    translate(language, 'mail.confirm.text', values),
    '',
    address,
    '',
    translate(language, 'mail.confirm.code'),
    '',
    translate(language, 'mail.confirm.otherwise', values),
    '',
    stop,
  ];
  return { subject: translate(language, 'mail.confirm.subject', values), text: `${lines.join('\n')}\n` };
}
