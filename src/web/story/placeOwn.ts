import { listBelow, listOf } from './addComments.ts';
import { openAround, placeByTime } from './byTime.ts';
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
  placeByTime(listOf(thread), item, { sentAt, sort: thread.dataset['sort'] ?? '' });
}
