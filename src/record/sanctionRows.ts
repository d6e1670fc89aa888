import type { SanctionList, SanctionRow, SanctionState } from '../contract/sanction.ts';
import { queryRows } from '../storage/database.ts';
import { sql, type Sql } from '../storage/sql.ts';
import { accountOfActor } from './actors.ts';
import type { Store } from './store.ts';

type Row = Omit<SanctionRow, 'startedAt' | 'endsAt' | 'state' | 'lifted' | 'appeal' | 'mine'> & {
  actor: string;
  startedAt: Date;
  endsAt: Date;
  liftedAt: Date | null;
  liftedBy: string | null;
  liftedWhy: string | null;
  appealState: NonNullable<SanctionRow['appeal']>['state'] | null;
  appealText: string | null;
  appealedAt: Date | null;
  appealExplanation: string | null;
  appealBy: string | null;
  appealDecidedAt: Date | null;
};

/** Whose view of a sanction: `actor` is the account's author of events. */
export type SanctionViewer = { actor: string; now: Date };

/** Sanctions of a site as the desk sees them, the newest first, at most `limit`: `in_force`; `appealed`, the longest
 *  waiting first; or `ended`, expired and lifted ones. */
export async function listSanctions(
  store: Store,
  site: string,
  asked: { list: SanctionList; limit: number; viewer: SanctionViewer },
): Promise<{ total: number; sanctions: SanctionRow[] }> {
  const { list, limit, viewer } = asked;
  const inForce = sql`s.lifted_at is null and s.ends_at > ${viewer.now}`;
  const which: Record<SanctionList, Sql> = {
    in_force: inForce,
    appealed: sql`s.appeal_state = 'open'`,
    ended: sql`not (${inForce})`,
  };
  const chosen = sql`s.site = ${site} and ${which[list]}`;
  const order = list === 'appealed' ? sql`s.appealed_at, s.id` : sql`s.started_at desc, s.id`;
  const [counted] = await queryRows<{ total: number }>(
    store.writer,
    sql`select count(*) as total from sanction s where ${chosen}`,
  );
  const sanctions = await readRows(store, sql`where ${chosen} order by ${order} limit ${limit}`, viewer);
  return { total: counted?.total ?? 0, sanctions };
}

/** What concerns the reader of a comment, the newest first, at most 20: sanctions that rest on it or under which it was
 *  written, and those that rest on a comment of the very same name. */
export async function listSanctionsAround(
  store: Store,
  { site, comment }: { site: string; comment: string },
  viewer: SanctionViewer,
): Promise<SanctionRow[]> {
  return readRows(
    store,
    sql`where s.site = ${site} and (s.comment = ${comment}
        or s.id in (select m.sanction from sanction_mark m where m.site = ${site} and m.subject = ${comment})
        or s.report is null and c.name = (select o.name from comment o where o.site = ${site} and o.id = ${comment}))
      order by s.started_at desc, s.id limit 20`,
    viewer,
  );
}

/** The sanction of an id on one of these sites. */
export async function findSanction(
  store: Store,
  sites: readonly string[],
  id: string,
  viewer: SanctionViewer,
): Promise<(SanctionRow & { site: string; actor: string }) | undefined> {
  const [row] = await readFull(store, sql`where s.site = any(${sites}) and s.id = ${id}`);
  return row && { ...toSanctionRow(row, viewer), site: row.site, actor: row.actor };
}

async function readRows(store: Store, rest: Sql, viewer: SanctionViewer): Promise<SanctionRow[]> {
  return (await readFull(store, rest)).map((row) => toSanctionRow(row, viewer));
}

async function readFull(store: Store, rest: Sql): Promise<(Row & { site: string })[]> {
  return queryRows(
    store.writer,
    sql`select s.site, s.id, s.comment, case when s.report is null then c.name end as name, s.about, s.measure,
        s.known_by as "knownBy", s.guideline, s.explanation, s.minutes, s.decided, s.breaking, s.actor,
        coalesce(a.name, s.actor) as by, s.started_at as "startedAt", s.ends_at as "endsAt", s.lifted_at as "liftedAt",
        coalesce(l.name, s.lifted_by) as "liftedBy", s.lifted_why as "liftedWhy", s.appeal_state as "appealState",
        s.appeal_text as "appealText", s.appealed_at as "appealedAt", s.appeal_explanation as "appealExplanation",
        coalesce(d.name, s.appeal_decided_by) as "appealBy", s.appeal_decided_at as "appealDecidedAt"
      from sanction s join comment c on c.site = s.site and c.id = s.comment
      left join account a on a.site = s.site and a.id = ${accountOfActor(sql`s.actor`)}
      left join account l on l.site = s.site and l.id = ${accountOfActor(sql`s.lifted_by`)}
      left join account d on d.site = s.site and d.id = ${accountOfActor(sql`s.appeal_decided_by`)}
      ${rest}`,
  );
}

/** How a sanction stands at a time. Pure. */
export function stateOfSanction(sanction: { liftedAt: Date | null; endsAt: Date }, now: Date): SanctionState {
  if (sanction.liftedAt !== null && sanction.liftedAt < sanction.endsAt) return 'lifted';
  return sanction.endsAt > now ? 'in_force' : 'expired';
}

function toSanctionRow(row: Row, { actor, now }: SanctionViewer): SanctionRow {
  const { id, comment, name, about, measure, knownBy, guideline, explanation, minutes, decided, breaking, by } = row;
  return {
    ...{ id, comment, name, about, measure, knownBy, guideline, explanation, minutes, decided, breaking, by },
    startedAt: row.startedAt.toISOString(),
    endsAt: row.endsAt.toISOString(),
    state: stateOfSanction(row, now),
    lifted:
      row.liftedAt === null
        ? null
        : { at: row.liftedAt.toISOString(), by: row.liftedBy ?? '', explanation: row.liftedWhy },
    appeal:
      row.appealState === null || row.appealedAt === null
        ? null
        : {
            state: row.appealState,
            text: row.appealText,
            appealedAt: row.appealedAt.toISOString(),
            explanation: row.appealExplanation,
            by: row.appealBy,
            decidedAt: row.appealDecidedAt?.toISOString() ?? null,
          },
    mine: row.actor === actor,
  };
}
