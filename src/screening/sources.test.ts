import assert from 'node:assert/strict';
import { test } from 'node:test';
import { screen } from './screen.ts';
import type { KnownLanguage, ScreeningStory } from './types.ts';
import { prepareStory } from './relevance.ts';

const story: ScreeningStory = {
  headline: 'The night ferry returns',
  tags: ['ferry'],
  text: 'The council said on Monday that the ferry will run at night again.',
};

const cited: readonly (readonly [KnownLanguage, string])[] = [
  ['en', 'According to https://www.bbc.com/news/uk-123 the ferry was stopped in May, so this article is wrong.'],
  ['en', 'See www.council.example/minutes for the figures of the last three years.'],
  ['en', 'Read the law first (https://laws.example.gov/act/12?lang=en#s3) before you write such things'],
  ['ckb', 'بەپێی https://www.rudaw.net/sorani/1 ئەمە ڕاست نییە'],
  ['ar', 'حسب https://www.aljazeera.net/news/2026 هذا الكلام غير صحيح'],
  ['fa', 'طبق گزارش https://www.isna.ir/news/1 این حرف درست نیست'],
  ['tr', 'TÜİK verilerine göre (https://data.tuik.gov.tr/Bulten) bu doğru değil.'],
  ['kmr', 'Bi ya https://www.rudaw.net/kurmanci/5 ev ne rast e.'],
  ['de', 'Laut www.destatis.de sind es nur 12 Prozent, nicht 30.'],
  ['ru', 'По данным https://rosstat.gov.ru/folder/12 это не так.'],
  ['hi', 'https://pib.gov.in/123 के अनुसार यह सही नहीं है।'],
];

test('people who cite a source are not taken for advertisers, and write in their own language', () => {
  for (const [lang, text] of cited) {
    const screening = screen({ text, story });
    assert.equal(screening.lang, lang, text);
    assert.ok((screening.scores.promotion ?? 1) < 0.5, `${text}: ${screening.scores.promotion}`);
  }
});

test('an address with a word or two beside it is a source, in the language of the story', () => {
  for (const text of [
    'https://en.wikipedia.org/wiki/Ferry',
    'Kaynak: https://www.resmigazete.gov.tr/',
    'سەرچاوە: https://www.rudaw.net/sorani',
  ]) {
    const screening = screen({ text, story });
    assert.equal(screening.scores.promotion, 0, text);
    assert.deepEqual(screening.findings, [], text);
  }
  const german = {
    headline: 'Die Fähre fährt wieder',
    text: 'Der Rat hat am Montag gesagt, dass die Fähre nachts wieder fährt.',
  };
  assert.equal(screen({ text: 'https://de.wikipedia.org/wiki/Bahn', story: prepareStory(german) }).lang, 'de');
});

test('an advertisement with an address stays one', () => {
  for (const text of [
    'I earned 5000 last week from home, ask me how: https://earn.example',
    'Visit my site myblog.example for more',
    'Kazancınızı ikiye katlayın https://bahis-x.example',
    'برای سفارش به کانال ما بپیوندید t.me/shop_x',
    'بۆ کڕین سەردانی ماڵپەڕەکەمان بکە www.bazar.example',
    'Join my channel https://t.me/xyz for signals',
  ]) {
    const { scores, findings } = screen({ text, story });
    assert.ok((scores.promotion ?? 0) >= 0.5, `${text}: ${scores.promotion}`);
    assert.ok(findings.length > 0, text);
  }
});

test('what is found in an address is found in all of it', () => {
  const text = 'Kazancınızı ikiye katlayın https://bahis-x.example/kayit bugün';
  for (const { start, end } of screen({ text }).findings) {
    const found = text.slice(start, end);
    assert.ok(!/^(https?|bahis|example)$/.test(found), found);
  }
});
