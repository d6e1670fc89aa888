import { createECDH } from 'node:crypto';
import { deriveKey } from './deriveKey.ts';

/** The key pair that this installation names itself by to push services (VAPID, RFC 8292): P-256 in base64url. Made of the
 *  installation's secret instead of being kept beside it, so that every server of one database has the same: a browser's
 *  subscription holds for one key alone. */
export function pushKey(secret: string): { publicKey: string; privateKey: string } {
  // One in four billion 32-byte numbers is none of the curve's; the next is taken then.
  for (let attempt = 0; ; attempt += 1) {
    const bytes = deriveKey(secret, attempt === 0 ? 'push' : `push ${attempt}`).export();
    const pair = createECDH('prime256v1');
    try {
      pair.setPrivateKey(bytes);
    } catch (error) {
      if (attempt < 8) continue;
      throw error;
    }
    return { publicKey: pair.getPublicKey('base64url'), privateKey: bytes.toString('base64url') };
  }
}
