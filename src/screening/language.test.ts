import assert from 'node:assert/strict';
import { test } from 'node:test';
import { detectLanguage } from './language.ts';

const short: Record<string, string[]> = {
  ckb: [
    'دەستتان خۆش بێت',
    'زۆر سوپاس برا',
    'ئەمە ڕاست نییە',
    'کەی مووچە دەدرێت',
    'حکومەت چی کردووە',
    'به‌ڕاستی زۆر جوانه‌',
    'ئێمە ئاومان دەوێت',
  ],
  kmr: [
    'Destê we sax',
    'Gelek spas bira',
    'Ev ne rast e',
    'Hikumetê çi kiriye',
    'Ez ji te hez dikim',
    'Nuceyek gelek xirab',
    'Em av naxwazin',
  ],
  ar: [
    'شكرا جزيلا لكم',
    'هذا غير صحيح',
    'متى توزع الرواتب',
    'ماذا فعلت الحكومة',
    'كلام فارغ يا جماعة',
    'شنو هالحجي هذا',
    'نريد ماء وكهرباء',
  ],
  fa: [
    'خیلی ممنون از شما',
    'این درست نیست',
    'کی حقوق می‌دهند',
    'دولت چه کرده است',
    'چرا دروغ میگید',
    'بیچاره مردم ایران',
    'ما آب می‌خواهیم',
  ],
  tr: [
    'Çok teşekkür ederim',
    'Bu doğru değil',
    'Maaşlar ne zaman yatacak',
    'Hükümet ne yaptı',
    'Guzel bir yazi olmus',
    'Boyle haber mi olur',
    'Su istiyoruz artık',
  ],
  en: ['Thank you all', 'This is wrong', 'Shame on them'],
  de: ['Vielen Dank euch', 'Das stimmt nicht', 'Eine Schande ist das'],
  fr: ['Merci beaucoup madame', "C'est un mensonge", 'Quelle honte alors'],
  es: ['Muchas gracias amigos', 'Esto es mentira', 'Qué vergüenza señores'],
  it: ['Grazie mille amici', 'Questa è falsa', 'Che vergogna questa'],
  pt: ['Muito obrigado gente', 'Isso é mentira', 'Que vergonha isso'],
  nl: ['Heel erg bedankt', 'Dit klopt niet', 'Wat een schande'],
  pl: ['Bardzo dziękuję wam', 'To jest kłamstwo', 'Wstyd dla rządu'],
  ru: ['Большое спасибо вам', 'Это неправда совсем'],
  hi: ['बहुत धन्यवाद आपका', 'यह झूठ है'],
};

test('a text without letters is in no language', () => {
  for (const text of ['', '   ', '12:30', '👍👍👍', '!!!', '\ud800', '\u200b\u200b']) {
    assert.equal(detectLanguage(text), 'und', JSON.stringify(text));
  }
});

test('languages that screening does not know are not taken for one it does', () => {
  const unknown = {
    hu: 'Nem hiszem, hogy ez igaz lenne, miért nem kérdezte meg senki',
    id: 'Saya tidak percaya bahwa ini benar, kenapa tidak ada yang bertanya',
    fi: 'En usko että tämä on totta, miksi kukaan ei kysynyt pormestarilta',
    vi: 'Tôi không tin điều này là sự thật, tại sao không ai hỏi',
    hr: 'Ne vjerujem da je to istina, zašto nitko nije pitao gradonačelnika',
    ur: 'مجھے یقین نہیں آتا کہ یہ سچ ہے، کسی نے میئر سے کیوں نہیں پوچھا',
    ps: 'زه باور نه لرم چې دا رښتیا ده ولې چا له ښاروال څخه ونه پوښتل',
    uk: 'Я не вірю, що це правда, чому ніхто не запитав мера',
    ja: 'これは本当だとは思いません',
    el: 'Δεν πιστεύω ότι αυτό είναι αλήθεια',
  };
  for (const [code, text] of Object.entries(unknown)) assert.equal(detectLanguage(text), 'und', code);
});

for (const [code, texts] of Object.entries(short)) {
  test(`three words are enough to tell ${code}`, () => {
    for (const text of texts) assert.equal(detectLanguage(text), code, text);
  });
}

test('Kurmanji and Turkish are told apart without their special letters', () => {
  assert.equal(detectLanguage('ez dixwazim bicim mala xwe le nikarim'), 'kmr');
  assert.equal(detectLanguage('ben eve gitmek istiyorum ama gidemiyorum'), 'tr');
});

test('Persian typed with Arabic yeh and kaf is still Persian', () => {
  assert.equal(detectLanguage('من فكر مي كنم اين درست نيست ولي چرا كسي نگفت'), 'fa');
});

test('a web address does not decide the language', () => {
  assert.equal(detectLanguage('bu haberi şurada okudum https://www.example.com/news/today'), 'tr');
});

test('the language of the most words wins in a mixed text', () => {
  assert.equal(detectLanguage('ئەمە وتارێکی زۆر باشە، thank you very much برایان'), 'ckb');
});
