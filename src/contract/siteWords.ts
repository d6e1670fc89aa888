/** A word or phrase of a site's own list: in one language, or `*` for all; found as a clear breach, or a possible one. */
export type SiteWord = { language: string; guideline: string; strength: WordStrength; word: string };

export const wordStrengths = ['clear', 'possible'] as const;
export type WordStrength = (typeof wordStrengths)[number];

/** Why a line of a list is refused. */
export type WordFault = { line: number; why: 'shape' | 'length' | 'letters' | 'twice' | 'many' };

export type ReadWords<Word> = { outcome: 'read'; words: readonly Word[] } | { outcome: 'wrong'; fault: WordFault };

/** Most words of a list, and most code units of one of them: a list is compiled for every server, and read by people. */
export const mostWords = 1_000;
export const wordCodeUnits = 80;

/** A list as the setting `words.listed` keeps it, a line each: `ckb attack clear` and the word or phrase. A `*` at its end finds
 *  every word that begins so. The first line that does not fit is named, counted from 1; empty lines are passed over. */
export function readListed(text: string): ReadWords<SiteWord> {
  return readLines(text, (line) => {
    const [, language = '', guideline = '', strength = '', word = ''] =
      /^(\*|[a-z]{2,3}) ([a-z0-9-]{1,40}) (\S+) (.+)$/u.exec(line) ?? [];
    const known = wordStrengths.find((one) => one === strength);
    return known === undefined ? undefined : { language, guideline, strength: known, word: word.trim() };
  });
}

/** A list as the setting `words.allowed` keeps it: a word or phrase a line. */
export function readAllowed(text: string): ReadWords<{ word: string }> {
  return readLines(text, (line) => ({ word: line.trim() }));
}

function readLines<Word extends { word: string }>(
  text: string,
  parse: (line: string) => Word | undefined,
): ReadWords<Word> {
  const words: Word[] = [];
  const seen = new Set<string>();
  for (const [at, line] of text.split('\n').entries()) {
    if (line.trim() === '') continue;
    const wrong = (why: WordFault['why']): ReadWords<Word> => ({ outcome: 'wrong', fault: { line: at + 1, why } });
    const word = parse(line.replace(/\s+/g, ' ').trim());
    if (!word) return wrong('shape');
    const fault = findFault(word.word);
    if (fault) return wrong(fault);
    const name = JSON.stringify(word).toLowerCase();
    if (seen.has(name)) return wrong('twice');
    seen.add(name);
    words.push(word);
    if (words.length > mostWords) return wrong('many');
  }
  return { outcome: 'read', words };
}

/** Why a word cannot stand on a list: it is too long, or has no letter or digit to look for. */
export function findFault(word: string): 'length' | 'letters' | undefined {
  if (word.length > wordCodeUnits) return 'length';
  // The lists write spaces as `_`, and join the guidelines of a word with `+`.
  return /[\p{L}\p{N}]/u.test(word) && word.isWellFormed() && !/[\p{Cc}_]/u.test(word) ? undefined : 'letters';
}

/** The line of a word. */
export function writeListed({ language, guideline, strength, word }: SiteWord): string {
  return `${language} ${guideline} ${strength} ${word}`;
}

/** What a list would have marked among the comments of the last 30 days. `looked` comments were read, the newest, and
 *  `isSample` where there were more; `hits` of them have a word of the list, `silenced` have an allowed word. At most 20
 *  examples, a guideline of '' is an allowed word. Offsets are UTF-16, end exclusive. */
export type WordsPreview = {
  looked: number;
  isSample: boolean;
  hits: number;
  silenced: number;
  examples: readonly {
    id: string;
    text: string;
    lang: string;
    dir: 'ltr' | 'rtl';
    at: string;
    found: readonly WordFound[];
  }[];
};

export type WordFound = { guideline: string; start: number; end: number };
