import type { Evidence } from '../evidence.ts';
import { type Reading, spanOf, WORD_ADDRESS } from '../reading.ts';
import type { Scores } from '../score.ts';
import type { Model } from './model.ts';

/** What the model means where no list has a reason. */
const reasons: Readonly<Record<string, string>> = {
  attack: 'reads like a personal attack',
  threat: 'reads like a threat',
  profanity: 'reads like swearing',
  vulgarity: 'reads vulgar',
  sexism: 'reads like abuse of women',
  racism: 'reads like abuse of people for their origin or colour',
  homophobia: 'reads like abuse of people for whom they love or who they are',
  xenophobia: 'reads like abuse of people from elsewhere',
  promotion: 'reads like promotion',
  identity: 'reads like abuse of a group of people',
  toxic: 'reads abusive',
};

const guidelines = [
  'threat',
  'sexism',
  'racism',
  'homophobia',
  'xenophobia',
  'attack',
  'vulgarity',
  'profanity',
  'promotion',
] as const;
const LINE = 0.5;
/** Below this a list's word is taken to be harmless where it stands. */
const LET_GO = 0.25;

type Judged = { model: Model; reading: Reading; scores: Scores; listed: readonly Evidence[] };

/** From here on a score is so sure that its words are shown beside others. */
const SURE = 0.8;

/** The findings of a text in reading order: what the lists found, unless the model holds it for harmless where it stands;
 *  insulting words of an abusive text; and the words that bear a score most, for each guideline over the line that none of
 *  these explains: where nothing else is found, or the score is sure. */
export function findPassages(judged: Judged): Evidence[] {
  const { scores, listed } = judged;
  const kept = listed.filter((one) => one.own === true || isHeld(scores, one.guideline));
  const found = [...kept, ...insultsOf(judged, kept)];
  const over = guidelines.filter((key) => (scores[key] ?? 0) >= LINE);
  const bar = found.length === 0 ? LINE : SURE;
  const unexplained = over.filter(
    (key) => (scores[key] ?? 0) >= bar && !found.some(({ guideline }) => guideline === key),
  );
  found.push(...unexplained.flatMap((key) => passagesOf(judged, key)));
  if (found.length === 0 || over.length === 0) {
    const key = (['identity', 'toxic'] as const).find((umbrella) => (scores[umbrella] ?? 0) >= LINE);
    if (key !== undefined && !(key === 'toxic' && found.length > 0)) found.push(...passagesOf(judged, key));
  }
  return found.sort((a, b) => a.start - b.start || a.end - b.end);
}

/** Words that insult wherever they stand, where the text is abusive and no list has found them. */
function insultsOf({ model, reading, scores }: Judged, kept: readonly Evidence[]): Evidence[] {
  if ((scores.attack ?? 0) < LINE && (scores.toxic ?? 0) < LINE) return [];
  const guideline = (scores.attack ?? 0) >= LET_GO ? 'attack' : 'toxic';
  const found: Evidence[] = [];
  const taken = kept.toSorted((a, b) => a.start - b.start);
  let next = 0;
  let until = 0;
  for (const word of model.insults()) {
    const span = spanOf(reading, reading.starts[word] as number, reading.ends[word] as number);
    for (; next < taken.length && (taken[next] as Evidence).start < span.end; next++) {
      until = Math.max(until, (taken[next] as Evidence).end);
    }
    if (until <= span.start) found.push({ guideline, ...span, why: 'an insulting word', weight: LINE });
  }
  return found;
}

function isHeld(scores: Scores, guideline: string): boolean {
  const score = scores[guideline as keyof Scores];
  return guideline === 'promotion' || score === undefined || score >= LET_GO;
}

/** Words that bear at least this share of the heaviest word belong to the passage; so do two between them. */
const SHARE = 0.6;
const APART = 2;
const PASSAGES = 3;

function passagesOf({ model, reading, scores }: Judged, key: keyof Scores): Evidence[] {
  const shares = model.explain(reading.words, model.heads.indexOf(key));
  let heaviest = 0;
  for (let word = 0; word < shares.length; word++) heaviest = Math.max(heaviest, shares[word] as number);
  if (heaviest <= 0) return [];
  const runs: { first: number; last: number; weight: number }[] = [];
  for (let word = 0; word < shares.length; word++) {
    const share = shares[word] as number;
    if (share < SHARE * heaviest) continue;
    const run = runs.at(-1);
    if (run !== undefined && word - run.last <= APART + 1) {
      run.last = word;
      run.weight += share;
    } else runs.push({ first: word, last: word, weight: share });
  }
  return runs
    .sort((a, b) => b.weight - a.weight)
    .slice(0, PASSAGES)
    .map(({ first, last }) => ({
      guideline: key,
      ...spanOf(reading, reading.starts[first] as number, reading.ends[wholeAddress(reading, last)] as number),
      why: reasons[key] ?? 'reads like a breach',
      weight: scores[key] ?? 0,
    }));
}

/** The last word of the address that this word begins; the word itself where it is no part of one. */
function wholeAddress(reading: Reading, word: number): number {
  let last = word;
  while (
    last + 1 < reading.words &&
    (reading.flags[last] as number) & (reading.flags[last + 1] as number) & WORD_ADDRESS
  )
    last++;
  return last;
}
