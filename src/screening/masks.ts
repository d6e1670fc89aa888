import { isWordUnit } from './fold.ts';
import type { Hit, Lexicon, Lists, StrongWord } from './lexicon.ts';
import type { Reading } from './reading.ts';

const STAR = 0x2a;
const LONGEST = 24;

/** A word partly hidden behind asterisks, such as f**k, that only a strong word of a
 *  list fits: the same length, the same letters where there are letters. */
export function matchMasked(reading: Reading, word: number, lists: Lists): Hit | undefined {
  const from = reading.starts[word] as number;
  let to = from;
  while (to < reading.length && to - from < LONGEST && isPart(reading.units[to] as number)) to++;
  if (to - from < 4) return undefined;
  for (const lexicon of [lists.own, lists.shared]) {
    const row = lexicon?.strong.get(reading.units[from] as number);
    const fit = row?.find((strong) => fits(reading, { from, to }, strong, lexicon as Lexicon));
    if (fit !== undefined) return { entry: fit.entry, word, from, to, disguised: true };
  }
  return undefined;
}

function isPart(unit: number): boolean {
  return unit === STAR || isWordUnit(unit);
}

function fits(
  reading: Reading,
  { from, to }: { from: number; to: number },
  { form, entry }: StrongWord,
  lexicon: Lexicon,
): boolean {
  const length = to - from;
  if (form.length > length) return false;
  for (let k = 0; k < form.length; k++) {
    const unit = reading.units[from + k] as number;
    if (unit !== STAR && unit !== form.charCodeAt(k)) return false;
  }
  if (form.length === length) return true;
  if (entry.mode === 'whole') return false;
  let rest = '';
  for (let k = form.length; k < length; k++) rest += String.fromCharCode(reading.units[from + k] as number);
  return !rest.includes('*') && (entry.mode === 'stem' || lexicon.endings.has(rest));
}
