import { CUE_HARD, CUE_INSULT, type Entry } from './entries.ts';
import { SCRIPT_ARABIC, SCRIPT_LATIN, SCRIPT_NONE, isWordUnit } from './fold.ts';
import type { Cues, Hit, Lists } from './lexicon.ts';
import { matchMasked } from './masks.ts';
import {
  type Reading,
  WORD_ACCENTED,
  WORD_DIGITS,
  WORD_LETTERS,
  WORD_MIXED,
  WORD_STRETCHED,
  scriptOfWord,
} from './reading.ts';
import { type Spelling, type Variant, disguises, joinUnits, spellOut } from './variants.ts';

/** Fills `cues` with what each word of the reading does in a phrase, and calls `found`
 *  for each listed word, in reading order. Returns the units visited, which the tests
 *  hold to a multiple of the text. */
export function scanWords(
  reading: Reading,
  { lists, cues }: { lists: Lists; cues: Cues },
  found: (hit: Hit) => void,
): number {
  seek.steps = 0;
  let masksLeft = MASKS_READ;
  let coveredTo = 0;
  for (let i = 0; i < reading.words; i++) {
    cues.masks[i] = 0;
    const from = reading.starts[i] as number;
    if (from < coveredTo) continue;
    const apart = lettersApart(reading, i);
    if (apart >= SHORTEST_DISGUISE) {
      coveredTo = scanApart(reading, { lists, first: i, words: apart }, found);
      continue;
    }
    const hit = seekWord(reading, i, lists) ?? seekDisguised(reading, i, lists);
    cues.masks[i] = seek.cues;
    cues.ends[i] = wordEnd(reading, Math.max(seek.cuesTo, reading.ends[i] as number));
    if (hit !== undefined) {
      coveredTo = hit.to;
      if (!isAllowed(hit.entry)) found(hit);
      continue;
    }
    if (masksLeft > 0 && isMasked(reading, i)) {
      masksLeft--;
      const masked = matchMasked(reading, i, lists);
      if (masked === undefined) continue;
      coveredTo = masked.to;
      found(masked);
    }
  }
  return seek.steps;
}

/** Masked words (`f**k`) are compared with whole lists, so a text gets sixteen. */
const MASKS_READ = 16;
const SHORTEST_DISGUISE = 4;
const WEIGHT_OF_DISGUISED = 0.5;

// One search at a time, so its state is kept here instead of in a closure per word.
const seek = {
  units: new Uint16Array(1) as Uint16Array,
  /** where in them words are looked for */
  start: 0,
  end: 0,
  endings: new Set<string>() as ReadonlySet<string>,
  best: undefined as Entry | undefined,
  at: 0,
  cues: 0,
  /** the unit after the longest cue */
  cuesTo: 0,
  /** the word is a disguise: only long, weighty words count */
  disguised: false,
  /** a particle was cut off: short words no longer count */
  cut: false,
  steps: 0,
};

function beginSeek(units: Uint16Array, start: number, end: number): void {
  seek.units = units;
  seek.start = start;
  seek.end = end;
  seek.best = undefined;
  seek.cues = 0;
  seek.cuesTo = 0;
  seek.cut = false;
  seek.disguised = false;
}

function seekWord(reading: Reading, i: number, lists: Lists): Hit | undefined {
  const start = reading.starts[i] as number;
  const script = scriptOfWord(reading, i);
  beginSeek(reading.units, start, reading.length);
  walkLists(lists, script);
  if (seek.best === undefined && script === SCRIPT_ARABIC) seekAfterParticles(reading, i, lists);
  const { best } = seek;
  if (best === undefined) return undefined;
  if (isAllowed(best)) seek.cues &= ~(CUE_INSULT | CUE_HARD);
  else if (best.weight === 0 || (lists.lang === 'tr' && isUndotted(reading, i, best))) return undefined;
  return { entry: best, word: i, from: start, to: wordEnd(reading, seek.at), disguised: false };
}

