import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fingerprintComment } from './fingerprint.ts';
import { screenByLists as screen } from './byLists.ts';
import type { Ruleset } from './types.ts';

function promotion(text: string, rules?: Ruleset): number {
  return screen({ text }, rules).scores.promotion as number;
}

test('people who cite one source are never flagged', () => {
  const sources = [
    'The numbers are here: https://www.who.int/data/gho/2020-01-01.',
    'See example.org/report.pdf, page 12.',
    'Read the law first (https://laws.example.gov/act/12?lang=en#s3)',
    'www.bbc.co.uk/news reported the same last year',
    'سەرچاوە: https://www.rudaw.net/sorani',
    'المصدر https://www.aljazeera.net/news/2026',
    'منبع: https://www.isna.ir/news/1',
    'Kaynak: https://www.resmigazete.gov.tr/',
    'Çavkanî: https://www.rojname.example/nuce',
    'Click here for the minutes of the meeting: https://council.example/minutes',
  ];
  for (const text of sources) {
    const screening = screen({ text });
    assert.equal(screening.scores.promotion, 0, text);
    assert.deepEqual(screening.findings, [], text);
  }
});

test('dates, prices, votes and house numbers are not telephone numbers', () => {
  for (const text of [
    'On 2026-11-22 at 10:30 it was 1,000,000,000 dollars',
    'Between 0 and 5 percent, 2019 2020 2021',
    'Paragraph 0.1.2 of 3',
    'It cost $500 and €20 in all',
  ]) {
    assert.equal(promotion(text), 0, text);
  }
});

test('a call to buy with a way to follow it is promotion, in several languages', () => {
  const adverts = [
    'Buy now at https://cheap.example/x best price $20',
    'WhatsApp me on +44 20 7946 0958 to earn money',
    'Hemen satın al, indirim kodu burada https://ucuz.example/x',
    'للطلب واتساب 07701234567 توصيل مجاني',
    'بۆ داواکردن واتساپ 07501234567 گەیاندن بەخۆڕایی',
    'برای سفارش تماس بگیرید 09121234567 ارسال رایگان',
    'Ji bo têkilî whatsapp +964 750 123 4567 niha bikire',
    'Jetzt bestellen auf www.billig.example mit Rabattcode',
  ];
  for (const text of adverts) assert.ok(promotion(text) >= 0.5, `${text}: ${promotion(text)}`);
});

test('many links in one comment weigh more with each, three do not', () => {
  const links = (count: number): string =>
    Array.from({ length: count }, (_, i) => `https://site${i}.example/a`).join(' and ');
  assert.equal(promotion(`My sources: ${links(3)}`), 0);
  assert.ok(promotion(`Look: ${links(4)}`) > 0);
  assert.ok(promotion(`Look: ${links(6)}`) >= 0.5);
});

test('links to the site’s own origins are never counted, look-alike hosts are', () => {
  const rules = { origins: ['https://news.example'] };
  const own = Array.from({ length: 6 }, (_, i) => `https://news.example/story-${i}`).join(' ');
  const below = Array.from({ length: 6 }, (_, i) => `https://www.news.example/story-${i}`).join(' ');
  const alike = Array.from({ length: 6 }, (_, i) => `https://evil-news.example/story-${i}`).join(' ');
  assert.equal(promotion(own, rules), 0);
  assert.equal(promotion(below, rules), 0);
  assert.ok(promotion(alike, rules) >= 0.5);
  assert.ok(promotion(own) >= 0.5);
});

test('a hidden link, a telephone number and a mail address are shown with their words', () => {
  const text = 'Write to me: joe.doe@mail.example.com or https://bit.ly/3x or +964 750 123 4567.';
  const found = screen({ text }).findings.map(({ start, end }) => text.slice(start, end));
  assert.deepEqual(found, ['joe.doe@mail.example.com', 'https://bit.ly/3x', '+964 750 123 4567']);
});

test('the same few words over and over are shown', () => {
  const flood = 'vote for change '.repeat(12);
  assert.match(screen({ text: flood }).findings[0]?.why ?? '', /over and over/);
});

test('near copies of recent comments are found, other comments are not', () => {
  const text =
    'Dear neighbours, the council has a plan for our streets and nobody has read it, so come to the meeting on Thursday evening.';
  const recent = [fingerprintComment(text) as string, 'not a fingerprint', ''];
  const copy = text.replace('Thursday', 'Friday').toUpperCase();
  const other =
    'I read the plan for our streets and I think that the council should hold a meeting about it on another evening this week.';
  assert.match(
    screen({ text: copy }, { recentFingerprints: recent })
      .findings.map(({ why }) => why)
      .join(),
    /recent comment/,
  );
  assert.equal(screen({ text: other }, { recentFingerprints: recent }).scores.promotion, 0);
  assert.ok(
    (screen({ text }, { recentFingerprints: [...recent, ...recent, ...recent] }).scores.promotion as number) >= 0.5,
  );
});

test('a text too short to tell copies by has no fingerprint', () => {
  assert.equal(fingerprintComment('I agree with every word.'), undefined);
  assert.match(fingerprintComment('one two three four five six seven eight nine') as string, /^[0-9a-f]{16}$/);
});
