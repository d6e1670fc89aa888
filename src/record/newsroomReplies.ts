import { refused, type Refused } from '../contract/refusals.ts';
import { inTransaction, queryRows } from '../storage/database.ts';
import { sql } from '../storage/sql.ts';
import { appendDecision, lockComment } from './decisions.ts';
import { appendEvent } from './events.ts';
import type { Store, Transaction } from './store.ts';

/** What the newsroom answers under a published comment. `sha256` is lower-case hex. */
export type NewsroomReply = {
  site: string;
  id: string;
  parent: string;
  name: string;
  text: string;
  sha256: string;
  lang: string;
  dir: 'ltr' | 'rtl';
  actor: string;
  now: Date;
};

/** Stores the newsroom's reply and publishes it by an approval of its own, in one transaction: no row of it is ever visible
 *  without that decision. The same id, author and text again is the same reply. Refused: `state_moved_on` where the parent is
 *  not published, `submission_differs` for an id that is another comment's. */
export async function recordNewsroomReply(
  store: Store,
  reply: NewsroomReply,
): Promise<{ outcome: 'published'; story: string } | Refused> {
  const { site, id, parent, sha256, actor, now } = reply;
  return inTransaction(store.writer, async (transaction) => {
    // Locked, so that it is not taken down between the look and the reply.
    const above = await lockComment(transaction, { site, id: parent });
    if (!above) return refused('comment_unknown');
    if (above.state !== 'approved') return refused('state_moved_on', { beside: { state: above.state } });
    const inserted = await insertReply(transaction, reply);
    if (inserted === undefined) return findSame(transaction, reply);
    const body = { story: inserted, sha256, byNewsroom: true };
    await appendEvent(transaction, { site, kind: 'received', comment: id, at: now, actor, body });
    const verdict = { verdict: 'approve', guideline: null, guidelineVersion: null, explanation: null } as const;
    await appendDecision(transaction, { site, id, actor, now }, { ...verdict, version: 1, sha256 });
    return { outcome: 'published', story: inserted };
  });
}

async function insertReply(transaction: Transaction, reply: NewsroomReply): Promise<string | undefined> {
  const { site, id, parent, name, text, sha256, lang, dir, now } = reply;
  const [row] = await queryRows<{ story: string }>(
    transaction,
    sql`insert into comment (site, id, story, parent, name, text, sha256, lang, dir, submitted_at, urgency,
        by_newsroom)
      select ${site}, ${id}::uuid, u.story, u.id, ${name}, ${text}, decode(${sha256}, 'hex'), ${lang}, ${dir},
        ${now}::timestamptz, queue_urgency(0::real, ${now}::timestamptz, 0, 0, 0, 10, 0, 0), true
      from comment u where u.site = ${site} and u.id = ${parent}
      on conflict do nothing returning story`,
  );
  return row?.story;
}

async function findSame(
  transaction: Transaction,
  { site, id, parent, sha256, actor }: NewsroomReply,
): Promise<{ outcome: 'published'; story: string } | Refused> {
  const [row] = await queryRows<{ story: string }>(
    transaction,
    sql`select c.story from comment c
      join event e on e.site = c.site and e.comment = c.id and e.kind = 'received' and e.actor = ${actor}
      where c.site = ${site} and c.id = ${id} and c.parent = ${parent} and encode(c.sha256, 'hex') = ${sha256}
        and c.by_newsroom`,
  );
  return row ? { outcome: 'published', story: row.story } : refused('submission_differs');
}
