import { queryRows } from '../storage/database.ts';
import { sql } from '../storage/sql.ts';
import { deriveKey } from './deriveKey.ts';
import { createMac } from './mac.ts';
import type { Store, Transaction } from './store.ts';

/** An address by which it can be counted and refused without being known: hex of a MAC under the installation's secret. What
 *  reaches the same person is the same: capitals, what stands behind a plus, and the dots that Gmail does not read. */
export function nameAddress(secret: string, site: string, email: string): string {
  const at = email.lastIndexOf('@');
  const host = email.slice(at + 1).toLowerCase();
  const local = email.slice(0, at).toLowerCase().replace(/\+.*$/, '');
  const read = /^(?:gmail|googlemail)\.com$/.test(host) ? local.replaceAll('.', '') : local;
  return createMac(deriveKey(secret, 'mail address'))(`${site}/${read.normalize('NFC')}@${host}`);
}

/** Whether the address may be asked now, which is counted unless `counts` is false: not where it wants no mail, and not more
 *  than `most` times within `since`. One statement, so that many comments at once do not slip through. */
export async function takeAsk(
  store: Store,
  ask: { site: string; address: string; counts: boolean; now: Date; since: Date; most: number },
): Promise<boolean> {
  const { site, address, counts, now, since, most } = ask;
  const more = counts ? 1 : 0;
  const rows = await queryRows(
    store.writer,
    sql`insert into mail_address as m (site, address, asked, asked_since)
      values (${site}, decode(${address}, 'hex'), ${more}, ${now})
      on conflict (site, address) do update set
        asked = case when m.asked_since <= ${since} then ${more}::integer else m.asked + ${more}::integer end,
        asked_since = case when m.asked_since <= ${since} then ${now} else m.asked_since end
      where m.refused_at is null and (m.asked_since <= ${since} or m.asked + ${more}::integer <= ${most})
      returning 1`,
  );
  return rows.length > 0;
}

/** Remembers that an address wants no mail from the site. */
export async function refuseMail(
  transaction: Transaction,
  { site, address, at }: { site: string; address: string; at: Date },
): Promise<void> {
  await transaction.query(
    sql`insert into mail_address (site, address, asked, asked_since, refused_at)
      values (${site}, decode(${address}, 'hex'), 0, ${at}, ${at})
      on conflict (site, address) do update set refused_at = ${at}`,
  );
}
