export type ThreadSort = 'newest' | 'oldest' | 'replies';

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

/** What a server tells others, and readers, about a story's comments. */
export type ThreadEvent =
  | { kind: 'published'; site: string; story: string; id: string }
  | { kind: 'removed'; site: string; story: string; id: string };
