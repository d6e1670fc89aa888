/** The types of `pg_type` that a batch is made of, by their fixed object ids. */
const elementTypes = {
  text: 25,
  uuid: 2950,
  bytea: 17,
  timestamptz: 1184,
  real: 700,
  float8: 701,
  jsonb: 3802,
} as const;

export type ElementType = keyof typeof elementTypes;

export type ElementValue = string | number | Date | Uint8Array | null;

// PostgreSQL counts microseconds since 1 January 2000.
const epochMilliseconds = 946_684_800_000;

const headBytes = 20;
const arenaBytes = 262_144;

/** Writes columns of many rows in PostgreSQL's own binary form of an array, for parameters of an array's type: `pg` sends
 *  a Buffer as it is, and the server reads it in a third of the time that it takes for the same rows as JSON. The columns
 *  stand in one arena that is used again: fresh buffers for each batch made the collector walk the whole heap twice a
 *  second. A column is good until `reset`. */
export class ColumnWriter {
  #arena = Buffer.allocUnsafeSlow(arenaBytes);
  #used = 0;

  /** One column. A uuid comes as text, a bytea as bytes or as hex, a jsonb as text of JSON. Throws for a value that is not
   *  of the type. */
  write(type: ElementType, values: readonly ElementValue[]): Buffer {
    this.#reserve(headBytes + values.reduce<number>((size, value) => size + 4 + mostBytes(type, value), 0));
    const arena = this.#arena;
    const start = this.#used;
    let at = start + headBytes;
    let hasNull = 0;
    for (const value of values) {
      if (value === null) hasNull = 1;
      const bytes = value === null ? -1 : writeElement(type, value, { arena, at: at + 4 });
      at = arena.writeInt32BE(bytes, at) + Math.max(bytes, 0);
    }
    arena.writeInt32BE(1, start); // dimensions
    arena.writeInt32BE(hasNull, start + 4);
    arena.writeInt32BE(elementTypes[type], start + 8);
    arena.writeInt32BE(values.length, start + 12);
    arena.writeInt32BE(1, start + 16); // the first index
    this.#used = at;
    return arena.subarray(start, at);
  }

  /** Makes room for the next batch: the columns written so far are no longer good. */
  reset(): void {
    this.#used = 0;
    // A batch of very long texts is rare and does not keep its megabytes.
    if (this.#arena.length > arenaBytes) this.#arena = Buffer.allocUnsafeSlow(arenaBytes);
  }

  // Columns that were handed out keep the old arena.
  #reserve(bytes: number): void {
    if (this.#used + bytes <= this.#arena.length) return;
    this.#arena = Buffer.allocUnsafeSlow(Math.max(arenaBytes * 2, bytes));
    this.#used = 0;
  }
}

function mostBytes(type: ElementType, value: ElementValue): number {
  if (value === null) return 0;
  if (typeof value === 'string') return type === 'uuid' ? 16 : value.length * 3 + 1;
  return value instanceof Uint8Array ? value.length : 8;
}

/** Writes one element and returns how many bytes it took. */
function writeElement(
  type: ElementType,
  value: string | number | Date | Uint8Array,
  { arena, at }: { arena: Buffer; at: number },
): number {
  if (type === 'text' && typeof value === 'string') return arena.write(value, at);
  if (type === 'bytea' && typeof value === 'string') return arena.write(value, at, 'hex');
  if (type === 'bytea' && value instanceof Uint8Array) {
    arena.set(value, at);
    return value.length;
  }
  if (type === 'uuid' && typeof value === 'string') {
    if (arena.write(value.replaceAll('-', ''), at, 'hex') === 16) return 16;
  } else if (type === 'timestamptz' && value instanceof Date) {
    arena.writeBigInt64BE(BigInt(value.getTime() - epochMilliseconds) * 1000n, at);
    return 8;
  } else if (type === 'real' && typeof value === 'number') {
    arena.writeFloatBE(value, at);
    return 4;
  } else if (type === 'float8' && typeof value === 'number') {
    arena.writeDoubleBE(value, at);
    return 8;
  } else if (type === 'jsonb' && typeof value === 'string') {
    arena[at] = 1; // the version of the form
    return 1 + arena.write(value, at + 1);
  }
  throw new TypeError(`this is no ${type}`);
}
