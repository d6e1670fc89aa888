import type { PublishedComment } from '../contract/thread.ts';

/** A comment with the replies that stand under it, the oldest first: a conversation reads downwards. */
export type Arranged<Comment> = { comment: Comment; replies: Arranged<Comment>[] };

/** How deep replies are set under one another; deeper ones follow at the last depth, so that a narrow screen still has
 *  room for words. */
const deepest = 3;

type Threaded = Pick<PublishedComment, 'id' | 'parentId'>;

/** The comments of one page with each reply under its parent. Comments without a parent on the page keep the page's
 *  order and stand alone. `newestFirst` says in which order the page is. Every comment comes out exactly once, even
 *  where parents form a ring. Pure. */
export function arrangeThread<Comment extends Threaded>(
  comments: readonly Comment[],
  { newestFirst }: { newestFirst: boolean },
): Arranged<Comment>[] {
  const onPage = new Set(comments.map(({ id }) => id));
  const byParent = Map.groupBy(newestFirst ? comments.toReversed() : comments, ({ parentId }) => parentId);
  const placed = new Set<Comment>();
  const arranged: Arranged<Comment>[] = [];

  const place = (comment: Comment, depth: number, among: Arranged<Comment>[]): void => {
    if (placed.has(comment)) return;
    placed.add(comment);
    const node: Arranged<Comment> = { comment, replies: [] };
    among.push(node);
    const under = depth < deepest ? node.replies : among;
    for (const reply of byParent.get(comment.id) ?? []) place(reply, depth + 1, under);
  };
  for (const comment of comments) {
    if (comment.parentId === null || !onPage.has(comment.parentId)) place(comment, 0, arranged);
  }
  // Only a ring of parents is left, which no form can make but an import might.
  for (const comment of comments) place(comment, 0, arranged);
  return arranged;
}
