import { hash } from 'node:crypto';
import type { CommentDraft } from '../contract/comment.ts';
import { sameFormMinutes } from '../contract/form.ts';
import type { Story } from '../contract/story.ts';

/** What tells one submission from another. `id` is the id that its comment gets: the same submission meets its own comment
 *  in the primary key, and no index of keys is needed beside it. `fingerprint` is the hex digest of the body. `nearbyIds`
 *  may be the same form, sent some minutes before, or handled a moment before under a clock that was ahead. */
export type SubmissionKey = { id: string; fingerprint: string; nearbyIds?: readonly string[] };

/** The keyed digest of a text, in hex. */
export type Mac = (message: string) => string;

/** Whether the header can be a key: 1–200 visible ASCII characters (two headers, joined by ", ", are none). */
export function isIdempotencyKey(key: string): boolean {
  return /^[!-~]{1,200}$/.test(key);
}

/** The key of a submission that carries an Idempotency-Key. Into the fingerprint goes the whole keyed digest, of
 *  which the id shows half and the rest is stored nowhere: nobody without the reader's own key can later try out what e-mail
 *  address the body held. */
export function keyedSubmission(mac: Mac, story: Story, sent: { key: string; draft: CommentDraft }): SubmissionKey {
  const { name, text, email = '', parentId = '' } = sent.draft;
  const digest = mac(`key/${story.site}/${story.story}/${sent.key}`);
  const head = `${digest}/${parentId}/${name.length}/${email.length}/`;
  return { id: idOf(digest), fingerprint: hash('sha256', head + name + email + text, 'hex') };
}

/** The key of a plain form, which carries none: the same story, name, text and parent are one comment for ten minutes.
 *  Time is cut into spans of ten minutes; the spans beside it are looked up too, and their comment's time compared. */
export function formSubmission(mac: Mac, story: Story, sent: { draft: CommentDraft; now: Date }): SubmissionKey {
  const span = Math.floor(sent.now.getTime() / (sameFormMinutes * 60_000));
  const { name, text, parentId = '' } = sent.draft;
  const body = `${story.site}/${story.story}/${parentId}/${name.length}/${name}${text}`;
  const idIn = (at: number): string => idOf(mac(`form/${at}/${body}`));
  const fingerprint = mac(`form body/${body}`);
  return { id: idIn(span), fingerprint, nearbyIds: [idIn(span - 1), idIn(span + 1)] };
}

/** Whether a form sent at `other` stands for one sent at `now`. Pure. */
export function isSameForm(other: Date, now: Date): boolean {
  return Math.abs(now.getTime() - other.getTime()) < sameFormMinutes * 60_000;
}

// 122 bits of a keyed digest in the shape of a random UUID: without the installation's secret nobody can tell it from one.
function idOf(digest: string): string {
  const variant = '89ab'[Number.parseInt(digest[16] ?? '0', 16) % 4];
  return `${digest.slice(0, 8)}-${digest.slice(8, 12)}-4${digest.slice(13, 16)}-${variant}${digest.slice(17, 20)}-${digest.slice(20, 32)}`;
}
