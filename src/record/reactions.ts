import pg from 'pg';
import type { ReactionKind, Reactions } from '../contract/reaction.ts';
import { queryRows } from '../storage/database.ts';
import { sql, type Sql } from '../storage/sql.ts';
import type { Store } from './store.ts';

/** What one browser says of a comment; `kind` null is nothing any more. `reader` is a MAC, as hex of 32 digits. */
export type Reaction = { site: string; comment: string; reader: string; kind: ReactionKind | null };

/** Keeps the reaction, in place of the one that this browser said before. Returns the counts of the comment then; undefined
 *  where it is not published, or not any more. */
export async function keepReaction(store: Store, reaction: Reaction): Promise<Reactions | undefined> {
  const { site, comment } = reaction;
  try {
    await store.writer.query(reaction.kind === null ? takeBack(reaction) : say(reaction));
  } catch (error) {
    // It was taken down between the look and the reaction.
    if (error instanceof pg.DatabaseError && error.code === '23503') return undefined;
    throw error;
  }
  const [row] = await queryRows<{ reactions: Reactions }>(
    store.writer,
    sql`select ${countReactions} as reactions from published p where p.site = ${site} and p.id = ${comment}`,
  );
  return row?.reactions;
}

function say({ site, comment, reader, kind }: Reaction): Sql {
  return sql`insert into reaction (site, comment, reader, kind)
    select p.site, p.id, decode(${reader}::text, 'hex'), ${kind}::text from published p
    where p.site = ${site} and p.id = ${comment}
    on conflict (site, comment, reader) do update set kind = excluded.kind where reaction.kind <> excluded.kind`;
}

function takeBack({ site, comment, reader }: Reaction): Sql {
  return sql`delete from reaction where site = ${site} and comment = ${comment} and reader = decode(${reader}::text, 'hex')`;
}

/** The counts of a row `p` of readers, as `Reactions`. */
export const countReactions: Sql = sql`(select coalesce(json_object_agg(k.kind, k.count), '{}') from (
  select r.kind, count(*) from reaction r where r.site = p.site and r.comment = p.id group by r.kind) k)`;
