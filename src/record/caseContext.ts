import type { EarlierDecision, ThreadLine } from '../contract/case.ts';
import type { QueueRow } from '../contract/desk.ts';
import type { Reach } from '../contract/principal.ts';
import { queryRows } from '../storage/database.ts';
import { sql } from '../storage/sql.ts';
import { isReached } from './reach.ts';
import type { Store } from './store.ts';

/** More steps up than anybody reads; a chain of replies can have hundreds. */
const mostAbove = 6;
const mostBeside = 3;
const mostBelow = 3;
const mostEarlier = 5;
const earlierCharacters = 160;

type Case = Pick<QueueRow, 'site' | 'id' | 'name'> & { story: string; parent: string | null };

type StoredLine = Omit<ThreadLine, 'submittedAt'> & { submittedAt: Date };

/** The thread around a comment: what it answers, from the first on; what readers saw beside it before it was decided, the
 *  oldest first; the first replies that readers see. Each part is an index scan of a few rows. */
export async function listThreadAround(store: Store, { site, id, story, parent }: Case): Promise<ThreadLine[]> {
  const siblings = parent === null ? sql`p.story = ${story} and p.parent is null` : sql`p.parent = ${parent}`;
  const rows = await queryRows<StoredLine>(
    store.writer,
    sql`with recursive above as (
        select c.site, c.id, c.parent, 1 as step from comment c where c.site = ${site} and c.id = ${parent}
        union all
        select c.site, c.id, c.parent, a.step + 1 from above a join comment c on c.site = a.site and c.id = a.parent
          where a.step < ${mostAbove}
      ), beside as (
        select p.site, p.id, p.position from published p
        where p.site = ${site} and ${siblings} and p.id <> ${id} and p.position < coalesce(
          (select c.decision from comment c where c.site = ${site} and c.id = ${id}), 9223372036854775807)
        order by p.position desc limit ${mostBeside}
      ), below as (
        select p.site, p.id, p.position from published p where p.site = ${site} and p.parent = ${id}
        order by p.position limit ${mostBelow}
      ), line as (
        select site, id, 'above' as place, -step::bigint as turn from above
        union all select site, id, 'beside', position from beside
        union all select site, id, 'below', position from below
      )
      select l.place, c.id, c.name, c.text, c.lang, c.dir, c.state, c.submitted_at as "submittedAt"
      from line l join comment c on c.site = l.site and c.id = l.id order by array_position(array['above', 'beside', 'below'], l.place), l.turn`,
  );
  return rows.map((row) => ({ ...row, submittedAt: row.submittedAt.toISOString() }));
}

/** The last decisions that an account reaches under the name of a comment, that comment's own aside, the newest submission
 *  first. */
export async function listEarlierDecisions(
  store: Store,
  reach: Reach,
  { id, name }: Pick<Case, 'id' | 'name'>,
): Promise<EarlierDecision[]> {
  if (name === null) return [];
  const rows = await queryRows<Omit<EarlierDecision, 'decidedAt'> & { decidedAt: Date }>(
    store.writer,
    sql`select c.id, left(c.text, ${earlierCharacters}) as text, c.dir, d.verdict, d.guideline, d.automated,
        d.decided_at as "decidedAt"
      from comment c join decision d on d.site = c.site and d.comment = c.id and d.seq = c.decision
      where ${isReached(reach)} and c.name = ${name} and c.state in ('approved', 'rejected', 'removed') and c.id <> ${id}
      order by c.seq desc limit ${mostEarlier}`,
  );
  return rows.map((row) => ({ ...row, decidedAt: row.decidedAt.toISOString() }));
}

/** Whether a story's text is still the one that stood there when the comment came in. */
export async function isStoryTextUnchanged(store: Store, { site, id, story }: Case): Promise<boolean> {
  const [row] = await queryRows<{ unchanged: boolean }>(
    store.writer,
    sql`select coalesce(s.text_at, s.updated_at) <= c.submitted_at as unchanged
      from story s join comment c on c.site = s.site and c.id = ${id} where s.site = ${site} and s.story = ${story}`,
  );
  return row?.unchanged ?? false;
}
