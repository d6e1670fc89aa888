import { randomUUID } from 'node:crypto';
import type { NoteView } from '../contract/desk.ts';
import { refused, type Refused } from '../contract/refusals.ts';
import { inTransaction, queryRows } from '../storage/database.ts';
import { sql } from '../storage/sql.ts';
import { lockComment } from './decisions.ts';
import type { Store } from './store.ts';

/** What colleagues wrote about a comment, the oldest first. */
export async function listNotes(store: Store, { site, id }: { site: string; id: string }): Promise<NoteView[]> {
  const rows = await queryRows<Omit<NoteView, 'writtenAt'> & { writtenAt: Date }>(
    store.writer,
    sql`select n.id, coalesce(a.name, n.account::text) as by, n.text, n.written_at as "writtenAt" from comment_note n
      left join account a on a.site = n.site and a.id = n.account
      where n.site = ${site} and n.comment = ${id} order by n.written_at, n.id`,
  );
  return rows.map((row) => ({ ...row, writtenAt: row.writtenAt.toISOString() }));
}

/** Adds a note. The comment's lock keeps erasure apart: nothing is written about a person whose words are gone
 *  (`state_moved_on`). */
export async function addNote(
  store: Store,
  note: { site: string; comment: string; account: string; text: string; now: Date },
): Promise<{ outcome: 'noted' } | Refused> {
  const { site, comment, account, text, now } = note;
  return inTransaction(store.writer, async (transaction) => {
    const locked = await lockComment(transaction, { site, id: comment });
    if (!locked) return refused('comment_unknown');
    if (locked.state === 'erased') return refused('state_moved_on');
    await transaction.query(
      sql`insert into comment_note (site, id, comment, account, text, written_at)
        values (${site}, ${randomUUID()}, ${comment}, ${account}, ${text}, ${now})`,
    );
    return { outcome: 'noted' };
  });
}
