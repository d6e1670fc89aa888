import { createReading, readText } from './reading.ts';
import { isTelling, stemOf } from './stems.ts';
import type { StoryPassage } from './types.ts';

/** A story's sentences, and by stem the sentences it stands in. */
export type StoryPassages = { spans: readonly StoryPassage[]; byStem: ReadonlyMap<number, readonly number[]> };

/** More sentences than a story has; what follows is not looked at. */
const SENTENCES_KEPT = 200;
/** A sentence is cut here when nobody ended it. */
const LONGEST = 600;

const aside = createReading();

/** The sentences of a story's text with what stands in each. Linear in the text. */
export function splitPassages(text: string): StoryPassages {
  const spans = splitSentences(text);
  const byStem = new Map<number, number[]>();
  spans.forEach(({ start, end }, sentence) => {
    const reading = readText(text.slice(start, end), aside);
    for (let i = 0; i < reading.words; i++) {
      if (!isTelling(reading, i)) continue;
      const stem = stemOf(reading, i);
      const sentences = byStem.get(stem) ?? [];
      if (sentences.at(-1) !== sentence) sentences.push(sentence);
      byStem.set(stem, sentences);
    }
  });
  return { spans, byStem };
}

/** Of each sentence, what the stems of a comment weigh in it. */
const weights = new Float64Array(SENTENCES_KEPT);
/** Below this no sentence stands out. */
const LEAST = 0.99;

/** The sentence that shares most with the stems of a comment, rarer ones counting more: UTF-16 offsets into the story's
 *  text, end exclusive. Undefined where none shares two stems, or one that stands in it alone. */
export function touchPassage(stems: Int32Array, { spans, byStem }: StoryPassages): StoryPassage | undefined {
  weights.fill(0, 0, spans.length);
  for (let i = 0; i < stems.length; i++) {
    const sentences = byStem.get(stems[i] as number) ?? [];
    for (const sentence of sentences) (weights[sentence] as number) += 1 / sentences.length;
  }
  let best = -1;
  let most = LEAST;
  for (let sentence = 0; sentence < spans.length; sentence++) {
    if ((weights[sentence] as number) <= most) continue;
    most = weights[sentence] as number;
    best = sentence;
  }
  return spans[best];
}

function splitSentences(text: string): StoryPassage[] {
  const spans: StoryPassage[] = [];
  let start = 0;
  for (let at = 0; at <= text.length && spans.length < SENTENCES_KEPT; at++) {
    const ends = at === text.length || isEnd(text, at) || at - start >= LONGEST;
    if (!ends) continue;
    const end = Math.min(text.length, at + 1);
    const from = skipSpace(text, start, end);
    if (end > from) spans.push({ start: from, end: text[end - 1] === '\n' ? end - 1 : end });
    start = end;
  }
  return spans.filter(({ start: from, end }) => end > from);
}

function isEnd(text: string, at: number): boolean {
  const char = text[at] as string;
  if (char === '\n') return true;
  return '.!?؟।…'.includes(char) && /\s/.test(text[at + 1] ?? ' ');
}

function skipSpace(text: string, from: number, end: number): number {
  let at = from;
  while (at < end && /\s/.test(text[at] as string)) at++;
  return at;
}
