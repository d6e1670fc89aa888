/** A mail as this room writes it: plain text, one recipient. */
export type Letter = {
  to: string;
  fromName: string;
  subject: string;
  text: string;
  language: string;
  messageId: string;
  /** Where one POST ends such mails (RFC 8058); absent in mails that nobody subscribes to. */
  unsubscribe?: string;
};

// Narrower than RFC 5322: an address is never parsed by a mail library, which could read two out of one.
const address = /^[^\s@<>()[\]\\,;:"\p{Cc}\p{Cf}]{1,64}@[^\s@<>()[\]\\,;:"\p{Cc}\p{Cf}]{1,189}$/u;

/** Whether the value is exactly one bare mail address and nothing that could end a header or add a recipient. */
export function isOneAddress(value: string): boolean {
  return address.test(value) && value.isWellFormed();
}

/** Text for a header or for one line: controls, line ends and characters that turn the reading direction become a space. */
export function oneLine(text: string): string {
  return text
    .toWellFormed()
    .replace(/[\p{Cc}\p{Zl}\p{Zp}\u202a-\u202e\u2066-\u2069]+/gu, ' ')
    .trim();
}

/** Text for the body: line ends stay, every other control and what turns the reading direction becomes a space. */
export function manyLines(text: string): string {
  return text
    .toWellFormed()
    .replaceAll(/\r\n?/g, '\n')
    .replace(/(?!\n)[\p{Cc}\u202a-\u202e\u2066-\u2069]/gu, ' ')
    .trim();
}

/** "2026-11-22". */
export function sayDay(time: Date): string {
  return time.toISOString().slice(0, 10);
}

/** "2026-11-22 10:33", rounded down to the minute like every time that leaves the house. */
export function sayTime(time: Date): string {
  return time.toISOString().slice(0, 16).replace('T', ' ');
}
