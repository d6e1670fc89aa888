import { queryRows } from '../storage/database.ts';
import { sql } from '../storage/sql.ts';
import type { Store } from './store.ts';

/** A comment that a person decided, with what the decision says of it. */
export type DecidedText = {
  text: string;
  lang: string;
  verdict: 'approve' | 'reject' | 'remove';
  guideline: string | null;
  at: string;
};

/** The comments of a site that persons decided, each with the decision in force, oldest first; erased ones are gone. */
export async function listDecidedTexts(store: Store, site: string): Promise<DecidedText[]> {
  const rows = await queryRows<{
    text: string;
    lang: string;
    verdict: DecidedText['verdict'];
    guideline: string | null;
    decided_at: Date;
  }>(
    store.writer,
    sql`
      select c.text, c.lang, d.verdict, d.guideline, d.decided_at
      from comment c
      join decision d on d.site = c.site and d.comment = c.id and d.seq = c.decision
      where c.site = ${site} and c.text is not null and not d.automated
      order by d.decided_at, d.seq
    `,
  );
  return rows.map(({ decided_at: at, ...row }) => ({ ...row, at: at.toISOString() }));
}
