import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import {
  chooseInterface,
  chooseLanguage,
  formsOf,
  interfaceLanguages,
  translate,
  translateCount,
  type CountedKey,
  type MessageKey,
} from './messages.ts';
import { pluralForms, writeDigits } from './numbers.ts';
import { refusalReasons } from './refusals.ts';
import { startingGuidelines } from './startingGuidelines.ts';

const folder = new URL('./messages/', import.meta.url);

function readCatalogue(language: string): Record<string, string> {
  const parts = new URL(`${language}/`, folder);
  const sentences: Record<string, string> = {};
  for (const part of readdirSync(parts)) {
    Object.assign(sentences, JSON.parse(readFileSync(new URL(part, parts), 'utf8')));
  }
  return sentences;
}

function placesOf(sentence: string): string[] {
  return [...sentence.matchAll(/\{\w+\}/g)].map(([place]) => place).toSorted();
}

const english = readCatalogue('en');

/** The sentences that count, without their form: those that English has for one and for more. */
const counted = Object.keys(english)
  .filter((key) => key.endsWith('.other') && key.replace(/other$/, 'one') in english)
  .map((key) => key.replace(/\.other$/, '') as CountedKey);

function keysFor(language: string): string[] {
  const forms = (key: string, taken: readonly string[]) => taken.map((form) => `${key}.${form}`);
  const singles = new Set(counted.flatMap((key) => forms(key, ['one', 'other'])));
  const plain = Object.keys(english).filter((key) => !singles.has(key));
  return [...plain, ...counted.flatMap((key) => forms(key, pluralForms(language)))];
}

describe('the sentences of the interface', () => {
  it('are there in every language that the interface speaks, and in no other', () => {
    const names = readdirSync(folder).map((name) => name.replace('.ts', ''));
    assert.deepEqual([...new Set(names)].toSorted(), interfaceLanguages.toSorted());
  });

  it('say in Arabic script what is said in Sorani, Arabic and Persian, with the letters of each', () => {
    for (const language of ['ckb', 'ar', 'fa']) {
      for (const [key, sentence] of Object.entries(readCatalogue(language))) {
        assert.match(sentence, /\p{Script=Arabic}/u, `${language} ${key}`);
        const foreign = language === 'ar' ? /[\u06a9\u06cc\u06d5]/u : /[\u0643\u064a\u0649]/u;
        assert.doesNotMatch(sentence, foreign, `${language} ${key}`);
      }
    }
  });

  it('say in their own script what is said in Russian, Hindi and Hebrew', () => {
    for (const [language, script] of [
      ['ru', /\p{Script=Cyrillic}/u],
      ['hi', /\p{Script=Devanagari}/u],
      ['he', /\p{Script=Hebrew}/u],
    ] as const) {
      for (const [key, sentence] of Object.entries(readCatalogue(language)))
        assert.match(sentence, script, `${language} ${key}`);
    }
  });

  it('are translated, and English in no other language save for the words that it shares', () => {
    const shared: Readonly<Record<string, readonly string[]>> = {
      de: ['form.name', 'page.feeds'],
      fr: ['unit.minutes.one', 'unit.minutes.other', 'form.email', 'page.guidelineVersion', 'receipt.guidelineNamed'],
      it: ['form.email', 'page.privacy', 'privacy.title'],
      nl: ['form.email', 'page.feeds', 'page.privacy', 'privacy.title'],
      pl: ['form.email'],
      pt: ['form.email', 'page.feeds'],
    };
    for (const language of interfaceLanguages.filter((spoken) => spoken !== 'en')) {
      const same = Object.entries(readCatalogue(language)).filter(([key, sentence]) => english[key] === sentence);
      assert.deepEqual(same.map(([key]) => key).toSorted(), (shared[language] ?? []).toSorted(), language);
    }
  });

  it('name every reason for a refusal and every guideline that a site starts with', () => {
    for (const reason of refusalReasons) assert.ok(english[`refusal.${reason}`], reason);
    for (const key of startingGuidelines) {
      for (const part of ['title', 'wording', 'explanation'])
        assert.ok(english[`guideline.${key}.${part}`], `${key}.${part}`);
    }
  });

  it('take the form that the count asks for, in the digits of the language', () => {
    assert.deepEqual(
      [0, 1, 2, 3, 11, 100].map((count) => translateCount('ar', 'thread.count', count)),
      ['لا تعليقات', 'تعليق واحد', 'تعليقان', '3 تعليقات', '11 تعليقًا', '100 تعليق'],
    );
    assert.equal(translateCount('ckb-IQ', 'unit.days', 30), `${writeDigits('ckb', 30)} ڕۆژ`);
    assert.equal(translateCount('xx', 'thread.count', 1), '1 comment');
  });

  it('come in English where a language is not spoken, and leave a place that nothing fills', () => {
    assert.equal(translate('xx', 'form.send'), english['form.send']);
    assert.equal(translate('ar-IQ', 'form.send'), readCatalogue('ar')['form.send']);
    assert.equal(translate('en', 'form.left'), english['form.left']);
    assert.equal(translate('en', 'form.replyTitle', { name: '{count}' }), 'Reply to {count}');
  });
});

