import assert from 'node:assert/strict';
import { test } from 'node:test';
import { lineFor, marksOf, readBreachLines, writeBreachLines } from './breachLines.ts';

const screening = {
  lang: 'ckb',
  findings: [{ guideline: 'attack', start: 0, end: 1, why: 'a word' }],
  scores: { attack: 0.6, threat: 0.3, toxic: 0.9, relevance: 0.4 },
};

test('lines that are none are refused', () => {
  const wrong = [
    'attack 0.6',
    'attack/ckb 1',
    'attack/ckb 0.01',
    'attack/ckb 0.995',
    'a/ckb 0.6\na/ckb 0.7',
    'A/ckb 0.6',
  ];
  for (const text of wrong) assert.equal(readBreachLines(text), undefined, text);
  assert.deepEqual([...(readBreachLines('') ?? [1])], []);
});

test('a line for a language goes before the one for all, and both before the standard', () => {
  const lines = readBreachLines('attack/* 0.4\nattack/ckb 0.7');
  assert.deepEqual(
    [lineFor(lines, 'attack', 'ckb'), lineFor(lines, 'attack', 'en'), lineFor(lines, 'threat', 'en')],
    [0.7, 0.4, 0.5],
  );
  assert.equal(
    writeBreachLines(lines ?? new Map(), { guideline: 'attack', language: 'ckb', score: 0.4 }),
    'attack/* 0.4',
  );
  assert.equal(writeBreachLines(new Map(), { guideline: 'threat', language: 'en', score: 0.3 }), 'threat/en 0.3');
  assert.equal(writeBreachLines(new Map(), { guideline: 'threat', language: 'en', score: 0.5 }), '');
});

test('a raised line unmarks what lies below it, findings too; a lowered one marks more; relevance runs the other way', () => {
  assert.deepEqual(marksOf(screening), { found: ['attack'], scored: ['attack', 'relevance'] });
  const lines = readBreachLines('attack/ckb 0.7\nthreat/ckb 0.3\nrelevance/* 0.2');
  assert.deepEqual(marksOf(screening, lines), { found: [], scored: ['threat'] });
  assert.deepEqual(marksOf({ ...screening, lang: 'en' }, lines), { found: ['attack'], scored: ['attack'] });
});
