/** The orders of a thread, as the page offers them; the first is the one without a choice. */
export const threadSorts = ['newest', 'oldest', 'replies'] as const;
export type ThreadSort = (typeof threadSorts)[number];

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
};

/** One page of a story's comments. `count` is of the whole story; `next` goes into `after` for the following page. */
export type Thread = {
  story: string;
  count: number;
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
