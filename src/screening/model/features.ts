import { bareUnit } from '../fold.ts';
import { isEverydayWord } from '../language.ts';
import { type Reading, WORD_ADDRESS, WORD_OPENS } from '../reading.ts';
import { FLAG_DENIED, type Marks } from './marks.ts';

/** Hashes of what stands in a text, with the word each ends on. */
export type FeatureList = { hashes: Int32Array; words: Int32Array; count: number };

/** The features of a text, each once; and `again` those that occurred before, for finding the words behind a score. Those of
 *  marks are the same in every language, those of words and letters are the language's own. */
export type Features = FeatureList & { again: FeatureList; seen: Int32Array };

/** Which kinds of concept stand for a protected group, and which are strong enough to be paired across a sentence. */
export type KindFacts = { groups: Uint8Array; strong: Uint8Array };

/** What `readFeatures` reads, and the language's own number, from 1 on. */
export type Subject = { reading: Reading; marks: Marks; facts: KindFacts; language: number };

/** More than this of one text says nothing new; a text of 4,000 letters has about 6,000. */
const FEATURES_KEPT = 8192;
const SEEN = 4096;

/** Room for one text's features. */
export function createFeatures(): Features {
  return { ...createList(), again: createList(), seen: new Int32Array(SEEN) };
}

function createList(): FeatureList {
  return { hashes: new Int32Array(FEATURES_KEPT), words: new Int32Array(FEATURES_KEPT), count: 0 };
}

/** Fills `into` with the features of a text. Linear in the text; what exceeds the room is left out. */
export function readFeatures(subject: Subject, into: Features): void {
  into.count = 0;
  into.again.count = 0;
  into.seen.fill(0);
  addMarks(subject, into);
  addPairs(subject, into);
  addWords(subject, into);
}

/** Any protected group, whichever it is. */
const ANY_GROUP = 3999;
/** Marks farther apart than this many words do not make a pair. */
const NEAR = 4;

const MARK = 1;
const MARK_FLAGGED = 2;
const MARKS_TWO = 3;
const MARKS_THREE = 4;
const MARKS_APART = 5;
const KINDS = 6;
const PAIR_OF_KINDS = 7;
const KIND_THEN_MARK = 8;
const MARK_THEN_KIND = 9;
const LETTERS = 10;
const WORD = 11;
const WORDS_TWO = 12;
const WORDS_THREE = 13;

function addMarks({ marks, facts }: Subject, into: Features): void {
  const { count, mark, kind, flags, at, sentence } = marks;
  for (let i = 0; i < count; i++) {
    const word = at[i] as number;
    const own = mark[i] as number;
    const ownKind = kind[i] as number;
    const ownFlags = flags[i] as number;
    add(into, word, hashOf(MARK, own, 0, 0));
    add(into, word, hashOf(MARK, ownKind, 1, ownFlags));
    if (ownFlags !== 0) add(into, word, hashOf(MARK_FLAGGED, own, ownFlags, 0));
    if (i === 0 || sentence[i - 1] !== sentence[i] || word - (at[i - 1] as number) > NEAR) continue;
    const folded = facts.groups[ownKind] === 1 ? ANY_GROUP : own;
    const beforeKind = kind[i - 1] as number;
    const before = facts.groups[beforeKind] === 1 ? ANY_GROUP : (mark[i - 1] as number);
    add(into, word, hashOf(MARKS_TWO, before, folded, ownFlags));
    add(into, word, hashOf(KINDS, beforeKind, ownKind, ownFlags + 64));
    if (i < 2 || sentence[i - 2] !== sentence[i]) continue;
    const farKind = kind[i - 2] as number;
    const far = facts.groups[farKind] === 1 ? ANY_GROUP : (mark[i - 2] as number);
    add(into, word, hashOf(MARKS_THREE, far, before, folded));
    add(into, word, hashOf(MARKS_APART, far, folded, ownFlags));
    add(into, word, hashOf(KINDS, farKind, beforeKind, ownKind));
  }
}

/** Strong marks a sentence is searched for; each is paired with those after it. */
const STRONG_KEPT = 8;
const strong = new Int32Array(STRONG_KEPT);

