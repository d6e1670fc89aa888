import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isSameName, nameKeys } from './nameKey.ts';

const same: [string, readonly string[]][] = [
  [
    'Nina Berg',
    [
      'nina berg',
      'NINA  BERG',
      'N1na Berg',
      'Nína Bérg',
      'N\u200dina Berg',
      'Ninа Berg',
      'Ｎｉｎａ．Ｂｅｒｇ',
      'NlNA BERG',
      'Nina Ｂerg',
      '𝐍𝐢𝐧𝐚 Berg',
    ],
  ],
  ['سيروان علي', ['سیروان علی', 'ســيروان علي', 'سِيروان عليّ', 'سيروان\u200cعلي']],
  ['Ali', ['Alî', 'ALİ', 'Alı', 'AIi', 'A1i']],
  ['Ivan', ['lvan', '1van', 'IVAN']],
  ['Tom', ['Torn', 'T0m', 'Тоm']],
  ['Coca', ['Соса', 'СОСА']],
  ['Maia', ['Μαια']],
  ['The Harbour', ['The Harb0ur', 'the-harbour', 'Thе Harbour', 'The Harbour.', '«The Harbour»']],
];

for (const [name, variants] of same) {
  for (const variant of variants) {
    test(`"${variant}" can be taken for "${name}"`, () => assert.ok(isSameName(variant, name)));
  }
}

test('other names stay other names', () => {
  const names = [
    ...['Nina Berg', 'Nina Bergen', 'Nino Berg', 'Nina Berg 2', 'Nina Berg 3', 'Lia', 'Ila', 'Mila', 'Milo'],
    ...['سیروان', 'شیروان', 'سەروان', 'Пётр', 'Павел', 'דנה', 'דינה', '🙂', '🙃', '!'],
  ];
  for (const [at, name] of names.entries()) {
    for (const other of names.slice(at + 1)) assert.ok(!isSameName(name, other), `${name} and ${other}`);
  }
});

test('a name of signs alone has a key, and an empty one none', () => {
  assert.notDeepEqual(nameKeys('!!'), []);
  assert.deepEqual(nameKeys(''), []);
});

test('a very long name is compared in no time that anybody notices', () => {
  assert.ok(nameKeys('a\u0301l1'.repeat(100_000)).length > 0);
});
