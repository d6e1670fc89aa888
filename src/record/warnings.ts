import { sql, type Sql } from '../storage/sql.ts';

/** The warnings in force `w` under which a comment or a report (`subject`) was written, as what follows a statement's columns.
 *  One that was imposed after it was sent does not count. */
export function fromWarnings({ site, subject }: { site: Sql; subject: Sql }, now: Date): Sql {
  return sql`from sanction_mark m join sanction w on w.site = m.site and w.id = m.sanction
    where m.site = ${site} and m.subject = ${subject} and w.measure = 'warn' and w.lifted_at is null
      and w.started_at < m.marked_at and w.ends_at > ${now}`;
}
