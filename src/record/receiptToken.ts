import { timingSafeEqual } from 'node:crypto';
import { isPublicId, isSiteKey } from '../contract/ids.ts';
import { deriveKey } from './deriveKey.ts';
import { createMac } from './mac.ts';

/** Makes and opens the secrets that authors and reporters hold. Nothing of them is stored. */
export type ReceiptTokens = {
  make(about: { site: string; id: string }): string;
  /** Whose receipt it is, or undefined for what this installation never gave out. Asks no database, and compares in
   *  constant time, so that a wrong one tells nothing about any comment. */
  open(token: unknown): { site: string; id: string } | undefined;
};

const idBytes = 16;
/** 192 bits: more than anybody can try. */
const macBytes = 24;
const head = idBytes + macBytes;
// A site's key has at most 80 characters.
const mostBytes = head + 80;
const mostLength = Math.ceil((mostBytes * 4) / 3);

const labels = {
  comment: 'receipt',
  report: 'report receipt',
  mail: 'mail code',
  'mail stop': 'mail stop code',
} as const;

/** Receipts of comments or of reports, or codes of mails to a comment's author, under the installation's secret: base64url of
 *  the id's 16 bytes, the first 24 of HMAC-SHA-256 over site and id, and the site's key. */
export function receiptTokens(secret: string, kind: keyof typeof labels): ReceiptTokens {
  const mac = createMac(deriveKey(secret, labels[kind]));
  const made = Buffer.alloc(mostBytes);
  return {
    make: ({ site, id }) => {
      made.write(id.replaceAll('-', ''), 0, 'hex');
      made.write(mac(`${site}/${id}`), idBytes, macBytes, 'hex');
      const length = head + made.write(site, head, 'latin1');
      return made.toString('base64url', 0, length);
    },
    open: (token) => {
      if (typeof token !== 'string' || token.length > mostLength) return undefined;
      const bytes = Buffer.from(token, 'base64url');
      if (bytes.length <= head || bytes.toString('base64url') !== token) return undefined;
      const site = bytes.toString('latin1', head);
      const id = bytes.toString('hex', 0, idBytes).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
      const expected = Buffer.from(mac(`${site}/${id}`), 'hex').subarray(0, macBytes);
      if (!timingSafeEqual(expected, bytes.subarray(idBytes, head))) return undefined;
      return isPublicId(id) && isSiteKey(site) ? { site, id } : undefined;
    },
  };
}
