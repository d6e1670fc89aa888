import type { Reactions } from './reaction.ts';
import type { SpeakerKind } from './reader.ts';

/** The orders of a thread, as the page offers them; the first is the one without a choice. `featured` is those alone that the
 *  newsroom features, the last featured first. */
export const threadSorts = ['newest', 'oldest', 'replies', 'featured'] as const;
export type ThreadSort = (typeof threadSorts)[number];

/** The orders that a thread offers: featured ones where there are any, and where they are what is looked at. */
export function offeredSorts(thread: { featured?: number }, current: ThreadSort): readonly ThreadSort[] {
  return threadSorts.filter((sort) => sort !== 'featured' || sort === current || (thread.featured ?? 0) > 0);
}

/** A comment as every reader may see it. `publishedAt` is rounded to the minute; `sha256` is of the text's UTF-8 bytes. */
export type PublishedComment = {
  id: string;
  parentId: string | null;
  name: string;
  text: string;
  lang: string;
  dir: 'ltr' | 'rtl';
  publishedAt: string;
  replies: number;
  sha256: string;
  /** Present where the newsroom wrote it itself. */
  byNewsroom?: true;
  /** Present where more is known than a name: an account of the publisher, one of the newsroom's people, or the holder of a
   *  protected name. */
  speaker?: SpeakerKind;
  /** Present where the newsroom features it. */
  featured?: true;
  /** What readers said of it, where the site asks. */
  reactions?: Reactions;
};

/** One page of a story's comments. `count` is of the whole story; `featured`, how many of those the newsroom features, is absent for
 *  none; `next` goes into `after` for the following page. */
export type Thread = {
  story: string;
  count: number;
  featured?: number;
  comments: readonly PublishedComment[];
  next: string | null;
};

/** The most comments of one page (contract.md), and how many there are unless asked otherwise. */
export const mostThreadLimit = 200;
export const threadLimit = 100;

/** A comment's lasting address, relative to its story's page: the page of the thread that begins with it, and its place
 *  there. */
export function commentLink(id: string): string {
  return `?comment=${id}#c-${id}`;
}

/** What is said of every link in a comment: readers wrote it, nobody vouches for it, and where it leads learns of neither the
 *  page nor its window. */
export const linkRel = 'ugc nofollow noopener noreferrer';
