import { writeDigits } from '../../contract/numbers.ts';
import type { ThreadWords } from '../../contract/threadWords.ts';
import { findComment, takeDown } from './thread.ts';

/** A thread that is open while others write in it. */
export type Heard = {
  /** Where its events come from. */
  address: string | URL;
  part: HTMLElement;
  /** Where the news is said, and where the count stands. */
  place: HTMLElement;
  number: Element | null;
  /** The language of the sentences, and that about new comments in its forms. */
  language: string;
  forms: Readonly<Record<string, string>>;
  words: ThreadWords;
  /** The count of the comments that were loaded. */
  shown: number;
  /** Sets in what is new. Resolves to the count then; undefined where it could not be had and the page goes elsewhere. */
  add: () => Promise<number | undefined>;
};

/** Tells of comments that were approved while the page is open, without moving it; takes away at once what was taken down, and
 *  shows what the newsroom features. Closing what it returns ends it. */
export function hearNews({ address, part, place, number, language, forms, words, shown, add }: Heard): EventSource {
  const fresh = new Set<string>();
  const source = new EventSource(address);
  const addAll = async (): Promise<void> => {
    const count = await add();
    if (count === undefined) return;
    shown = count;
    fresh.clear();
    place.replaceChildren();
  };
  const tell = (id: string): unknown => part.dispatchEvent(new CustomEvent('stet:news', { detail: id }));
  source.addEventListener('published', (event) => {
    const id = String(read(event)['id']);
    fresh.add(id);
    tell(id);
  });
  source.addEventListener('removed', (event) => {
    const id = String(read(event)['id']);
    if (!fresh.delete(id)) shown -= 1;
    takeDown(part, id);
    tell(id);
  });
  source.addEventListener('featured', (event) => {
    const { id, featured } = read(event);
    void import('./featured.ts').then(({ showFeatured }) =>
      showFeatured(findComment(part, id), featured === true, words),
    );
  });
  // It comes first on every connection, and after each change: what was missed in between is counted as well.
  source.addEventListener('count', (event) => {
    const count = Number(read(event)['count']);
    if (number) number.textContent = writeDigits(language, count);
    const news = count - shown;
    const sentence = forms[new Intl.PluralRules([language, 'en']).select(news)] ?? forms['other'] ?? '';
    show(place, sentence.replace('{count}', writeDigits(language, news)), { news, add: addAll });
  });
  return source;
}

function read(event: MessageEvent<string>): Record<string, unknown> {
  return JSON.parse(event.data) as Record<string, unknown>;
}

function show(place: HTMLElement, words: string, { news, add }: { news: number; add: () => Promise<void> }): void {
  if (news <= 0) return place.replaceChildren();
  const link = document.createElement('a');
  link.href = '#comments';
  link.textContent = words;
  link.addEventListener('click', (event) => {
    event.preventDefault();
    void add();
  });
  place.replaceChildren(link);
}
