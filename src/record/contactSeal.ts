import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';

/** Whose address it is: a comment's author, that author's browser, or a report's. It is bound in, so that a row moved elsewhere
 *  does not open. */
export type SealOwner = { site: string; kind: 'comment' | 'push' | 'report'; id: string };

const saltBytes = 16;
const nonceBytes = 12;
const tagBytes = 16;
// Padded, so that the length of the row tells nothing about the address.
const paddedTo = 64;

/** The address sealed with AES-256-GCM under a key of its own (HKDF of the secret, the owner and a random salt): salt ‖
 *  nonce ‖ tag ‖ ciphertext. Deleting the row deletes its salt, and with it the key. */
export function sealContact(secret: string, owner: SealOwner, contact: string): Buffer {
  const salt = randomBytes(saltBytes);
  const nonce = randomBytes(nonceBytes);
  const cipher = createCipheriv('aes-256-gcm', contactKey(secret, owner, salt), nonce);
  cipher.setAAD(Buffer.from(nameOwner(owner)));
  const plain = Buffer.from(contact);
  const padding = Buffer.alloc(paddedTo - (plain.length % paddedTo));
  const sealed = Buffer.concat([cipher.update(plain), cipher.update(padding), cipher.final()]);
  return Buffer.concat([salt, nonce, cipher.getAuthTag(), sealed]);
}

/** The address of a sealed row, or undefined where it does not open: another secret, another owner, a changed byte. */
export function openContact(secret: string, owner: SealOwner, sealed: Uint8Array): string | undefined {
  const row = Buffer.from(sealed);
  const head = saltBytes + nonceBytes;
  if (row.length <= head + tagBytes) return undefined;
  const key = contactKey(secret, owner, row.subarray(0, saltBytes));
  const decipher = createDecipheriv('aes-256-gcm', key, row.subarray(saltBytes, head), { authTagLength: tagBytes });
  decipher.setAAD(Buffer.from(nameOwner(owner)));
  decipher.setAuthTag(row.subarray(head, head + tagBytes));
  try {
    const plain = Buffer.concat([decipher.update(row.subarray(head + tagBytes)), decipher.final()]);
    return plain.toString().replace(/\0+$/, '');
  } catch {
    return undefined;
  }
}

function contactKey(secret: string, owner: SealOwner, salt: Uint8Array): Buffer {
  return Buffer.from(hkdfSync('sha256', secret, salt, `stet contact ${nameOwner(owner)}`, 32));
}

function nameOwner({ site, kind, id }: SealOwner): string {
  return `${site}/${kind}/${id}`;
}
