import { CUE_NEWSROOM } from './entries.ts';
import { languageOf } from './language.ts';
import { type StoryPassages, touchPassage, splitPassages } from './passage.ts';
import { type Reading, createReading, readText } from './reading.ts';
import { addStem, clearStems, createStemSet, isTelling, stemOf } from './stems.ts';
import type { Topics } from './model/topics.ts';
import type { ScreeningStory, StoryPassage, StoryProfile } from './types.ts';

const HEADLINE_WEIGHT = 3;
const STANDFIRST_WEIGHT = 2;
const TEXT_WEIGHT = 1;
const PARENT_WEIGHT = 1.5;
/** Words of a comment that are looked at; a long comment has made its subject clear. */
const WORDS_READ = 300;

const ownStems = createStemSet(512);

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
  return { kind: 'story-profile', lang, stems, passages: splitPassages(story.text), subjects: new Map() };
}

/** The stems of the comment that is answered, or undefined. */
export function stemsOfParent(parent: string | undefined): Map<number, number> | undefined {
  if (parent === undefined || parent === '') return undefined;
  const stems = new Map<number, number>();
  addStems(stems, readText(parent, aside), PARENT_WEIGHT);
  return stems;
}

type About = {
  story: StoryProfile;
  parent: Map<number, number> | undefined;
  lang: string;
  cues: Int32Array;
  topics: Topics | undefined;
};

/** How far the comment is about the story, 0 to 1, and the passage of the story's text that it touches; undefined where
 *  nothing can tell, because story and comment are in different languages. Shared word stems speak for it, and in
 *  languages whose topics are known also what its words usually stand near. Only a long comment that shares nothing with a
 *  story falls below 0.5: a short reaction, and a word to the newsroom, belong under any story. */
export function relevanceOf(
  reading: Reading,
  about: About,
): { relevance: number; passage: StoryPassage | undefined } | undefined {
  const { story, parent, lang, cues, topics } = about;
  const words = Math.min(reading.words, WORDS_READ);
  clearStems(ownStems);
  let telling = 0;
  let shared = 0;
  let newsroom = 0;
  for (let i = 0; i < words; i++) {
    if ((cues[i] as number) & CUE_NEWSROOM) newsroom++;
    if (!isTelling(reading, i)) continue;
    telling++;
    const stem = stemOf(reading, i);
    addStem(ownStems, stem);
    shared += story.stems.get(stem) ?? parent?.get(stem) ?? 0;
  }
  const own = ownStems.stems.subarray(0, ownStems.count);
  const said = shared + Math.min(2, newsroom);
  const foreign = lang !== story.lang && lang !== 'und' && story.lang !== 'und';
  if (said === 0 && foreign) return undefined;
  const near = foreign || topics === undefined ? 0 : nearness(own, story, { lang, topics });
  const about01 = (0.99 - NEUTRAL) * (1 - Math.exp(-said / (1.5 + telling * 0.15)));
  // A long comment meets a word of any story by chance, so one word is not a subject.
  const apart = foreign ? 0 : offTopic(telling, story.stems.size, lang) * Math.exp(-said / (0.06 * telling + 0.1));
  const relevance = toward(NEUTRAL + about01 - apart, near * Math.min(1, telling / WORDS_FOR_TOPIC));
  return { relevance: round(relevance), passage: touchPassage(own, story.passages as StoryPassages) };
}

/** Where nothing speaks for or against; well above the line. */
const NEUTRAL = 0.62;
/** A comment of fewer telling words is a reaction, not a subject. */
const REACTION_WORDS = 8;
const FARTHEST = 0.4;
/** From so many telling words on a comment's words are believed to say what it is about. */
const WORDS_FOR_TOPIC = 10;

function offTopic(telling: number, storyStems: number, lang: string): number {
  if (lang === 'und') return 0;
  const length = Math.min(1, Math.max(0, telling - REACTION_WORDS) / 18);
  return FARTHEST * length * Math.min(1, storyStems / 90);
}

type Usual = { mean: number; spread: number };

/** Means and spreads of both comparisons over pairs of comment and story, half of them strangers (training/relevance.ts):
 *  for the hundred dimensions that English has, and for fewer. */
const USUAL: Readonly<Record<'en' | 'others', { along: Usual; near: Usual }>> = {
  en: { along: { mean: 0.41, spread: 0.182 }, near: { mean: 0.346, spread: 0.119 } },
  others: { along: { mean: 0.49, spread: 0.19 }, near: { mean: 0.42, spread: 0.126 } },
};

/** How much nearer than usual the comment's words are to the story's: about -3 to 3. */
function nearness(own: Int32Array, story: StoryProfile, { lang, topics }: { lang: string; topics: Topics }): number {
  const subject = story.subjects.get(lang) ?? topics.subjectOf(story.stems.keys());
  story.subjects.set(lang, subject);
  const { along, near } = topics.compare(own, subject);
  if (along === 0 && near === 0) return 0;
  const usual = USUAL[lang === 'en' ? 'en' : 'others'];
  return ((along - usual.along.mean) / usual.along.spread + (near - usual.near.mean) / usual.near.spread) / 2;
}

/** Moves a probability by so many halves of a logit. */
function toward(probability: number, steps: number): number {
  const p = Math.min(0.99, Math.max(0.01, probability));
  return 1 / (1 + Math.exp(-(Math.log(p / (1 - p)) + steps * 0.6)));
}

function addStems(stems: Map<number, number>, reading: Reading, weight: number): void {
  for (let i = 0; i < reading.words; i++) {
    if (!isTelling(reading, i)) continue;
    const stem = stemOf(reading, i);
    stems.set(stem, Math.max(weight, stems.get(stem) ?? 0));
  }
}

function round(score: number): number {
  return Math.round(score * 1000) / 1000;
}
