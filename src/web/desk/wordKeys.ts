import type { en } from './messages/en.ts';

/** The keys of the desk's sentences: those of the English catalogue. Apart from `words.ts`, which needs a browser: keys and
 *  scores are tested without one. */
export type WordKey = keyof typeof en;
