import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { criticisesNewsroom } from './newsroom.ts';

const names = ['The Harbour Post', 'Ada Stone'];
const isCritical = (lang: string, text: string): boolean => criticisesNewsroom({ text, lang }, names);

const faults: Record<string, string> = {
  en: 'This article is one-sided and leaves the harbour workers out.',
  ar: 'هذا المقال متحيز ولا يذكر رأي العمال.',
  ckb: 'هەواڵەکە یەکلایەنەیە و باسی کرێکارەکان ناکات.',
  kmr: 'Ev nûçe alîgir e û behsa karkeran nake.',
  fa: 'این مقاله یک‌طرفه است و حرف کارگران را نمی‌زند.',
  tr: 'Bu haber taraflı, işçilere hiç sorulmamış.',
  de: 'Dieser Artikel ist einseitig, niemand hat die Arbeiter gefragt.',
  fr: 'Cet article est biaisé, personne n’a interrogé les ouvriers.',
  es: 'Este artículo está sesgado, nadie preguntó a los obreros.',
  it: 'Questo articolo è fazioso, nessuno ha sentito gli operai.',
  pt: 'Este artigo é tendencioso, ninguém ouviu os operários.',
  nl: 'Dit artikel is eenzijdig, niemand heeft de arbeiders gevraagd.',
  pl: 'Ten artykuł jest stronniczy, nikt nie zapytał robotników.',
  ru: 'Эта статья предвзятая, рабочих никто не спросил.',
  hi: 'यह लेख एकतरफा है, मज़दूरों से किसी ने नहीं पूछा।',
};

const praises: Record<string, string> = {
  en: 'A careful article. The harbour was in a terrible state.',
  ar: 'مقال جميل، شكرا لكم. كان الميناء في حالة سيئة.',
  ckb: 'دەستتان خۆش بێت بۆ هەواڵەکە. بەندەرەکە خراپ بوو.',
  kmr: 'Spas ji bo vê nûçeyê. Bender xirab bû.',
  fa: 'ممنون از این مقاله. وضع بندر بد بود.',
  tr: 'Bu haber için teşekkürler. Liman çok kötüydü.',
  de: 'Danke für diesen Artikel. Der Hafen war in schlechtem Zustand.',
  fr: 'Merci pour cet article. Le port était en mauvais état.',
  es: 'Gracias por este artículo. El puerto estaba muy mal.',
  it: 'Grazie per questo articolo. Il porto era in pessimo stato.',
  pt: 'Obrigado por este artigo. O porto estava em péssimo estado.',
  nl: 'Dank voor dit artikel. De haven was slecht onderhouden.',
  pl: 'Dziękuję za ten artykuł. Port był w fatalnym stanie.',
  ru: 'Спасибо за статью. Порт был в ужасном состоянии.',
  hi: 'इस लेख के लिए धन्यवाद। बंदरगाह बेकार हालत में था।',
};

describe('whether a comment finds fault with the newsroom', () => {
  for (const [lang, text] of Object.entries(faults)) {
    it(`is told of a fault found with an article (${lang})`, () => assert.ok(isCritical(lang, text)));
  }

  for (const [lang, text] of Object.entries(praises)) {
    it(`is not told of thanks for one, with a fault found elsewhere (${lang})`, () =>
      assert.ok(!isCritical(lang, text)));
  }

  it('is told where the newsroom or the writer is called by name', () => {
    assert.ok(isCritical('en', 'Ada Stone got the date wrong again.'));
    assert.ok(isCritical('en', 'I am disappointed by the harbour post'));
    assert.ok(!isCritical('en', 'Eli Brook got the date wrong again.'));
  });

  it('is not told of nothing, of another language’s words, nor of a language without a list', () => {
    for (const text of ['', ' ', '!!!', '\u0000', 'false'.repeat(2)]) assert.ok(!isCritical('en', text), text);
    assert.ok(!isCritical('de', 'This article is one-sided.'));
    assert.ok(!isCritical('und', 'This article is one-sided.'));
  });
});
