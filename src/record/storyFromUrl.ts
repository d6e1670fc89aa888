import { directionOfLanguage } from '../contract/languages.ts';
import type { Site } from '../contract/site.ts';
import type { Story } from '../contract/story.ts';
import { queryRows } from '../storage/database.ts';
import { sql } from '../storage/sql.ts';
import { findStory, findStoryKeys } from './stories.ts';
import type { Store } from './store.ts';

/** A story of which nothing is known but its address, which the caller has checked to be the site's own. */
export type StoryFromUrl = Story & { url: string };

/** The story that one of the publisher's own addresses would become under a key that nobody has yet: a place for comments
 *  without a text. Pure; nothing is stored. */
export function makeStoryFromUrl(site: Site, from: { story: string; url: string; at: Date }): StoryFromUrl {
  const { story, url, at } = from;
  return {
    site: site.site,
    story,
    url,
    headline: url,
    byline: site.name,
    published: at,
    tags: [],
    language: site.language,
    dir: directionOfLanguage(site.language),
    text: '',
    comments: 'open',
  };
}

/** Stores it, for sites that allow it (`stories.fromUrl`). What is there already is never changed. Returns the story that
 *  then stands at the address, or else under the key: another request may have been first with either. */
export async function addStoryFromUrl(store: Store, made: StoryFromUrl): Promise<Story> {
  const { site, story, url, headline, byline, published, language, dir, text } = made;
  const added = await queryRows(
    store.writer,
    sql`insert into story (site, story, url, headline, byline, published, language, dir, text, updated_at)
      values (${site}, ${story}, ${url}, ${headline}, ${byline}, ${published}, ${language}, ${dir}, ${text}, ${published})
      on conflict do nothing returning story`,
  );
  if (added.length > 0) return made;
  const atUrl = (await findStoryKeys(store, site, [url])).get(url);
  const found = await findStory(store, site, atUrl ?? story);
  if (!found) throw new Error('a story was not stored');
  return found;
}
