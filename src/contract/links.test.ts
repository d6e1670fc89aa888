import assert from 'node:assert/strict';
import { test } from 'node:test';
import { findLinks, mostLinks } from './links.ts';

/** What can be pressed in a text, as it is written there, and where it leads. */
function pressed(text: string): [string, string][] {
  return findLinks(text).map(({ start, end, href }) => [text.slice(start, end), href]);
}

const written = (text: string): string[] => pressed(text).map(([address]) => address);

test('what is no address of the web stays text', () => {
  for (const text of [
    '',
    'https://',
    'https:// example.org',
    'http:///example.org',
    'https:example.org',
    'https:/example.org',
    'https:\\\\example.org',
    '//example.org',
    'www.example.org',
    'example.org',
    'mailto:ann@example.org',
    'javascript:alert(1)',
    'javascript://example.org/%0Aalert(1)',
    'data:text/html,<script>alert(1)</script>',
    'blob:x file:///etc/passwd ftp://example.org intent://example.org',
    'xhttps://example.org',
    'http\u017f://example.org',
    'https\uff1a//example.org',
    'https://localhost/',
    'https://intranet',
    'https://.example.org',
    'https://example..org',
    'https://-example.org',
    'https://example-.org',
    'https://example.org:99999/',
    'https://example.org:80a/',
    'https://exa%6dple.org/',
    'https://xn--zzzzzz--.example/',
  ]) {
    assert.deepEqual(pressed(text), [], text);
  }
});

test('an address that names somebody before its host stays text', () => {
  for (const text of [
    'https://bank.example@evil.example',
    'https://bank.example:443@evil.example/',
    'https://bank.example%2Flogin@evil.example',
    'https://ann:secret@example.org/',
    'https://@evil.example/',
    'https://bank.example\u2044login@evil.example',
  ]) {
    assert.deepEqual(pressed(text), [], text);
  }
});

test('an @ after the host is part of the address, and a backslash ends it', () => {
  assert.deepEqual(pressed('https://example.org/@ann'), [['https://example.org/@ann', 'https://example.org/@ann']]);
  assert.deepEqual(pressed('https://bank.example\\@evil.example'), [['https://bank.example', 'https://bank.example/']]);
});

test('a machine in the reader’s own network is nothing to press', () => {
  for (const host of ['127.0.0.1', '192.168.1.1:8080', '0x7f.1', '0x7f.0x1', '2130706433', '[::1]', '1.2.3.4.'])
    assert.deepEqual(pressed(`http://${host}/reboot`), [], host);
});

test('an address with something in it that cannot be seen stays text', () => {
  for (const hidden of ['\u200e', '\u200f', '\u061c', '\u202e', '\u2066', '\u200b', '\u200d', '\u00ad', '\u034f']) {
    assert.deepEqual(pressed(`https://example.org/a${hidden}b`), [], `in the path ${escape(hidden)}`);
    assert.deepEqual(pressed(`https://exam${hidden}ple.org/`), [], `in the host ${escape(hidden)}`);
    assert.deepEqual(pressed(`https://example.org${hidden}.evil.example/`), [], `after the host ${escape(hidden)}`);
  }
  for (const hidden of ['\ufe0f', '\u115f', '\u3164', '\u{e0041}', '\ue000', '\ud800', '\ufffe'])
    assert.deepEqual(pressed(`https://example.org/a${hidden}b`), [], escape(hidden));
  assert.deepEqual(pressed('https://exam\u200cple.org/'), []);
});

test('what cannot be seen behind an address is not part of it', () => {
  assert.deepEqual(written('(https://example.org/a\u200f)\u200e.'), ['https://example.org/a']);
  assert.deepEqual(written('https://example.org\u200f'), ['https://example.org']);
});

test('a name that imitates another by letters of several scripts stays text', () => {
  for (const host of [
    'раypal.example',
    'аррӏе.example',
    'www.аррӏе.com',
    'gооgle.com',
    'εxample.org',
    'ɢoogle.com',
    'ｇoogle.com',
    'ⓖoogle.com',
    'example。org',
    'e\u0338xample.org',
    'exämplе.org',
    'مثال.com',
    'paypal\u0307.com',
    'exaᴍple.org',
  ])
    assert.deepEqual(pressed(`https://${host}/`), [], host);
});

test('a name in one script leads to its host in ASCII, and stays as it was written', () => {
  assert.deepEqual(pressed('https://münchen.example/straße'), [
    ['https://münchen.example/straße', 'https://xn--mnchen-3ya.example/stra%C3%9Fe'],
  ]);
  assert.deepEqual(pressed('https://www.пример.рф'), [['https://www.пример.рф', 'https://www.xn--e1afmkfd.xn--p1ai/']]);
  assert.deepEqual(pressed('لە https://مثال.إيران/ا دا'), [
    ['https://مثال.إيران/ا', 'https://xn--mgbh0fb.xn--kgbe3a4fra/%D8%A7'],
  ]);
  assert.deepEqual(pressed('HTTPS://Example.ORG/A'), [['HTTPS://Example.ORG/A', 'https://example.org/A']]);
});

