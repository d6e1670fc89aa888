import type { DeskEvents } from '../contract/deskEvents.ts';
import type { Reach } from '../contract/principal.ts';
import { queryRows } from '../storage/database.ts';
import { sql } from '../storage/sql.ts';
import { accountOfActor } from './actors.ts';
import { toDecisionView } from './queueRows.ts';
import { isReached } from './reach.ts';
import type { Store } from './store.ts';

/** Tells every server that comments of a site were held. Apart from the transaction that held them: a notice in each would
 *  have the commits of a busy evening wait for one another. */
export async function announceHeld(store: Store, site: string): Promise<void> {
  await store.writer.query(sql`select tell('held', ${site}, null, null)`);
}

/** Counted exactly up to here: at a million held comments a number costs more than it tells. */
const mostCounted = 1_000;

/** How many comments wait that an account reaches. */
export async function countHeld(store: Store, reach: Reach): Promise<DeskEvents['held']> {
  const [row] = await queryRows<{ count: number }>(
    store.writer,
    sql`select count(*) as count from (
        select from comment c where ${isReached(reach)} and c.state = 'held' limit ${mostCounted + 1}) counted`,
  );
  const { count = 0 } = row ?? {};
  return { site: reach.site, count: Math.min(count, mostCounted), isLeast: count > mostCounted };
}

type Named = { site: string; id: string };

/** Who holds a held comment; undefined where nobody does. */
export async function findClaimNews(
  store: Store,
  { site, id }: Named,
  now: Date,
): Promise<DeskEvents['claimed'] | undefined> {
  const [row] = await queryRows<Omit<DeskEvents['claimed'], 'expiresAt'> & { expiresAt: Date }>(
    store.writer,
    sql`select k.comment as id, k.account, coalesce(a.name, k.account::text) as by, k.expires_at as "expiresAt"
      from claim k join comment c on c.site = k.site and c.id = k.comment and c.state = 'held'
      left join account a on a.site = k.site and a.id = k.account
      where k.site = ${site} and k.comment = ${id} and k.expires_at > ${now}`,
  );
  return row && { ...row, expiresAt: row.expiresAt.toISOString() };
}

type StandingRow = Pick<DeskEvents['decided'], 'id' | 'state' | 'version'> & { account: string | null } & Parameters<
    typeof toDecisionView
  >[0];

/** How a comment stands, without a word of it; undefined where there is none. */
export async function findStandingNews(store: Store, { site, id }: Named): Promise<DeskEvents['decided'] | undefined> {
  const [row] = await queryRows<StandingRow>(
    store.writer,
    sql`select c.id, c.state, c.version, d.verdict, null as guideline, null as "guidelineVersion", null as explanation,
        coalesce(a.name, d.actor) as "decidedBy", a.id as account, d.automated, d.decided_at as "decidedAt"
      from comment c
      left join decision d on d.site = c.site and d.comment = c.id and d.seq = c.decision
      left join account a on a.site = d.site and a.id = ${accountOfActor(sql`d.actor`)}
      where c.site = ${site} and c.id = ${id}`,
  );
  if (!row) return undefined;
  const { state, version, account } = row;
  const decision = toDecisionView(row);
  if (!decision) return { id, state, version, decision: null };
  const { verdict, by, automated, decidedAt } = decision;
  return { id, state, version, decision: { verdict, by, account, automated, decidedAt } };
}
