/** Numbers from 1 on by 32-bit hash, open-addressed, where a key of 0 is an empty place. A Map of as many takes four times the
 *  memory, which a text then waits for. `sieve` has four bits a place, set for the keys that are in the table: most of what is
 *  looked up is not, and is told so by a twelfth of it; twice and half as many bits were measured, and slower. */
export type HashTable = { keys: Int32Array; values: Uint16Array; mask: number; sieve: Int32Array };

/** Places whose bits share a word of the sieve. */
const SIEVED = 8;

/** A table of twice the entries' size, with each key once; the first value of a key stays. */
export function buildTable(entries: { keys: ArrayLike<number>; values: ArrayLike<number> }): HashTable {
  let size = 64;
  while (size < entries.keys.length * 2) size *= 2;
  const table = {
    keys: new Int32Array(size),
    values: new Uint16Array(size),
    mask: size - 1,
    sieve: new Int32Array(size / SIEVED),
  };
  for (let i = 0; i < entries.keys.length; i++)
    addEntry(table, keyOf(entries.keys[i] as number), entries.values[i] as number);
  return table;
}

function addEntry({ keys, values, mask, sieve }: HashTable, key: number, value: number): void {
  const placed = place(key);
  (sieve[(placed >>> 5) & (sieve.length - 1)] as number) |= 1 << placed;
  let at = placed & mask;
  while (keys[at] !== 0 && keys[at] !== key) at = (at + 1) & mask;
  if (keys[at] === key) return;
  keys[at] = key;
  values[at] = value;
}

/** The number of a hash, 0 where it has none. */
export function lookUp({ keys, values, mask, sieve }: HashTable, hash: number): number {
  const key = keyOf(hash);
  const placed = place(key);
  if ((((sieve[(placed >>> 5) & (sieve.length - 1)] as number) >>> placed) & 1) === 0) return 0;
  let at = placed & mask;
  for (;;) {
    const found = keys[at] as number;
    if (found === key) return values[at] as number;
    if (found === 0) return 0;
    at = (at + 1) & mask;
  }
}

function keyOf(hash: number): number {
  return hash | 0 || 1;
}

function place(key: number): number {
  const mixed = Math.imul(key ^ (key >>> 16), 0x45d9f3b);
  return mixed ^ (mixed >>> 16);
}
