import { createPublicKey, hash, verify, type KeyObject } from 'node:crypto';

/** The digest of the public key in the field `holder` (`key.signature`, both in base64url), as hex, where that key signed
 *  the statement; undefined for everything else. */
export function readHolder(written: string, statement: string): string | undefined {
  const [key = '', signature = '', ...more] = written.split('.');
  const publicKey = more.length === 0 ? readKey(key) : undefined;
  return publicKey && isSigned(statement, publicKey, signature) ? hash('sha256', key, 'hex') : undefined;
}

// An uncompressed point of P-256: 0x04, x, y.
const pointLength = 65;

function readKey(key: string): KeyObject | undefined {
  const point = Buffer.from(key, 'base64url');
  if (point.length !== pointLength || point[0] !== 4 || point.toString('base64url') !== key) return undefined;
  const [x, y] = [point.subarray(1, 33), point.subarray(33)].map((half) => half.toString('base64url'));
  try {
    return createPublicKey({ format: 'jwk', key: { kty: 'EC', crv: 'P-256', x, y } });
  } catch {
    // No point of the curve.
    return undefined;
  }
}

function isSigned(statement: string, key: KeyObject, signature: string): boolean {
  const bytes = Buffer.from(signature, 'base64url');
  return bytes.length === 64 && verify('sha256', Buffer.from(statement), { key, dsaEncoding: 'ieee-p1363' }, bytes);
}
