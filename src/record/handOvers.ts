import type { Reach } from '../contract/principal.ts';
import { refused, type Refused } from '../contract/refusals.ts';
import { inTransaction, queryRows } from '../storage/database.ts';
import { sql } from '../storage/sql.ts';
import { lockStanding, type Standing } from './decisions.ts';
import { isReached } from './reach.ts';
import type { Store } from './store.ts';

/** A case that goes to a colleague (`to`, an account's id) or, with null, to any editor. */
export type HandOver = {
  site: string;
  id: string;
  by: string;
  to: string | null;
  note: string | null;
  now: Date;
  lapsesAt: Date;
};

/** Hands a held comment over and ends the claim of whoever does. A later hand-over takes the place of an earlier one.
 *  Refused with what `unless` says of how the comment stands. */
export async function recordHandOver(
  store: Store,
  handed: HandOver,
  unless: (standing: Standing) => Refused | undefined,
): Promise<{ outcome: 'handed' } | Refused> {
  const { site, id, by, to, note, now, lapsesAt } = handed;
  return inTransaction(store.writer, async (transaction) => {
    const standing = await lockStanding(transaction, { site, id, guideline: undefined, now });
    if (!standing) return refused('comment_unknown');
    const refusal = unless(standing);
    if (refusal) return refusal;
    await transaction.query(
      sql`insert into hand_over (site, comment, handed_by, handed_to, note, handed_at, lapses_at)
        values (${site}, ${id}, ${by}, ${to}, ${note}, ${now}, ${lapsesAt})
        on conflict (site, comment) do update set handed_by = excluded.handed_by, handed_to = excluded.handed_to,
          note = excluded.note, handed_at = excluded.handed_at, lapses_at = excluded.lapses_at`,
    );
    await transaction.query(sql`delete from claim where site = ${site} and comment = ${id} and account = ${by}`);
    return { outcome: 'handed' };
  });
}

/** The held comments that were handed to an account and have not lapsed, the longest waiting first; at most 100. */
export async function listHandedTo(
  store: Store,
  { reach, account, isEditor, now }: { reach: Reach; account: string; isEditor: boolean; now: Date },
): Promise<string[]> {
  const rows = await queryRows<{ id: string }>(
    store.writer,
    sql`select h.comment as id from hand_over h join comment c on c.site = h.site and c.id = h.comment and c.state = 'held'
      where ${isReached(reach)} and h.lapses_at > ${now} and h.handed_by <> ${account}
        and (h.handed_to = ${account} or h.handed_to is null and ${isEditor})
      order by h.handed_at limit 100`,
  );
  return rows.map(({ id }) => id);
}

/** A colleague to whom a comment can be handed, and the sections they are limited to. */
export type Colleague = { id: string; name: string; role: string; sections: string[] };

/** The people with an account on a site, by name. */
export async function listColleagues(store: Store, site: string): Promise<Colleague[]> {
  return queryRows<Colleague>(
    store.writer,
    sql`select id, name, role, sections from account
      where site = ${site} and kind = 'person' and removed_at is null order by lower(name), id`,
  );
}
