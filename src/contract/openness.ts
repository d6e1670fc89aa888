import { readHours } from './openingHours.ts';
import type { Site } from './site.ts';
import { isReadable, type Story } from './story.ts';
import { addDays } from './time.ts';

/** Whether readers may write under a story, and until when that holds; undefined is for as long as nobody changes anything.
 *  `why` is the story's own switch, its time that is over, or hours outside which the desk is not there. */
export type Openness =
  | { open: true; until: Date | undefined; by: 'story' | 'hours' }
  | { open: false; why: 'closed' | 'ended' | 'hours'; until: Date | undefined };

/** Whether readers may write under the story now. Its own closing time goes before the site's number of days; hours hold for
 *  every story. A story that ends before the hours begin again is closed for good. */
export function readOpenness({ settings }: Pick<Site, 'settings'>, story: Story, now: Date): Openness {
  if (story.comments === 'closed' || !isReadable(story)) {
    return { open: false, why: 'closed', until: undefined };
  }
  const end = endOf(settings, story);
  if (end && now >= end) return { open: false, why: 'ended', until: undefined };
  const hours = readHours(settings['comments.hours'], settings['page.timeZone'], now);
  if (hours.open) {
    const first = end && (!hours.changes || end <= hours.changes);
    return { open: true, until: first ? end : hours.changes, by: first ? 'story' : hours.changes ? 'hours' : 'story' };
  }
  if (end && hours.changes && end <= hours.changes) return { open: false, why: 'ended', until: undefined };
  return { open: false, why: 'hours', until: hours.changes };
}

/** From when on the story takes no comments any more, or undefined. */
export function endOf(settings: Site['settings'], { commentsUntil, published }: Story): Date | undefined {
  const days = settings['comments.closeAfterDays'];
  return commentsUntil ?? (days === 0 ? undefined : addDays(published, days));
}
