import type { Site } from '../contract/site.ts';
import type { Story } from '../contract/story.ts';
import { directionOfLanguage } from '../contract/languages.ts';
import { sql } from '../storage/sql.ts';
import { findStory, findStoryByUrl } from './stories.ts';
import type { Store } from './store.ts';

/** Creates the story of one of the publisher's own addresses, for sites that allow it (`stories.fromUrl`), under a key
 *  that nobody has yet. It is a place for comments without a text: what is there already is never changed. Returns the
 *  story that then stands at the address or under the key. The caller has checked that the address is the site's own. */
export async function addStoryFromUrl(
  store: Store,
  site: Site,
  from: { story: string; url: string; at: Date },
): Promise<Story> {
  const { story, url, at } = from;
  await store.writer.query(
    sql`insert into story (site, story, url, headline, byline, published, language, dir, text, updated_at)
      values (${site.site}, ${story}, ${url}, ${url}, ${site.name}, ${at}, ${site.language},
        ${directionOfLanguage(site.language)}, '', ${at})
      on conflict do nothing`,
  );
  const found = (await findStoryByUrl(store, site.site, url)) ?? (await findStory(store, site.site, story));
  if (!found) throw new Error('a story was not stored');
  return found;
}
