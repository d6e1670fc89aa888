import type { Site } from '../contract/site.ts';
import type { Target } from './findTarget.ts';
import { reservedNames } from '../contract/newsroomName.ts';
import { readOpenness } from '../contract/openness.ts';
import { refused, type Refused } from '../contract/refusals.ts';
import { showTimeWithin } from '../contract/dates.ts';
import { isReadable } from '../contract/story.ts';
import { nameKeys } from '../screening/index.ts';

/** Why nothing may be written under the story now, or undefined where it may; outside the opening hours with the time at
 *  which they begin again, as the site shows times. Pure. */
export function checkEligibility({ site, story }: Pick<Target, 'site' | 'story'>, now: Date): Refused | undefined {
  if (!isReadable(story)) return refused('story_gone');
  const openness = readOpenness(site, story, now);
  if (openness.open) return undefined;
  if (openness.why !== 'hours' || !openness.until) return refused('comments_closed');
  const { 'page.date': pattern, 'page.timeZone': timeZone } = site.settings;
  const date = showTimeWithin(openness.until, { pattern, timeZone, language: story.language });
  return refused('comments_outside_hours', { values: { date } });
}

/** Why nobody may write under this name, or undefined where a reader may: those of the newsroom and its people are nobody
 *  else's, nor what could be taken for them. Pure. */
export function checkName(site: Site, name: string): Refused | undefined {
  const reserved = keysOf(site);
  return nameKeys(name).some((key) => reserved.has(key)) ? refused('name_reserved', { field: 'name' }) : undefined;
}

// A site is another object after every change.
const known = new WeakMap<Site, ReadonlySet<string>>();

function keysOf(site: Site): ReadonlySet<string> {
  const keys = known.get(site) ?? new Set(reservedNames(site).flatMap(nameKeys));
  known.set(site, keys);
  return keys;
}
