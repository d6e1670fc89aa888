import { queryRows } from '../storage/database.ts';
import { sql } from '../storage/sql.ts';
import type { Store, Transaction } from './store.ts';

/** What can be owed. `confirm`, `decision`, `appeal` and `replies` go to an author, `push` to their browser, the alerts to the
 *  newsroom, `sign_in` to a person of the desk, `report` to whoever reported a comment. */
export type DeliveryKind =
  | 'confirm'
  | 'decision'
  | 'appeal'
  | 'replies'
  | 'push'
  | 'alert_mail'
  | 'alert_webhook'
  | 'sign_in'
  | 'report';

/** A row of the outbox, leased to one process. `attempts` counts this one; `body` names rows and holds numbers, never an
 *  address and never a text. */
export type Delivery = {
  site: string;
  id: number;
  kind: DeliveryKind;
  body: unknown;
  attempts: number;
  createdAt: Date;
};

/** What became of one attempt. `later` is tried again at `dueAt`; where it does not count, nothing was attempted. */
export type Settlement =
  | { outcome: 'delivered'; at: Date; note?: string }
  | { outcome: 'failed'; at: Date; reason: string }
  | { outcome: 'later'; dueAt: Date; reason: string; counts: boolean };

/** Owes the author of a comment a mail about a decision or about their appeal, in the transaction that owes it. `seq` is
 *  the decision's. The caller owes only where the author left an address; the delivery looks again. */
export async function oweNotice(
  transaction: Transaction,
  notice: { site: string; kind: 'decision' | 'appeal'; comment: string; seq: number; at: Date },
): Promise<void> {
  const body = { comment: notice.comment, seq: notice.seq };
  await owe(transaction, { site: notice.site, kind: notice.kind, body, at: notice.at });
}

/** Adds a row to the outbox. The body is kept in plain text for 30 days: names and numbers only. */
export async function owe(
  transaction: Transaction,
  owed: { site: string; kind: DeliveryKind; body: object; at: Date },
): Promise<void> {
  await transaction.query(
    sql`insert into outbox (site, kind, body, created_at, due_at)
      values (${owed.site}, ${owed.kind}, ${JSON.stringify(owed.body)}, ${owed.at}, ${owed.at})`,
  );
}

/** Leases rows that are due, the longest due first: until `leasedUntil` no other process is handed them. The attempt is
 *  counted here, before it is made, so that a row that kills its process comes to an end as well. Kinds that this
 *  version does not know are left to one that does. */
export async function leaseDeliveries(
  store: Store,
  lease: { kinds: readonly DeliveryKind[]; now: Date; leasedUntil: Date; most: number },
): Promise<Delivery[]> {
  return queryRows<Delivery>(
    store.writer,
    sql`with due as (
        select site, id from outbox
        where delivered_at is null and failed_at is null and due_at <= ${lease.now}
          and (leased_until is null or leased_until <= ${lease.now}) and kind = any(${lease.kinds})
        order by due_at, id limit ${lease.most} for update skip locked
      )
      update outbox o set leased_until = ${lease.leasedUntil}, attempts = o.attempts + 1
      from due where o.site = due.site and o.id = due.id
      returning o.site, o.id, o.kind, o.body, o.attempts, o.created_at as "createdAt"`,
  );
}

/** Writes down what became of a leased row and ends the lease. A row that another process has settled meanwhile, because
 *  this one's lease ran out, stays as it is. */
export async function settleDelivery(store: Store, delivery: Delivery, settlement: Settlement): Promise<void> {
  const { site, id, attempts } = delivery;
  await store.writer.query(
    sql`update outbox set ${settledColumns(settlement)}, leased_until = null
      where site = ${site} and id = ${id} and attempts = ${attempts} and delivered_at is null and failed_at is null`,
  );
}

function settledColumns(settlement: Settlement): ReturnType<typeof sql> {
  switch (settlement.outcome) {
    case 'delivered':
      return sql`delivered_at = ${settlement.at}, last_error = ${settlement.note ?? null}`;
    case 'failed':
      return sql`failed_at = ${settlement.at}, last_error = ${settlement.reason}`;
    case 'later':
      return sql`due_at = ${settlement.dueAt}, last_error = ${settlement.reason},
        attempts = attempts - ${settlement.counts ? 0 : 1}`;
  }
}

/** How many rows wait for delivery, how many of them for want of an SMTP server, and how many were given up. */
export async function countOutbox(store: Store): Promise<{ due: number; withoutSmtp: number; failed: number }> {
  const [row] = await queryRows<{ due: number; withoutSmtp: number; failed: number }>(
    store.writer,
    sql`select count(*) filter (where failed_at is null) as due,
        count(*) filter (where failed_at is null and last_error = ${withoutSmtp}) as "withoutSmtp",
        count(*) filter (where failed_at is not null) as failed
      from outbox where delivered_at is null`,
  );
  return row ?? { due: 0, withoutSmtp: 0, failed: 0 };
}

/** Why a mail waits on an installation that has no SMTP_URL. */
export const withoutSmtp = 'no_smtp';

/** Makes every mail that waits for want of an SMTP server due now: called when one has been configured. */
export async function wakeMails(store: Store, now: Date): Promise<void> {
  await store.writer.query(
    sql`update outbox set due_at = ${now}
      where delivered_at is null and failed_at is null and last_error = ${withoutSmtp} and due_at > ${now}`,
  );
}