for (const language of interfaceLanguages) {
  describe(`the sentences in ${language}`, () => {
    const catalogue = readCatalogue(language);

    it(`are all of them known where ${language} is read from its parts, none of them twice`, () => {
      const parts = readdirSync(new URL(`${language}/`, folder)).map((part) =>
        Object.keys(JSON.parse(readFileSync(new URL(`${language}/${part}`, folder), 'utf8')) as object),
      );
      const keys = parts.flat();
      assert.equal(new Set(keys).size, keys.length);
      for (const key of keys) assert.notEqual(translate(language, key as MessageKey), undefined, key);
    });

    it(`are neither too few nor too many in ${language}, with the forms that it has for counts`, () => {
      const wanted = keysFor(language);
      const missing = wanted.filter((key) => !(key in catalogue));
      const unknown = Object.keys(catalogue).filter((key) => !wanted.includes(key));
      assert.deepEqual({ missing, unknown }, { missing: [], unknown: [] });
    });

    it(`have the same places to fill in ${language} as in English`, () => {
      const different = Object.entries(english)
        .filter(([key]) => !counted.some((stem) => key.startsWith(`${stem}.`)))
        .filter(([key, sentence]) => placesOf(catalogue[key] ?? '').join() !== placesOf(sentence).join())
        .map(([key]) => key);
      assert.deepEqual(different, []);
    });

    it(`count in ${language}: the number is named unless it is in the word, and no place is left open`, () => {
      for (const key of counted) {
        for (const [form, sentence] of Object.entries(formsOf(language, key))) {
          if (!['zero', 'one', 'two'].includes(form)) assert.match(sentence, /\{count\}/, `${key}.${form}`);
        }
        for (const count of [0, 1, 2, 3, 11, 21, 100, 1_000_000]) {
          const values = Object.fromEntries(
            placesOf(english[`${key}.other`] ?? '').map((place) => [place.slice(1, -1), 'x']),
          );
          assert.doesNotMatch(translateCount(language, key, count, values), /[{}]/, `${key} ${count}`);
        }
      }
    });

    it(`are text without markup, direction marks or white space around it in ${language}`, () => {
      for (const [key, sentence] of Object.entries(catalogue)) {
        assert.doesNotMatch(sentence, /[<>\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069]|^\s|\s$|^$/u, key);
      }
    });
  });
}

describe('the language of the interface', () => {
  it('is the first language that is spoken of those that are offered, or in English', () => {
    assert.equal(chooseInterface('ckb-IQ', 'en'), 'ckb');
    assert.equal(chooseInterface(undefined, 'zxx', 'ar'), 'ar');
    assert.equal(chooseInterface('zxx', 'zxx'), 'en');
    assert.equal(chooseInterface('arc'), 'en');
    assert.deepEqual(
      ['ku', 'ku-TR', 'ku-Latn', 'ku-Arab-IQ', 'pt-BR', 'de-CH-1996', 'iw-IL'].map((tag) => chooseInterface(tag)),
      ['kmr', 'kmr', 'kmr', 'ckb', 'pt', 'de', 'he'],
    );
  });

  it('is the one that the reader asks for first among those that are spoken', () => {
    assert.equal(chooseLanguage('sw, ckb;q=0.8, en;q=0.5', 'en'), 'ckb');
    assert.equal(chooseLanguage('ar-IQ,ar;q=0.9', 'en'), 'ar');
    assert.equal(chooseLanguage('de-AT, fr;q=0.8', 'en'), 'de');
    assert.equal(chooseLanguage('sw', 'ckb'), 'ckb');
    assert.equal(chooseLanguage(undefined, 'ar'), 'ar');
    assert.equal(chooseLanguage('ckb;q=0', 'en'), 'en');
    assert.equal(chooseLanguage(','.repeat(100_000), 'en'), 'en');
  });
});
