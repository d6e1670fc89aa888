/** Sets an author's copy among comments that answer none, where it will stand by its time; `sort` is the order of the list. */
export function placeByTime(
  list: Element,
  item: HTMLElement,
  { sentAt, sort }: { sentAt: string; sort: string },
): void {
  item.dataset['at'] = sentAt;
  const comesNext = (other: Element): boolean => (sort === 'oldest' ? timeOf(other) > sentAt : timeOf(other) <= sentAt);
  // By replies it would come last, having none; its author should not have to look for it.
  const next = sort === 'replies' ? list.firstElementChild : [...list.children].find(comesNext);
  list.insertBefore(item, next ?? null);
}

function timeOf(item: Element): string {
  const own = item instanceof HTMLElement ? item.dataset['at'] : undefined;
  return own ?? item.querySelector<HTMLTimeElement>(':scope > .comment > .comment-head time')?.dateTime ?? '';
}

/** Unfolds what a comment is folded away in, and its replies. */
export function openAround(comment: Element): void {
  for (let around = comment.closest('details'); around; around = around.parentElement?.closest('details') ?? null)
    around.open = true;
  const branch = comment.querySelector<HTMLDetailsElement>(':scope > .branch');
  if (branch) branch.open = true;
}