test('the signs of a sentence that stand behind an address are not part of it', () => {
  for (const sign of ['.', ',', ';', ':', '!', '?', '…', '?!', '...', "'", '"', '”', '’', '»', '>', '*', '—', '!!'])
    assert.deepEqual(written(`See https://example.org/a${sign} It says so.`), ['https://example.org/a'], sign);
  for (const sign of ['،', '؛', '؟', '۔', '।', '。', '»', '.\u200f', '!\u200f', '👍', '❤️', '👍🏽', '👨‍👩‍👧'])
    assert.deepEqual(written(`ببینە https://example.org/a${sign} دەڵێت`), ['https://example.org/a'], sign);
  assert.deepEqual(written('https://example.org،وقال https://example.org/ب؛و'), [
    'https://example.org',
    'https://example.org/ب',
  ]);
});

test('a bracket is part of an address where it was opened in it', () => {
  for (const [text, address] of [
    ['(https://example.org/a)', 'https://example.org/a'],
    ['(https://example.org/a).', 'https://example.org/a'],
    ['(see https://example.org/Bridge_(city))', 'https://example.org/Bridge_(city)'],
    ['https://example.org/Bridge_(city).', 'https://example.org/Bridge_(city)'],
    ['[https://example.org/a]', 'https://example.org/a'],
    ['[words](https://example.org/a)', 'https://example.org/a'],
    ['https://example.org/?q[]=1', 'https://example.org/?q[]=1'],
    ['https://example.org/a))))', 'https://example.org/a'],
    ['https://example.org/a((', 'https://example.org/a'],
    ['「https://example.org/a」', 'https://example.org/a'],
    ['<https://example.org/a>', 'https://example.org/a'],
    ['(https://example.org)', 'https://example.org'],
  ] as const)
    assert.deepEqual(written(text), [address], text);
});

test('everything that belongs to an address is kept: port, query, place, letters of every script and their joiners', () => {
  for (const address of [
    'http://example.org',
    'https://sub.example.co.uk:8443/a/b.html?c=d&e=%20f#g',
    'https://example.org?a=b',
    'https://example.org#a',
    'https://example.org/~ann/-_+=$!a,b;c:d@e*f',
    'https://fa.example/wiki/می\u200cنویسد',
    'https://ckb.example/کوردی_(زمان)',
    'https://example.org/हिन्दी',
    'https://example.org/watch?v=abc_',
    'https://under_score.example.org/',
    'https://xn--mnchen-3ya.example/',
  ])
    assert.deepEqual(written(`before ${address} after`), [address], address);
});

test('markup and quotation marks end an address, so that none gets into one', () => {
  for (const end of [
    '"',
    '<',
    '>',
    '`',
    '{',
    '}',
    '|',
    '^',
    '\\',
    '“',
    '”',
    '„',
    '«',
    '\n',
    '\t',
    '\u2028',
    '\u00a0',
    '\u3000',
  ])
    assert.deepEqual(pressed(`https://example.org/a${end}onclick=alert(1)`), [
      ['https://example.org/a', 'https://example.org/a'],
    ]);
  const [found] = findLinks(`https://example.org/?q='onclick='alert(1)`);
  assert.ok(found && !/["<>\s]/.test(found.href));
});

test('an address follows letters of a script that joins its words, but not letters of its own', () => {
  assert.deepEqual(written('والhttps://example.org'), ['https://example.org']);
  assert.deepEqual(written('see:https://example.org'), ['https://example.org']);
  assert.deepEqual(written('9https://example.org _https://example.org'), []);
});

test('offsets are of the text as it is, with all that stands before', () => {
  const text = '👩‍🚒 e\u0301 https://example.org/é\nhttps://example.com';
  assert.deepEqual(
    findLinks(text).map(({ start, end }) => text.slice(start, end)),
    ['https://example.org/é', 'https://example.com'],
  );
});

test('a comment has no more links than twenty', () => {
  const found = findLinks('https://example.org/ '.repeat(190));
  assert.equal(found.length, mostLinks);
  assert.equal(mostLinks, 20);
});

test('a comment that is nothing but the beginnings of addresses is read once', ({ mock }) => {
  const parse = mock.method(URL, 'parse');
  for (const part of [
    'http://http://',
    'http://',
    'https://a.example/?',
    'https://a.example/)',
    'https://a.example/(',
    'https://a.example,',
    'https://a.example/ ',
    'https://a.example،',
    'https://a:',
  ]) {
    parse.mock.resetCalls();
    const text = part.repeat(Math.ceil(4000 / part.length)).slice(0, 4000);
    assert.ok(findLinks(text).length <= mostLinks);
    const read = parse.mock.calls.reduce((sum, call) => sum + String(call.arguments[0]).length, 0);
    assert.ok(read <= text.length, `${part}: ${read} characters`);
  }
});

test('an address longer than two thousand characters stays text', () => {
  assert.equal(findLinks(`https://example.org/${'a'.repeat(1980)}`).length, 1);
  assert.equal(findLinks(`https://example.org/${'a'.repeat(1981)}`).length, 0);
});
