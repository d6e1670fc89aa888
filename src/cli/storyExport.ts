import { writeFile } from 'node:fs/promises';
import { isStoryKey } from '../contract/ids.ts';
import { isReadable } from '../contract/story.ts';
import { readWholeThread } from '../publication/thread.ts';
import { findStory } from '../record/stories.ts';
import { renderStoryExport } from '../site/storyExport.ts';
import { findPublicUrl } from './addresses.ts';
import { readArguments, requireSite } from './arguments.ts';
import { withInstallation } from './open.ts';
import { printLine } from './print.ts';
import { CommandProblem, UsageProblem } from './problems.ts';
import { requireKnownSite } from './requireKnownSite.ts';

const usage = 'stet story export KEY --html --site KEY [--out FILE]';

/** `stet story export --html`: a story with all of its published comments as one file that needs nothing else; on standard
 *  output, or in a new file. It is read as readers read: nothing that is not published can be in it. */
export async function exportStory(args: readonly string[]): Promise<void> {
  const shapes = { site: { type: 'string' }, out: { type: 'string' }, html: { type: 'boolean' } } as const;
  const read = readArguments(args, shapes, usage);
  const site = requireSite(read);
  const [key] = read.positionals;
  if (!read.has('html')) throw new UsageProblem(`Say in which form, --html. Usage: ${usage}`);
  if (!isStoryKey(key) || read.positionals.length !== 1) throw new UsageProblem(`Name one story. Usage: ${usage}`);
  await withInstallation(async ({ settings, store }) => {
    const known = await requireKnownSite(store, site);
    const story = await findStory(store, site, key);
    if (!story)
      throw new CommandProblem(`There is no story "${key}". \`npx stet story list --site ${site}\` shows them.`);
    if (!isReadable(story))
      throw new CommandProblem(`The story "${key}" was withdrawn or has moved: readers do not read it here.`);
    const comments = await readWholeThread(store, { site, story: key });
    const publicUrl = await findPublicUrl(settings);
    const document = renderStoryExport({ site: known, story, comments, publicUrl, madeAt: new Date() });
    const out = read.read('out');
    if (out === undefined) return printLine(document.trimEnd());
    // Never over a file that is there: it may be the only copy of an older state.
    await writeFile(out, document, { flag: 'wx' }).catch((error: unknown) => {
      throw new CommandProblem(`${out} cannot be written: ${error instanceof Error ? error.message : String(error)}`);
    });
    printLine(`${out}: ${comments.length}`);
  });
}
