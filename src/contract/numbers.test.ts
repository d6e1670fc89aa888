import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { interfaceLanguages } from './messages.ts';
import { pluralForm, pluralForms, writeDigits } from './numbers.ts';

const formsFor = (language: string, counts: readonly number[]) => counts.map((count) => pluralForm(language, count));

describe('the form after a count', () => {
  it('is the English one in a language that nobody knows', () => {
    assert.deepEqual(formsFor('zxx', [0, 1, 2]), ['other', 'one', 'other']);
  });

  it('is one of six in Arabic', () => {
    assert.deepEqual(formsFor('ar', [0, 1, 2, 3, 10, 11, 99, 100, 102, 103]), [
      'zero',
      'one',
      'two',
      'few',
      'few',
      'many',
      'many',
      'other',
      'other',
      'few',
    ]);
    assert.equal(pluralForms('ar').length, 6);
  });

  it('goes by the last digits in Polish and Russian, each in its own way', () => {
    const counts = [1, 2, 5, 12, 21, 22, 111];
    assert.deepEqual(formsFor('pl', counts), ['one', 'few', 'many', 'many', 'many', 'few', 'many']);
    assert.deepEqual(formsFor('ru', counts), ['one', 'few', 'many', 'many', 'one', 'few', 'many']);
  });

  it('knows the Hebrew dual', () => {
    assert.deepEqual(formsFor('he', [1, 2, 3, 20]), ['one', 'two', 'other', 'other']);
  });

  it('is one or other in Sorani and Kurmanji, whether or not the machine knows Kurdish', () => {
    for (const language of ['ckb', 'ckb-IQ', 'kmr', 'ku']) {
      assert.deepEqual(formsFor(language, [0, 1, 2, 11, 101]), ['other', 'one', 'other', 'other', 'other'], language);
      assert.deepEqual(pluralForms(language), ['one', 'other']);
    }
  });

  it('always has an other, and needs no form that begins at a million', () => {
    for (const language of interfaceLanguages) assert.ok(pluralForms(language).includes('other'), language);
    assert.deepEqual(pluralForms('fr'), ['one', 'other']);
  });
});

describe('the digits of a language', () => {
  it('are those of its press in Sorani and Persian, and 0–9 elsewhere', () => {
    assert.equal(writeDigits('ckb', 1290), '١٢٩٠');
    assert.equal(writeDigits('fa-IR', '45–67'), '۴۵–۶۷');
    for (const language of ['en', 'ar', 'kmr', 'tr', 'zxx']) assert.equal(writeDigits(language, 1290), '1290');
  });
});
