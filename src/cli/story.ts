import { readFile } from 'node:fs/promises';
import { describeStory, type Story } from '../contract/story.ts';
import { listStories, saveStory } from '../record/stories.ts';
import { readArguments, requireSite } from './arguments.ts';
import { parseStoryFile, type StoryFile } from './frontMatter.ts';
import { withInstallation } from './open.ts';
import { printJson } from './print.ts';
import { CommandProblem, UsageProblem } from './problems.ts';
import { requireKnownSite } from './requireKnownSite.ts';

const addUsage = 'stet story add FILE.md… --site KEY';

/** `stet story add`: stories from Markdown files, all of them or none; prints them as JSON. */
export async function addStories(args: readonly string[]): Promise<void> {
  const read = readArguments(args, { site: { type: 'string' } }, addUsage);
  const site = requireSite(read);
  if (read.positionals.length === 0) throw new UsageProblem(`No file was named. Usage: ${addUsage}`);
  const files = await Promise.all(read.positionals.map(readStoryFile));
  await withInstallation(async ({ store }) => {
    await requireKnownSite(store, site);
    const saved: Story[] = [];
    for (const { key, draft } of files) {
      saved.push(await saveStory(store, { site, story: key }, { ...draft, at: new Date() }));
    }
    printJson(saved.map(describeStory));
  });
}

async function readStoryFile(file: string): Promise<StoryFile> {
  const text = await readFile(file, 'utf8').catch(() => {
    throw new CommandProblem(`The file ${file} cannot be read.`);
  });
  const story = parseStoryFile(text);
  if (story.outcome === 'parsed') return story.value;
  const { field } = story.refusal;
  throw new CommandProblem(
    `${file}: ${field ?? 'the file'} is missing or does not fit. A story needs key, headline, byline, published and language in its front matter, and a text.`,
  );
}

/** `stet story list`: the stories of a site as JSON. */
export async function listAllStories(args: readonly string[]): Promise<void> {
  const site = requireSite(readArguments(args, { site: { type: 'string' } }, 'stet story list --site KEY'));
  await withInstallation(async ({ store }) => {
    await requireKnownSite(store, site);
    printJson((await listStories(store, site, { limit: 1000 })).map(describeStory));
  });
}
