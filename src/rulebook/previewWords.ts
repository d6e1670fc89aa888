import { setImmediate as nextTurn } from 'node:timers/promises';
import { type Answer, answerJson, type Call } from '../contract/http.ts';
import { isObject, parsed, type Parsed } from '../contract/json.ts';
import { refused } from '../contract/refusals.ts';
import { rulesOfWords } from '../contract/siteRules.ts';
import { readAllowed, readListed, type WordFound, type WordsPreview } from '../contract/siteWords.ts';
import { addDays } from '../contract/time.ts';
import { findAllowedSite } from '../record/allowedSite.ts';
import { listRecentTexts } from '../record/recentTexts.ts';
import { findOwnWords, type Ruleset } from '../screening/index.ts';
import type { RulebookDeps } from './rulebook.ts';

const previewDays = 30;
/** Most comments that are looked at, the newest, and most examples. A comment takes some twenty microseconds. */
const mostLooked = 20_000;
const mostExamples = 20;
/** Comments read in one question and looked at in a row; others have their turn in between. */
const slice = 500;

/** 200 with a `WordsPreview`: what two lists, as the settings would keep them, would have marked in the last 30 days. Refused:
 *  `words_malformed` with the line. */
export async function previewWords({ store, kept }: RulebookDeps, call: Call): Promise<Answer> {
  const allowed = await findAllowedSite(kept, call, 'rulebook.write');
  if (allowed.outcome === 'refused') return allowed;
  const rules = parseRules(call.body);
  if (rules.outcome === 'refused') return rules;
  return answerJson(
    200,
    await tryWords(store, rules.value, { site: allowed.site.site, since: addDays(call.now, -previewDays) }),
  );
}

async function tryWords(
  store: RulebookDeps['store'],
  rules: Looked,
  { site, since }: { site: string; since: Date },
): Promise<WordsPreview> {
  const counts = { looked: 0, hits: 0, silenced: 0 };
  const examples: WordsPreview['examples'][number][] = [];
  let before: number | undefined;
  for (;;) {
    const arrived = await listRecentTexts(store, site, { before, limit: slice });
    const recent = arrived.filter(({ at }) => at >= since);
    for (const one of recent) {
      if (one.text === null) continue;
      const found = look({ text: one.text, lang: one.lang }, rules);
      counts.looked += 1;
      if (found.some(({ guideline }) => guideline !== '')) counts.hits += 1;
      if (found.some(({ guideline }) => guideline === '')) counts.silenced += 1;
      if (found.length === 0 || examples.length >= mostExamples) continue;
      examples.push({ id: one.id, text: one.text, lang: one.lang, dir: one.dir, at: one.at.toISOString(), found });
    }
    before = arrived.at(-1)?.seq;
    if (arrived.length < slice || recent.length < arrived.length) return { ...counts, isSample: false, examples };
    if (counts.looked >= mostLooked) return { ...counts, isSample: true, examples };
    await nextTurn();
  }
}

type Looked = { listed: Ruleset; allowed: Ruleset };

function parseRules(body: unknown): Parsed<Looked> {
  if (!isObject(body)) return refused('body_malformed');
  const { listed = '', allowed = '' } = body;
  if (typeof listed !== 'string') return refused('field_malformed', { field: 'listed' });
  if (typeof allowed !== 'string') return refused('field_malformed', { field: 'allowed' });
  for (const [field, read] of [
    ['listed', readListed(listed)],
    ['allowed', readAllowed(allowed)],
  ] as const) {
    if (read.outcome === 'wrong') return refused('words_malformed', { field, values: { line: read.fault.line } });
  }
  const silent = allowed.split('\n').filter((word) => word.trim() !== '');
  // An allowed word is looked for like a listed one: what it silences is for `screen` to say.
  const asListed = silent.map((word) => ({ word, guideline: allowedMark }));
  return parsed({ listed: rulesOfWords(listed, ''), allowed: { words: { '*': asListed } } });
}

const allowedMark = 'allowed';

function look({ text, lang }: { text: string; lang: string }, { listed, allowed }: Looked): WordFound[] {
  const silent = findOwnWords({ text, lang }, allowed).map((hit) => ({ ...hit, guideline: '' }));
  const isSilent = ({ start, end }: WordFound): boolean => silent.some((one) => one.start < end && start < one.end);
  return [...findOwnWords({ text, lang }, listed).filter((hit) => !isSilent(hit)), ...silent];
}
