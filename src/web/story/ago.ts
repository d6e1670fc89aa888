import { sayAgo } from '../../contract/ago.ts';
import { speechOf } from './thread.ts';

const kept = new WeakSet<HTMLElement>();
const refreshMilliseconds = 60_000;

/** Says of each comment how long ago it was published, anew while the page is open; the time itself, which the server wrote, is
 *  told to whoever points at it. */
export function showAgo(part: HTMLElement): void {
  draw(part);
  if (kept.has(part)) return;
  kept.add(part);
  const timer = setInterval(() => (part.isConnected ? draw(part) : clearInterval(timer)), refreshMilliseconds);
}

function draw(part: HTMLElement): void {
  const { lang: language } = speechOf(part);
  for (const time of part.querySelectorAll<HTMLTimeElement>('.comment-link > time')) {
    time.title ||= time.textContent;
    time.textContent = sayAgo(new Date(time.dateTime), { now: new Date(), language }) ?? time.title;
  }
}
