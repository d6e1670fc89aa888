import { translateAll, type MessageKey } from './messages.ts';

const keys = {
  more: 'thread.more',
  moreOf: 'thread.moreOf',
  share: 'thread.share',
  copyLink: 'thread.copyLink',
  linkCopied: 'thread.linkCopied',
  featured: 'thread.featured',
  ignore: 'thread.ignore',
  ignored: 'thread.ignored',
  ignoredNames: 'thread.ignoredNames',
  showAgain: 'thread.showAgain',
  loaded: 'thread.loaded',
  reactionFailed: 'reaction.failed',
} as const satisfies Record<string, MessageKey>;

/** The sentences of what only a script offers in a thread, as the page hands them over in `data-thread`. Their places are
 *  open. */
export type ThreadWords = Readonly<Record<keyof typeof keys, string>>;

/** The sentences in a language. */
export function threadWords(language: string): ThreadWords {
  return translateAll(language, keys);
}
