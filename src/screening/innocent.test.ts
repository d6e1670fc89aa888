import assert from 'node:assert/strict';
import { test } from 'node:test';
import { screenByLists } from './byLists.ts';
import { screen } from './screen.ts';

/** Comments that break no guideline: nothing at all may be found in them. */
const innocent: Record<string, string[]> = {
  en: [
    'People in Scunthorpe, Penistone and Cockermouth read the assassination story in class',
    'She graduated magna cum laude from Essex and analyses titles',
    'Dick Cheney and Dick Van Dyke never met, I think',
    'The cockpit crew saw a cockroach and a peacock',
    'Breast cancer screening and prostate exams save lives',
    'Gay men, lesbians, Muslims, Jews, Kurds, Arabs and Black people all live here',
    'I could kill for a coffee, this heat will kill you',
    'The police shot the dog and hung the picture on the wall',
    'A pig farmer lost 300 pigs, and snowflakes fell on the rat run',
    'The bus costs $3.50 and leaves at 10:30 on 2026-11-22',
    'I would never kill you, we would never hurt you',
  ],
  tr: [
    'Sık sık gidiyorum, hiç sıkıntı yok',
    'SIK SIK YAZIYORUM SİZE',
    'Kürtler, Ermeniler ve Araplar kardeştir',
    'Malatya kayısısı, elma ve biraz piyaz',
    'Götürdüler onu şehre, gotik kiliseye',
  ],
  ckb: [
    'کەر و بەراز و سەگ ئاژەڵن لەم گوندەدا',
    'کوردەکان و عەرەبەکان و تورکەکان برا بن',
    'گوێم لێ بوو، گوندەکە زۆر جوانە',
    'ئاوارەکان پێویستیان بە یارمەتییە',
  ],
  kmr: [
    'Kurd, ereb û tirk bira ne',
    'Min gûz xwarin û guh da te',
    'Kirin û gotin ne yek in, wî kir û me nekir',
    'Ez ji kûçikê xwe hez dikim',
  ],
  ar: [
    'الكلب حيوان أليف',
    'الأكراد والعرب والفرس واليهود إخوة',
    'كسبنا المباراة وكسر الرقم القياسي',
    'النيكل والزبدة والزبائن والخولي',
    'سرطان الثدي مرض خطير',
  ],
  fa: [
    'هیچ کس نیامد و کسی هم نبود',
    'ترک‌ها، لرها، عرب‌ها و کردها برادرند',
    'سرطان پستان را جدی بگیرید',
    'در روستای ما خر و گاو و اسب داریم',
    'کیروش مربی خوبی بود',
  ],
  de: [
    'Schwarze, Schwule und Juden leben hier',
    'Schweinefleisch gibt es und Affen im Zoo',
    'Der Assistent ist nett und klassisch',
  ],
  fr: [
    'Le cul-de-sac est bloqué depuis hier',
    'Les noirs et les homosexuels habitent ici',
    'Un concours de confitures à Concarneau',
  ],
  es: [
    'El año pasado comió pollo en la disputa',
    'Los negros y los gays viven aquí',
    'La basura y las ratas en la calle',
  ],
  it: ['Il cavallo di Troia e i finocchi', 'Le penne all’arrabbiata sono buone'],
  pt: ['Os negros e os gays moram aqui', 'O computador foi disputado na reputação'],
  nl: ['De varkens staan in de stal', 'Een homo en een lesbisch stel wonen hier'],
  pl: ['Pedał gazu w moim samochodzie', 'Świnie i barany w gospodarstwie'],
  ru: [
    'Хлеб себе, учебник ребёнку, потребовать неба',
    'Не надо оскорблять и употреблять',
    'Скипидар и команда, хачапури и мандарины',
  ],
  hi: ['मुसलमान और दलित भाई हैं', 'गधे और कुत्ते जानवर हैं'],
};

for (const [lang, texts] of Object.entries(innocent)) {
  test(`innocent words that hold listed ones are left alone in ${lang}`, () => {
    for (const text of texts) assert.deepEqual(screenByLists({ text, lang }).findings, [], text);
  });
}

const criticism: Record<string, string[]> = {
  en: [
    'Your article is poor, the headline is misleading and the editor should be ashamed.',
    'This newspaper never checks its facts. Do better.',
    'You got the numbers wrong again, and the journalist did not ask the other side.',
    'Why do the moderators delete every comment that disagrees with you?',
  ],
  ar: ['مقالكم سيء والعنوان مضلل، عيب على الصحيفة', 'لماذا تحذفون التعليقات التي لا تعجبكم؟'],
  ckb: ['وتارەکەتان خراپ بوو، نووسەر پێویستە شەرم بکات', 'بۆچی ئەو کۆمێنتانە دەسڕنەوە کە بە دڵتان نین؟'],
  kmr: ['Gotara we gelek xirab bû, divê edîtor şerm bike', 'We dîsa hejmar şaş nivîsandine'],
  fa: ['مقاله شما بد بود و تیتر گمراه کننده است', 'چرا نظرهایی را که دوست ندارید حذف می‌کنید؟'],
  tr: ['Bu yazı çok kötü olmuş, editör utanmalı', 'Beğenmediğiniz yorumları neden siliyorsunuz?'],
  de: ['Der Artikel ist schlecht, die Redaktion sollte sich schämen', 'Schon wieder falsche Zahlen in dieser Zeitung'],
};

for (const [lang, texts] of Object.entries(criticism)) {
  test(`criticism of the newsroom in ${lang} is no finding and belongs to the story`, () => {
    const story = {
      headline: 'Council cuts bus services',
      text: 'The council decided on Tuesday to cut the buses in the north of the city. '.repeat(20),
    };
    for (const text of texts) {
      const { scores } = screen({ text, lang, story });
      assert.deepEqual(screenByLists({ text, lang }).findings, [], text);
      assert.ok(scores.relevance === undefined || scores.relevance > 0.6, `${text}: ${scores.relevance}`);
    }
  });
}
