import assert from 'node:assert/strict';
import { test } from 'node:test';
import { normalise } from './normalise.ts';
import { createReading, readText } from './reading.ts';

/** What the key's substring stands for in the text as received. */
function originOf(text: string, part: string): string {
  const { key, offsets } = normalise(text);
  const at = key.indexOf(part);
  assert.notEqual(at, -1, `"${part}" is not in the key "${key}"`);
  return text.slice(offsets[at], offsets[at + part.length]);
}

test('an empty text has an empty key and one offset', () => {
  const { key, offsets } = normalise('');
  assert.equal(key, '');
  assert.deepEqual([...offsets], [0]);
});

test('lone surrogates and NUL become separators and keep their offsets', () => {
  const { key, offsets } = normalise('a\ud800b\u0000c\udc00');
  assert.equal(key, 'a\ufffdb c\ufffd');
  assert.deepEqual([...offsets], [0, 1, 2, 3, 4, 5, 6]);
});

test('offsets step over emoji, joiners and selectors', () => {
  assert.equal(originOf('👨‍👩‍👧 Hello', 'hello'), 'Hello');
  assert.equal(originOf('❤️Wörd❤️', 'wörd'), 'Wörd');
  assert.equal(originOf('🏴󠁧󠁢󠁥󠁮󠁧󠁿 text', 'text'), 'text');
});

test('decomposed letters compose and bring their marks along', () => {
  const { key, offsets } = normalise('cafe\u0301 x');
  assert.equal(key, 'café x');
  assert.deepEqual([...offsets], [0, 1, 2, 3, 5, 6, 7]);
});

test('marks that compose with nothing vanish from the key, not from the span', () => {
  assert.equal(originOf('h\u0335a\u0335t\u0335 x', 'hat'), 'h\u0335a\u0335t\u0335');
});

test('one ligature that stands for many letters maps every letter to itself', () => {
  const { key, offsets } = normalise('ﷺ!');
  assert.ok(key.length > 10);
  assert.ok([...offsets].slice(0, key.length - 1).every((offset) => offset === 0));
  assert.equal(offsets[key.length], 2);
});

test('fancy alphabets, full width, squared and small letters read as plain ones', () => {
  assert.equal(normalise('𝓗𝓮𝓵𝓵𝓸').key, 'hello');
  assert.equal(normalise('Ｈｅｌｌｏ').key, 'hello');
  assert.equal(normalise('🅷🅴🅻🅻🅾').key, 'hello');
  assert.equal(normalise('ʜᴇʟʟᴏ').key, 'hello');
});

test('Arabic letter variants, tatweel and harakat fold together', () => {
  assert.equal(normalise('كِتـــابِي').key, normalise('کتابی').key);
  assert.equal(normalise('أُمَّة').key, normalise('امه').key);
  assert.equal(normalise('علىٰ').key, 'علی');
  assert.equal(normalise('ﻛﺘﺎﺏ').key, normalise('كتاب').key);
});

test('older Sorani spelling with ه and a joiner equals ە, and ھ equals ه', () => {
  assert.equal(normalise('ئه‌مه‌').key, normalise('ئەمە').key);
  assert.equal(normalise('ھەولێر').key, normalise('هەولێر').key);
  const text = 'ئه‌مه‌ باشه';
  assert.equal(originOf(text, 'باش'), 'باش');
});

test('digits of every script are ASCII digits', () => {
  assert.equal(normalise('٠٧٥ ۰۷۵ ०७५ ０７５').key, '075 075 075 075');
});

test('invisible characters and bidi controls vanish', () => {
  assert.equal(normalise('he\u200bl\u2060l\u202eo\u2069\ufeff').key, 'hello');
});

test('Turkish dotted capital I is i and dotless ı stays', () => {
  assert.equal(normalise('İĞIı').key, 'iğiı');
});

test('a long text is read without overflowing the stack', () => {
  assert.equal(normalise('ab '.repeat(100_000)).key.length, 300_000);
});

test('a million combining marks cost steps in proportion', () => {
  const steps = (times: number): number => readText(`a${'\u0301'.repeat(times)}`, createReading()).steps;
  assert.ok(steps(1_000_000) < 10.5 * steps(100_000));
});

test('words know their sentence, their quotation and their script', () => {
  const reading = readText('Yes. "no" да', createReading());
  assert.equal(reading.words, 3);
  assert.deepEqual([...reading.starts.subarray(0, 3)], [0, 6, 10]);
});
