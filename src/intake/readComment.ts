import type { CommentDraft } from '../contract/comment.ts';
import { rulesOfSite } from '../contract/siteRules.ts';
import type { Story } from '../contract/story.ts';
import { directionOf } from '../contract/text.ts';
import {
  createRecentPrints,
  prepareStory,
  type RecentPrints,
  rememberPrint,
  screen,
  type Screening,
  type StoryProfile,
} from '../screening/index.ts';
import type { Target } from './findTarget.ts';
import type { SiteHeads } from './siteHeads.ts';

/** What the machine made of a comment: null where it was switched off or failed. */
export type Reading = { screening: Screening | null; lang: string; dir: 'ltr' | 'rtl' };

export type Screen = typeof screen;

// As many stories as are written under at one time; the rest is prepared again.
const mostProfiles = 500;
// A campaign sends its text within hours; what one process saw of a site's last comments is enough to notice.
const mostPrints = 300;

export type ReaderDeps = {
  headsOf: SiteHeads;
  log: (line: string) => void;
  /** For tests. */
  screenWith?: Screen | undefined;
};

export type CommentReader = {
  read(target: Target, draft: CommentDraft, parent?: string): Reading;
  /** Comments of this process that could not be screened, since its start. */
  countUnscreened(): number;
};

/** Reads comments by the site's own heads, with the profile of each story kept while the story stays as it is. A screening
 *  that throws is no reason to refuse or to let through: the comment waits unread, and the first of a row of failures is a
 *  line of the log. */
export function createReader({ headsOf, log, screenWith = screen }: ReaderDeps): CommentReader {
  let unscreened = 0;
  let isFailing = false;
  const profiles = new Map<string, { story: Story; profile: StoryProfile }>();
  const prints = new Map<string, RecentPrints>();

  const profileOf = (story: Story): StoryProfile => {
    const name = `${story.site}/${story.story}`;
    const known = profiles.get(name);
    if (known && (known.story === story || isSameVersion(known.story, story))) return known.profile;
    const oldest = profiles.size >= mostProfiles ? profiles.keys().next().value : undefined;
    if (oldest !== undefined) profiles.delete(oldest);
    const profile = prepareStory(story);
    profiles.set(name, { story, profile });
    return profile;
  };
  const printsOf = (site: string): RecentPrints => {
    const known = prints.get(site) ?? createRecentPrints(mostPrints);
    prints.set(site, known);
    return known;
  };
  const screenSafely = ({ site, story }: Target, { text }: CommentDraft, parent?: string): Screening | null => {
    if (site.settings.screening === 'off') return null;
    try {
      const recentFingerprints = printsOf(site.site);
      const screening = screenWith(
        { text, story: profileOf(story), parent },
        { ...rulesOfSite(site), recentFingerprints, heads: headsOf(site.site) },
      );
      rememberPrint(recentFingerprints, text);
      isFailing = false;
      return screening;
    } catch (error) {
      // Its name alone: a message might repeat what a reader wrote.
      const name = error instanceof Error ? error.name : typeof error;
      if (!isFailing)
        log(`comments cannot be screened and wait unread (${name}): \`npx stet doctor\` looks at the model`);
      isFailing = true;
      unscreened += 1;
      return null;
    }
  };
  const read: CommentReader['read'] = (target, draft, parent) => {
    const screening = screenSafely(target, draft, parent);
    // The story's language is the best guess for a text whose own was not recognised.
    const lang = screening && screening.lang !== 'und' ? screening.lang : target.story.language;
    return { screening, lang, dir: directionOf(draft.text) };
  };
  return { read, countUnscreened: () => unscreened };
}

function isSameVersion(a: Story, b: Story): boolean {
  return (
    a.text === b.text &&
    a.headline === b.headline &&
    a.standfirst === b.standfirst &&
    a.tags.length === b.tags.length &&
    a.tags.every((tag, index) => tag === b.tags[index])
  );
}
