import type { Site } from './site.ts';
import { listNames } from './siteSettings.ts';

/** The name in which the newsroom answers its readers: the one it chose, or the site's. */
export function newsroomName({ name, settings }: Pick<Site, 'name' | 'settings'>): string {
  return settings['newsroom.name'] === '' ? name : settings['newsroom.name'];
}

/** The names that no reader may write under: the newsroom's own, and those of its people that it lists
 *  (`newsroom.names`). Moderators stand there only where the newsroom wants it: a refusal tells whoever asks. */
export function reservedNames(site: Pick<Site, 'name' | 'settings'>): readonly string[] {
  return [newsroomName(site), ...listNames(site.settings['newsroom.names'])];
}
