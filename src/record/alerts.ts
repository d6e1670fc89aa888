import { inTransaction, queryRows } from '../storage/database.ts';
import { sql } from '../storage/sql.ts';
import { owe, type DeliveryKind } from './outbox.ts';
import type { Store, Transaction } from './store.ts';

/** The last alert of a site: when its crossing began, when it was last told, and whether the wait has ended since. */
export type LastAlert = { since: Date; toldAt: Date; over: boolean };

/** What to do about a site's wait now; `since` begins or continues a crossing. */
export type AlertStep = { step: 'nothing' } | { step: 'end' } | { step: 'tell'; since: Date };

/** Weighs a site's wait while no other process does and does what came of it, in one transaction: so of several servers
 *  one tells. The rows of the outbox are also the memory of what was told. */
export async function takeAlertStep(
  store: Store,
  site: string,
  step: {
    weigh: (last: LastAlert | undefined) => AlertStep;
    now: Date;
    kinds: readonly DeliveryKind[];
    body: { held: number; oldestMinutes: number; limitMinutes: number };
  },
): Promise<AlertStep> {
  return inTransaction(store.writer, async (transaction) => {
    await transaction.query(sql`select pg_advisory_xact_lock(hashtext('stet.alert'), hashtext(${site}))`);
    const taken = step.weigh(await findLastAlert(transaction, site));
    if (taken.step === 'end') {
      await transaction.query(
        sql`update outbox set body = body || '{"over": true}' where site = ${site} and kind in ('alert_mail', 'alert_webhook')
          and not (body ? 'over')`,
      );
    }
    if (taken.step === 'tell') {
      for (const kind of step.kinds) {
        await owe(transaction, { site, kind, body: { ...step.body, since: taken.since }, at: step.now });
      }
    }
    return taken;
  });
}

async function findLastAlert(transaction: Transaction, site: string): Promise<LastAlert | undefined> {
  const [row] = await queryRows<{ since: string; toldAt: Date; over: boolean }>(
    transaction,
    sql`select body ->> 'since' as since, created_at as "toldAt", body ? 'over' as over from outbox
      where site = ${site} and kind in ('alert_mail', 'alert_webhook') order by id desc limit 1`,
  );
  return row && { ...row, since: new Date(row.since) };
}
