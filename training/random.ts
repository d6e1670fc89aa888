/** Pseudo-random numbers that are the same for the same seed (mulberry32). */
export type Random = { below: (limit: number) => number; fraction: () => number };

/** Numbers from a seed: `below(n)` from 0 to n-1, `fraction()` from 0 to just under 1. */
export function createRandom(seed: number): Random {
  let state = seed | 0;
  const fraction = (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
  return { fraction, below: (limit) => Math.floor(fraction() * limit) };
}
