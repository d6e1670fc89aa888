import type { SpeakerKind } from '../contract/reader.ts';
import { inTransaction, queryRows } from '../storage/database.ts';
import { sql } from '../storage/sql.ts';
import type { Digest } from './comments.ts';
import type { Store } from './store.ts';

/** Writes down who is about to write a comment. Before it is stored, so that none is published without its mark; the mark
 *  of one that is then refused means nothing. Throws ST002 where the comment stands already with another. */
export async function markSpeaker(
  store: Store,
  mark: { site: string; comment: string; kind: SpeakerKind; account: Digest },
): Promise<void> {
  const { site, comment, kind, account } = mark;
  await store.writer.query(
    sql`insert into speaker (site, comment, kind, account) values (${site}, ${comment}, ${kind}, ${toBytes(account)})
      on conflict (site, comment) do update set kind = excluded.kind, account = excluded.account`,
  );
}

/** What knows the account, or the key of the protected name, that a comment was written with (hex). */
export async function findAccountOf(
  store: Store,
  { site, comment }: { site: string; comment: string },
): Promise<string | null> {
  const [row] = await queryRows<{ account: string | null }>(
    store.writer,
    sql`select encode(account, 'hex') as account from speaker where site = ${site} and comment = ${comment}`,
  );
  return row?.account ?? null;
}

/** Takes a token for this one submission, and again for the same. False where it was used for another. */
export async function useToken(
  store: Store,
  use: { site: string; token: Digest; submission: string; until: Date },
): Promise<boolean> {
  const { site, token, submission, until } = use;
  const [row] = await queryRows<{ submission: string }>(
    store.writer,
    sql`insert into reader_token as t (site, token, submission, expires_at)
      values (${site}, ${toBytes(token)}, ${submission}, ${until})
      on conflict (site, token) do update set submission = t.submission returning submission`,
  );
  return row?.submission === submission;
}

/** Gives a token back of which nothing came. */
export async function giveTokenBack(store: Store, { site, token }: { site: string; token: Digest }): Promise<void> {
  await store.writer.query(sql`delete from reader_token where site = ${site} and token = ${toBytes(token)}`);
}

type Named = { site: string; keys: readonly Digest[]; unusedSince: Date };

/** Whether any name of the site is protected. */
export async function hasProtectedNames(store: Store, site: string): Promise<boolean> {
  const rows = await queryRows(store.writer, sql`select from protected_name where site = ${site} limit 1`);
  return rows.length > 0;
}

/** Whether somebody protects a name with one of these keys and has used it since. */
export async function isNameProtected(store: Store, { site, keys, unusedSince }: Named): Promise<boolean> {
  const rows = await queryRows(
    store.writer,
    sql`select from protected_name where site = ${site} and key = any (${keys.map(toBytes)}::bytea[])
      and used_at >= ${unusedSince} limit 1`,
  );
  return rows.length > 0;
}

/** Protects a name for the holder of a key, or says that it is another's. All keys of the name or none; of two at once one
 *  gets it. A name that nobody used since `unusedSince` is free. */
export async function holdName(
  store: Store,
  { site, keys, unusedSince, holder, now }: Named & { holder: Digest; now: Date },
): Promise<boolean> {
  // In one order, so that two who want overlapping names do not wait for each other.
  const sorted = keys.map((key) => toBytes(key)).toSorted((one, other) => Buffer.compare(one, other));
  return inTransaction(store.writer, async (transaction) => {
    const rows = await queryRows(
      transaction,
      sql`insert into protected_name as p (site, key, holder, used_at)
        select ${site}, k, ${toBytes(holder)}, ${now}::timestamptz from unnest(${sorted}::bytea[]) with ordinality as u (k, n)
        order by n
        on conflict (site, key) do update set holder = excluded.holder, used_at = greatest(p.used_at, excluded.used_at)
          where p.holder = excluded.holder or p.used_at < ${unusedSince} returning 1`,
    );
    if (rows.length < sorted.length) throw new Taken();
    return true;
  }).catch((error: unknown) => {
    if (error instanceof Taken) return false;
    throw error;
  });
}

/** Frees every name of a site that the key's holder protects. */
export async function releaseNames(store: Store, { site, holder }: { site: string; holder: Digest }): Promise<void> {
  await store.writer.query(sql`delete from protected_name where site = ${site} and holder = ${toBytes(holder)}`);
}

class Taken extends Error {}

function toBytes(digest: Digest): Buffer {
  return typeof digest === 'string' ? Buffer.from(digest, 'hex') : digest;
}
