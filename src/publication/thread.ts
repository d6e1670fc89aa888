import { isPublicId } from '../contract/ids.ts';
import { parsed, type Parsed } from '../contract/json.ts';
import { readNumber, readParameter, type Call } from '../contract/http.ts';
import { refused, type Refused } from '../contract/refusals.ts';
import {
  mostThreadLimit,
  threadLimit,
  threadSorts,
  type PublishedComment,
  type Thread,
  type ThreadSort,
} from '../contract/thread.ts';
import { publicTime } from '../contract/time.ts';
import { findPublished, listPublished, type PublishedRow, type ThreadPlace } from '../record/published.ts';
import type { Store } from '../record/store.ts';
import { parseCursor, writeCursor } from './cursor.ts';

/** Which page of a story's comments is wanted. Pages are flat: `limit` counts comments, replies among them, and a reply
 *  whose parent stands on another page comes without it. `comment` begins the page with that comment: a permalink. */
export type ThreadRequest = {
  sort: ThreadSort;
  limit: number;
  after?: string | undefined;
  comment?: string | undefined;
};

/** The first page, newest first: what a reader sees who asked for nothing else. */
export const firstPage: ThreadRequest = { sort: 'newest', limit: threadLimit };

/** A comment with what the fragment says about its parent. */
export type ReadComment = PublishedComment & { parentName: string | null };

export type ReadThread = { outcome: 'read'; thread: Omit<Thread, 'comments'> & { comments: readonly ReadComment[] } };

/** The page that a request names by `sort`, `limit` (clamped to 1–200), `after` and `comment`. */
export function parseThreadRequest(call: Call): Parsed<ThreadRequest> {
  const named = readParameter(call, 'sort');
  if (named.outcome === 'refused') return named;
  const sort = threadSorts.find((known) => known === (named.value ?? 'newest'));
  if (!sort) return refused('parameter_malformed', { field: 'sort' });
  const limit = readNumber(call, 'limit', { least: 1, most: mostThreadLimit, standard: threadLimit });
  if (limit.outcome === 'refused') return limit;
  const after = readParameter(call, 'after');
  if (after.outcome === 'refused') return after;
  const comment = readParameter(call, 'comment');
  if (comment.outcome === 'refused') return comment;
  if (comment.value !== undefined && !isPublicId(comment.value))
    return refused('comment_unknown', { field: 'comment' });
  return parsed({
    sort,
    limit: limit.value,
    ...(after.value === undefined ? {} : { after: after.value }),
    ...(comment.value === undefined ? {} : { comment: comment.value }),
  });
}

/** One page of a story's published comments, read from the database. Refused for a cursor that is none and a comment
 *  that is not published there. Whether the story may be read is the caller's question. */
export async function readThread(
  store: Store,
  named: { site: string; story: string },
  request: ThreadRequest,
): Promise<ReadThread | Refused> {
  const place = await findPlace(store, named, request);
  if (place.outcome === 'refused') return place;
  const { sort, limit } = request;
  const page = await listPublished(store, { ...named, sort, limit, after: place.value });
  return {
    outcome: 'read',
    thread: {
      story: named.story,
      count: page.count,
      ...(page.featured > 0 ? { featured: page.featured } : {}),
      comments: page.rows.map(showComment),
      next: page.next && writeCursor(page.next),
    },
  };
}

/** All published comments of a story, the oldest first, read page by page as readers read. */
export async function readWholeThread(store: Store, named: { site: string; story: string }): Promise<ReadComment[]> {
  const comments: ReadComment[] = [];
  for (let after: string | null | undefined; after !== null;) {
    const request: ThreadRequest = {
      sort: 'oldest',
      limit: mostThreadLimit,
      ...(after === undefined ? {} : { after }),
    };
    const page = await readThread(store, named, request);
    // Only a cursor or a comment is ever refused, and these are our own.
    if (page.outcome === 'refused') throw new Error(`the thread of ${named.story} broke off: ${page.refusal.reason}`);
    comments.push(...page.thread.comments);
    after = page.thread.next;
  }
  return comments;
}

async function findPlace(
  store: Store,
  named: { site: string; story: string },
  { sort, after, comment }: ThreadRequest,
): Promise<Parsed<ThreadPlace | undefined>> {
  if (after !== undefined) return parseCursor(after, sort);
  if (comment === undefined) return parsed(undefined);
  const row = await findPublished(store, { ...named, id: comment });
  if (!row) return refused('comment_unknown', { field: 'comment' });
  // One step before the comment. By replies, and of featured ones, the whole list is on offer from its top:
  // the rank of one moves, and a mark may be gone.
  if (sort === 'replies' || sort === 'featured') return parsed(undefined);
  return parsed({ sort, position: row.position + (sort === 'newest' ? 1 : -1) });
}

/** A row of the record as readers may see it. */
export function showComment({
  position: _,
  publishedAt,
  byNewsroom,
  speaker,
  featured,
  reactions,
  ...row
}: PublishedRow): ReadComment {
  const marks = {
    ...(byNewsroom ? { byNewsroom } : {}),
    ...(speaker ? { speaker } : {}),
    ...(featured ? { featured } : {}),
    ...(reactions ? { reactions } : {}),
  };
  return { ...row, ...marks, publishedAt: publicTime(publishedAt) };
}

/** The comment in the public shape and nothing else (contract.md). */
export function publicComment(comment: ReadComment): PublishedComment {
  const {
    id,
    parentId,
    name,
    text,
    lang,
    dir,
    publishedAt,
    replies,
    sha256,
    byNewsroom,
    speaker,
    featured,
    reactions,
  } = comment;
  const plain = { id, parentId, name, text, lang, dir, publishedAt, replies, sha256 };
  return {
    ...plain,
    ...(byNewsroom ? { byNewsroom } : {}),
    ...(speaker ? { speaker } : {}),
    ...(featured ? { featured } : {}),
    ...(reactions ? { reactions } : {}),
  };
}

/** A page of comments in the public shape (contract.md). */
export function publicThread({ thread }: ReadThread): Thread {
  return { ...thread, comments: thread.comments.map(publicComment) };
}
