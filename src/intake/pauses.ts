import { refused, type Refused } from '../contract/refusals.ts';
import type { Site } from '../contract/site.ts';
import type { Story } from '../contract/story.ts';

type Place = { site: Site; story: Pick<Story, 'story' | 'slowSeconds'>; network: string; now: Date };

/** The pauses of slow mode, in the memory of one server process, by the day's name of a network. */
export type Pauses = {
  /** Begins a pause, or refuses with the seconds that are left of the one before. Where the story sets its own, it is counted
   *  for that story, else for the whole site. `giveBack` forgets the pause, since nothing was written. */
  take(place: Place): { outcome: 'counted'; giveBack(): void } | Refused;
};

const none = { outcome: 'counted', giveBack: () => {} } as const;
// Of networks that wrote within the longest pause; past it the ones that are over are swept.
const mostPauses = 10_000;

/** No pause yet. */
export function createPauses(): Pauses {
  const ends = new Map<string, number>();
  const sweep = (now: number): void => {
    for (const [key, end] of ends) if (end <= now) ends.delete(key);
    const oldest = ends.size >= mostPauses ? ends.keys().next().value : undefined;
    if (oldest !== undefined) ends.delete(oldest);
  };
  return {
    take: ({ site, story, network, now }) => {
      const seconds = story.slowSeconds ?? site.settings['intake.slowSeconds'];
      if (seconds === 0) return none;
      const key = `${site.site}/${story.slowSeconds === undefined ? '' : story.story}/${network}`;
      const time = now.getTime();
      const end = ends.get(key) ?? 0;
      if (end > time) return refuseFor(Math.ceil((end - time) / 1000));
      if (ends.size >= mostPauses) sweep(time);
      ends.delete(key);
      ends.set(key, time + seconds * 1000);
      return { outcome: 'counted', giveBack: () => void ends.delete(key) };
    },
  };
}

function refuseFor(seconds: number): Refused {
  const wait = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
  return refused('too_soon', { retryAfterSeconds: seconds, values: { wait } });
}
