import { refused, type Refused } from '../contract/refusals.ts';
import { inTransaction } from '../storage/database.ts';
import { sql } from '../storage/sql.ts';
import { endClaim } from './claims.ts';
import { lockComment } from './decisions.ts';
import { appendEvent } from './events.ts';
import type { Store } from './store.ts';

export const erasureReasons = ['request', 'retention'] as const;
export type ErasureReason = (typeof erasureReasons)[number];

/** Erases what a person wrote and what is known of them, in one transaction: texts, hashes and salts go, the author's
 *  address goes, a tombstone stays. Refused as `state_moved_on` when it was erased before, `comment_unknown` without such
 *  a comment. */
export async function recordErasure(
  store: Store,
  erasure: { site: string; id: string; reason: ErasureReason; actor: string; now: Date },
): Promise<{ outcome: 'erased'; version: number } | Refused> {
  const { site, id, reason, actor, now } = erasure;
  return inTransaction(store.writer, async (transaction) => {
    const locked = await lockComment(transaction, { site, id });
    if (!locked) return refused('comment_unknown');
    if (locked.state === 'erased') return refused('state_moved_on');
    await appendEvent(transaction, { site, kind: 'erased', comment: id, at: now, actor, body: { reason } });
    await endClaim(transaction, { site, id });
    await transaction.query(sql`delete from contact where site = ${site} and comment = ${id}`);
    return { outcome: 'erased', version: locked.version + 1 };
  });
}
