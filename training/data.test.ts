import assert from 'node:assert/strict';
import { test } from 'node:test';
import { knownLanguages } from '../src/screening/language.ts';
import { readChecks } from './checks.ts';
import { readConceptEntries, readConcepts } from './concepts.ts';
import { expandContrast } from './expand.ts';

/** So many different sentences a language has at least; more where no labelled data exist. */
const LEAST = 2500;
const LEAST_WITHOUT_DATA = 4000;
const withoutData = new Set(['fa', 'ckb', 'kmr']);
const LEAST_CHECKS = 300;

for (const lang of knownLanguages) {
  test(`contrast data in ${lang} are many, of both verdicts, and no check is among them`, () => {
    const sentences = expandContrast(lang);
    const texts = new Set(sentences.map(({ text }) => text));
    assert.ok(texts.size >= (withoutData.has(lang) ? LEAST_WITHOUT_DATA : LEAST), `${texts.size} sentences`);
    const harmless = sentences.filter(({ labels }) => labels.toxic === 0).length;
    assert.ok(harmless > 0.3 * sentences.length && harmless < 0.8 * sentences.length, `${harmless} harmless`);
    for (const head of ['threat', 'attack', 'sexism', 'racism', 'homophobia', 'xenophobia', 'promotion'] as const) {
      assert.ok(sentences.filter(({ labels }) => labels[head] === 1).length >= 20, `hardly any ${head}`);
    }
    assert.ok(sentences.filter(({ newsroom, labels }) => newsroom && labels.toxic === 0).length >= 40, 'newsroom');
    const checks = readChecks(lang);
    assert.ok(checks.length >= LEAST_CHECKS, `${checks.length} checks`);
    assert.deepEqual(
      checks.filter(({ text }) => texts.has(text)),
      [],
    );
    assert.equal(new Set(checks.map(({ text }) => text)).size, checks.length, 'a check stands twice');
  });

  test(`the concepts of ${lang} can be read`, () => {
    const concepts = readConcepts();
    assert.ok(readConceptEntries(lang, concepts).keys.length > concepts.kinds.length);
  });
}
