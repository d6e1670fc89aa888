import { hearNews } from './news.ts';
import { readWords } from './thread.ts';

/** Listens for what happens in the thread of the page. */
export function listenForNews(): void {
  const part = document.querySelector<HTMLElement>('[data-events]');
  const place = part?.querySelector<HTMLElement>('[data-news]');
  const address = part?.dataset['events'];
  if (!part || !place || !address) return;
  hearNews({
    ...{ address, part, place, words: readWords(part) },
    number: part.querySelector('[data-number]'),
    language: document.documentElement.lang,
    forms: JSON.parse(part.dataset['new'] ?? '{}') as Record<string, string>,
    shown: Number(document.querySelector<HTMLElement>('#thread')?.dataset['count'] ?? 0),
    add: async () => {
      const { insertNew } = await import('./addComments.ts');
      const count = await insertNew(part);
      if (count === undefined) reloadFromStart();
      return count;
    },
  });
}

function reloadFromStart(): void {
  const address = new URL(location.href);
  for (const name of ['after', 'comment', 'sort']) address.searchParams.delete(name);
  address.hash = 'comments';
  history.replaceState(null, '', address);
  location.reload();
}
