// A trie over folded units. A Map of strings needed a substring per word and could not find the beginning of a word
// ("fuck" in "fuckwits"). Most words differ from every form within three letters, and a sieve of a few kilobytes says so
// before the trie is asked.

export type Trie<Value> = {
  /** Looks along units[start, end) and calls `found` for each entry that begins there,
   *  shortest first, with the unit index after it. Returns the units visited. */
  walk(units: Uint16Array, span: Span, found: (value: Value, at: number) => void): number;
};

export type Span = { start: number; end: number };

/** Builds a trie from folded forms. Forms given twice keep both values. */
export function buildTrie<Value>(forms: Iterable<readonly [string, Value]>): Trie<Value> {
  const given = [...forms];
  const sieve = createSieve(given.map(([form]) => form));
  const { nodes, ends } = numberNodes(given.map(([form]) => form));
  const none: Value[] = [];
  const values = Array.from(nodes.letters, () => none);
  given.forEach(([, value], i) => {
    const end = ends[i] as number;
    if (values[end] === none) values[end] = [value];
    else values[end]?.push(value);
  });
  return {
    walk(units, span, found) {
      return passes(sieve, units, span.start) ? walkNodes({ nodes, values, units, span, found }) : 0;
    },
  };
}

type Walk<Value> = {
  nodes: Nodes;
  values: Value[][];
  units: Uint16Array;
  span: Span;
  found: (value: Value, at: number) => void;
};

function walkNodes<Value>({ nodes, values, units, span, found }: Walk<Value>): number {
  let node = 0;
  let at = span.start;
  while (at < span.end) {
    node = childOf(nodes, node, units[at] as number);
    at++;
    if (node === 0) break;
    const here = values[node] as Value[];
    for (let i = 0; i < here.length; i++) found(here[i] as Value, at);
  }
  return at - span.start;
}

/** Numbered as the forms bring them, the root being 0: the rest of a form mostly follows its beginning, also in memory. */
type Nodes = {
  /** the unit that leads to a node, and the node it leads from */
  letters: Uint16Array;
  parents: Int32Array;
  /** whether the next node is a child (FOLLOWS), and whether others are (BRANCHES) */
  children: Uint8Array;
  /** those others, open-addressed by parent and unit; 0 where there is none */
  branches: Int32Array;
};

const FOLLOWS = 1;
const BRANCHES = 2;

/** The node after `node` along `unit`, 0 where there is none. */
function childOf({ letters, parents, children, branches }: Nodes, node: number, unit: number): number {
  const kinds = children[node] as number;
  if ((kinds & FOLLOWS) !== 0 && letters[node + 1] === unit) return node + 1;
  if ((kinds & BRANCHES) === 0) return 0;
  let slot = slotOf(node, unit, branches.length);
  for (;;) {
    const child = branches[slot] as number;
    if (child === 0 || (letters[child] === unit && parents[child] === node)) return child;
    slot = (slot + 1) & (branches.length - 1);
  }
}

function slotOf(node: number, unit: number, slots: number): number {
  const slot = Math.imul(Math.imul(node, 0x9e3779b1) ^ unit, 0x85ebca6b);
  return (slot ^ (slot >>> 15)) & (slots - 1);
}

/** The nodes of forms, and the node that each form ends on. */
function numberNodes(forms: readonly string[]): { nodes: Nodes; ends: number[] } {
  const letters = [0];
  const parents = [0];
  const known = new Map<number, number>();
  const ends = forms.map((form) => {
    let node = 0;
    for (let i = 0; i < form.length; i++) {
      const key = node * 0x10000 + form.charCodeAt(i);
      const next = known.get(key) ?? letters.length;
      if (next === letters.length) {
        letters.push(form.charCodeAt(i));
        parents.push(node);
        known.set(key, next);
      }
      node = next;
    }
    return node;
  });
  return { nodes: layOut(letters, parents), ends };
}

function layOut(letters: readonly number[], parents: readonly number[]): Nodes {
  const children = new Uint8Array(letters.length);
  let slots = 32;
  while (slots < letters.length) slots *= 2;
  const branches = new Int32Array(slots);
  for (let node = 1; node < letters.length; node++) {
    const parent = parents[node] as number;
    (children[parent] as number) |= parent === node - 1 ? FOLLOWS : BRANCHES;
    if (parent === node - 1) continue;
    let slot = slotOf(parent, letters[node] as number, slots);
    while (branches[slot] !== 0) slot = (slot + 1) & (slots - 1);
    branches[slot] = node;
  }
  return { letters: Uint16Array.from(letters), parents: Int32Array.from(parents), children, branches };
}

/** Units of a form that the sieve knows it by; a shorter one it knows by all it has. */
const SIEVED = 3;
/** Bits a form, which let about one stranger in ten pass. */
const BITS = 32;

/** Bits by the first units of each form. */
function createSieve(forms: readonly string[]): Int32Array {
  let words = 32;
  while (words * 32 < forms.length * BITS) words *= 2;
  const sieve = new Int32Array(words);
  for (const form of forms) {
    let hash = 0;
    for (let i = 0; i < form.length && i < SIEVED; i++) hash = mix(hash, form.charCodeAt(i));
    (sieve[(hash >>> 5) & (words - 1)] as number) |= 1 << hash;
  }
  return sieve;
}

/** Whether a form may begin at units[start]; what stands after a text's end may pass, and the trie then finds nothing. */
function passes(sieve: Int32Array, units: Uint16Array, start: number): boolean {
  const one = mix(0, units[start] as number);
  const two = mix(one, units[start + 1] as number);
  const three = mix(two, units[start + 2] as number);
  return (bitOf(sieve, three) | bitOf(sieve, two) | bitOf(sieve, one)) !== 0;
}

function bitOf(sieve: Int32Array, hash: number): number {
  return ((sieve[(hash >>> 5) & (sieve.length - 1)] as number) >>> hash) & 1;
}

function mix(hash: number, unit: number): number {
  const mixed = Math.imul(hash ^ unit, 0x9e3779b1);
  return mixed ^ (mixed >>> 15);
}
