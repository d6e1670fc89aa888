import { translateAll, type MessageKey } from './messages.ts';

const keys = {
  comments: 'page.comments',
  write: 'page.writeComment',
  sort: 'page.sort',
  newest: 'page.sort.newest',
  oldest: 'page.sort.oldest',
  bestAnswered: 'page.sort.replies',
  featuredOnes: 'page.sort.featured',
  empty: 'thread.empty',
  next: 'thread.next',
  permalink: 'thread.permalink',
  replies: 'thread.replies',
  moreReplies: 'thread.moreReplies',
  reactionsOf: 'reaction.of',
  informative: 'reaction.informative',
  reasoned: 'reaction.reasoned',
  thanks: 'reaction.thanks',
  reply: 'thread.reply',
  report: 'thread.report',
  inReplyTo: 'thread.inReplyTo',
  unavailable: 'page.unavailable',
} as const satisfies Record<string, MessageKey>;

/** The sentences of the widget, their places open. */
export type WidgetWords = Readonly<Record<keyof typeof keys, string>>;

/** The sentences in a language. */
export function widgetWords(language: string): WidgetWords {
  return translateAll(language, keys);
}
