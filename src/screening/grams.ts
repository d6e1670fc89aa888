/** The table row of a letter pair (first 0) or triple; `training/languages.ts` fills
 *  the table through this very function. */
export function gramBucket(first: number, second: number, third: number, buckets: number): number {
  let hash = Math.imul(first + 1, 0x9e3779b1) ^ Math.imul(second, 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 15) ^ third, 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) & (buckets - 1);
}
