import type { SanctionNote } from '../contract/sanction.ts';
import { sql, type Sql } from '../storage/sql.ts';
import { accountOfActor } from './actors.ts';

/** The column `sanctions` of a page `p` of comments: the sanctions under which each was written, the newest first. */
export function describeSanctions(now: Date): Sql {
  return sql`(select json_agg(json_build_object('id', n.id, 'measure', n.measure, 'about', n.about,
        'explanation', n.explanation, 'by', coalesce(na.name, n.actor), 'startedAt', n.started_at, 'endsAt', n.ends_at,
        'inForce', n.lifted_at is null and n.ends_at > ${now}) order by n.started_at desc)
      from sanction_mark m join sanction n on n.site = m.site and n.id = m.sanction
      left join account na on na.site = n.site and na.id = ${accountOfActor(sql`n.actor`)}
      where m.site = p.site and m.subject = p.id) as sanctions`;
}

/** Such a column as the contract has it: times in UTC. */
export function toSanctionNotes(column: readonly SanctionNote[] | null): SanctionNote[] {
  return (column ?? []).map((note) => ({
    ...note,
    startedAt: new Date(note.startedAt).toISOString(),
    endsAt: new Date(note.endsAt).toISOString(),
  }));
}
