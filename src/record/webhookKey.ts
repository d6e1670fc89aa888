import { deriveKey } from './deriveKey.ts';

/** The key that a site's webhooks are signed with, 64 lower-case hex digits. Whoever receives them is given it by the
 *  operator; it opens nothing else. */
export function webhookKey(secret: string, site: string): string {
  return deriveKey(secret, `webhook ${site}`).export().toString('hex');
}
