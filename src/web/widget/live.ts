import type { ThreadSort } from '../../contract/thread.ts';
import type { WidgetPage } from '../../contract/widget.ts';
import { writeDigits } from '../../contract/numbers.ts';
import { hearNews } from '../story/news.ts';
import { dress } from '../story/thread.ts';
import { insertComments } from './comments.ts';
import { fetchPage, type Place } from './fetchPage.ts';

type Shown = { part: HTMLElement; list: HTMLElement; page: WidgetPage; place: Place; sort: ThreadSort };

/** Listens for what happens in the thread, from the moment at which it is looked at. `changed` hears that comments came.
 *  Returns what ends it. */
export function listenWhenSeen(shown: Shown, changed: () => void): () => void {
  const { part } = shown;
  let source: EventSource | undefined;
  const watcher = new IntersectionObserver((entries) => {
    if (!entries.some((entry) => entry.isIntersecting)) return;
    watcher.disconnect();
    source = listen(shown, changed);
  });
  watcher.observe(part);
  return () => {
    watcher.disconnect();
    source?.close();
  };
}

function listen(shown: Shown, changed: () => void): EventSource | undefined {
  const { part, page, place } = shown;
  const news = part.querySelector<HTMLElement>('[part=news]');
  if (!news) return undefined;
  return hearNews({
    address: place.api('events'),
    ...{ part, place: news, words: page.words, language: page.language, forms: page.news, shown: page.count },
    number: part.querySelector('[part=count]'),
    add: async () => {
      const count = await insertNew(shown, news);
      if (count !== undefined) changed();
      return count;
    },
  });
}

/** Sets in what the first page has and this one has not. Resolves to the count then; undefined, and says so, where it cannot be
 *  had. */
async function insertNew({ part, list, page, place, sort }: Shown, news: HTMLElement): Promise<number | undefined> {
  const fresh = await fetchPage(place, { sort: 'newest' });
  if (!fresh) return void (news.textContent = page.words.unavailable);
  part.querySelector('[part=empty]')?.remove();
  const added = insertComments(list, fresh.comments, { ...fresh, page: place.page, atEnd: sort === 'oldest' });
  dress(part, page.words);
  const said = part.querySelector('[part=said]');
  if (said) said.textContent = page.words.loaded.replace('{count}', writeDigits(page.language, added.length));
  added[0]?.setAttribute('tabindex', '-1');
  added[0]?.focus({ preventScroll: true });
  return fresh.count;
}
