import type { Site } from '../contract/site.ts';
import type { Story } from '../contract/story.ts';
import { queryRows } from '../storage/database.ts';
import { sql } from '../storage/sql.ts';
import type { Kept } from './kept.ts';
import type { Store } from './store.ts';

/** The site and story of a comment that an address names by its id alone; undefined where it is not published. */
export async function findPublishedPlace(
  { store, kept }: { store: Store; kept: Kept },
  id: string,
): Promise<{ site: Site; story: Story | undefined } | undefined> {
  const sites = await kept.listSites();
  const keys = sites.map(({ site }) => site);
  // Each site is asked for the one row of its key, so that the query stays one of keys.
  const [place] = await queryRows<{ site: string; story: string }>(
    store.reader,
    sql`select p.site, p.story from unnest(${keys}::text[]) as s (site)
      join published p on p.site = s.site and p.id = ${id}`,
  );
  const site = sites.find((one) => one.site === place?.site);
  return place && site && { site, story: await kept.findStory(site.site, place.story) };
}
