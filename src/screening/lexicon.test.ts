import assert from 'node:assert/strict';
import { test } from 'node:test';
import words from './data/words.json' with { type: 'json' };
import { knownLanguages } from './language.ts';
import { type WordLine, buildLexicon, lexiconOf } from './lexicon.ts';
import { readPatterns } from './patterns.ts';
import { screenByLists as screen } from './byLists.ts';

const categories = new Set([
  'profanity',
  'vulgarity',
  'insult',
  'aimed',
  'sexism',
  'racism',
  'homophobia',
  'xenophobia',
  'allow',
]);

test('a phrase that names an unknown cue is refused when it is read', () => {
  assert.throws(() => readPatterns(['threat 0.9 | I 2WIL 2KILL | why'], new Map([['I', 16]])), /unknown cue/);
});

test('every line of the lists names known categories, a weight below one, and words', () => {
  const lists: Record<string, WordLine[]> = words;
  for (const [language, lines] of Object.entries(lists)) {
    for (const { categories: names, weight, words: listed } of lines) {
      for (const name of names.split('+')) assert.ok(categories.has(name), `${language}: ${name}`);
      assert.ok(weight >= 0 && weight < 1, `${language}: ${weight}`);
      for (const word of listed.split(' '))
        assert.match(word, /^\^?=?[\p{L}\p{M}\p{N}@'’_\-\u200c]+\*?$/u, `${language}: ${word}`);
    }
  }
});

test('every known language has words and phrases', () => {
  for (const language of knownLanguages) {
    const lexicon = lexiconOf(language);
    assert.ok(lexicon !== undefined && lexicon.patterns.length > 5, language);
    for (const key of ['profanity', 'vulgarity', 'sexism', 'racism', 'homophobia', 'xenophobia'])
      assert.ok(lexicon.covers.has(key), `${language} ${key}`);
  }
  assert.equal(lexiconOf('und'), undefined);
});

test('names of peoples, faiths, orientations and the body are on no list', () => {
  const neutral: Record<string, string> = {
    en: 'kurd arab jew muslim christian yazidi black white gay lesbian bisexual transgender queer woman immigrant refugee gypsy roma breast penis vagina anus disabled autistic',
    de: 'kurde araber jude muslim christ schwarzer schwul lesbisch frau flüchtling roma brust penis behindert',
    fr: 'kurde arabe juif musulman chrétien noir homosexuel lesbienne femme réfugié rom sein pénis handicapé',
    es: 'kurdo árabe judío musulmán cristiano negro gay lesbiana mujer refugiado gitano pecho pene',
    it: 'curdo arabo ebreo musulmano cristiano nero omosessuale lesbica donna rifugiato rom seno pene',
    pt: 'curdo árabe judeu muçulmano cristão preto negro gay lésbica mulher refugiado cigano peito pênis',
    nl: 'koerd arabier jood moslim christen zwart homo lesbisch vrouw vluchteling roma borst penis',
    pl: 'kurd arab żyd muzułmanin chrześcijanin czarny gej lesbijka kobieta uchodźca rom pierś penis',
    tr: 'kürt arap yahudi müslüman hristiyan ermeni alevi siyahi eşcinsel lezbiyen kadın mülteci çingene roman meme penis am',
    ru: 'курд араб еврей мусульманин христианин чёрный гей лесбиянка женщина беженец цыган грудь',
    hi: 'मुसलमान हिंदू दलित सिख ईसाई समलैंगिक औरत महिला शरणार्थी हिजड़ा',
    ar: 'كردي عربي يهودي مسلم مسيحي إيزيدي شيعي سني أسود مثلي امرأة لاجئ غجري ثدي قضيب',
    fa: 'کرد عرب ترک لر بلوچ یهودی مسلمان مسیحی بهایی سیاه‌پوست همجنسگرا زن مهاجر افغان پستان کس کسی',
    ckb: 'کورد عەرەب تورک فارس جوولەکە مسوڵمان مەسیحی ئێزیدی کاکەیی ژن ئاوارە مەمک',
    kmr: 'kurd ereb tirk faris cihû misilman mesîhî êzdî elewî jin penaber pêsîr kir kêr',
  };
  for (const [lang, listed] of Object.entries(neutral)) {
    for (const word of listed.split(' '))
      assert.deepEqual(screen({ text: word, lang }).findings, [], `${lang}: ${word}`);
  }
});

test('a word listed with a star matches its beginnings, without one only its endings', () => {
  const lexicon = buildLexicon('en', [{ categories: 'attack', weight: 0.6, words: 'flim* =flam flum' }]);
  const units = (text: string): Uint16Array => Uint16Array.from([...text].map((char) => char.charCodeAt(0)).concat(0));
  for (const [text, starts] of [
    ['flimsy', 1],
    ['flam', 1],
    ['flums', 1],
    ['fl', 0],
  ] as const) {
    let found = 0;
    lexicon.trie.walk(units(text), { start: 0, end: text.length }, () => found++);
    assert.equal(found, starts, text);
  }
});
