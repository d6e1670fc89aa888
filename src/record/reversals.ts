import { refused, type Refused } from '../contract/refusals.ts';
import { inTransaction, queryRows } from '../storage/database.ts';
import { sql } from '../storage/sql.ts';
import {
  asDecided,
  decideIn,
  lockStanding,
  type Decided,
  type DecisionToRecord,
  type Standing,
  type Verdict,
} from './decisions.ts';
import { moveRefused } from './events.ts';
import type { Store, Transaction } from './store.ts';

/** How a decided comment stands while its row is locked: whose the decision in force is, when it was taken, and whether
 *  its author has appealed and waits. */
export type DecidedStanding = Standing & { decidedBy: string | null; decidedAt: Date | null; hasOpenAppeal: boolean };

/** Turns a decision round by a new one that supersedes it, in one transaction, and owes the author the news. The text, its
 *  hash and both decisions stay in the record. `weigh` is pure. Refused as `recordDecision`. */
export async function recordReversal(
  store: Store,
  asked: DecisionToRecord,
  weigh: (standing: DecidedStanding) => { outcome: 'stands'; verdict: Verdict } | Refused,
): Promise<Decided | Refused> {
  try {
    return await inTransaction(store.writer, async (transaction) => {
      if (!(await lockStanding(transaction, asked))) return refused('comment_unknown');
      const first = await readInForce(transaction, asked);
      return asDecided(await decideIn(transaction, asked, (standing) => weigh({ ...standing, ...first })));
    });
  } catch (error) {
    if (moveRefused(error)) return refused('state_moved_on');
    throw error;
  }
}

async function readInForce(
  transaction: Transaction,
  { site, id }: { site: string; id: string },
): Promise<Pick<DecidedStanding, 'decidedBy' | 'decidedAt' | 'hasOpenAppeal'>> {
  const [row] = await queryRows<Pick<DecidedStanding, 'decidedBy' | 'decidedAt' | 'hasOpenAppeal'>>(
    transaction,
    sql`select d.actor as "decidedBy", d.decided_at as "decidedAt",
        exists (select from appeal a where a.site = c.site and a.comment = c.id and a.state = 'open') as "hasOpenAppeal"
      from comment c left join decision d on d.site = c.site and d.comment = c.id and d.seq = c.decision
      where c.site = ${site} and c.id = ${id}`,
  );
  return row ?? { decidedBy: null, decidedAt: null, hasOpenAppeal: false };
}
