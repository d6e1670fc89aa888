import type en from './messages/en.json';

/** The keys of the desk's sentences: those of the English catalogue. */
export type WordKey = keyof typeof en;
