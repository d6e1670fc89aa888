import { type Reading, WORD_OPENS, WORD_QUOTED } from '../reading.ts';

/** What a word is for the model, beyond its letters: the concept it names or the list it is on.
 *  Numbers below `FIRST_LISTED` are concepts of the model file, those from there on lists. */
export type Marks = {
  /** by word: concept number, 0 for none */
  concepts: Uint16Array;
  /** by word: number of the list it was found on, 0 for none */
  listed: Uint8Array;
  /** the marked words in order: word, mark, kind, FLAG_ bits */
  at: Int32Array;
  mark: Int32Array;
  kind: Uint8Array;
  flags: Uint8Array;
  /** number of the sentence */
  sentence: Int32Array;
  count: number;
};

/** The lists a word can stand on, numbered from 1; in this order the stronger one wins. */
export const listNames = [
  'promotion',
  'aimed',
  'profanity',
  'vulgarity',
  'insult',
  'sexism',
  'xenophobia',
  'homophobia',
  'racism',
] as const;

export const FIRST_LISTED = 4000;
/** Kinds 1 to 39 are the headings of training/concepts/en.txt; from here on the lists. */
export const FIRST_LISTED_KIND = 40;

export const FLAG_DENIED = 1;
export const FLAG_QUOTED = 2;

/** Room for the marks of a text of so many words. */
export function createMarks(words: number): Marks {
  return {
    concepts: new Uint16Array(words),
    listed: new Uint8Array(words),
    at: new Int32Array(words),
    mark: new Int32Array(words),
    kind: new Uint8Array(words),
    flags: new Uint8Array(words),
    sentence: new Int32Array(words),
    count: 0,
  };
}

/** How far a denial reaches, in words; it ends with the sentence. Some languages deny after the word. */
const DENIED_AFTER = 4;
const DENIED_BEFORE = 2;

/** What the model file says of each concept: its kind, and whether it denies. */
export type ConceptFacts = { kinds: Uint8Array; denies: Uint8Array };

/** Gathers the marked words; `concepts` and `listed` are filled before. Linear in the words. */
export function gatherMarks(reading: Reading, marks: Marks, { kinds, denies }: ConceptFacts): void {
  let count = 0;
  let sentence = 0;
  let denial = -100;
  for (let i = 0; i < reading.words; i++) {
    const word = reading.flags[i] as number;
    if (word & WORD_OPENS && i > 0) {
      sentence++;
      denial = -100;
    }
    const concept = marks.concepts[i] as number;
    const listed = marks.listed[i] as number;
    if (concept === 0 && listed === 0) continue;
    const denying = concept !== 0 && denies[concept] === 1;
    if (denying) {
      denial = i;
      for (let k = count - 1; k >= 0 && marks.sentence[k] === sentence; k--) {
        if (i - (marks.at[k] as number) > DENIED_BEFORE) break;
        (marks.flags[k] as number) |= FLAG_DENIED;
      }
    }
    marks.at[count] = i;
    marks.mark[count] = listed === 0 ? concept : FIRST_LISTED + listed;
    marks.kind[count] = listed === 0 ? (kinds[concept] as number) : FIRST_LISTED_KIND + listed;
    const denied = !denying && i - denial <= DENIED_AFTER ? FLAG_DENIED : 0;
    marks.flags[count] = denied | (word & WORD_QUOTED ? FLAG_QUOTED : 0);
    marks.sentence[count] = sentence;
    count++;
  }
  marks.count = count;
}
