import assert from 'node:assert/strict';
import { test } from 'node:test';
import { screenByLists } from './byLists.ts';
import { detectLanguage, prepareStory, screen } from './index.ts';
import type { Screening } from './types.ts';

/** What the findings point at, as "guideline: words". */
function said(text: string, screening: Screening): string[] {
  return screening.findings.map(({ guideline, start, end }) => `${guideline}: ${text.slice(start, end)}`);
}

function worst({ scores: { relevance: _, ...breaches } }: Screening): number {
  return Math.max(0, ...Object.values(breaches));
}

test('an empty text, lone surrogates and NUL are screened, not thrown at', () => {
  for (const text of ['', ' ', '\u0000', '\ud800', '\udc00\ud800', '\ufffe', '😀', '\u0301']) {
    const screening = screen({ text });
    assert.equal(screening.lang, 'und');
    assert.equal(screening.suggestion, 'review');
    assert.deepEqual(screening.findings, []);
  }
});

test('in an unknown language only promotion has a score', () => {
  assert.deepEqual(screen({ text: 'Nem hiszem, hogy ez igaz lenne, miért nem kérdezte meg senki' }).scores, {
    promotion: 0,
  });
});

test('a kind word is far below the line in every score its language has', () => {
  const { scores, suggestion, model } = screen({ text: 'Thank you, this was well worth reading.' });
  for (const key of [
    'profanity',
    'vulgarity',
    'threat',
    'attack',
    'sexism',
    'racism',
    'homophobia',
    'xenophobia',
    'identity',
    'promotion',
    'toxic',
  ] as const) {
    assert.ok((scores[key] ?? 1) < 0.35, `${key}: ${scores[key]}`);
  }
  assert.equal(scores.relevance, undefined);
  assert.equal(suggestion, 'approve');
  assert.match(model, /^stet-/);
});

test('the same text gives the same screening, whatever was screened between', () => {
  const text = 'You idiots, buy now at www.example.com';
  const first = JSON.stringify(screen({ text }));
  screen({ text: 'x'.repeat(100_000) });
  screen({ text: 'تۆ زۆر باشیت', parent: text });
  assert.equal(JSON.stringify(screen({ text })), first);
});

test('findings point at the words as received, emoji and marks included', () => {
  const text = '😀😀 go away, you i\u0301diots 👍🏽!';
  const screening = screen({ text, lang: 'en' });
  assert.deepEqual(said(text, screening), ['attack: you i\u0301diots']);
});

test('a language that was said is believed where the script agrees', () => {
  assert.equal(screen({ text: 'gift', lang: 'de' }).lang, 'de');
  assert.equal(screen({ text: 'gift', lang: 'de-AT' }).lang, 'de');
  assert.equal(screen({ text: 'سوپاس بۆ ئێوە', lang: 'ku' }).lang, 'ckb');
  assert.equal(screen({ text: 'spas ji bo we', lang: 'ku' }).lang, 'kmr');
  assert.equal(screen({ text: 'شكرا جزيلا لكم', lang: 'en' }).lang, 'ar');
  assert.equal(screen({ text: 'Thank you very much', lang: '\u0000' }).lang, 'en');
});

test('a word or two under a story is taken for the story’s language', () => {
  const story = {
    headline: 'Belediye otobüs seferlerini azalttı',
    text: 'Belediye meclisi salı günü kuzey mahallesindeki otobüs seferlerini azaltmaya karar verdi.',
  };
  assert.equal(screen({ text: 'Bravo!', story }).lang, 'tr');
});

