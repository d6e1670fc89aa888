import type { EvidenceReader } from './evidence.ts';

const LEAST_LETTERS = 25;
const LEAST_WORDS = 5;
const MOSTLY = 0.8;

/** Shouting: mostly capitals over a whole comment. A hint that colours other evidence
 *  and breaks no guideline alone; a short cry in capitals is not even that. */
export const readShouting: EvidenceReader = ({ reading, found }) => {
  const { letters, capitals, words, text } = reading;
  if (letters < LEAST_LETTERS || words < LEAST_WORDS || capitals < letters * MOSTLY) return;
  found.push({ guideline: 'attack', start: 0, end: text.length, why: 'written mostly in capitals', weight: 0.1 });
};

const LEAST_REPEATED = 16;
const WORDS_READ = 400;

/** Repetition: hardly any different words in a long comment, as flooding has. */
export const readRepetition: EvidenceReader = ({ reading, found }) => {
  const words = Math.min(reading.words, WORDS_READ);
  if (words < LEAST_REPEATED) return;
  const different = new Set<number>();
  for (let i = 0; i < words; i++) {
    different.add(reading.hashes[i] as number);
    // Four different words in any sixteen is already more than flooding has.
    if (different.size > words / 4) return;
  }
  found.push({
    guideline: 'promotion',
    start: 0,
    end: reading.text.length,
    why: `the same few words over and over (${different.size} different in ${words})`,
    weight: 0.3,
  });
};
