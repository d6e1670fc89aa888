import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { chooseInterface, chooseLanguage, interfaceLanguages, translate } from './messages.ts';
import { refusalReasons } from './refusals.ts';
import { startingGuidelines } from './startingGuidelines.ts';

const folder = new URL('./messages/', import.meta.url);

function readCatalogue(language: string): Record<string, string> {
  return JSON.parse(readFileSync(new URL(`${language}.json`, folder), 'utf8')) as Record<string, string>;
}

function placesOf(sentence: string): string[] {
  return [...sentence.matchAll(/\{\w+\}/g)].map(([place]) => place).toSorted();
}

const english = readCatalogue('en');

describe('the sentences of the interface', () => {
  it('are there in every language that the interface speaks, and in no other', () => {
    const files = readdirSync(folder).map((name) => name.replace('.json', ''));
    assert.deepEqual(files.toSorted(), interfaceLanguages.toSorted());
  });

  for (const language of interfaceLanguages) {
    const catalogue = readCatalogue(language);

    it(`are neither too few nor too many in ${language}`, () => {
      const missing = Object.keys(english).filter((key) => !(key in catalogue));
      const unknown = Object.keys(catalogue).filter((key) => !(key in english));
      assert.deepEqual({ missing, unknown }, { missing: [], unknown: [] });
    });

    it(`have the same places to fill in ${language} as in English`, () => {
      const different = Object.entries(english)
        .filter(([key, sentence]) => placesOf(catalogue[key] ?? '').join() !== placesOf(sentence).join())
        .map(([key]) => key);
      assert.deepEqual(different, []);
    });

    it(`are text without markup, direction marks or white space around it in ${language}`, () => {
      for (const [key, sentence] of Object.entries(catalogue)) {
        assert.doesNotMatch(sentence, /[<>\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069]|^\s|\s$|^$/u, key);
      }
    });
  }

  it('say in Arabic script what is said in Sorani, Arabic and Persian, with the letters of each', () => {
    for (const language of ['ckb', 'ar', 'fa']) {
      for (const [key, sentence] of Object.entries(readCatalogue(language))) {
        assert.match(sentence, /\p{Script=Arabic}/u, `${language} ${key}`);
        const foreign = language === 'ar' ? /[\u06a9\u06cc\u06d5]/u : /[\u0643\u064a\u0649]/u;
        assert.doesNotMatch(sentence, foreign, `${language} ${key}`);
      }
    }
  });

  it('name every reason for a refusal and every guideline that a site starts with', () => {
    for (const reason of refusalReasons) assert.ok(english[`refusal.${reason}`], reason);
    for (const key of startingGuidelines) {
      for (const part of ['title', 'wording', 'explanation'])
        assert.ok(english[`guideline.${key}.${part}`], `${key}.${part}`);
    }
  });

  it('come in English where a language is not spoken, and leave a place that nothing fills', () => {
    assert.equal(translate('xx', 'form.send'), english['form.send']);
    assert.equal(translate('ar-IQ', 'form.send'), readCatalogue('ar')['form.send']);
    assert.equal(translate('en', 'form.left'), english['form.left']);
    assert.equal(translate('en', 'form.replyTitle', { name: '{count}' }), 'Reply to {count}');
  });
});

describe('the language of the interface', () => {
  it('is the first language that is spoken of those that are offered, or in English', () => {
    assert.equal(chooseInterface('ckb-IQ', 'en'), 'ckb');
    assert.equal(chooseInterface(undefined, 'zxx', 'ar'), 'ar');
    assert.equal(chooseInterface('zxx', 'zxx'), 'en');
    assert.equal(chooseInterface('arc'), 'en');
  });

  it('is the one that the reader asks for first among those that are spoken', () => {
    assert.equal(chooseLanguage('de, ckb;q=0.8, en;q=0.5', 'en'), 'ckb');
    assert.equal(chooseLanguage('ar-IQ,ar;q=0.9', 'en'), 'ar');
    assert.equal(chooseLanguage('de', 'ckb'), 'ckb');
    assert.equal(chooseLanguage(undefined, 'ar'), 'ar');
    assert.equal(chooseLanguage('ckb;q=0', 'en'), 'en');
    assert.equal(chooseLanguage(','.repeat(100_000), 'en'), 'en');
  });
});
