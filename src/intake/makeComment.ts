import { hash, randomUUID } from 'node:crypto';
import type { CommentDraft } from '../contract/comment.ts';
import { appealDays } from '../contract/site.ts';
import { addDays } from '../contract/time.ts';
import type { NewComment } from '../record/comments.ts';
import { sealContact } from '../record/contactSeal.ts';
import type { Target } from './findTarget.ts';
import { chooseNeed } from './placement.ts';
import type { Reading } from './readComment.ts';
import type { SubmissionKey } from './submissionKey.ts';
import type { IntakeTools } from './tools.ts';

type Parts = {
  target: Target;
  draft: CommentDraft;
  digest: string;
  reading: Reading;
  now: Date;
  key: SubmissionKey | undefined;
  network: string | null;
};

/** The comment as the record takes it, under its submission's id or else a new one. */
export function makeComment({ secret }: Pick<IntakeTools, 'secret'>, parts: Parts): NewComment {
  const { target, draft, digest, reading, now, key, network } = parts;
  const { site } = target.site;
  const id = key?.id ?? randomUUID();
  return {
    site,
    id,
    story: target.story.story,
    parent: draft.parentId ?? null,
    name: draft.name,
    text: draft.text,
    sha256: digest,
    lang: reading.lang,
    dir: reading.dir,
    submittedAt: now,
    network,
    fingerprint: key?.fingerprint ?? null,
    screening: reading.screening,
    need: chooseNeed(reading.screening),
    contact: draft.email === undefined ? null : makeContact(secret, { site, id, email: draft.email }, parts),
  };
}

/** SHA-256 of a text's UTF-8 bytes in hex: what stands beside the comment and on its receipt. */
export function digestText(text: string): string {
  return hash('sha256', text, 'hex');
}

// Kept until an appeal can no longer come, and then for as long as the site says, so that its outcome can be told.
function makeContact(
  secret: string,
  { site, id, email }: { site: string; id: string; email: string },
  { target, now }: Parts,
): NonNullable<NewComment['contact']> {
  return {
    sealed: sealContact(secret, { site, kind: 'comment', id }, email),
    language: target.story.language,
    deleteAfter: addDays(now, appealDays + target.site.settings['retention.contactDays']),
  };
}
