import { hash, randomUUID } from 'node:crypto';
import { unconfirmedDays } from '../contract/authorMail.ts';
import type { CommentDraft } from '../contract/comment.ts';
import { linesOf } from '../contract/breachLines.ts';
import { suspectsOf, urgencyOf, weightsOf } from '../contract/need.ts';
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
  const need = chooseNeed(reading.screening);
  const facts = { screening: Math.fround(need), submittedAt: now, reports: 0, traffic: 0 };
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
    need,
    urgency: urgencyOf(facts, weightsOf(target.site.settings)),
    suspects: suspectsOf(reading.screening, linesOf(target.site.settings)),
    contact: draft.email === undefined ? null : makeContact(secret, { site, id, email: draft.email }, parts),
  };
}

/** SHA-256 of a text's UTF-8 bytes in hex: what stands beside the comment and on its receipt. */
export function digestText(text: string): string {
  return hash('sha256', text, 'hex');
}

// Once it is confirmed it is kept for longer (intake/authorMail.ts); an address that nobody answers for goes soon.
function makeContact(
  secret: string,
  { site, id, email }: { site: string; id: string; email: string },
  { target, now }: Parts,
): NonNullable<NewComment['contact']> {
  return {
    sealed: sealContact(secret, { site, kind: 'comment', id }, email),
    language: target.story.language,
    deleteAfter: addDays(now, unconfirmedDays),
  };
}
