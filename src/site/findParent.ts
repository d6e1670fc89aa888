import { isPublicId } from '../contract/ids.ts';
import type { Story } from '../contract/story.ts';
import { findPublished } from '../record/published.ts';
import type { Store } from '../record/store.ts';

/** The published comment of a story that a form is to answer; undefined where the id names none. */
export async function findParent(
  store: Store,
  { site, story }: Pick<Story, 'site' | 'story'>,
  id: string | undefined,
): Promise<{ id: string; name: string } | undefined> {
  if (!isPublicId(id)) return undefined;
  const row = await findPublished(store, { site, story, id });
  return row && { id: row.id, name: row.name };
}
