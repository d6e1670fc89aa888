import type { Measure, SanctionAbout } from '../contract/sanction.ts';
import { queryRows } from '../storage/database.ts';
import { sql } from '../storage/sql.ts';
import type { Store } from './store.ts';

/** A sanction as whoever holds a receipt may see it. `rests`: on the comment of this receipt; the others, under which it
 *  was written, bring no words of theirs. */
export type HeldSanction = {
  id: string;
  rests: boolean;
  measure: Measure;
  about: SanctionAbout;
  guideline: string | null;
  guidelineVersion: number | null;
  titles: Record<string, string> | null;
  explanation: string | null;
  minutes: number | null;
  startedAt: Date;
  endsAt: Date;
  liftedAt: Date | null;
  appealState: 'open' | 'upheld' | 'overturned' | null;
  appealedAt: Date | null;
  appealExplanation: string | null;
  appealDecidedAt: Date | null;
};

/** The sanctions that rest on a comment, or under which it was written, the newest first. What its reports led to is
 *  nothing of its author's. The words of a note (`watch`) are for moderators. */
export async function listHeldSanctions(store: Store, site: string, comment: string): Promise<HeldSanction[]> {
  return queryRows(
    store.writer,
    sql`select s.id, s.comment = ${comment} as rests, s.measure, s.about, s.guideline,
        s.guideline_version as "guidelineVersion", g.titles,
        case when s.comment = ${comment} and s.measure <> 'watch' then s.explanation end as explanation, s.minutes,
        s.started_at as "startedAt", s.ends_at as "endsAt", s.lifted_at as "liftedAt", s.appeal_state as "appealState",
        s.appealed_at as "appealedAt", case when s.comment = ${comment} then s.appeal_explanation end as "appealExplanation",
        s.appeal_decided_at as "appealDecidedAt"
      from sanction s
      left join guideline_version g on g.site = s.site and g.guideline = s.guideline and g.version = s.guideline_version
      where s.site = ${site} and s.report is null and (s.comment = ${comment}
        or s.id in (select m.sanction from sanction_mark m where m.site = ${site} and m.subject = ${comment}))
      order by s.started_at desc, s.id`,
  );
}
