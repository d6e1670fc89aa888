import type { DateStyle } from './dates.ts';
import { translateAll, type MessageKey } from './messages.ts';
import type { NameKeeping } from './nameWords.ts';
import type { OwnWords } from './ownWords.ts';

const keys = {
  title: 'form.title',
  replyTitle: 'form.replyTitle',
  notAReply: 'form.notAReply',
  promise: 'form.promise',
  notPublished: 'form.notPublished',
  required: 'form.required',
  optional: 'form.optional',
  name: 'form.name',
  text: 'form.text',
  email: 'form.email',
  emailHint: 'form.emailHint',
  left: 'form.left',
  over: 'form.over',
  send: 'form.send',
  preview: 'form.preview',
  previewTitle: 'form.previewTitle',
  sending: 'form.sending',
  waiting: 'form.waiting',
  draft: 'form.draftKept',
  privacy: 'form.privacy',
  replies: 'thread.replies',
  receipt: 'receipt.title',
  received: 'receipt.received',
  keep: 'receipt.keep',
  kept: 'receipt.kept',
  notKept: 'receipt.notKept',
  token: 'receipt.token',
  copy: 'receipt.copy',
  copied: 'receipt.copied',
  lookUp: 'receipt.bookmark',
} as const satisfies Record<string, MessageKey>;

/** What the widget needs of a story to let somebody write: loaded when they turn to writing. */
export type WidgetForm = {
  language: string;
  dir: 'ltr' | 'rtl';
  words: Readonly<Record<keyof typeof keys, string>>;
  /** Sentences that name the site and the limits. */
  criticism: string;
  nameHint: string;
  textHint: string;
  textMost: number;
  /** The site's guidelines, and their pages at Stet, relative to it. */
  guidelines: readonly { title: string; href: string }[];
  privacy: string;
  /** What is said around a reader's own comments, and how the site shows times. */
  own: OwnWords;
  dates: Omit<DateStyle, 'language'>;
  /** What is said before sending of a sure breach, where the site wants that. */
  notice?: NoticeWords;
  /** Whether a comment needs a proof of work. */
  proof: boolean;
  /** What the form needs to keep a name, where the site protects names. */
  names?: NameKeeping;
  /** What is said around an account, where readers may (or must) write with one that the page hands over. */
  account?: { required: boolean; words: PageAccountWords };
};

const accountKeys = {
  signedIn: 'account.signedIn',
  signIn: 'account.signIn',
  required: 'account.required',
  optional: 'account.optional',
} as const satisfies Record<string, MessageKey>;

export type PageAccountWords = Readonly<Record<keyof typeof accountKeys, string>>;

/** The sentences around an account in a language, the place of its name open. */
export function pageAccountWords(language: string): PageAccountWords {
  return translateAll(language, accountKeys);
}

const noticeKeys = {
  title: 'notice.title',
  text: 'notice.text',
  people: 'notice.people',
  change: 'notice.change',
  send: 'notice.send',
} as const satisfies Record<string, MessageKey>;

export type NoticeWords = Readonly<Record<keyof typeof noticeKeys, string>>;

/** The sentences of the notice in a language, the place of the guideline open. */
export function noticeWords(language: string): NoticeWords {
  return translateAll(language, noticeKeys);
}

/** The sentences in a language, their places open. */
export function widgetFormWords(language: string): WidgetForm['words'] {
  return translateAll(language, keys);
}
