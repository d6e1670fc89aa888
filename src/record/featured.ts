import type { FeaturedView } from '../contract/desk.ts';
import { refused, type Refused } from '../contract/refusals.ts';
import { inTransaction, queryRows } from '../storage/database.ts';
import { sql } from '../storage/sql.ts';
import { accountOfActor } from './actors.ts';
import { lockComment } from './decisions.ts';
import { appendEvent, moveRefused } from './events.ts';
import type { Store, Transaction } from './store.ts';

/** Whether a comment is to be featured from now on, by whom. */
export type Featuring = { site: string; id: string; isFeatured: boolean; actor: string; now: Date };

/** Features a published comment, or features it no longer, by an event of its own. What stands already is recorded no second
 *  time: two moderators at once make one mark, and it stays with whoever was first. Returns the mark that stands then. Refused:
 *  `state_moved_on` where the comment is not published. */
export async function recordFeatured(
  store: Store,
  { site, id, isFeatured, actor, now }: Featuring,
): Promise<{ outcome: 'kept'; featured: FeaturedView | null } | Refused> {
  try {
    return await inTransaction(store.writer, async (transaction) => {
      const standing = await lockComment(transaction, { site, id });
      if (!standing) return refused('comment_unknown');
      if (standing.state !== 'approved') return refused('state_moved_on', { beside: { state: standing.state } });
      const before = await findMark(transaction, { site, id });
      if ((before !== null) === isFeatured) return { outcome: 'kept', featured: before };
      const kind = isFeatured ? 'featured' : 'unfeatured';
      await appendEvent(transaction, { site, kind, comment: id, at: now, actor, body: {} });
      return { outcome: 'kept', featured: await findMark(transaction, { site, id }) };
    });
  } catch (error) {
    if (moveRefused(error)) return refused('state_moved_on');
    throw error;
  }
}

async function findMark(
  transaction: Transaction,
  { site, id }: { site: string; id: string },
): Promise<FeaturedView | null> {
  const [row] = await queryRows<{ by: string; at: Date }>(
    transaction,
    sql`select coalesce(a.name, f.actor) as by, f.featured_at as at
      from featured f left join account a on a.site = f.site and a.id = ${accountOfActor(sql`f.actor`)}
      where f.site = ${site} and f.comment = ${id}`,
  );
  return row ? { by: row.by, at: row.at.toISOString() } : null;
}
