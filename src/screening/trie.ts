// A trie over folded units in one open-addressed table. A Map of strings needed a
// substring per word and could not find the beginning of a word ("fuck" in
// "fuckwits"); here most words fail at their third letter without an allocation.

export type Trie<Value> = {
  /** Looks along units[start, end) and calls `found` for each entry that begins there,
   *  shortest first, with the unit index after it. Returns the units visited. */
  walk(units: Uint16Array, span: Span, found: (value: Value, at: number) => void): number;
};

export type Span = { start: number; end: number };

/** Builds a trie from folded forms. Forms given twice keep both values. */
export function buildTrie<Value>(forms: Iterable<readonly [string, Value]>): Trie<Value> {
  const steps = createSteps();
  const none: Value[] = [];
  const values: Value[][] = [none];
  for (const [form, value] of forms) {
    let node = 0;
    for (let i = 0; i < form.length; i++) {
      let next = steps.get(node, form.charCodeAt(i));
      if (next === 0) {
        next = values.length;
        values.push(none);
        steps.set(node, form.charCodeAt(i), next);
      }
      node = next;
    }
    const here = values[node] as Value[];
    if (here === none) values[node] = [value];
    else here.push(value);
  }
  return { walk: (units, span, found) => walkSteps({ steps, values, units, span, found }) };
}

type Walk<Value> = {
  steps: Steps;
  values: Value[][];
  units: Uint16Array;
  span: Span;
  found: (value: Value, at: number) => void;
};

function walkSteps<Value>({ steps, values, units, span, found }: Walk<Value>): number {
  let node = 0;
  let at = span.start;
  while (at < span.end) {
    node = steps.get(node, units[at] as number);
    at++;
    if (node === 0) break;
    const here = values[node] as Value[];
    for (let i = 0; i < here.length; i++) found(here[i] as Value, at);
  }
  return at - span.start;
}

type Steps = {
  /** the node after `node` along `unit`, 0 where there is none */
  get(node: number, unit: number): number;
  set(node: number, unit: number, next: number): void;
};

function createSteps(): Steps {
  let size = 1 << 10;
  let keys = new Float64Array(size);
  let nexts = new Int32Array(size);
  let used = 0;

  function slotOf(node: number, unit: number): number {
    const key = node * 0x10000 + unit + 1;
    let slot = Math.imul(Math.imul(node, 0x9e3779b1) ^ unit, 0x85ebca6b);
    slot = (slot ^ (slot >>> 15)) & (size - 1);
    while (keys[slot] !== 0 && keys[slot] !== key) slot = (slot + 1) & (size - 1);
    return slot;
  }

  function set(node: number, unit: number, next: number): void {
    if (used * 2 > size) grow();
    const slot = slotOf(node, unit);
    if (keys[slot] === 0) used++;
    keys[slot] = node * 0x10000 + unit + 1;
    nexts[slot] = next;
  }

  function grow(): void {
    const [oldKeys, oldNexts] = [keys, nexts];
    size *= 4;
    keys = new Float64Array(size);
    nexts = new Int32Array(size);
    oldKeys.forEach((key, i) => {
      if (key === 0) return;
      const slot = slotOf(Math.floor((key - 1) / 0x10000), (key - 1) % 0x10000);
      keys[slot] = key;
      nexts[slot] = oldNexts[i] as number;
    });
  }

  return { get: (node, unit) => nexts[slotOf(node, unit)] as number, set };
}
