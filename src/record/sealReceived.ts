import { hash, randomFillSync, randomUUID } from 'node:crypto';
import type { Digest, NewComment } from './comments.ts';

/** Id, salt and commitment of a comment's 'received' event, digests in hex. */
export type SealedReceived = { id: string; salt: string; commitment: string };

const saltBytes = 32;
const prefixBytes = 1 + saltBytes;

// Random bytes are drawn for many salts at once, and the commitment's input is put together in one place: this stands in
// the way of every submission, and is half of what sealing it as any other event would take.
const salts = Buffer.allocUnsafe(saltBytes * 256);
let saltsUsed = salts.length;
const committed = Buffer.alloc(2048);

/** What `sealEvent` makes of a 'received' event, with the canonical JSON of this one shape written out by hand; a test
 *  compares both. */
export function sealReceived(
  comment: Pick<NewComment, 'site' | 'story' | 'id' | 'sha256' | 'submittedAt'>,
): SealedReceived {
  const id = randomUUID();
  const salt = drawSalt();
  const { site, story, sha256, submittedAt } = comment;
  // Keys of sites and stories, ids and digests hold nothing that JSON would escape.
  const record =
    `{"actor":"reader","at":"${submittedAt.toISOString()}","body":{"sha256":"${nameDigest(sha256)}","story":"${story}"},` +
    `"comment":"${comment.id}","id":"${id}","kind":"received","site":"${site}"}`;
  committed.write(salt, 1, 'hex');
  const length = prefixBytes + committed.write(record, prefixBytes, 'latin1');
  return { id, salt, commitment: hash('sha256', committed.subarray(0, length), 'hex') };
}

function nameDigest(digest: Digest): string {
  return typeof digest === 'string' ? digest : digest.toString('hex');
}

function drawSalt(): string {
  if (saltsUsed === salts.length) {
    randomFillSync(salts);
    saltsUsed = 0;
  }
  const salt = salts.toString('hex', saltsUsed, saltsUsed + saltBytes);
  saltsUsed += saltBytes;
  return salt;
}
