import type { Guideline } from '../contract/guideline.ts';
import type { ReaderName } from '../contract/secondReading.ts';

/** What a second reader is given: the comment's text as it was written, never its author's name, and what it stands
 *  under. `guidelines` are those in force on the site, whose language is `language`. */
export type Asked = {
  text: string;
  headline: string | null;
  language: string;
  guidelines: readonly Guideline[];
};

/** What became of asking. `failed` names the reason in a word or two, for the log; `unasked` means that nothing was sent. */
export type Said =
  | { said: 'read'; scores: Record<string, number>; reason: string | null }
  | { said: 'failed'; failure: string }
  | { said: 'unasked' };

/** A second reader. Never throws for what the other side does; `spend` is asked before each question and says no when the
 *  day's questions are spent. */
export type Reader = {
  name: ReaderName;
  model: string;
  /** The languages that it reads; undefined: all. */
  languages: readonly string[] | undefined;
  /** The guidelines that it has something to say about; undefined: all of a site. */
  speaksOf: readonly string[] | undefined;
  /** The longest that one reading takes. */
  milliseconds: number;
  /** The most questions of one site on one day; undefined: any number. */
  daily: number | undefined;
  read(asked: Asked, at: { signal: AbortSignal; spend: () => Promise<boolean> }): Promise<Said>;
};