function walkLists({ own, shared, site }: Lists, script: number): void {
  if (own !== undefined) {
    seek.endings = own.endings;
    seek.steps += own.trie.walk(seek.units, seek, consider);
  }
  if (shared !== undefined && script === SCRIPT_LATIN) {
    seek.endings = shared.endings;
    seek.steps += shared.trie.walk(seek.units, seek, consider);
  }
  if (site !== undefined) {
    seek.endings = site.endings;
    seek.steps += site.trie.walk(seek.units, seek, consider);
  }
}

/** Keeps the longest word; of two as long, one that is allowed, then the weightier. */
function consider(entry: Entry, at: number): void {
  if (isWordUnit(seek.units[at] as number)) {
    if (entry.mode === 'whole') return;
    if (entry.mode === 'endings' && !hasEnding(at)) return;
  }
  const allowed = isAllowed(entry);
  if (seek.cut && (entry.mode === 'whole' || entry.units < 3)) return;
  if (seek.disguised && !allowed && (entry.units < SHORTEST_DISGUISE || entry.weight < WEIGHT_OF_DISGUISED)) return;
  if (entry.cues !== 0) {
    seek.cues |= entry.cues;
    seek.cuesTo = Math.max(seek.cuesTo, at);
  }
  if (entry.categories.length === 0) return;
  const rank = entry.units * 4 + (allowed ? 2 : entry.weight);
  const { best } = seek;
  if (best !== undefined && best.units * 4 + (isAllowed(best) ? 2 : best.weight) >= rank) return;
  seek.best = entry;
  seek.at = at;
}

function isAllowed(entry: Entry): boolean {
  return entry.categories[0] === 'allow';
}

const LONGEST_ENDING = 12;

function hasEnding(at: number): boolean {
  let ending = '';
  for (let k = at; isWordUnit(seek.units[k] as number); k++) {
    if (k - at >= LONGEST_ENDING) return false;
    ending += String.fromCharCode(seek.units[k] as number);
  }
  return seek.endings.has(ending);
}

function seekAfterParticles(reading: Reading, i: number, lists: Lists): void {
  if (lists.own === undefined) return;
  const start = reading.starts[i] as number;
  const length = (reading.ends[i] as number) - start;
  seek.cut = true;
  for (const particle of lists.own.particles) {
    if (length < particle.length + 2 || !startsWith(reading.units, start, particle)) continue;
    seek.start = start + particle.length;
    walkLists(lists, SCRIPT_ARABIC);
  }
  seek.cut = false;
}

function startsWith(units: Uint16Array, start: number, word: string): boolean {
  for (let k = 0; k < word.length; k++) if (units[start + k] !== word.charCodeAt(k)) return false;
  return true;
}

/** Turkish capital I is ı, which folding cannot know: SIK is not what its key says. */
function isUndotted(reading: Reading, i: number, entry: Entry): boolean {
  if (entry.units > 5) return false;
  const start = reading.from[reading.starts[i] as number] as number;
  const end = reading.from[reading.ends[i] as number] as number;
  return reading.text.slice(start, end).includes('I');
}

/** Leetspeak, stretched letters, look-alikes, added accents, signs for letters. */
function seekDisguised(reading: Reading, i: number, lists: Lists): Hit | undefined {
  const { cues, cuesTo } = seek;
  const hit = seekDisguises(reading, i, lists);
  if (hit !== undefined) return hit;
  // What the word does in a phrase stays as it was found before.
  seek.cues = cues;
  seek.cuesTo = cuesTo;
  return undefined;
}

