/** Tells of comments that were approved while the page is open, without moving it, and takes away at once what was
 *  taken down. */
export function listenForNews(): void {
  const part = document.querySelector<HTMLElement>('[data-events]');
  const place = part?.querySelector<HTMLElement>('[data-news]');
  const address = part?.dataset['events'];
  if (!part || !place || !address) return;
  let shown = Number(document.querySelector<HTMLElement>('#thread')?.dataset['count'] ?? 0);
  const fresh = new Set<string>();
  const source = new EventSource(address);
  source.addEventListener('published', (event) => fresh.add(String(read(event)['id'])));
  source.addEventListener('removed', (event) => {
    const id = String(read(event)['id']);
    if (!fresh.delete(id)) shown -= 1;
    takeDown(id);
  });
  // It comes first on every connection, and after each change: what was missed in between is counted as well.
  source.addEventListener('count', (event) => {
    const count = Number(read(event)['count']);
    const number = part.querySelector('[data-number]');
    if (number) number.textContent = String(count);
    show(place, (part.dataset['new'] ?? '').replace('{count}', String(count - shown)), count - shown);
  });
}

function read(event: MessageEvent<string>): Record<string, unknown> {
  return JSON.parse(event.data) as Record<string, unknown>;
}

function show(place: HTMLElement, words: string, news: number): void {
  if (news <= 0) return place.replaceChildren();
  const link = document.createElement('a');
  link.href = '#comments';
  link.textContent = words;
  link.addEventListener('click', (event) => {
    event.preventDefault();
    const address = new URL(location.href);
    for (const name of ['after', 'comment', 'sort']) address.searchParams.delete(name);
    address.hash = 'comments';
    history.replaceState(null, '', address);
    location.reload();
  });
  place.replaceChildren(link);
}

/** The comment goes; the replies below it stay where they are. */
function takeDown(id: string): void {
  const comment = document.getElementById(`c-${id}`);
  if (!comment) return;
  const replies = comment.querySelector(':scope > .replies');
  if (replies) comment.replaceChildren(replies);
  else (comment.closest('li') ?? comment).remove();
}
