import type { KnownPrints, SortedComment, Unsorted } from '../record/sorting.ts';
import { findNear, printText } from '../screening/fingerprint.ts';

/** What each comment is like: its fingerprint, and the `seq` of the first held comment that says nearly the same, among those
 *  known and those before it in the list. Decided comments stand alone. Pure. */
export function sortComments(unsorted: readonly Unsorted[], known: KnownPrints): SortedComment[] {
  const { seqs, highs, lows, alikes } = structuredClone(known);
  return unsorted.map(({ id, seq, text, state }) => {
    const print = state === 'held' && text !== null ? printText(text) : undefined;
    if (!print) return { id, seq, high: null, low: null, alike: null };
    const near = findNear(print, { highs, lows });
    const alike = near < 0 ? null : (alikes[near] ?? seqs[near] ?? null);
    seqs.push(seq);
    highs.push(print.high);
    lows.push(print.low);
    alikes.push(alike);
    return { id, seq, ...print, alike };
  });
}
