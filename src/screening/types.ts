import type { RecentPrints } from './fingerprint.ts';
import type { OwnHeads } from './learn/heads.ts';
import type { Subject } from './model/topics.ts';

/** The guidelines a site starts with; a site may add its own keys beside them. */
export type GuidelineKey =
  | 'profanity'
  | 'threat'
  | 'attack'
  | 'vulgarity'
  | 'sexism'
  | 'racism'
  | 'homophobia'
  | 'xenophobia'
  | 'promotion'
  | 'relevance';

/** What a score speaks about. `identity` is abuse of any protected group and
 *  `toxic` any abusive language; neither is a guideline of its own. */
export type ScoreKey = GuidelineKey | 'identity' | 'toxic';

/** The languages screening knows. Anything else is `und`. */
export type KnownLanguage =
  | 'en'
  | 'ar'
  | 'tr'
  | 'fa'
  | 'ckb'
  | 'kmr'
  | 'de'
  | 'fr'
  | 'es'
  | 'it'
  | 'pt'
  | 'nl'
  | 'pl'
  | 'ru'
  | 'hi';

/** One reason, pointing at the words it rests on: UTF-16 offsets into the text
 *  as received, end exclusive. `why` is a plain English sentence part. */
export type Finding = {
  guideline: string;
  start: number;
  end: number;
  why: string;
};

/** `approve`: nothing found, in a language that has lists: a hint, never a decision.
 *  `review`: something uncertain was found, or the language is unknown.
 *  `reject`: a clear breach was found: a hint as well. */
export type Suggestion = 'approve' | 'review' | 'reject';

/** What the machine read in one comment. Scores run from 0 to 1 and 0.5 is the
 *  line between breach and no breach; `relevance` alone runs the other way (1 is
 *  about the story). A score that cannot be given is absent. */
export type Screening = {
  lang: string;
  scores: Partial<Record<ScoreKey, number>>;
  suggestion: Suggestion;
  findings: Finding[];
  /** the sentence of the story's text that the comment touches, where one stands out: a help for the eye, nothing more */
  passage?: StoryPassage;
  model: string;
};

/** UTF-16 offsets into the story's text, end exclusive. */
export type StoryPassage = { start: number; end: number };

/** The story a comment stands under, as far as screening needs it. */
export type ScreeningStory = {
  headline: string;
  standfirst?: string | undefined;
  text: string;
  tags?: readonly string[] | undefined;
};

/** A story read once by `prepareStory`: give it to `screen` in place of the story.
 *  The fields are for screening alone. */
export type StoryProfile = {
  readonly kind: 'story-profile';
  readonly lang: string;
  readonly stems: ReadonlyMap<number, number>;
  readonly passages: object;
  readonly subjects: Map<string, Subject>;
};

export type ScreeningInput = {
  text: string;
  lang?: string | undefined;
  story?: ScreeningStory | StoryProfile | undefined;
  parent?: string | undefined;
};

/** A word the site adds: matched whole, with the language's usual endings; a
 *  trailing `*` matches every word that begins so. */
export type RuleWord = {
  word: string;
  guideline: string;
  /** found as what may be a breach, for a person to look at, and not as a clear one */
  isPossible?: boolean | undefined;
};

/** What one site adds to the shipped lists. Screening keeps what it compiled for
 *  the `words` and `allowed` objects it was given, so hand in the same objects
 *  again and replace, rather than change, them. */
export type Ruleset = {
  /** additional words by language code; `*` holds for every language */
  words?: Readonly<Record<string, readonly RuleWord[]>> | undefined;
  /** words that are never a finding on this site, in any language */
  allowed?: readonly string[] | undefined;
  /** the site's own origins (`https://news.example`): links there are never promotion */
  origins?: readonly string[] | undefined;
  /** fingerprints of recent comments of the site, from `fingerprintComment` or kept by `rememberPrint` */
  recentFingerprints?: readonly string[] | RecentPrints | undefined;
  /** the newsroom's own fit on top of the shipped model, from `stet train` */
  heads?: OwnHeads | undefined;
};
