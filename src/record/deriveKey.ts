import { createSecretKey, hkdfSync, type KeyObject } from 'node:crypto';

/** The key for one use of the installation's secret: HKDF-SHA-256 under the use's own label, 32 bytes. A key that leaks
 *  through one use opens no other. */
export function deriveKey(secret: string, label: string): KeyObject {
  return createSecretKey(Buffer.from(hkdfSync('sha256', secret, '', `stet ${label}`, 32)));
}
