import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { sql } from '../storage/sql.ts';
import { queryRows } from '../storage/database.ts';
import { commit, makeSalt } from './commitment.ts';
import type { Transaction } from './store.ts';

/** The kinds of line in the record. */
export type EventKind =
  | 'received'
  | 'decided'
  | 'appealed'
  | 'appeal_decided'
  | 'withdrawn'
  | 'erased'
  | 'guideline_version'
  | 'settings_changed'
  | 'automation_set'
  | 'read_again'
  | 'first_verdict'
  | 'second_verdict'
  | 'rechecked'
  | 'account_changed'
  | 'sanctioned'
  | 'sanction_lifted'
  | 'sanction_appealed'
  | 'sanction_appeal_decided'
  | 'reports_dismissed'
  | 'featured'
  | 'unfeatured'
  | 'name_freed';

export type NewEvent = { site: string; kind: EventKind; comment: string | null; at: Date; actor: string; body: object };

export type SealedEvent = NewEvent & { id: string; salt: Buffer; commitment: Buffer };

/** The event with its id, salt and commitment: ready to be stored. */
export function sealEvent(event: NewEvent): SealedEvent {
  const id = randomUUID();
  const salt = makeSalt();
  return { ...event, id, salt, commitment: commit({ ...event, id, at: event.at.toISOString() }, salt) };
}

/** Appends one event; the database folds it into state in the same statement. Returns its sequence number. Throws what
 *  the fold refuses: see `moveRefused`. */
export async function appendEvent(transaction: Transaction, event: NewEvent): Promise<number> {
  const { id, salt, commitment, ...rest } = sealEvent(event);
  if (rest.comment !== null) {
    // Locked first: sequence numbers are then given in the order in which the events of a comment are folded.
    await transaction.query(sql`select 1 from comment where site = ${rest.site} and id = ${rest.comment} for update`);
  }
  const [row] = await queryRows<{ seq: number }>(
    transaction,
    sql`insert into event (site, id, kind, comment, at, actor, body, salt, commitment)
      values (${rest.site}, ${id}, ${rest.kind}, ${rest.comment}, ${rest.at}, ${rest.actor},
        ${JSON.stringify(rest.body)}, ${salt}, ${commitment})
      returning seq`,
  );
  if (!row) throw new Error('an event was not stored');
  return row.seq;
}

/** What the fold refused: ST001 because the state moved on meanwhile (a second decision included), ST003 because the
 *  same moderator decided before. Undefined for every other failure, which stays a failure. */
export function moveRefused(error: unknown): 'moved_on' | 'same_moderator' | undefined {
  if (!(error instanceof pg.DatabaseError)) return undefined;
  if (error.code === 'ST003') return 'same_moderator';
  // 23505: the chain of decisions or the one appeal already has its next link.
  return error.code === 'ST001' || error.code === '23505' ? 'moved_on' : undefined;
}
