import { readListedWords, readPhrases } from './abuse.ts';
import { type Evidence, type EvidenceReader, type Glance, settleEvidence } from './evidence.ts';
import { SCRIPT_ARABIC, SCRIPT_CYRILLIC, SCRIPT_DEVANAGARI, SCRIPT_LATIN } from './fold.ts';
import { knownLanguages, languageOf, leadingScript } from './language.ts';
import { type Cues, lexiconOf } from './lexicon.ts';
import { readRepetition, readShouting } from './manner.ts';
import { readCopies, readPromotion } from './promotion.ts';
import { type Reading, createReading, readText } from './reading.ts';
import { NEUTRAL, prepareStory, relevanceOf, stemsOfParent } from './relevance.ts';
import { siteLexicon } from './rules.ts';
import { type Scores, scoreEvidence, suggest } from './score.ts';
import type { Finding, KnownLanguage, Ruleset, Screening, ScreeningInput, StoryProfile } from './types.ts';

/** Names the lists and rules in force; it changes whenever they do, and it stands in
 *  every screening that is kept. */
export const modelVersion = 'stet-lists-1';

/** In this order because the words tell the phrases and promotion what each word does.
 *  A trained model becomes one more reader here: it adds evidence, it replaces none. */
const evidenceReaders: readonly EvidenceReader[] = [
  readListedWords,
  readPhrases,
  readShouting,
  readRepetition,
  readPromotion,
  readCopies,
];

const main = createReading();
const cues: Cues = { masks: new Int32Array(1024), ends: new Int32Array(1024) };

/** What the machine reads in one comment: language, scores, a suggestion, and findings
 *  in reading order with UTF-16 offsets into the text as received, end exclusive. Pure
 *  and deterministic; never throws; linear in the text. `lang` is believed where the
 *  text is in a script of that language. */
export function screen(input: ScreeningInput, rules: Ruleset = {}): Screening {
  const parent = input.story === undefined ? undefined : stemsOfParent(input.parent);
  const reading = readText(input.text, main);
  makeCueRoom(reading.words);
  const story = input.story === undefined || 'kind' in input.story ? input.story : prepareStory(input.story);
  const lang = settleLanguage(input.lang, { reading, story });
  const glance = glanceAt(reading, lang, rules);
  for (const read of evidenceReaders) read(glance);
  const evidence = settleEvidence(glance.found);
  const scores = scoreEvidence(evidence, glance.lexicon);
  if (story !== undefined) addRelevance(scores, { story, parent, glance });
  const findings = evidence.map(toFinding);
  const known = glance.lexicon !== undefined;
  return {
    lang,
    scores,
    suggestion: suggest(scores, { known, findings: findings.length }),
    findings,
    model: modelVersion,
  };
}

const CUES_KEPT = 1 << 16;

/** Room for a cue per word; room for a huge text is given back with the next one. */
function makeCueRoom(words: number): void {
  const has = cues.masks.length;
  if (has >= words && (has <= CUES_KEPT || words > CUES_KEPT)) return;
  cues.masks = new Int32Array(Math.max(1024, words));
  cues.ends = new Int32Array(Math.max(1024, words));
}

function glanceAt(reading: Reading, lang: string, rules: Ruleset): Glance {
  const lexicon = lexiconOf(lang);
  const shared = lang === 'en' ? undefined : lexiconOf('shared');
  const lists = { lang, own: lexicon, shared, site: siteLexicon(rules, lang) };
  return { reading, lang, lists, lexicon, cues, calls: [], rules, found: [] };
}

type Subject = { story: StoryProfile; parent: Map<number, number> | undefined; glance: Glance };

/** Promotion that shares no word with the story is surely not about it. */
const PROMOTED_ELSEWHERE = 0.4;

function addRelevance(scores: Scores, { story, parent, glance }: Subject): void {
  const relevance = relevanceOf(glance.reading, { story, parent, lang: glance.lang, cues: cues.masks });
  if (relevance === undefined) return;
  const promoted = (scores.promotion ?? 0) >= 0.5 && relevance <= NEUTRAL;
  scores.relevance = promoted ? Math.min(relevance, PROMOTED_ELSEWHERE) : relevance;
}

function toFinding({ guideline, start, end, why }: Evidence): Finding {
  return { guideline, start, end, why };
}

const scripts: ReadonlyMap<string, number> = new Map<KnownLanguage, number>([
  ['ar', SCRIPT_ARABIC],
  ['fa', SCRIPT_ARABIC],
  ['ckb', SCRIPT_ARABIC],
  ['ru', SCRIPT_CYRILLIC],
  ['hi', SCRIPT_DEVANAGARI],
]);

type Where = { reading: Reading; story: StoryProfile | undefined };

/** The language said to be the comment's, where its script agrees; else what the text
 *  looks like; else, for a word or two or a text that fits no language, the story's. */
function settleLanguage(said: string | undefined, { reading, story }: Where): string {
  const script = leadingScript(reading);
  const primary = said?.toLowerCase().split(/[-_]/, 1)[0] ?? '';
  const code = primary === 'ku' ? (script === SCRIPT_ARABIC ? 'ckb' : 'kmr') : primary;
  if (fitsScript(code, script)) return code;
  const detected = languageOf(reading);
  const unsure = detected === 'und' || reading.words <= 2;
  return unsure && story !== undefined && fitsScript(story.lang, script) ? story.lang : detected;
}

function fitsScript(code: string, script: number): boolean {
  return knownLanguages.some((known) => known === code) && (scripts.get(code) ?? SCRIPT_LATIN) === script;
}
