import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { deskKeys, guidelineKeys, readKey, type Pressed } from '../../src/web/desk/keys.ts';
import { tellScores } from '../../src/web/desk/scores.ts';
import { cutAtFindings } from '../../src/web/desk/segments.ts';

type Catalogue = Readonly<Record<string, string>>;

const readCatalogue = (room: string, language: string): Catalogue =>
  JSON.parse(
    readFileSync(new URL(`../../src/web/${room}/messages/${language}.json`, import.meta.url), 'utf8'),
  ) as Catalogue;

const placesOf = (sentence: string): string[] => [...sentence.matchAll(/\{\w+\}/g)].map(([place]) => place).toSorted();

for (const room of ['desk', 'signin']) {
  for (const language of ['ar', 'ckb']) {
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
