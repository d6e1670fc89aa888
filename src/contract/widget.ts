import type { TextLink } from './links.ts';
import type { PublishedComment, ThreadSort } from './thread.ts';
import type { formsOf } from './messages.ts';
import type { ThreadWords } from './threadWords.ts';
import type { WidgetWords } from './widgetWords.ts';

/** The sentence that names each order. */
export const sortWords = {
  newest: 'newest',
  oldest: 'oldest',
  replies: 'bestAnswered',
  featured: 'featuredOnes',
} as const satisfies Record<ThreadSort, keyof WidgetWords>;

/** A published comment with what the widget would otherwise have to know calendars, languages and threads for. */
export type WidgetComment = PublishedComment & {
  /** How deep it stands below a comment that answers none here: 0 to 3. Replies follow what they answer. */
  depth: number;
  /** The time as the site shows times. */
  shown: string;
  /** What the server vouches for beside the name. */
  mark?: string;
  /** That the newsroom features it, in words. */
  featuredAs?: string;
  /** The name of the comment that it answers, where that one does not stand right above. */
  answers?: string;
  /** The addresses in its text that readers may press; absent for none. */
  links?: readonly TextLink[];
};

/** One page of a story's comments for the widget, in the order in which it stands there. */
export type WidgetPage = {
  story: string;
  /** Of the sentences around the comments, and its direction. */
  language: string;
  dir: 'ltr' | 'rtl';
  count: number;
  /** How many of them the newsroom features; absent for none. */
  featured?: number;
  /** The count in the digits of the language. */
  counted: string;
  /** Whether readers may write; where not, `state` says so. */
  open: boolean;
  state: string | null;
  comments: readonly WidgetComment[];
  next: string | null;
  /** Whether it is said how long ago they were. */
  ago: boolean;
  words: WidgetWords & ThreadWords;
  /** The sentence about comments that came meanwhile, in its forms. */
  news: ReturnType<typeof formsOf>;
};