const abuse: Record<string, string[]> = {
  en: [
    'you idiot',
    'He should be hanged',
    'I will kill you',
    'go back to your country',
    'immigrants are vermin',
    'women belong in the kitchen',
    'kys loser',
  ],
  ar: ['يا ابن الكلب', 'سأقتلك', 'أنت غبي', 'والشرموطة', 'اللاجئين حشرات'],
  ckb: ['دەتکوژم', 'تۆ گەمژەیت', 'تۆ سەگیت', 'سەگباب', 'عەرەبەکان سەگن', 'ئێوە دەبەنگن'],
  kmr: ['ez ê te bikujim', 'tu ehmeqî', 'tu kûçikî', 'qehpe', 'bênamûs'],
  fa: ['می‌کشمت', 'تو احمقی', 'خفه شو بیشعور', 'کس‌کش‌ها', 'حروم‌زاده'],
  tr: ['seni öldürürüm', 'Şerefsizler', 'salaksınız', 'SİKTİR', 'sen eşeksin', 'gerizekalı'],
  de: ['Du bist ein Vollidiot', 'Ich bringe dich um', 'Halt die Fresse'],
  fr: ['Tu es un connard', 'Je vais te tuer', 'ferme ta gueule'],
  es: ['Eres un gilipollas', 'Te voy a matar'],
  it: ['Sei uno stronzo', 'Ti ammazzo'],
  pt: ['Você é um idiota', 'filho da puta'],
  nl: ['Jij bent een klootzak', 'Ik maak je af'],
  pl: ['Jesteś debilem', 'zabiję cię'],
  ru: ['Ты мудак', 'я тебя убью'],
  hi: ['मार डालूंगा तुझे', 'तुम गधे हो'],
};

for (const [lang, texts] of Object.entries(abuse)) {
  test(`plain abuse in ${lang} is over the line and says why`, () => {
    for (const text of texts) {
      const screening = screen({ text, lang });
      assert.ok(worst(screening) >= 0.5, `${text}: ${JSON.stringify(screening.scores)}`);
      assert.notEqual(screening.suggestion, 'approve', text);
      for (const { start, end, why } of screening.findings) {
        assert.ok(start >= 0 && start < end && end <= text.length, text);
        assert.ok(why.length > 5, text);
      }
    }
  });
}

test('disguises do not hide a swearword', () => {
  for (const word of [
    'f u c k',
    'f.u.c.k',
    'fuuuuuck',
    'fuсk',
    'f*ck',
    'f**k',
    'ｆｕｃｋ',
    '𝓯𝓾𝓬𝓴',
    'fu\u200bck',
    'f\u0335u\u0335c\u0335k\u0335',
    'fück',
    'sh1t',
    '$hit',
  ]) {
    const text = `well ${word} that is what they all say`;
    const screening = screen({ text, lang: 'en' });
    assert.ok((screening.scores.profanity ?? 0) >= 0.5, `${word}: ${JSON.stringify(screening)}`);
    assert.ok(said(text, screening).includes(`profanity: ${word}`), JSON.stringify(said(text, screening)));
  }
  assert.ok((screen({ text: 'شـــرمـــوطة', lang: 'ar' }).scores.sexism ?? 0) >= 0.5);
});

test('what is quoted, denied or reported weighs less than what is said', () => {
  const direct = screen({ text: 'you are an idiot' });
  for (const text of [
    'Someone here wrote "you are an idiot", which is no argument',
    'He is not an idiot, just tired of it all',
    'They killed two people on our street last night',
  ]) {
    const screening = screen({ text, lang: 'en' });
    assert.ok(worst(screening) < worst(direct), `${text}: ${JSON.stringify(screening)}`);
  }
});

test('a phrase does not reach over the end of a sentence', () => {
  const { findings } = screenByLists({ text: 'That was you. Idiotic rules made this bus late.', lang: 'en' });
  assert.ok(
    findings.every(({ why }) => !why.includes('directly')),
    JSON.stringify(findings),
  );
});

test('the story may be given raw or prepared, with the same result', () => {
  const story = {
    headline: 'Council cuts bus services',
    standfirst: 'Residents were not asked',
    text: 'The council decided on Tuesday.',
    tags: ['transport'],
  };
  const text = 'The buses were full every morning.';
  assert.deepEqual(screen({ text, story }), screen({ text, story: prepareStory(story) }));
});

test('a screening names the language that the detector names', () => {
  const text = 'بۆچی کەس لە سەرۆکی شارەوانی نەپرسی';
  assert.equal(screen({ text }).lang, detectLanguage(text));
});
