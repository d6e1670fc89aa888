import { isObject } from './json.ts';
import { isWebAddress } from './webAddress.ts';

/** The public keys of a publisher's tokens, as `reader.keys` has them. */
export type ReaderKeys = { address: URL } | { keys: readonly Record<string, unknown>[] };

const mostKeys = 10;
const longest = 8000;

/** Reads the address of a JWKS, or a JWKS of public keys (RFC 7517); undefined for anything else. A secret key is none: it
 *  would stand in the settings for everybody at the desk. */
export function readReaderKeys(written: string): ReaderKeys | undefined {
  if (written.length > longest) return undefined;
  if (!written.startsWith('{')) {
    const address = isWebAddress(written) ? URL.parse(written) : null;
    return address && address.username === '' ? { address } : undefined;
  }
  const keys = readKeys(written);
  const isFit = keys !== undefined && keys.length > 0 && keys.length <= mostKeys && keys.every(isPublicKey);
  return isFit ? { keys } : undefined;
}

/** Whether the setting is one of both. */
export function areReaderKeys(written: string): boolean {
  return readReaderKeys(written) !== undefined;
}

function readKeys(written: string): Record<string, unknown>[] | undefined {
  try {
    const set: unknown = JSON.parse(written);
    const keys = isObject(set) ? set['keys'] : undefined;
    return Array.isArray(keys) && keys.every(isObject) ? keys : undefined;
  } catch {
    return undefined;
  }
}

function isPublicKey(key: Record<string, unknown>): boolean {
  const { kty } = key;
  return (kty === 'EC' || kty === 'OKP' || kty === 'RSA') && key['d'] === undefined && key['k'] === undefined;
}
