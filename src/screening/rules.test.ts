import assert from 'node:assert/strict';
import { test } from 'node:test';
import { screenByLists as screen } from './byLists.ts';
import { findOwnWords } from './ownWords.ts';
import type { Ruleset } from './types.ts';

test('empty, odd and hostile rules are no rules', () => {
  const odd: Ruleset = {
    words: {
      '*': [
        { word: '', guideline: 'attack' },
        { word: '***', guideline: 'attack' },
        { word: 'x', guideline: '' },
        { word: 'y', guideline: 'a+b' },
      ],
    },
    allowed: ['', '...', '^='],
    origins: ['', 'not an origin', 'https://'],
    recentFingerprints: ['', 'zzzzzzzzzzzzzzzz'],
  };
  assert.deepEqual(screen({ text: 'x y *** nothing here to see, one two three four' }, odd).findings, []);
});

test('a site’s own word is found whole, with endings, and as a beginning where starred', () => {
  const rules: Ruleset = {
    words: {
      en: [
        { word: 'spatterdock', guideline: 'attack' },
        { word: 'flimflam*', guideline: 'house-rule' },
        { word: 'cheese eater', guideline: 'attack' },
      ],
    },
  };
  const words = (text: string): string[] =>
    screen({ text, lang: 'en' }, rules).findings.map(({ start, end }) => text.slice(start, end));
  assert.deepEqual(words('those spatterdocks again'), ['spatterdocks']);
  assert.deepEqual(words('a spatterdockology thing'), []);
  assert.deepEqual(words('Flimflammery!'), ['Flimflammery']);
  assert.deepEqual(words('you Cheese-Eater'), ['Cheese-Eater']);
  assert.equal(screen({ text: 'flimflam', lang: 'en' }, rules).findings[0]?.guideline, 'house-rule');
});

test('a site’s words hold for their language alone, and for all under *', () => {
  const rules: Ruleset = {
    words: { de: [{ word: 'quatschkopf', guideline: 'attack' }], '*': [{ word: 'سوگوار', guideline: 'attack' }] },
  };
  assert.equal(screen({ text: 'Quatschkopf', lang: 'en' }, rules).findings.length, 0);
  assert.equal(screen({ text: 'Quatschkopf', lang: 'de' }, rules).findings.length, 1);
  assert.equal(screen({ text: 'سوگوار', lang: 'fa' }, rules).findings.length, 1);
});

test('an allowed word is no finding and no part of an insult', () => {
  const rules: Ruleset = { allowed: ['idiot', 'son of a bitch'] };
  assert.deepEqual(screen({ text: 'you idiot', lang: 'en' }, rules).findings, []);
  assert.deepEqual(screen({ text: 'what a son of a bitch of a day', lang: 'en' }, rules).findings, []);
  assert.notDeepEqual(screen({ text: 'you moron', lang: 'en' }, rules).findings, []);
});

test('rules of one site do not leak into another', () => {
  const rules: Ruleset = { words: { en: [{ word: 'spatterdock', guideline: 'attack' }] } };
  screen({ text: 'spatterdock', lang: 'en' }, rules);
  assert.deepEqual(screen({ text: 'spatterdock', lang: 'en' }).findings, []);
  assert.deepEqual(screen({ text: 'spatterdock', lang: 'en' }, { words: {} }).findings, []);
});

test('a word that the site is unsure of is found as what may be a breach', () => {
  const rules: Ruleset = { words: { '*': [{ word: 'spatterdock', guideline: 'attack', isPossible: true }] } };
  assert.equal(screen({ text: 'a spatterdock', lang: 'en' }, rules).scores.attack, 0.5);
  assert.deepEqual(findOwnWords({ text: 'a sp@tterdock, s p a t t e r d o c k' }, rules), [
    { guideline: 'attack', start: 2, end: 13 },
    { guideline: 'attack', start: 15, end: 36 },
  ]);
  assert.deepEqual(findOwnWords({ text: 'you idiot' }, rules), []);
  assert.deepEqual(findOwnWords({ text: '' }, {}), []);
});
