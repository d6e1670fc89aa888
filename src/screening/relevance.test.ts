import assert from 'node:assert/strict';
import { test } from 'node:test';
import { prepareStory } from './relevance.ts';
import { screen } from './screen.ts';

const story = {
  headline: 'Council cuts bus services in the northern quarter',
  standfirst: 'From March a bus will run once an hour; residents say that nobody asked them.',
  text: `The city council decided on Tuesday to cut bus services in the northern quarter. The operator says that fuel and
    drivers have become too expensive, and that half of the seats stay empty after nine in the evening. Residents who
    gathered outside the town hall disagree. Nurses on the late shift at the hospital would have to walk home along an
    unlit road, said Maryam Salih, who drives a taxi herself. The mayor promised a review in autumn and a small fund for
    shared taxis. Schools fear that pupils will be late; the headmistress of the girls’ school asked for an earlier
    morning bus. Opposition members called the vote rushed, because the report with passenger numbers was handed out only
    an hour before the session. The transport union announced a protest march and collected four thousand signatures.`,
  tags: ['transport', 'council', 'hospital'],
};

const offTopic = `My grandmother's recipe for lentil soup needs two onions, a carrot, cumin, lemon juice and patience: fry the
  onions slowly, rinse the lentils, simmer everything forty minutes, blend half, season with salt and serve hot with toasted
  flatbread, parsley and yoghurt on top.`;

function relevance(text: string, parent?: string): number | undefined {
  return screen({ text, story, parent, lang: 'en' }).scores.relevance;
}

test('without a story there is no relevance', () => {
  assert.equal(screen({ text: 'The bus was late.' }).scores.relevance, undefined);
});

test('an empty story gives no reason to call anything off topic', () => {
  const empty = prepareStory({ headline: '', text: '', tags: [] });
  assert.ok((screen({ text: offTopic, story: empty, lang: 'en' }).scores.relevance as number) >= 0.5);
});

test('a long comment that shares nothing with the story is below the line', () => {
  assert.ok((relevance(offTopic) as number) < 0.5);
});

test('relevance alone never suggests rejecting', () => {
  assert.equal(screen({ text: offTopic, story, lang: 'en' }).suggestion, 'review');
});

test('comments about the story are above those that say little, and both above the line', () => {
  const about = relevance('The council cut our buses before anyone saw the passenger numbers.') as number;
  const little = relevance('Well said, I fully agree.') as number;
  assert.ok(about > little && about > 0.75, `${about} > ${little}`);
  assert.ok(little > 0.55);
});

test('short reactions and a word to the newsroom stay well above the line', () => {
  for (const text of [
    'Shame!',
    '👍',
    'Finally.',
    'No.',
    'Thank you for this.',
    'Terrible headline, poor reporting, please check your facts before publishing next time, editors.',
  ]) {
    assert.ok((relevance(text) as number) > 0.55, `${text}: ${relevance(text)}`);
  }
});

test('an answer is about what it answers', () => {
  const parent = 'My lentil soup with cumin and lemon helped me through the bus strike.';
  const text =
    'Lentil soup with cumin is what my mother cooked as well, with onions and flatbread and toasted parsley.';
  assert.ok((relevance(text, parent) as number) > (relevance(text) as number));
});

test('a comment in another language than the story’s is not judged', () => {
  const text =
    'شۆربای نیسک پێویستی بە دوو پیاز و گێزەر و کەموون و لیمۆ هەیە، بە هێواشی سووری بکەرەوە و چل خولەک بیکوڵێنە';
  assert.equal(screen({ text, story }).scores.relevance, undefined);
});

test('words meet across endings, articles and spellings', () => {
  const arabic = { headline: 'المجلس يخفض رحلات الحافلات', text: 'قرر مجلس المدينة خفض رحلات الحافلات في الحي الشمالي' };
  assert.ok((screen({ text: 'والحافلات دائما متأخرة', story: arabic, lang: 'ar' }).scores.relevance as number) > 0.7);
  const sorani = {
    headline: 'شارەوانی پاسەکان کەم دەکاتەوە',
    text: 'ئەنجومەنی شارەوانی بڕیاری دا پاسەکانی گەڕەکی باکوور کەم بکاتەوە',
  };
  assert.ok((screen({ text: 'پاسه‌کان هه‌میشه‌ دره‌نگن', story: sorani, lang: 'ckb' }).scores.relevance as number) > 0.7);
  const turkish = {
    headline: 'Belediye otobüs seferlerini azalttı',
    text: 'Belediye meclisi seferleri azaltma kararı aldı',
  };
  assert.ok(
    (screen({ text: 'Otobüsler hep geç geliyor', story: turkish, lang: 'tr' }).scores.relevance as number) > 0.7,
  );
});

test('an advertisement that shares no word with the story is not about it', () => {
  assert.ok((relevance('Buy now at https://cheap.example best price') as number) < 0.5);
});
