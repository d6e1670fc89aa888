import { leastCounted } from '../../contract/statistics.ts';

/** A share of a whole, to the thousandth; null where the whole is below `leastCounted`. Pure. */
export function tellShare(part: number, whole: number): number | null {
  return whole < leastCounted ? null : round(part / whole);
}

/** Between which shares the true one lies, in 95 of 100 such samples: E. B. Wilson's score interval ("Probable inference, the
 *  law of succession, and statistical inference", 1927), which stays between 0 and 1 and is right for shares near them.
 *  Null where the whole is below `leastCounted`. Pure. */
export function tellInterval(part: number, whole: number): readonly [number, number] | null {
  if (whole < leastCounted) return null;
  const z = 1.959964;
  const share = part / whole;
  const scale = 1 + z ** 2 / whole;
  const middle = share + z ** 2 / (2 * whole);
  const spread = z * Math.sqrt((share * (1 - share)) / whole + z ** 2 / (4 * whole ** 2));
  return [round(Math.max(0, (middle - spread) / scale)), round(Math.min(1, (middle + spread) / scale))];
}

function round(value: number): number {
  return Math.round(value * 1000) / 1000;
}
