import type { Evidence, Glance } from './evidence.ts';
import { SCRIPT_ARABIC, SCRIPT_CYRILLIC, SCRIPT_DEVANAGARI, SCRIPT_LATIN } from './fold.ts';
import { knownLanguages, languageOf, leadingScript } from './language.ts';
import type { Signals } from './learn/fit.ts';
import { type OwnHeads, addedBy } from './learn/heads.ts';
import { type Look, lookAt } from './look.ts';
import { addressesOf } from './links.ts';
import { findPassages } from './model/passages.ts';
import type { Model } from './model/model.ts';
import { shippedModel } from './model/shipped.ts';
import { type Reading, createReading, readText } from './reading.ts';
import { prepareStory, relevanceOf, stemsOfParent } from './relevance.ts';
import { type Scores, settleScores, suggest } from './score.ts';
import type {
  Finding,
  KnownLanguage,
  Ruleset,
  ScoreKey,
  Screening,
  ScreeningInput,
  StoryPassage,
  StoryProfile,
} from './types.ts';

const main = createReading();

/** Names the model and rules in force, with a site's own heads where there are any; it changes whenever they do, and it stands in every screening that is kept. Throws
 *  like `screen` when the model cannot be loaded. */
export function modelVersion(heads?: OwnHeads): string {
  const { name } = shippedModel();
  return heads === undefined ? name : `${name}+own`;
}

/** How many inputs an own head has weights for. */
export function modelInputs(): number {
  return shippedModel().inputs().length;
}

/** What the machine reads in one comment: language, scores, a suggestion, and findings in reading order with UTF-16 offsets
 *  into the text as received, end exclusive. Pure and deterministic; linear in the text. `lang` is believed where the text
 *  is in a script of that language. Throws only when the model's file is missing or damaged. */
export function screen(input: ScreeningInput, rules: Ruleset = {}): Screening {
  const model = shippedModel();
  const parent = input.story === undefined ? undefined : stemsOfParent(input.parent);
  const reading = readText(input.text, main);
  const story = input.story === undefined || 'kind' in input.story ? input.story : prepareStory(input.story);
  const lang = settleLanguage(input.lang, { reading, story });
  const marks = model.marks(reading.words);
  const look = lookAt(reading, lang, { rules, marks });
  const { scores, evidence } = judge(look, { model, reading, lang, heads: rules.heads });
  const passage = story === undefined ? undefined : addRelevance(scores, { story, parent, glance: look.glance, model });
  const findings = evidence.map(toFinding);
  const known = look.glance.lexicon !== undefined;
  return {
    lang,
    scores,
    suggestion: suggest(scores, { known, findings: findings.length }),
    findings,
    ...(passage === undefined ? {} : { passage }),
    model: modelVersion(rules.heads),
  };
}

type Judging = { model: Model; reading: Reading; lang: string; heads: OwnHeads | undefined };

/** The model's scores and the findings that bear them; in a language it does not know, what the lists say. */
function judge(look: Look, judging: Judging): { scores: Scores; evidence: Evidence[] } {
  const { model, reading, lang, heads } = judging;
  if (!model.knows(lang)) return look;
  const raw = weigh(look, judging);
  const scores: Scores = {};
  for (let h = 0; h < model.heads.length; h++) {
    const key = model.heads[h] as ScoreKey;
    const logit = model.calibrate(h, raw[h] as number, lang);
    if (logit === undefined) continue;
    const own = heads?.heads[lang]?.[key];
    const added = own === undefined ? 0 : addedBy(own, model.inputs());
    scores[key] = 1 / (1 + Math.exp(-(logit + added)));
  }
  settleScores(scores, look);
  if (isAddressAlone(reading)) scores.promotion = look.scores.promotion ?? 0;
  const evidence = findPassages({ model, reading, scores, listed: look.evidence });
  return { scores, evidence };
}

/** A word or two beside an address say nothing of why it stands there: then it is a source, unless the lists know its host. */
const WORDS_OF_A_SOURCE = 2;

function isAddressAlone(reading: Reading): boolean {
  const { links, words } = addressesOf(reading);
  return links.length > 0 && reading.words - words <= WORDS_OF_A_SOURCE;
}

/** The shipped logits of a text by head, not calibrated: valid until the next text. */
function weigh(look: Look, { model, reading, lang }: Omit<Judging, 'heads'>): Float64Array {
  const lists = model.lists.map((key) => look.scores[key as keyof Scores] ?? 0);
  return model.read(reading, lang, lists);
}

/** What heads are fitted on: a text as the shipped model sees it, or undefined in a language it does not know. */
export function readSignals(input: { text: string; lang?: string | undefined }): Signals | undefined {
  const model = shippedModel();
  const reading = readText(input.text, main);
  const lang = settleLanguage(input.lang, { reading, story: undefined });
  if (!model.knows(lang)) return undefined;
  const look = lookAt(reading, lang, { rules: {}, marks: model.marks(reading.words) });
  const raw = weigh(look, { model, reading, lang });
  const logits: Signals['logits'] = {};
  model.heads.forEach((head, h) => {
    const logit = model.calibrate(h, raw[h] as number, lang);
    if (logit !== undefined) logits[head as ScoreKey] = logit;
  });
  return { lang, logits, inputs: model.inputs().slice() };
}

type Subject = { story: StoryProfile; parent: Map<number, number> | undefined; glance: Glance; model: Model };

/** Promotion that is not clearly about the story is surely not about it; a word or two promote nothing. */
const PROMOTED_ELSEWHERE = 0.4;
const WORDS_THAT_PROMOTE = 5;
const CLEARLY_ABOUT = 0.8;

/** Adds the relevance where it can be given; returns the passage of the story that the comment touches. */
function addRelevance(scores: Scores, { story, parent, glance, model }: Subject): StoryPassage | undefined {
  const { lang, cues, reading } = glance;
  const found = relevanceOf(reading, { story, parent, lang, cues: cues.masks, topics: model.topics(lang) });
  if (found === undefined) return undefined;
  const promotes = (scores.promotion ?? 0) >= 0.5 && reading.words >= WORDS_THAT_PROMOTE;
  const promoted = promotes && found.relevance < CLEARLY_ABOUT;
  scores.relevance = promoted ? Math.min(found.relevance, PROMOTED_ELSEWHERE) : found.relevance;
  return found.passage;
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
 *  looks like; else, for a word or two, an address alone or a text that fits no language, the story's. */
function settleLanguage(said: string | undefined, { reading, story }: Where): string {
  const script = leadingScript(reading);
  const primary = said?.toLowerCase().split(/[-_]/, 1)[0] ?? '';
  const code = primary === 'ku' ? (script === SCRIPT_ARABIC ? 'ckb' : 'kmr') : primary;
  if (fitsScript(code, script)) return code;
  const detected = languageOf(reading);
  const words = reading.words - addressesOf(reading).words;
  const unsure = detected === 'und' || words <= 2;
  const fits = story !== undefined && (words === 0 || fitsScript(story.lang, script));
  return unsure && fits ? story.lang : detected;
}

function fitsScript(code: string, script: number): boolean {
  return knownLanguages.some((known) => known === code) && (scripts.get(code) ?? SCRIPT_LATIN) === script;
}
