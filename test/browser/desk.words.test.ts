import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { deskKeys } from '../../src/contract/keys.ts';
import { writeDigits } from '../../src/contract/numbers.ts';
import { guidelineKeys, readKey, type Pressed } from '../../src/web/desk/keys.ts';
import { tellScores } from '../../src/web/desk/scores.ts';
import { cutAtFindings } from '../../src/web/desk/segments.ts';

type Catalogue = Readonly<Record<string, string>>;

function readCatalogue(room: string, language: string): Catalogue {
  const folder = new URL(`../../src/web/${room}/messages/`, import.meta.url);
  const parts = globSync([`${language}.json`, `${language}/*.json`], { cwd: folder });
  const sentences: Record<string, string> = {};
  for (const part of parts) Object.assign(sentences, JSON.parse(readFileSync(new URL(part, folder), 'utf8')));
  return sentences;
}

const placesOf = (sentence: string): string[] => [...sentence.matchAll(/\{\w+\}/g)].map(([place]) => place).toSorted();

// Words that a language shares with English. Everything else that reads the same was forgotten, not translated.
const sharedWords: Readonly<Record<string, readonly string[]>> = {
  tr: ['site.choose'],
  kmr: ['role.moderator'],
};

const hasLetters = (sentence: string): boolean => /\p{L}/u.test(sentence.replace(/\{\w+\}/g, ''));

for (const room of ['desk', 'signin']) {
  for (const language of ['ar', 'ckb', 'kmr', 'tr', 'fa']) {
    test(`no sentence of the ${room} page is left in English in ${language}`, () => {
      const english = readCatalogue(room, 'en');
      const left = Object.entries(readCatalogue(room, language))
        .filter(([key, sentence]) => hasLetters(sentence) && sentence === english[key])
        .map(([key]) => key);
      assert.deepEqual(
        left.filter((key) => !sharedWords[language]?.includes(key)),
        [],
      );
    });

    test(`the ${room} page is complete in ${language}: every sentence, with every place to fill in`, () => {
      const english = readCatalogue(room, 'en');
      const translated = readCatalogue(room, language);
      assert.deepEqual(Object.keys(translated).toSorted(), Object.keys(english).toSorted());
      for (const [key, sentence] of Object.entries(english)) {
        assert.notEqual(translated[key]?.trim(), '', key);
        assert.deepEqual(placesOf(translated[key] ?? ''), placesOf(sentence), key);
      }
    });
  }
}

test('the desk in Arabic script is written with the letters of each language, without direction marks', () => {
  for (const room of ['desk', 'signin']) {
    for (const language of ['ar', 'ckb', 'fa']) {
      for (const [key, sentence] of Object.entries(readCatalogue(room, language))) {
        if (hasLetters(sentence)) assert.match(sentence, /\p{Script=Arabic}/u, `${language} ${key}`);
        const foreign = language === 'ar' ? /[\u06a9\u06cc\u06d5]/u : /[\u0643\u064a\u0649]/u;
        assert.doesNotMatch(sentence, foreign, `${language} ${key}`);
        assert.doesNotMatch(sentence, /[\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069]/u, `${language} ${key}`);
      }
    }
  }
});

test('the desk in Kurmanji and Turkish has the letters of each, and none of the other', () => {
  const sentencesIn = (language: string) => Object.values(readCatalogue('desk', language)).join(' ');
  assert.match(sentencesIn('kmr'), /[êîû]/u);
  assert.doesNotMatch(sentencesIn('kmr'), /[ğıöüİ]/u);
  assert.match(sentencesIn('tr'), /[ğıöüİ]/u);
  assert.doesNotMatch(sentencesIn('tr'), /[êû]/iu);
});

test('sentences of the desk have the digits of their language, but for what is named or typed as it is', () => {
  const typed = ['case.fingerprint', 'guidelines.keyHint'];
  for (const language of ['ckb', 'fa']) {
    for (const [key, sentence] of Object.entries(readCatalogue('desk', language))) {
      const told = sentence.replace(/\{\w+\}/g, '');
      if (!typed.includes(key)) assert.equal(told, writeDigits(language, told), `${language} ${key}`);
    }
  }
});

const finding = (start: number, end: number) => ({ guideline: 'attack', start, end, why: 'a reason' });

test('a text cut at offsets that make no sense is still the whole text', () => {
  const text = 'a 👩‍🚒 b';
  for (const [start, end] of [
    [-5, 2],
    [3, 3],
    [4, 2],
    [0, 999],
    [Number.NaN, 3],
    [3, 4],
    [1.5, 2.7],
  ] as const) {
    const segments = cutAtFindings(text, [finding(start, end)]);
    assert.equal(segments.map((segment) => segment.text).join(''), text, `${start}–${end}`);
    assert.ok(
      segments.every((segment) => segment.text.isWellFormed()),
      `${start}–${end} parts no pair`,
    );
  }
});

test('overlapping findings are cut where either begins or ends, and each stretch knows all that lie over it', () => {
  assert.deepEqual(cutAtFindings('one two three', [finding(0, 7), finding(4, 13)]), [
    { text: 'one ', findings: [0] },
    { text: 'two', findings: [0, 1] },
    { text: ' three', findings: [1] },
  ]);
  assert.deepEqual(cutAtFindings('', [finding(0, 4)]), []);
  assert.deepEqual(cutAtFindings('plain', []), [{ text: 'plain', findings: [] }]);
});

const pressed = (keys: Partial<Pressed>): Pressed => ({
  key: 'a',
  code: 'KeyA',
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  shiftKey: false,
  repeat: false,
  isComposing: false,
  ...keys,
});

test('a key with a modifier, a key held down and a key within a composition mean nothing', () => {
  for (const held of ['ctrlKey', 'metaKey', 'altKey', 'shiftKey', 'repeat', 'isComposing']) {
    assert.equal(readKey(pressed({ [held]: true })), undefined, held);
  }
});

test('a key means its letter, and where it writes none its place', () => {
  assert.equal(readKey(pressed({ key: 'A' })), 'a', 'caps lock');
  assert.equal(readKey(pressed({ key: 'ش', code: 'KeyA' })), 'a', 'Arabic');
  assert.equal(readKey(pressed({ key: 'a', code: 'KeyQ' })), 'a', 'a French layout goes by its letters');
  assert.equal(readKey(pressed({ key: '٣', code: 'Digit3' })), '3');
  assert.equal(readKey(pressed({ key: '&', code: 'Digit1' })), '1', 'digits of a French layout');
  assert.equal(readKey(pressed({ key: '7', code: 'Numpad7' })), '7');
  assert.equal(readKey(pressed({ key: '؟', code: 'Slash', shiftKey: true })), '?');
  assert.equal(readKey(pressed({ key: 'Enter', code: 'Enter' })), 'Enter');
});

test('no key stands for two things', () => {
  const keys = [...deskKeys.map(({ key }) => key), ...guidelineKeys];
  assert.equal(new Set(keys).size, keys.length);
});

test('scores are told from the strongest down, and relevance the other way round at the end', () => {
  const scores = { threat: 0.1, attack: 0.5, vulgarity: 0.9, relevance: 0.1 };
  const told = tellScores({ lang: 'en', scores, suggestion: 'review', findings: [], model: 'm' });
  assert.deepEqual(told, [
    { key: 'vulgarity', share: 0.9, word: 'score.veryLikely', breach: true },
    { key: 'attack', share: 0.5, word: 'score.likely', breach: true },
    { key: 'relevance', share: 0.1, word: 'score.offTopic', breach: true },
  ]);
});
