import { type EvidenceReader, FINDINGS_KEPT, type Glance } from './evidence.ts';
import type { Hit } from './lexicon.ts';
import { type PatternMatch, isDenied, matchPatterns } from './patterns.ts';
import { listNames } from './model/marks.ts';
import { WORD_QUOTED, spanOf } from './reading.ts';
import { scanWords } from './words.ts';

/** What is quoted is often reported or answered, so it weighs less, but it is still shown. */
const QUOTED = 0.55;
/** "He is not an idiot" denies the word it uses. */
const DENIED = 0.5;
/** A word behind asterisks or signs is the same word, said a little less surely. */
const DISGUISED = 0.85;
/** Of a swearword that is also an insult: thrown at the weather as often as at a person. */
const INSULT_SHARE = 0.7;

const reasons: Readonly<Record<string, string>> = {
  profanity: 'a swearword',
  vulgarity: 'a vulgar word',
  attack: 'an insulting word',
  sexism: 'a word that degrades women',
  racism: 'a racist word',
  homophobia: 'a word that degrades people for whom they love or who they are',
  xenophobia: 'words that degrade people for where they come from',
  promotion: 'a call to buy, follow or get in touch',
};

/** Words on the lists, the site's own among them. Also notes what each word does in a
 *  phrase, so it comes before the reader of phrases. */
export const readListedWords: EvidenceReader = (glance) => {
  scanWords(glance.reading, glance, (hit) => {
    noteList(glance, hit);
    if (glance.found.length < FINDINGS_KEPT * 2) addHit(glance, hit);
  });
};

/** Threats, direct insults and contempt for groups, by the phrases of the language. */
export const readPhrases: EvidenceReader = (glance) => {
  const { lexicon, reading, cues } = glance;
  if (lexicon === undefined || lexicon.patterns.length === 0) return;
  const found = (match: PatternMatch): void => addMatch(glance, match);
  for (let first = 0; first < reading.words && glance.found.length < FINDINGS_KEPT * 2; first++) {
    if (cues.masks[first] !== 0) matchPatterns(lexicon.patterns, { reading, cues: cues.masks, first }, found);
  }
};

/** Notes on which list a word stands; of several the later in `listNames`. */
function noteList({ marks }: Glance, { entry, word }: Hit): void {
  for (const category of entry.categories) {
    const number = numbers.get(category) ?? 0;
    if (number > (marks.listed[word] as number)) marks.listed[word] = number;
  }
}

const numbers: ReadonlyMap<string, number> = new Map(listNames.map((name, i) => [name, i + 1]));

function addHit(glance: Glance, hit: Hit): void {
  const { entry } = hit;
  const span = spanOf(glance.reading, hit.from, hit.to);
  const quoted = ((glance.reading.flags[hit.word] as number) & WORD_QUOTED) !== 0;
  const denied = entry.categories.join() === 'insult' && isDenied(glance.reading, glance.cues.masks, hit.word);
  const weight = entry.weight * (quoted ? QUOTED : 1) * (hit.disguised ? DISGUISED : 1) * (denied ? DENIED : 1);
  for (const category of entry.categories) {
    const guideline = category === 'insult' ? 'attack' : category;
    const share = category === 'insult' && entry.categories.length > 1 ? INSULT_SHARE : 1;
    const why = `${reasons[guideline] ?? 'a word on this site’s list'}${hit.disguised ? ', disguised' : ''}${quoted ? ', in quotation marks' : ''}`;
    const evidence = { guideline, ...span, why, weight: weight * share, own: entry.own === true };
    if (guideline === 'promotion') glance.calls.push(evidence);
    else glance.found.push(evidence);
  }
}

function addMatch(glance: Glance, { pattern, first, last }: PatternMatch): void {
  const { reading } = glance;
  const span = spanOf(reading, reading.starts[first] as number, glance.cues.ends[last] as number);
  const quoted = ((reading.flags[last] as number) & WORD_QUOTED) !== 0;
  glance.found.push({
    guideline: pattern.guideline,
    ...span,
    why: quoted ? `${pattern.why}, in quotation marks` : pattern.why,
    weight: pattern.weight * (quoted ? QUOTED : 1),
  });
}
