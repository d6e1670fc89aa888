import { CUE_NOT } from './entries.ts';
import { type Reading, WORD_OPENS } from './reading.ts';

/** A phrase: words that do certain things, in order, with few words between. */
export type Pattern = {
  guideline: string;
  weight: number;
  why: string;
  steps: readonly Step[];
};

/** One word of a phrase: the cue it must carry, and how many words may stand before it. */
export type Step = { cue: number; gap: number };

export type PatternMatch = { pattern: Pattern; first: number; last: number };

/** Reads lines of `guideline weight | CUE 2CUE 0CUE | why`; the digit is the number
 *  of other words allowed before that word, one unless said. */
export function readPatterns(lines: readonly string[], bits: ReadonlyMap<string, number>): Pattern[] {
  return lines.map((line) => {
    const [head = '', body = '', why = ''] = line.split(' | ');
    const [guideline = '', weight = '0'] = head.split(' ');
    const steps = body.split(' ').map((word) => {
      const [, gap = '', name = ''] = /^(\d?)([A-Z]+)$/.exec(word) ?? [];
      const cue = bits.get(name);
      if (cue === undefined) throw new Error(`pattern "${line}" names the unknown cue ${word}`);
      return { cue, gap: gap === '' ? 1 : Number(gap) };
    });
    return { guideline, weight: Number(weight), why: why.trim(), steps };
  });
}

/** The phrases that begin at word `first`. Each pattern looks at no more words than
 *  its gaps allow, so the work per word is bounded. */
export function matchPatterns(
  patterns: readonly Pattern[],
  { reading, cues, first }: { reading: Reading; cues: Int32Array; first: number },
  found: (match: PatternMatch) => void,
): void {
  const mask = cues[first] as number;
  for (let p = 0; p < patterns.length; p++) {
    const pattern = patterns[p] as Pattern;
    if ((mask & (pattern.steps[0] as Step).cue) === 0) continue;
    const last = followSteps(pattern, { reading, cues, first });
    if (last >= 0 && !isDenied(reading, cues, first)) found({ pattern, first, last });
  }
}

type Place = { reading: Reading; cues: Int32Array; first: number };

/** The word the phrase ends on, or -1. A new sentence or a denial breaks it off. */
function followSteps(pattern: Pattern, { reading, cues, first }: Place): number {
  let at = first;
  for (let s = 1; s < pattern.steps.length; s++) {
    const { cue, gap } = pattern.steps[s] as Step;
    const limit = Math.min(reading.words, at + gap + 2);
    let next = at + 1;
    for (; next < limit; next++) {
      if ((reading.flags[next] as number) & WORD_OPENS) return -1;
      const mask = cues[next] as number;
      if (mask & cue) break;
      if (mask & CUE_NOT) return -1;
    }
    if (next >= limit) return -1;
    at = next;
  }
  return at;
}

/** Whether one of the three words before, in the same sentence, denies what follows. */
export function isDenied(reading: Reading, cues: Int32Array, first: number): boolean {
  for (let before = first - 1, at = first; before >= 0 && before >= first - 3; before--, at--) {
    if ((reading.flags[at] as number) & WORD_OPENS) return false;
    if ((cues[before] as number) & CUE_NOT) return true;
  }
  return false;
}
