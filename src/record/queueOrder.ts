import type { QueueOrder } from '../contract/desk.ts';
import { sql, type Sql } from '../storage/sql.ts';

/** Where a page begins: after the comment with this urgency and `seq`. `site`, `story` and `top` (the urgency of the story's
 *  neediest comment) are there in the order of stories alone. */
export type QueuePlace = { urgency: number; seq: number } & Partial<StoryPlace>;

export type StoryPlace = { site: string; story: string; top: number };

/** The orders that are one index's own; that of stories is made of them. */
export type PlainOrder = Exclude<QueueOrder, 'story'>;

/** The order of rows `from`: by need the neediest first, then the oldest. */
export function orderBy(order: PlainOrder, from: Sql): Sql {
  switch (order) {
    case 'need':
      return sql`${from}.urgency desc, ${from}.seq`;
    case 'oldest':
      return sql`${from}.seq`;
    case 'newest':
      return sql`${from}.seq desc`;
  }
}

/** Whether `comment c` comes after a place. */
export function past(order: PlainOrder, after: QueuePlace | undefined): Sql {
  if (!after) return sql`true`;
  switch (order) {
    case 'need':
      // The first half is for the index, which cannot use the second.
      return sql`c.urgency <= ${after.urgency}::float8 and (c.urgency < ${after.urgency}::float8 or c.seq > ${after.seq})`;
    case 'oldest':
      return sql`c.seq > ${after.seq}`;
    case 'newest':
      return sql`c.seq < ${after.seq}`;
  }
}

/** Which of two rows comes first, for rows of several sites. */
export function compareRows(order: QueueOrder, one: QueuePlace, other: QueuePlace): number {
  switch (order) {
    case 'need':
      return other.urgency - one.urgency || one.seq - other.seq;
    case 'oldest':
      return one.seq - other.seq;
    case 'newest':
      return other.seq - one.seq;
    case 'story':
      return compareStories(one, other) || other.urgency - one.urgency || one.seq - other.seq;
  }
}

/** Which of two stories comes first: the one with the neediest comment, then by keys. */
export function compareStories(one: Partial<StoryPlace>, other: Partial<StoryPlace>): number {
  return (other.top ?? 0) - (one.top ?? 0) || compareKeys(one.site, other.site) || compareKeys(one.story, other.story);
}

function compareKeys(one = '', other = ''): number {
  if (one === other) return 0;
  return one < other ? -1 : 1;
}
