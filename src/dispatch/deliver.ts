import { addMinutes } from '../contract/time.ts';
import { leaseDeliveries, settleDelivery, type Delivery, type DeliveryKind } from '../record/outbox.ts';
import type { Store } from '../record/store.ts';
import { mostAttempts, weighAttempt, type Attempt } from './retry.ts';

/** Rows of some kinds on their way out. Mails, webhooks and messages to browsers have a lane each, so that a mail server that
 *  hangs holds up mails alone. */
export type Lane = {
  store: Store;
  kinds: readonly DeliveryKind[];
  carry: (delivery: Delivery, at: { now: Date; signal: AbortSignal }) => Promise<Attempt>;
  now: () => Date;
  log: (line: string) => void;
  /** Ends the taking of rows. */
  stopping: AbortSignal;
  /** Ends attempts that are under way. */
  aborting: AbortSignal;
};

// As many at once as a small mail server takes from one client without slowing it down.
const atOnce = 5;

// Longer than any attempt; a process that died is stepped in for after it.
const leaseMinutes = 2;

/** Delivers what is due until nothing is. A row goes out at least once: a process that dies between sending and marking
 *  leaves a lease that runs out, and the row is sent again under the same Message-ID. */
export async function deliverDue(lane: Lane): Promise<void> {
  while (!lane.stopping.aborted) {
    const now = lane.now();
    const leasedUntil = addMinutes(now, leaseMinutes);
    const leased = await leaseDeliveries(lane.store, { kinds: lane.kinds, now, leasedUntil, most: atOnce });
    if (leased.length === 0) return;
    const ended = await Promise.allSettled(leased.map((delivery) => deliverOne(lane, delivery)));
    // The database is away: the leases run out by themselves.
    for (const one of ended) if (one.status === 'rejected') throw one.reason;
  }
}

async function deliverOne(lane: Lane, delivery: Delivery): Promise<void> {
  const attempt = await attemptOne(lane, delivery);
  const { attempts, site, id, kind } = delivery;
  const settlement = weighAttempt(attempt, { attempts, now: lane.now(), chance: Math.random() });
  await settleDelivery(lane.store, delivery, settlement);
  if (settlement.outcome === 'failed') {
    lane.log(`outbox: ${kind} ${id} of ${site} was given up after ${attempts} attempts (${settlement.reason})`);
  } else if (settlement.outcome === 'later' && settlement.counts) {
    lane.log(`outbox: ${kind} ${id} of ${site} failed (${settlement.reason}), next ${settlement.dueAt.toISOString()}`);
  }
}

async function attemptOne(lane: Lane, delivery: Delivery): Promise<Attempt> {
  // Only a row that takes its process down with it comes back so often without having been settled.
  if (delivery.attempts > mostAttempts) return { attempt: 'failed', reason: 'attempts_spent', again: 'never' };
  const attempt = await lane.carry(delivery, { now: lane.now(), signal: lane.aborting });
  // A server that shuts down broke it off; the next one takes it up as if it had not been tried.
  const isBrokenOff = lane.aborting.aborted && attempt.attempt === 'failed';
  return isBrokenOff ? { attempt: 'waits', reason: 'stopped', minutes: 0 } : attempt;
}
