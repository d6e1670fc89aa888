import type { Reach } from '../contract/principal.ts';
import { joinSql, sql, type Sql } from '../storage/sql.ts';

/** Whether a `comment c` is one that an account reaches: of its site, and under a story of its sections. A comment whose
 *  story is gone or has no section is reached by those alone who reach all of the site. */
export function isReached({ site, sections }: Reach): Sql {
  if (sections.length === 0) return sql`c.site = ${site}`;
  return sql`c.site = ${site} and c.story in (
    select s.story from story s where s.site = ${site} and s.section = any(${sections}))`;
}

/** Whether a `comment c` is reached by one account at least; by none where there are none. */
export function isReachedByAny(reaches: readonly Reach[]): Sql {
  if (reaches.length === 0) return sql`false`;
  const each = reaches.map((reach) => sql`(${isReached(reach)})`);
  return sql`(${joinSql(each, 'or')})`;
}
