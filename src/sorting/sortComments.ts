import type { KnownPrints, SortedComment, Unsorted } from '../record/sorting.ts';
import { findNear, printText } from '../screening/fingerprint.ts';
import { criticisesNewsroom } from '../screening/index.ts';

/** What each comment is like: its fingerprint, the `seq` of the first held comment that says nearly the same, among those
 *  known and those before it in the list, and whether it finds fault with the newsroom, whose name is `newsroom`. Decided
 *  comments stand alone. Pure. */
export function sortComments(unsorted: readonly Unsorted[], known: KnownPrints, newsroom: string): SortedComment[] {
  const { seqs, highs, lows, alikes } = structuredClone(known);
  return unsorted.map(({ id, seq, text, state, lang, byline }) => {
    const isCritical = text !== null && criticisesNewsroom({ text, lang }, [newsroom, byline ?? '']);
    const print = state === 'held' && text !== null ? printText(text) : undefined;
    if (!print) return { id, seq, high: null, low: null, alike: null, isCritical };
    const near = findNear(print, { highs, lows });
    const alike = near < 0 ? null : (alikes[near] ?? seqs[near] ?? null);
    seqs.push(seq);
    highs.push(print.high);
    lows.push(print.low);
    alikes.push(alike);
    return { id, seq, ...print, alike, isCritical };
  });
}
