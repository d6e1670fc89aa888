import lists from './data/words.json' with { type: 'json' };
import phraseTables from './data/phrases.json' with { type: 'json' };
import { endingsOf, particlesOf } from './endings.ts';
import { bareUnit } from './fold.ts';
import { foldKey } from './normalise.ts';
import { CUE_HARD, CUE_INSULT, type Entry, OWN_CUES, commonCues } from './entries.ts';
import { type Pattern, readPatterns } from './patterns.ts';
import { type Trie, buildTrie } from './trie.ts';

export type Lexicon = {
  trie: Trie<Entry>;
  endings: ReadonlySet<string>;
  particles: readonly string[];
  /** strong words for comparing masked ones (`f**k`) with, by first letter */
  strong: ReadonlyMap<number, readonly StrongWord[]>;
  patterns: readonly Pattern[];
  /** categories the language has at least three words for */
  covers: ReadonlySet<string>;
  /** guidelines the language has phrases for */
  phrased: ReadonlySet<string>;
};

/** The lists to look in. `shared` is asked for words in Latin letters alone. */
export type Lists = {
  lang: string;
  own?: Lexicon | undefined;
  shared?: Lexicon | undefined;
  site?: Lexicon | undefined;
};

/** What the words of a reading do in phrases: per word its CUE_ bits, and the unit after
 *  the words that carry them ("shut up" is one cue over two words). */
export type Cues = { masks: Int32Array; ends: Int32Array };

/** A listed word found: units [from, to) of the reading, whole words. */
export type Hit = { entry: Entry; word: number; from: number; to: number; disguised: boolean };

export type StrongWord = { form: string; entry: Entry };

/** The lists of a language; `shared` holds words every language knows, for texts in
 *  Latin letters. Undefined where there are none. Built when first asked for. */
export function lexiconOf(language: string): Lexicon | undefined {
  const known = lexicons.get(language);
  if (known !== undefined) return known;
  const list = wordLists[language];
  if (list === undefined) return undefined;
  const made = buildLexicon(language, list);
  lexicons.set(language, made);
  return made;
}

/** One line of a list: categories joined by `+`, words separated by spaces, in the
 *  notation of training/words/README.md. */
export type WordLine = { categories: string; weight: number; words: string; own?: boolean };

type PhraseTable = { cues: Record<string, string>; patterns: string[]; calls: Record<string, string> };

const wordLists: Record<string, readonly WordLine[]> = lists;
const phraseLists: Record<string, PhraseTable> = phraseTables;

const lexicons = new Map<string, Lexicon>();

/** Compiles a language's word lines, with its phrases where there are any. */
export function buildLexicon(language: string, lines: readonly WordLine[]): Lexicon {
  const phrases = phraseLists[language];
  const forms: [string, Entry][] = [];
  const covers = new Map<string, number>();
  for (const { categories: names, weight, words, own } of lines) {
    const categories = names.split('+');
    for (const word of words.split(' ')) {
      const entry = entryOf(word, { categories, weight, cues: cuesOfCategories(categories), own: own === true });
      for (const form of formsOf(word, language)) forms.push([form, entry]);
    }
    for (const name of categories) covers.set(name, (covers.get(name) ?? 0) + words.split(' ').length);
  }
  const bits = phrases === undefined ? new Map<string, number>() : addPhrases(phrases, language, forms);
  const patterns = phrases === undefined ? [] : readPatterns(phrases.patterns, bits);
  return {
    trie: buildTrie(forms),
    endings: endingsOf(language),
    particles: particlesOf(language).map(foldKey),
    strong: strongWords(forms),
    patterns,
    covers: new Set([...covers].filter(([, count]) => count >= 3).map(([name]) => name)),
    phrased: new Set(patterns.map(({ guideline }) => guideline)),
  };
}

function cuesOfCategories(categories: readonly string[]): number {
  if (categories.includes('insult')) return CUE_INSULT | CUE_HARD;
  return categories.includes('aimed') ? CUE_INSULT : 0;
}

function addPhrases(table: PhraseTable, language: string, forms: [string, Entry][]): Map<string, number> {
  const bits = new Map(commonCues);
  let next = OWN_CUES;
  for (const [name, words] of Object.entries(table.cues)) {
    if (!bits.has(name)) bits.set(name, 1 << next++);
    addForms(words, language, { categories: [], weight: 0, cues: bits.get(name) as number }, forms);
  }
  for (const [weight, words] of Object.entries(table.calls)) {
    addForms(words, language, { categories: ['promotion'], weight: Number(weight), cues: 0 }, forms);
  }
  return bits;
}

type Meaning = Pick<Entry, 'categories' | 'weight' | 'cues' | 'own'>;

function addForms(words: string, language: string, meaning: Meaning, forms: [string, Entry][]): void {
  for (const word of words.split(' ')) {
    const entry = entryOf(word, meaning);
    // A cue is the word itself: endings would turn "kill" into "killer".
    if (entry.mode === 'endings') entry.mode = 'whole';
    for (const form of formsOf(word, language)) forms.push([form, entry]);
  }
}

function entryOf(word: string, meaning: Meaning): Entry {
  const mode = word.endsWith('*') ? 'stem' : /^\^?=/.test(word) ? 'whole' : 'endings';
  return { ...meaning, mode, units: foldKey(plainOf(word)).length };
}

function plainOf(word: string): string {
  return word
    .replace(/^\^?=?/, '')
    .replace(/\*$/, '')
    .replaceAll('_', ' ');
}

/** The spellings a listed word is looked up by: as written, without accents (unless
 *  marked `^`), with hyphens or joined instead of spaces, with the old ه for ە. */
function formsOf(word: string, language: string): Set<string> {
  const key = foldKey(plainOf(word));
  const forms = new Set([key]);
  if (!word.startsWith('^') && !arabicScript.has(language)) forms.add(bareKey(key));
  if (arabicScript.has(language)) {
    forms.add(key.replaceAll('ە', 'ه'));
    if (language === 'fa' && key.endsWith('ه')) forms.add(`${key.slice(0, -1)}ە`);
  }
  for (const form of [...forms]) {
    if (!form.includes(' ')) continue;
    forms.add(form.replaceAll(' ', '-'));
    if (arabicScript.has(language) && form.length >= 7) forms.add(form.replaceAll(' ', ''));
  }
  return forms;
}

const arabicScript = new Set(['ar', 'fa', 'ckb']);

function bareKey(key: string): string {
  return Array.from(key, (char) => String.fromCharCode(bareUnit(char.charCodeAt(0)))).join('');
}

/** Words weighty and long enough that a masked spelling cannot mean another. */
function strongWords(forms: readonly [string, Entry][]): Map<number, StrongWord[]> {
  const strong = new Map<number, StrongWord[]>();
  for (const [form, entry] of forms) {
    if (entry.weight < 0.6 || form.length < 4 || form.length > 12 || form.includes(' ')) continue;
    const first = form.charCodeAt(0);
    const row = strong.get(first);
    if (row === undefined) strong.set(first, [{ form, entry }]);
    else row.push({ form, entry });
  }
  return strong;
}
