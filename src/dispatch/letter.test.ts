import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isOneAddress, manyLines, oneLine } from './letter.ts';
import { mailHost, parseSender } from './smtp.ts';

test('two addresses, a header or a turned direction is not one address', () => {
  for (const value of [
    '',
    'a',
    'a@b@c',
    'a@b,c@d',
    'a@b\r\nBcc: c@d',
    'a@b\u2028',
    '"a" <a@b>',
    'a(b)@c',
    'a@b\u202e',
    'a @b',
    `${'a'.repeat(65)}@b`,
    'a@\ud800',
  ]) {
    assert.equal(isOneAddress(value), false, JSON.stringify(value));
  }
});

test('ordinary addresses are addresses, in other scripts as well', () => {
  for (const value of ['a.b+c@news.example', "o'neil@x.example", 'نامە@نموونە.example'])
    assert.equal(isOneAddress(value), true, value);
});

test('a header is one line, and no direction is turned in it', () => {
  assert.equal(oneLine('a\r\nBcc: x\u2028\u202eb\u0000\ud800'), 'a Bcc: x b \ufffd');
});

test('a body keeps its lines and loses other controls', () => {
  assert.equal(manyLines(' a\r\nb\rc\u0007\u202ed\u200c '), 'a\nb\nc  d\u200c');
});

test('the sender is an address with or without a name', () => {
  assert.deepEqual(parseSender('desk@news.example'), { address: 'desk@news.example' });
  assert.deepEqual(parseSender('"The Desk" <desk@news.example>'), { address: 'desk@news.example', name: 'The Desk' });
  for (const written of [undefined, '', 'desk', 'a@b, c@d', 'A <a@b> <c@d>'])
    assert.equal(parseSender(written), undefined);
});

test('an address of numbers is no mail domain', () => {
  assert.equal(mailHost('https://talk.news.example'), 'talk.news.example');
  assert.equal(mailHost('http://127.0.0.1:3000'), 'localhost');
  assert.equal(mailHost('http://[::1]:3000'), 'localhost');
});
