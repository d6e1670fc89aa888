import { queryRows } from '../storage/database.ts';
import { sql, type Sql } from '../storage/sql.ts';
import { accountOfActor } from './actors.ts';
import type { Transaction } from './store.ts';

/** How far a comment was read by two: whether the guideline that is asked for wants it, the first verdict, and the
 *  accounts that gave verdicts. `editors` are the living editors and admins of the site, where the two differ. */
export type Reading = {
  asksTwo: boolean;
  first: { guideline: string; account: string; other: string | null } | undefined;
  editors: readonly string[];
};

/** Reads it inside the transaction that holds the comment's lock. */
export async function findReading(
  transaction: Transaction,
  { site, id, guideline }: { site: string; id: string; guideline: string | undefined },
): Promise<Reading> {
  const [row] = await queryRows<{
    asksTwo: boolean;
    guideline: string | null;
    account: string | null;
    other: string | null;
    editors: string[] | null;
  }>(
    transaction,
    sql`select coalesce((select g.second_reading from guideline_version g
          where g.site = ${site} and g.guideline = ${guideline ?? null} order by g.version desc limit 1), false) as "asksTwo",
        f.guideline, ${accountOfActor(sql`f.actor`)}::text as account, ${accountOfActor(sql`f.other_actor`)}::text as other,
        (select array_agg(e.id::text) from account e where f.other_actor is not null and e.site = ${site}
          and e.role in ('editor', 'admin') and e.removed_at is null) as editors
      from (select) nothing left join first_verdict f on f.site = ${site} and f.comment = ${id}`,
  );
  const { asksTwo = false, guideline: ground = null, account = null, other = null, editors } = row ?? {};
  const first = ground === null || account === null ? undefined : { guideline: ground, account, other };
  return { asksTwo, first, editors: editors ?? [] };
}

/** Whether `comment c` may be offered to an account to judge: not to whoever judged it already, and where two differed to
 *  editors alone. */
export function isReadableBy(account: string): Sql {
  return sql`not exists (select from first_verdict fv where fv.site = c.site and fv.comment = c.id and (
    ${account}::uuid in (${accountOfActor(sql`fv.actor`)}, ${accountOfActor(sql`fv.other_actor`)})
    or fv.other_actor is not null and not exists (select from account re
      where re.site = c.site and re.id = ${account}::uuid and re.role in ('editor', 'admin'))))`;
}

/** The reading of the rows of `page p` as the desk sees it, as JSON; null where nobody gave a first verdict. The first
 *  verdict is kept from everybody but its author until another has judged. */
export function describeReading(accounts: readonly string[]): Sql {
  const isMine = (actor: Sql): Sql => sql`coalesce(${accountOfActor(actor)} = any(${accounts}::uuid[]), false)`;
  const first = sql`json_build_object('verdict', f.verdict, 'guideline', f.guideline, 'explanation', f.explanation,
    'by', coalesce(fa.name, f.actor), 'mine', ${isMine(sql`f.actor`)})`;
  const other = sql`json_build_object('verdict', f.other_verdict, 'guideline', f.other_guideline,
    'explanation', f.other_explanation, 'by', coalesce(oa.name, f.other_actor), 'mine', ${isMine(sql`f.other_actor`)})`;
  return sql`(select json_build_object(
        'state', case when p.state <> 'held' then 'closed' when f.other_actor is null then 'waiting' else 'disputed' end,
        'mine', ${isMine(sql`f.actor`)} or ${isMine(sql`f.other_actor`)},
        'verdicts', case when f.other_actor is not null then json_build_array(${first}, ${other})
          when p.state <> 'held' or ${isMine(sql`f.actor`)} then json_build_array(${first}) else '[]'::json end)
      from first_verdict f
      left join account fa on fa.site = f.site and fa.id = ${accountOfActor(sql`f.actor`)}
      left join account oa on oa.site = f.site and oa.id = ${accountOfActor(sql`f.other_actor`)}
      where f.site = p.site and f.comment = p.id) as reading`;
}
