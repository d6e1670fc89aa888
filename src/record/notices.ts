import type { CommentState } from '../contract/comment.ts';
import type { DecisionSource } from '../contract/receipt.ts';
import { queryRows } from '../storage/database.ts';
import { sql } from '../storage/sql.ts';
import { sourceOf } from './decisionSource.ts';
import type { Store } from './store.ts';

/** What an author is told of a decision and of an appeal against it, without the comment's text. `sha256` is lower-case
 *  hex, null once the text is erased. */
export type Notice = {
  state: CommentState;
  headline: string | null;
  submittedAt: Date;
  verdict: 'approve' | 'reject' | 'remove';
  sha256: string | null;
  guideline: string | null;
  guidelineVersion: number | null;
  explanation: string | null;
  automated: boolean;
  /** What led to a rejection or a removal; null for an approval. */
  source: DecisionSource | null;
  decidedAt: Date;
  appeal: { state: 'open' | 'upheld' | 'overturned'; explanation: string | null; decidedAt: Date | null } | null;
};

/** The author's address, still sealed, and the language they wrote in. */
export type SealedContact = {
  sealed: Buffer;
  language: string;
  deleteAfter: Date;
  /** Until it is, the one mail that asks for it is all that is sent there. */
  isConfirmed: boolean;
  wantsReplies: boolean;
  /** Up to which position replies were told. */
  toldPosition: number;
};

type NoticeRow = Omit<Notice, 'appeal'> & {
  appealState: 'open' | 'upheld' | 'overturned' | null;
  appealExplanation: string | null;
  appealDecidedAt: Date | null;
};

/** The decision `seq` of a comment as its author is told of it; undefined where there is none. */
export async function findNotice(
  store: Store,
  site: string,
  named: { comment: string; seq: number },
): Promise<Notice | undefined> {
  const [row] = await queryRows<NoticeRow>(
    store.writer,
    sql`select c.state, s.headline, c.submitted_at as "submittedAt", d.verdict, encode(d.sha256, 'hex') as sha256, d.guideline,
        d.guideline_version as "guidelineVersion", d.explanation, d.automated, ${sourceOf(sql`d`)} as source, d.decided_at as "decidedAt",
        a.state as "appealState", a.explanation as "appealExplanation", a.decided_at as "appealDecidedAt"
      from comment c
      join decision d on d.site = c.site and d.comment = c.id and d.seq = ${named.seq}
      left join story s on s.site = c.site and s.story = c.story
      left join appeal a on a.site = c.site and a.comment = c.id
      where c.site = ${site} and c.id = ${named.comment}`,
  );
  if (!row) return undefined;
  const { appealState, appealExplanation, appealDecidedAt, ...notice } = row;
  const appeal = appealState && { state: appealState, explanation: appealExplanation, decidedAt: appealDecidedAt };
  return { ...notice, appeal };
}

/** Where the author of a comment wants to be told. A contact whose day is past is deleted here and not returned, so that
 *  no mail goes to an address that the privacy notice says is gone. */
export async function findContact(
  store: Store,
  site: string,
  named: { comment: string; now: Date },
): Promise<SealedContact | undefined> {
  await store.writer.query(
    sql`delete from contact where site = ${site} and comment = ${named.comment} and delete_after <= ${named.now}`,
  );
  const [row] = await queryRows<SealedContact>(
    store.writer,
    sql`select sealed, language, delete_after as "deleteAfter", confirmed_at is not null as "isConfirmed",
        wants_replies as "wantsReplies", told_position as "toldPosition"
      from contact where site = ${site} and comment = ${named.comment}`,
  );
  return row;
}
