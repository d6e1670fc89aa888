/** One word of a list, compiled. */
export type Entry = {
  /** guideline keys, or `insult` (attacks a person), `aimed` (an insult only when said
   *  to someone: animals, plain failings), `allow` (never a finding) */
  categories: readonly string[];
  /** what one occurrence alone adds to the score */
  weight: number;
  /** whole: only itself; endings: itself with the language's endings; stem: anything after it */
  mode: 'whole' | 'endings' | 'stem';
  units: number;
  /** the site listed it itself */
  own?: boolean;
  /** what the word does in a phrase, bits of CUE_ and of the language's own cues */
  cues: number;
};

/** The word insults a person; a hard insult does so even about a third person. */
export const CUE_INSULT = 1;
export const CUE_HARD = 2;
/** not, never, without: what follows is denied */
export const CUE_NOT = 4;
/** the newsroom itself: article, editor, this site */
export const CUE_NEWSROOM = 8;
/** The first bit for a language's own cues. */
export const OWN_CUES = 4;

/** The cues every language may use in its phrases, by the name they have there. */
export const commonCues: ReadonlyMap<string, number> = new Map([
  ['INSULT', CUE_INSULT],
  ['HARD', CUE_HARD],
  ['NOT', CUE_NOT],
  ['NEWS', CUE_NEWSROOM],
]);