function addPairs({ marks, facts }: Subject, into: Features): void {
  let held = 0;
  let current = -1;
  for (let i = 0; i < marks.count; i++) {
    if (marks.sentence[i] !== current) {
      current = marks.sentence[i] as number;
      held = 0;
    }
    if (facts.strong[marks.kind[i] as number] === 0 || held === STRONG_KEPT) continue;
    for (let k = 0; k < held; k++) addPair(marks, strong[k] as number, i, into);
    strong[held++] = i;
  }
}

function addPair(marks: Marks, first: number, second: number, into: Features): void {
  const word = marks.at[second] as number;
  const firstKind = marks.kind[first] as number;
  const secondKind = marks.kind[second] as number;
  const denied = ((marks.flags[first] as number) | (marks.flags[second] as number)) & FLAG_DENIED;
  add(into, word, hashOf(PAIR_OF_KINDS, firstKind, secondKind, denied));
  add(into, word, hashOf(KIND_THEN_MARK, firstKind, marks.mark[second] as number, denied));
  add(into, word, hashOf(MARK_THEN_KIND, marks.mark[first] as number, secondKind, denied));
}

/** Any address. Its words are left out: they are names of sites, of which each corpus has its own few, and a model that
 *  reads them takes every unknown source for promotion. */
const ANY_ADDRESS = 3998;

function addWords({ reading, marks, facts, language }: Subject, into: Features): void {
  const seed = language * 64;
  let before = 0;
  let far = 0;
  let m = 0;
  let inAddress = false;
  for (let i = 0; i < reading.words; i++) {
    const isAddress = ((reading.flags[i] as number) & WORD_ADDRESS) !== 0;
    if (isAddress && inAddress) continue;
    inAddress = isAddress;
    const hash = isAddress ? ANY_ADDRESS : (reading.hashes[i] as number);
    while (m < marks.count && (marks.at[m] as number) < i) m++;
    const isGroup = m < marks.count && marks.at[m] === i && facts.groups[marks.kind[m] as number] === 1;
    const folded = isGroup ? ANY_GROUP : hash;
    if (i > 0 && (reading.flags[i] as number) & WORD_OPENS) before = far = 0;
    add(into, i, hashOf((isAddress ? 0 : seed) + WORD, hash, 0, 0));
    add(into, i, hashOf(seed + WORDS_TWO, before, folded, 0));
    if (before !== 0) add(into, i, hashOf(seed + WORDS_THREE, far, before, folded));
    far = before;
    before = folded;
    // The letters of the, and, is say nothing that the word does not, and are half of all letters.
    if (!isAddress && !isEverydayWord(hash)) addLetters(reading, i, seed, into);
  }
}

/** Longer words are not words. */
const LONGEST = 24;

/** The word's groups of four letters, its edges among them. */
function addLetters({ units, starts, ends }: Reading, word: number, seed: number, into: Features): void {
  const from = starts[word] as number;
  const end = Math.min(ends[word] as number, from + LONGEST);
  let a = 0;
  let b = 0;
  let c = 0x20;
  for (let at = from; at <= end; at++) {
    const d = at < end ? bareUnit(units[at] as number) : 0x20;
    if (b !== 0) add(into, word, hashOf(seed + LETTERS, (a << 16) | b, c, d));
    a = b;
    b = c;
    c = d;
  }
}

/** Adds a feature, to `again` when it was added before; one that shares its place with another may come twice. */
function add(into: Features, word: number, hash: number): void {
  const place = (hash ^ (hash >>> 12)) & (SEEN - 1);
  if (into.seen[place] === hash) return append(into.again, word, hash);
  if (into.count === FEATURES_KEPT) return;
  into.seen[place] = hash;
  append(into, word, hash);
}

function append(into: FeatureList, word: number, hash: number): void {
  if (into.count === FEATURES_KEPT) return;
  into.words[into.count] = word;
  into.hashes[into.count++] = hash;
}

function hashOf(type: number, a: number, b: number, c: number): number {
  let hash = Math.imul(type + 0x9e3779b9, 0x85ebca6b) ^ Math.imul(a, 0xc2b2ae35);
  hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d) ^ Math.imul(b, 0x297a2d39);
  hash = Math.imul(hash ^ (hash >>> 13), 0x85ebca6b) ^ Math.imul(c, 0x9e3779b1);
  hash = Math.imul(hash ^ (hash >>> 16), 0x7feb352d);
  return hash ^ (hash >>> 15);
}
