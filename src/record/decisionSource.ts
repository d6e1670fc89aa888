import { sql, type Sql } from '../storage/sql.ts';

/** What led to the decision `d`: a notice of illegal content or a report that it upheld, or the newsroom itself; null for an
 *  approval, which owes nobody a reason. */
export function sourceOf(d: Sql): Sql {
  return sql`case when ${d}.verdict <> 'approve' then coalesce(
    (select case when bool_or(r.notice) then 'notice' when count(*) > 0 then 'report' end from report r
      where r.site = ${d}.site and r.comment = ${d}.comment and r.decision = ${d}.seq), 'own') end`;
}
