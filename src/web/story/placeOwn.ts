import { listBelow, listOf } from './addComments.ts';
import type { Own } from './ownKept.ts';

/** Sets the author's copy where the comment will stand: a reply last below what it answers, anything else by its time. A reply
 *  to a comment of another page stands among the others. */
export function placeOwn(part: HTMLElement, item: HTMLElement, { parentId, sentAt }: Own): void {
  const thread = part.querySelector<HTMLElement>('#thread');
  if (!thread) return;
  const parent = parentId === '' ? null : document.getElementById(`c-${parentId}`);
  if (parent) {
    openAround(parent);
    listBelow(parent).append(item);
    return;
  }
  const list = listOf(thread);
  item.dataset['at'] = sentAt;
  const isEarlier = (other: Element): boolean => timeOf(other) <= sentAt;
  const { sort } = thread.dataset;
  // By replies it would come last, having none; its author should not have to look for it.
  const next = sort === 'replies' ? list.firstElementChild : [...list.children].find(isEarlier);
  list.insertBefore(item, sort === 'oldest' ? null : (next ?? null));
}

function timeOf(item: Element): string {
  const own = item instanceof HTMLElement ? item.dataset['at'] : undefined;
  return own ?? item.querySelector<HTMLTimeElement>(':scope > .comment > .comment-head time')?.dateTime ?? '';
}

function openAround(comment: Element): void {
  for (let around = comment.closest('details'); around; around = around.parentElement?.closest('details') ?? null)
    around.open = true;
  const branch = comment.querySelector<HTMLDetailsElement>(':scope > .branch');
  if (branch) branch.open = true;
}
