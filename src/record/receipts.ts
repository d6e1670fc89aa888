import { randomUUID } from 'node:crypto';
import type { CommentState } from '../contract/comment.ts';
import type { Ground } from '../contract/guideline.ts';
import type { DecisionSource } from '../contract/receipt.ts';
import { inTransaction, queryRows } from '../storage/database.ts';
import { sql } from '../storage/sql.ts';
import { sourceOf } from './decisionSource.ts';
import { appendEvent, moveRefused } from './events.ts';
import type { Store } from './store.ts';

/** A comment as its author may see it: without its text, which the author has. */
export type AuthorsComment = {
  id: string;
  site: string;
  story: string;
  /** For knowing the reader again; no view shows it. */
  name: string | null;
  state: CommentState;
  sha256: Buffer | null;
  submittedAt: Date;
  /** The decision in force. */
  verdict: 'approve' | 'reject' | 'remove' | null;
  guideline: string | null;
  guidelineVersion: number | null;
  titles: Record<string, string> | null;
  ground: Ground | null;
  law: string | null;
  explanation: string | null;
  decidedAt: Date | null;
  automated: boolean | null;
  source: DecisionSource | null;
  appealState: 'open' | 'upheld' | 'overturned' | null;
  appealExplanation: string | null;
  appealedAt: Date | null;
  appealDecidedAt: Date | null;
  /** Whether a browser of the author's is told of what comes. */
  isPushed: boolean;
};

/** What its author may know of a comment; undefined where there is none. An erased one is found, with nothing left in it. */
export async function findAuthorsComment(store: Store, site: string, id: string): Promise<AuthorsComment | undefined> {
  const [row] = await queryRows<AuthorsComment>(
    store.writer,
    sql`select c.id, c.site, c.story, c.name, c.state, c.sha256, c.submitted_at as "submittedAt", d.verdict, d.guideline,
        d.guideline_version as "guidelineVersion", g.titles, g.ground, g.law, d.explanation, d.decided_at as "decidedAt", d.automated,
        ${sourceOf(sql`d`)} as source,
        a.state as "appealState", a.explanation as "appealExplanation", a.appealed_at as "appealedAt",
        a.decided_at as "appealDecidedAt",
        exists (select from push_subscription p where p.site = c.site and p.comment = c.id) as "isPushed"
      from comment c
      left join decision d on d.site = c.site and d.comment = c.id and d.seq = c.decision
      left join guideline_version g on g.site = d.site and g.guideline = d.guideline and g.version = d.guideline_version
      left join appeal a on a.site = c.site and a.comment = c.id
      where c.site = ${site} and c.id = ${id}`,
  );
  return row;
}

/** Appends the author's appeal. 'moved_on' when the comment's state no longer allows one, a second appeal included. */
export async function recordAppeal(
  store: Store,
  appeal: { site: string; comment: string; text: string; at: Date },
): Promise<'recorded' | 'moved_on'> {
  const { site, comment, text, at } = appeal;
  return appendReaders(store, { site, kind: 'appealed', comment, at, body: { appeal: randomUUID(), text } });
}

/** Appends the author's withdrawal and deletes the address: nobody is owed news of it any more. 'moved_on' when it was
 *  withdrawn or erased before. */
export async function recordWithdrawal(
  store: Store,
  withdrawal: { site: string; comment: string; at: Date },
): Promise<'recorded' | 'moved_on'> {
  return appendReaders(store, { ...withdrawal, kind: 'withdrawn', body: {} });
}

type ReadersEvent = { site: string; kind: 'appealed' | 'withdrawn'; comment: string; at: Date; body: object };

async function appendReaders(store: Store, event: ReadersEvent): Promise<'recorded' | 'moved_on'> {
  try {
    await inTransaction(store.writer, async (transaction) => {
      await appendEvent(transaction, { ...event, actor: 'reader' });
      if (event.kind === 'withdrawn') {
        await transaction.query(sql`delete from contact where site = ${event.site} and comment = ${event.comment}`);
      }
    });
    return 'recorded';
  } catch (error) {
    if (moveRefused(error)) return 'moved_on';
    throw error;
  }
}
