import { readdir, readFile } from 'node:fs/promises';
import { addModerator } from '../identity/moderators.ts';
import { findStory, saveStory } from '../record/stories.ts';
import type { Store } from '../record/store.ts';
import { createSite } from './createSite.ts';
import { parseStoryFile, type StoryFile } from './frontMatter.ts';
import { sampleSite } from './sample/site.ts';

const storiesFolder = new URL('./sample/stories/', import.meta.url);
const firstStory = 'welcome';

/** Makes the sample site with its stories and an admin for its desk on the first run, and returns the secret of a
 *  one-time sign-in; undefined, and nothing changed, where that was done before. */
export async function createSample(store: Store, now: Date): Promise<string | undefined> {
  const { site } = sampleSite;
  // The story whose address is printed is stored last: a first run that was killed half-way is finished by the next.
  if (await findStory(store, site, firstStory)) return undefined;
  await createSite(store, sampleSite, now);
  const signIn = await addModerator(store, { site, email: 'editor@localhost', role: 'admin', name: 'Editor' }, now);
  for (const { key, draft } of await readStories()) await saveStory(store, { site, story: key }, { ...draft, at: now });
  return signIn;
}

async function readStories(): Promise<readonly StoryFile[]> {
  const files = (await readdir(storiesFolder)).filter((name) => name.endsWith('.md')).toSorted();
  const stories = await Promise.all(files.map(readStory));
  return stories.toSorted((one, other) => Number(one.key === firstStory) - Number(other.key === firstStory));
}

async function readStory(file: string): Promise<StoryFile> {
  const story = parseStoryFile(await readFile(new URL(file, storiesFolder), 'utf8'));
  if (story.outcome === 'parsed') return story.value;
  throw new Error(`${file} of the sample: ${story.refusal.field ?? 'malformed'}`);
}