function seekDisguises(reading: Reading, i: number, lists: Lists): Hit | undefined {
  const flags = reading.flags[i] as number;
  const span = disguisedSpan(reading, i);
  const accented = lists.lang === 'en' && (flags & WORD_ACCENTED) !== 0;
  const leet = (flags & WORD_DIGITS) !== 0 && (flags & WORD_LETTERS) !== 0;
  const odd = (flags & (WORD_STRETCHED | WORD_MIXED)) !== 0;
  if (span === undefined && !accented && !leet && !odd) return undefined;
  const from = span?.from ?? (reading.starts[i] as number);
  const to = span?.to ?? (reading.ends[i] as number);
  const into = lists.lang === 'ru' ? 'cyrillic' : 'latin';
  const keeps = (flags & WORD_STRETCHED) !== 0 ? ([1, 2] as const) : ([2] as const);
  for (const keep of keeps) {
    const hit = seekSpelling(reading, { from, to, keep, into, bare: accented }, lists);
    if (hit !== undefined) return { ...hit, word: i };
  }
  return undefined;
}

function seekSpelling(reading: Reading, spelling: Spelling, lists: Lists): Hit | undefined {
  const variant = spellOut(reading, spelling);
  const script = spelling.into === 'latin' ? SCRIPT_LATIN : 0;
  const entry = seekVariant(variant, { lists, script, start: 0 });
  if (entry === undefined) return undefined;
  return { entry, word: 0, from: spelling.from, to: spelling.to, disguised: true };
}

type Place = { lists: Lists; script: number; start: number };

function seekVariant(variant: Variant, { lists, script, start }: Place): Entry | undefined {
  beginSeek(variant.units, start, variant.length);
  seek.disguised = true;
  walkLists(lists, script);
  const { best } = seek;
  return best === undefined || isAllowed(best) ? undefined : best;
}

/** Where signs that read as letters touch the word: from the first to the last unit. */
function disguisedSpan(reading: Reading, i: number): { from: number; to: number } | undefined {
  const { units } = reading;
  let from = reading.starts[i] as number;
  let to = reading.ends[i] as number;
  const before = from > 0 ? (units[from - 1] as number) : 0x20;
  const opens = (before === 0x40 || before === 0x24) && (from < 2 || !isWordUnit(units[from - 2] as number));
  if (opens) from--;
  if (!opens && !(disguises.has(units[to] as number) && isWordUnit(units[to + 1] as number))) return undefined;
  while (
    to < reading.length &&
    to - from < 24 &&
    (isWordUnit(units[to] as number) || disguises.has(units[to] as number))
  )
    to++;
  while (!isWordUnit(units[to - 1] as number)) to--;
  return { from, to };
}

/** How many single letters in a row stand one sign apart, from word i on. */
function lettersApart(reading: Reading, i: number): number {
  let words = 0;
  for (let k = i; k < reading.words && words < 40; k++) {
    if ((reading.ends[k] as number) - (reading.starts[k] as number) !== 1) break;
    if (k > i && (reading.starts[k] as number) - (reading.ends[k - 1] as number) !== 1) break;
    words++;
  }
  return words;
}

/** Looks for a word in letters that stand apart; returns the unit after them. */
function scanApart(
  reading: Reading,
  { lists, first, words }: { lists: Lists; first: number; words: number },
  found: (hit: Hit) => void,
): number {
  const last = first + words - 1;
  const script = scriptOfWord(reading, first);
  const variant = joinUnits(reading, first, words);
  for (let k = 0; k + SHORTEST_DISGUISE <= words; k++) {
    const entry = seekVariant(variant, { lists, script, start: k });
    if (entry === undefined) continue;
    const end = Math.min(last, first + seek.at - 1);
    const from = reading.starts[first + k] as number;
    found({ entry, word: first + k, from, to: reading.ends[end] as number, disguised: true });
    break;
  }
  seek.cues = 0;
  return reading.ends[last] as number;
}

function isMasked(reading: Reading, i: number): boolean {
  return reading.units[reading.ends[i] as number] === 0x2a && scriptOfWord(reading, i) !== SCRIPT_NONE;
}

/** The unit after the word that unit `at` stands in or just after. */
export function wordEnd(reading: Reading, at: number): number {
  let end = at;
  while (end < reading.length && isWordUnit(reading.units[end] as number)) end++;
  return end;
}
