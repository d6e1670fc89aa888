import { writeDigits } from '../../contract/numbers.ts';

// The most that the server answers at once.
const most = 100;

/** Writes into every element with `data-stet-count` how many comments the story has that it names: by key, by address, or
 *  by the link that it stands in. */
async function showCounts(): Promise<void> {
  const here = new URL(import.meta.url);
  const site = here.searchParams.get('site') ?? '';
  const places = new Map<string, HTMLElement[]>();
  for (const place of document.querySelectorAll<HTMLElement>('[data-stet-count]')) {
    const name = place.dataset['stetCount'] || place.closest('a')?.href;
    if (name) places.set(name, [...(places.get(name) ?? []), place]);
  }
  const names = [...places.keys()];
  for (let at = 0; at < names.length; at += most) {
    const address = new URL('/api/v1/counts', here);
    address.searchParams.set('site', site);
    for (const name of names.slice(at, at + most))
      address.searchParams.append(/^[a-z0-9-]+$/.test(name) ? 'story' : 'url', name);
    const answer = await fetch(address, { credentials: 'omit' });
    if (!answer.ok) continue;
    const { counts } = (await answer.json()) as { counts: Record<string, number> };
    for (const [name, count] of Object.entries(counts)) {
      for (const place of places.get(name) ?? []) {
        place.textContent = writeDigits(place.closest<HTMLElement>('[lang]')?.lang ?? '', count);
      }
    }
  }
}

// A front page is whole without counts.
showCounts().catch(() => {});
