import assert from 'node:assert/strict';
import { test } from 'node:test';
import { FolderProblem, parseOnnxConfig } from './folder.ts';

const least = { name: 'small', labels: [null, 'attack'], activation: 'softmax', lowerCase: true };

test('a config that lacks a field, has a field that means nothing, or one that does not fit is refused by its name', () => {
  const bad: [RegExp, unknown][] = [
    [/no JSON object/, []],
    [/no JSON object/, null],
    [/"lables"/, { ...least, lables: [] }],
    [/"__proto__"/, JSON.parse('{"__proto__": 1, "name": "x"}')],
    [/"name"/, { ...least, name: undefined }],
    [/"name"/, { ...least, name: 'a\u202eb' }],
    [/"labels"/, { ...least, labels: [] }],
    [/"labels"/, { ...least, labels: [null] }],
    [/"labels"/, { ...least, labels: ['Not A Key'] }],
    [/"activation"/, { ...least, activation: 'relu' }],
    [/"lowerCase"/, { ...least, lowerCase: 'yes' }],
    [/"tokens"/, { ...least, tokens: 2 }],
    [/"tokens"/, { ...least, tokens: 1e9 }],
    [/"vocabulary"/, { ...least, vocabulary: '../secret' }],
    [/"vocabulary"/, { ...least, vocabulary: '/etc/passwd' }],
    [/"inputs"/, { ...least, inputs: { ids: null } }],
    [/"inputs"/, { ...least, inputs: { words: 'x' } }],
    [/"languages"/, { ...least, languages: ['English'] }],
  ];
  for (const [names, config] of bad) {
    assert.throws(
      () => parseOnnxConfig(JSON.stringify(config)),
      (error) => error instanceof FolderProblem && names.test(error.message),
      JSON.stringify(config),
    );
  }
  assert.throws(() => parseOnnxConfig('{'), FolderProblem);
});

test('what is not written has its standard', () => {
  assert.deepEqual(parseOnnxConfig(JSON.stringify(least)), {
    ...least,
    inputs: { ids: 'input_ids', mask: null, types: null },
    output: 'logits',
    vocabulary: 'vocab.txt',
    tokens: 256,
    languages: null,
  });
});
