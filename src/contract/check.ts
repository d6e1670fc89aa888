/** The answer of `POST …/check`: the guideline that a text surely breaks, as the machine reads it, or null. Neither a score nor a
 *  place in the text, so that no list of words can be read out of it. */
export type CheckAnswer = { guideline: { key: string; title: string; url: string } | null };
