import { CUE_NEWSROOM } from './entries.ts';
import { SCRIPT_ARABIC } from './fold.ts';
import { isEverydayWord, languageOf } from './language.ts';
import { type Reading, createReading, readText, scriptOfWord } from './reading.ts';
import type { ScreeningStory, StoryProfile } from './types.ts';

const HEADLINE_WEIGHT = 3;
const STANDFIRST_WEIGHT = 2;
const TEXT_WEIGHT = 1;
const PARENT_WEIGHT = 1.5;
/** Words of a comment that are looked at; a long comment has made its subject clear. */
const WORDS_READ = 300;

/** A headline alone is too short to say that a comment is in another language. */
const WORDS_FOR_LANGUAGE = 12;

const aside = createReading();

/** What a story is about, ready for many comments. Prepare it once per story and hand
 *  it to `screen` in place of the story. Pure. */
export function prepareStory(story: ScreeningStory): StoryProfile {
  const stems = new Map<number, number>();
  addStems(stems, readText(story.headline, aside), HEADLINE_WEIGHT);
  addStems(stems, readText((story.tags ?? []).join(' \n '), aside), HEADLINE_WEIGHT);
  addStems(stems, readText(story.standfirst ?? '', aside), STANDFIRST_WEIGHT);
  addStems(stems, readText(story.text, aside), TEXT_WEIGHT);
  const whole = `${story.headline} ${story.standfirst ?? ''} ${story.text.slice(0, 600)}`;
  const reading = readText(whole, aside);
  const lang = reading.words < WORDS_FOR_LANGUAGE ? 'und' : languageOf(reading);
  return { kind: 'story-profile', lang, stems };
}

/** The stems of the comment that is answered, or undefined. */
export function stemsOfParent(parent: string | undefined): Map<number, number> | undefined {
  if (parent === undefined || parent === '') return undefined;
  const stems = new Map<number, number>();
  addStems(stems, readText(parent, aside), PARENT_WEIGHT);
  return stems;
}

type Subject = { story: StoryProfile; parent: Map<number, number> | undefined; lang: string; cues: Int32Array };

/** How far the comment is about the story, 0 to 1, from shared word stems; undefined
 *  where they cannot tell, because story and comment are in different languages.
 *  Only a long comment that shares nothing with a story of some length falls below
 *  0.5: a short reaction, and a word to the newsroom, belong under any story. */
export function relevanceOf(reading: Reading, { story, parent, lang, cues }: Subject): number | undefined {
  const words = Math.min(reading.words, WORDS_READ);
  let telling = 0;
  let shared = 0;
  let newsroom = 0;
  for (let i = 0; i < words; i++) {
    if ((cues[i] as number) & CUE_NEWSROOM) newsroom++;
    if (!isTelling(reading, i)) continue;
    telling++;
    const stem = stemOf(reading, i);
    shared += story.stems.get(stem) ?? parent?.get(stem) ?? 0;
  }
  const said = shared + Math.min(2, newsroom);
  const foreign = lang !== story.lang && lang !== 'und' && story.lang !== 'und';
  if (said === 0 && foreign) return undefined;
  const about = (0.99 - NEUTRAL) * (1 - Math.exp(-said / (1.5 + telling * 0.15)));
  // A long comment meets a word of any story by chance, so one word is not a subject.
  const apart = foreign ? 0 : offTopic(telling, story.stems.size, lang) * Math.exp(-said / (0.06 * telling + 0.1));
  return round(NEUTRAL + about - apart);
}

/** Where nothing speaks for or against; well above the line. */
export const NEUTRAL = 0.62;
/** A comment of fewer telling words is a reaction, not a subject. */
const REACTION_WORDS = 8;
const FARTHEST = 0.4;

function offTopic(telling: number, storyStems: number, lang: string): number {
  if (lang === 'und') return 0;
  const length = Math.min(1, Math.max(0, telling - REACTION_WORDS) / 18);
  return FARTHEST * length * Math.min(1, storyStems / 90);
}

function addStems(stems: Map<number, number>, reading: Reading, weight: number): void {
  for (let i = 0; i < reading.words; i++) {
    if (!isTelling(reading, i)) continue;
    const stem = stemOf(reading, i);
    stems.set(stem, Math.max(weight, stems.get(stem) ?? 0));
  }
}

function isTelling(reading: Reading, i: number): boolean {
  const length = (reading.ends[i] as number) - (reading.starts[i] as number);
  return length >= 3 && !isEverydayWord(reading.hashes[i] as number);
}

/** The stem's hash: five letters, in Arabic script four after the joined particles. */
function stemOf(reading: Reading, i: number): number {
  if (scriptOfWord(reading, i) !== SCRIPT_ARABIC) return reading.stems[i] as number;
  const { units } = reading;
  const end = reading.ends[i] as number;
  let at = reading.starts[i] as number;
  if (end - at > 4 && units[at] === WAW) at++;
  if (end - at > 4 && joined.has(units[at] as number) && units[at + 1] === ALEF && units[at + 2] === LAM) at += 3;
  else if (end - at > 4 && units[at] === ALEF && units[at + 1] === LAM) at += 2;
  let hash = 7;
  for (const last = Math.min(end, at + 4); at < last; at++) hash = Math.imul(hash ^ (units[at] as number), 0x01000193);
  return hash;
}

const WAW = 0x648;
const ALEF = 0x627;
const LAM = 0x644;
const joined = new Set([0x628, 0x641, 0x6a9]);

function round(score: number): number {
  return Math.round(score * 1000) / 1000;
}
