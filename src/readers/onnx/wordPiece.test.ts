import assert from 'node:assert/strict';
import { test } from 'node:test';
import { cutWordPieces } from './wordPiece.ts';

const lines = [
  '[PAD]',
  '[UNK]',
  '[CLS]',
  '[SEP]',
  'un',
  '##aff',
  '##able',
  'ferry',
  ',',
  '你',
  '好',
  'kürt',
  '##çe',
  'کورد',
  'fer',
];
const vocabulary = new Map(lines.map((token, number) => [token, number]));
const settings = { vocabulary, lowerCase: true, tokens: 10 };

function cut(text: string, more: Partial<typeof settings> = {}): (string | undefined)[] {
  return cutWordPieces(text, { ...settings, ...more }).map((number) => lines[number]);
}

test('nothing, and nothing but white space and invisible characters, is the two marks alone', () => {
  for (const text of ['', ' \n\t', '\u0000\ufffd\u200b']) assert.deepEqual(cut(text), ['[CLS]', '[SEP]'], text);
});

test('a word is cut into the longest pieces, and one that leaves a rest is unknown as a whole', () => {
  assert.deepEqual(cut('unaffable'), ['[CLS]', 'un', '##aff', '##able', '[SEP]']);
  assert.deepEqual(cut('ferry unaffably'), ['[CLS]', 'ferry', '[UNK]', '[SEP]']);
});

test('a word of more than a hundred letters is unknown', () => {
  assert.deepEqual(cut(`un${'aff'.repeat(50)}`), ['[CLS]', '[UNK]', '[SEP]']);
});

test('punctuation and ideographs stand alone', () => {
  assert.deepEqual(cut('ferry,ferry'), ['[CLS]', 'ferry', ',', 'ferry', '[SEP]']);
  assert.deepEqual(cut('你好ferry'), ['[CLS]', '你', '好', 'ferry', '[SEP]']);
});

test('case and accents are dropped where the vocabulary was made so, and kept where it was not', () => {
  assert.deepEqual(cut('FÉRRY'), ['[CLS]', 'ferry', '[SEP]']);
  assert.deepEqual(cut('FERRY', { lowerCase: false }), ['[CLS]', '[UNK]', '[SEP]']);
  assert.deepEqual(cut('kürtçe', { lowerCase: false }), ['[CLS]', 'kürt', '##çe', '[SEP]']);
  assert.deepEqual(cut('کو\u200cرد'), ['[CLS]', 'کورد', '[SEP]']);
});

test('a longer text is cut after the most tokens, with its last mark in place', () => {
  assert.deepEqual(cut('ferry '.repeat(4000), { tokens: 4 }), ['[CLS]', 'ferry', 'ferry', '[SEP]']);
  assert.equal(cut('unaffable '.repeat(4000)).length, 10);
});

test('a vocabulary without its marks is refused', () => {
  assert.throws(() => cutWordPieces('a', { ...settings, vocabulary: new Map([['a', 0]]) }));
});
