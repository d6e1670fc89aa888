import { type Lexicon, type WordLine, buildLexicon } from './lexicon.ts';
import type { RuleWord, Ruleset } from './types.ts';

/** What a word the site itself listed adds: clearly over the line. */
const SITE_WEIGHT = 0.75;
/** What one adds that the site is unsure of: just over the line. */
const POSSIBLE_WEIGHT = 0.5;

type Key = object;
const compiled = new WeakMap<Key, Map<string, Lexicon>>();
const nothing: Key = {};

/** The site's own words for a language, with its allowed words, or undefined where the
 *  site has none. Kept for as long as the ruleset's `words` and `allowed` live. */
export function siteLexicon({ words, allowed }: Ruleset, lang: string): Lexicon | undefined {
  if (words === undefined && allowed === undefined) return undefined;
  const holder = words ?? allowed ?? nothing;
  const byLanguage = compiled.get(holder) ?? new Map<string, Lexicon>();
  compiled.set(holder, byLanguage);
  const key = `${lang} ${numberOf(allowed)}`;
  const known = byLanguage.get(key);
  if (known !== undefined) return known;
  const made = buildLexicon(lang, [...linesOf(words?.['*']), ...linesOf(words?.[lang]), ...allowedLines(allowed)]);
  byLanguage.set(key, made);
  return made;
}

const numbers = new WeakMap<Key, number>();
let given = 0;

/** A number per list of allowed words, so that one map can hold several. */
function numberOf(allowed: readonly string[] | undefined): number {
  if (allowed === undefined) return 0;
  const known = numbers.get(allowed) ?? ++given;
  numbers.set(allowed, known);
  return known;
}

function linesOf(words: readonly RuleWord[] | undefined): WordLine[] {
  return (words ?? []).filter(isUsable).map(({ word, guideline, isPossible = false }) => ({
    categories: guideline,
    weight: isPossible ? POSSIBLE_WEIGHT : SITE_WEIGHT,
    words: notated(word),
    own: true,
  }));
}

function allowedLines(allowed: readonly string[] | undefined): WordLine[] {
  return (allowed ?? [])
    .filter((word) => letters.test(word))
    .map((word) => ({ categories: 'allow', weight: 0, words: notated(word) }));
}

const letters = /[\p{L}\p{N}]/u;

function isUsable({ word, guideline }: RuleWord): boolean {
  return letters.test(word) && guideline !== '' && !guideline.includes('+');
}

/** The word as the lists notate it: spaces as `_`, and none of their own signs in front. */
function notated(word: string): string {
  return word
    .trim()
    .replace(/^[\^=]+/, '')
    .replace(/\s/g, '_');
}
