import type { ThreadWords } from '../../contract/threadWords.ts';

/** Sets the newsroom's mark above a comment, or takes it away. */
export function showFeatured(comment: Element | null, isFeatured: boolean, { featured }: ThreadWords): void {
  const name = comment?.querySelector(':scope > .comment-head > .comment-name');
  const known = name?.parentElement?.querySelector('.comment-featured');
  if (!isFeatured) return known?.remove();
  if (!name || known) return;
  const mark = document.createElement('span');
  mark.className = 'comment-featured';
  mark.setAttribute('part', 'featured');
  mark.textContent = featured;
  name.after(' ', mark);
}
