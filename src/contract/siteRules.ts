import type { RuleWord, Ruleset } from '../screening/types.ts';
import type { Site } from './site.ts';
import { readAllowed, readListed, type SiteWord } from './siteWords.ts';

/** What a site adds to the shipped word lists, wherever its texts are screened: at intake, by `stet screen --site` and at
 *  the scoring endpoint. */
export function rulesOfSite({ origins, settings }: Site): Ruleset {
  return { origins, ...rulesOfWords(settings['words.listed'], settings['words.allowed']) };
}

type Words = Pick<Ruleset, 'words' | 'allowed'>;

// Screening compiles a list once for each object it is handed; a site is another object after every change.
const known = new Map<string, Words>();
const mostKnown = 100;

/** The rules of two lists as the settings keep them: the same objects for the same lists. A list that does not fit adds
 *  nothing. */
export function rulesOfWords(listed: string, allowed: string): Words {
  if (listed === '' && allowed === '') return {};
  const name = `${listed}\u0000${allowed}`;
  const rules = known.get(name) ?? makeRules(listed, allowed);
  if (known.size >= mostKnown) known.clear();
  known.set(name, rules);
  return rules;
}

function makeRules(listed: string, allowed: string): Words {
  const read = readListed(listed);
  const words: Record<string, RuleWord[]> = {};
  for (const { language, ...word } of read.outcome === 'read' ? read.words : []) {
    words[language] = [...(words[language] ?? []), toRule(word)];
  }
  const silent = readAllowed(allowed);
  return { words, allowed: silent.outcome === 'read' ? silent.words.map(({ word }) => word) : [] };
}

function toRule({ word, guideline, strength }: Omit<SiteWord, 'language'>): RuleWord {
  return strength === 'clear' ? { word, guideline } : { word, guideline, isPossible: true };
}
