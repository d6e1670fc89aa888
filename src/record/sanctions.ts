import type { KnownBy, Measure, SanctionAbout } from '../contract/sanction.ts';
import { queryRows } from '../storage/database.ts';
import { sql } from '../storage/sql.ts';
import type { Store } from './store.ts';

/** A sanction in force as intake needs it. `name`, `network` (hex) and `writtenAt` are those of the comment or report
 *  that it rests on; null where they were forgotten. */
export type StandingSanction = {
  id: string;
  comment: string;
  about: SanctionAbout;
  measure: Measure;
  knownBy: readonly KnownBy[];
  minutes: number | null;
  guideline: string | null;
  titles: Readonly<Record<string, string>> | null;
  startedAt: Date;
  endsAt: Date;
  name: string | null;
  network: string | null;
  /** What knows the account, or the key of the protected name, that the comment was written with (hex). */
  account: string | null;
  writtenAt: Date;
};

/** The sanctions of a site that nobody lifted and that end after a time. Those that begin to expire stay in what was
 *  listed: whoever uses them compares `endsAt`. */
export async function listStandingSanctions(store: Store, site: string, now: Date): Promise<StandingSanction[]> {
  return queryRows(
    store.writer,
    sql`select s.id, s.comment, s.about, s.measure, s.known_by as "knownBy", s.minutes, s.guideline, g.titles,
        s.started_at as "startedAt", s.ends_at as "endsAt", case when s.report is null then c.name end as name,
        encode(case when s.report is null then c.network else r.network end, 'hex') as network, encode(v.account, 'hex') as account,
        coalesce(r.reported_at, c.submitted_at) as "writtenAt"
      from sanction s
      join comment c on c.site = s.site and c.id = s.comment
      left join report r on r.site = s.site and r.id = s.report
      left join speaker v on v.site = s.site and v.comment = s.comment and s.report is null
      left join guideline_version g on g.site = s.site and g.guideline = s.guideline and g.version = s.guideline_version
      where s.site = ${site} and s.lifted_at is null and s.ends_at > ${now} order by s.started_at, s.id`,
  );
}

/** Writes down that a comment, or a report, comes from a reader under these sanctions, where there are any. Before it is
 *  stored, so that none is ever without its note; the mark of one that is then refused means nothing, and a repetition of
 *  it meets its mark. */
export async function markSubject(
  store: Store,
  mark: { site: string; subject: string; sanctions: readonly Pick<StandingSanction, 'id'>[]; at: Date },
): Promise<void> {
  const ids = mark.sanctions.map(({ id }) => id);
  if (ids.length === 0) return;
  await store.writer.query(
    sql`insert into sanction_mark (site, subject, sanction, marked_at)
      select ${mark.site}, ${mark.subject}::uuid, s, ${mark.at}::timestamptz from unnest(${ids}::uuid[]) as s
      on conflict do nothing`,
  );
}

/** Takes a slowed reader's turn, or says when the next one is. Of two servers at once, one takes it. */
export async function takeSlowTurn(
  store: Store,
  turn: { site: string; sanction: string; minutes: number; now: Date },
): Promise<'taken' | Date> {
  const { site, sanction, minutes, now } = turn;
  const [row] = await queryRows<{ taken: boolean; takenAt: Date | null }>(
    store.writer,
    sql`with taken as (
        insert into sanction_turn as t (site, sanction, taken_at) values (${site}, ${sanction}, ${now})
        on conflict (site, sanction) do update set taken_at = excluded.taken_at
          where t.taken_at <= excluded.taken_at - make_interval(mins => ${minutes})
        returning 1
      )
      select exists (select from taken) as taken,
        (select taken_at from sanction_turn where site = ${site} and sanction = ${sanction}) as "takenAt"`,
  );
  if (row?.taken) return 'taken';
  return new Date((row?.takenAt ?? now).getTime() + minutes * 60_000);
}

/** Gives a turn back when nothing came of it. */
export async function giveTurnBack(
  store: Store,
  { site, sanction }: { site: string; sanction: string },
): Promise<void> {
  await store.writer.query(sql`delete from sanction_turn where site = ${site} and sanction = ${sanction}`);
}
