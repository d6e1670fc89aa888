import { sql, type Sql } from '../storage/sql.ts';

/** The account behind an event's actor (`moderator:<id>`, `program:<id>`), for a join with `account`. */
export function accountOfActor(actor: Sql): Sql {
  return sql`substring(${actor} from '^(?:moderator|program):([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$')::uuid`;
}
