import disapproval from './data/criticism.json' with { type: 'json' };
import { CUE_NEWSROOM } from './entries.ts';
import { lookAt } from './look.ts';
import { createMarks } from './model/marks.ts';
import { foldKey } from './normalise.ts';
import { findOwnWords } from './ownWords.ts';
import { createReading, readText } from './reading.ts';
import type { Ruleset, RuleWord } from './types.ts';

const aside = createReading();

/** Whether a text speaks of the newsroom: its article, its editors and writers, its site, or one of these names. Criticism
 *  of the publisher is never a ground, so what speaks of it is for people to read. Pure; linear in the text. */
export function speaksOfNewsroom({ text, lang }: { text: string; lang: string }, names: readonly string[]): boolean {
  const key = foldKey(text);
  if (names.some((name) => name.trim() !== '' && key.includes(foldKey(name.trim())))) return true;
  const reading = readText(text, aside);
  const { glance } = lookAt(reading, lang, { rules: {}, marks: createMarks(reading.words) });
  for (let i = 0; i < reading.words; i++) {
    if ((glance.cues.masks[i] as number) & CUE_NEWSROOM) return true;
  }
  return false;
}

/** Whether a text finds fault with the newsroom: a sentence of it speaks of the newsroom and has a word of disapproval in
 *  the text's language. A guess by words, good enough to count by and for nothing else: nothing is decided, ordered or shown
 *  by it. Pure; linear in the text. */
export function criticisesNewsroom({ text, lang }: { text: string; lang: string }, names: readonly string[]): boolean {
  // Most texts have no such word at all, and are read once.
  if (!disapproves({ text, lang })) return false;
  return text
    .split(sentenceEnd)
    .some((sentence) => disapproves({ text: sentence, lang }) && speaksOfNewsroom({ text: sentence, lang }, names));
}

const sentenceEnd = /[.!?؟。।…\n]+/u;

function disapproves(written: { text: string; lang: string }): boolean {
  return findOwnWords(written, disapproving).length > 0;
}

const disapproving: Ruleset = {
  words: Object.fromEntries(
    Object.entries(disapproval).map(([language, words]): [string, RuleWord[]] => [
      language,
      words.split(' ').map((word) => ({ word: word.replaceAll('_', ' '), guideline: 'newsroom' })),
    ]),
  ),
};
