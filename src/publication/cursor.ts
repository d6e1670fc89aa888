import { parsed, type Parsed } from '../contract/json.ts';
import { refused } from '../contract/refusals.ts';
import type { ThreadSort } from '../contract/thread.ts';
import type { ThreadPlace } from '../record/published.ts';

/** A place in a thread as it stands in `after`: opaque to others, so that the order may once be kept another way. It
 *  names a place and no comment, and therefore outlives the comment before it. */
export function writeCursor(place: ThreadPlace): string {
  const numbers = place.sort === 'replies' ? [place.snapshot, place.replies, place.position] : [place.position];
  return Buffer.from([place.sort, ...numbers].join('.')).toString('base64url');
}

/** The place that a cursor names. Refused when it is none, or one of another order. */
export function parseCursor(cursor: string, sort: ThreadSort): Parsed<ThreadPlace> {
  const malformed = refused('parameter_malformed', { field: 'after' });
  if (cursor.length > 120) return malformed;
  const [named, ...parts] = Buffer.from(cursor, 'base64url').toString('latin1').split('.');
  const numbers = parts.map((part) => (/^\d{1,16}$/.test(part) ? Number(part) : Number.NaN));
  if (named !== sort || !numbers.every(Number.isSafeInteger)) return malformed;
  const [first = 0, replies = 0, position = 0] = numbers;
  if (sort === 'replies')
    return numbers.length === 3 ? parsed({ sort, snapshot: first, replies, position }) : malformed;
  return numbers.length === 1 ? parsed({ sort, position: first }) : malformed;
}
