import { readListedWords, readPhrases } from './abuse.ts';
import { type Evidence, type EvidenceReader, type Glance, settleEvidence } from './evidence.ts';
import { type Cues, lexiconOf } from './lexicon.ts';
import { readRepetition, readShouting } from './manner.ts';
import type { Marks } from './model/marks.ts';
import { readCopies, readPromotion } from './promotion.ts';
import type { Reading } from './reading.ts';
import { siteLexicon } from './rules.ts';
import { type Scores, scoreEvidence } from './score.ts';
import type { Ruleset } from './types.ts';

/** What lists, phrases and patterns say of a text: the model weighs it, with everything else. */
export type Look = { glance: Glance; evidence: Evidence[]; scores: Scores };

/** In this order because the words tell the phrases and promotion what each word does. */
const evidenceReaders: readonly EvidenceReader[] = [
  readListedWords,
  readPhrases,
  readShouting,
  readRepetition,
  readPromotion,
  readCopies,
];

const cues: Cues = { masks: new Int32Array(1024), ends: new Int32Array(1024) };

/** Reads a text by the lists and patterns of a language and a site. The list of each word is noted in `marks`. Linear in the
 *  text; never throws. */
export function lookAt(reading: Reading, lang: string, { rules, marks }: { rules: Ruleset; marks: Marks }): Look {
  makeCueRoom(reading.words);
  const lexicon = lexiconOf(lang);
  const shared = lang === 'en' ? undefined : lexiconOf('shared');
  const lists = { lang, own: lexicon, shared, site: siteLexicon(rules, lang) };
  const glance: Glance = { reading, lang, lists, lexicon, cues, marks, calls: [], rules, found: [] };
  for (const read of evidenceReaders) read(glance);
  const evidence = settleEvidence(glance.found);
  return { glance, evidence, scores: scoreEvidence(evidence, lexicon) };
}

const CUES_KEPT = 1 << 16;

/** Room for a cue per word; room for a huge text is given back with the next one. */
function makeCueRoom(words: number): void {
  const has = cues.masks.length;
  if (has >= words && (has <= CUES_KEPT || words > CUES_KEPT)) return;
  cues.masks = new Int32Array(Math.max(1024, words));
  cues.ends = new Int32Array(Math.max(1024, words));
}
