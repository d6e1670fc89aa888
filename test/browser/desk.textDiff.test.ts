import assert from 'node:assert/strict';
import { test } from 'node:test';
import { compareTexts } from '../../src/web/desk/textDiff.ts';

const told = (before: string, after: string): string =>
  compareTexts(before, after)
    .map(({ kind, text }) => (kind === 'same' ? text : kind === 'gone' ? `[-${text}-]` : `[+${text}+]`))
    .join('');

test('what became of a text is told word by word, and both texts can be read out of it', () => {
  assert.equal(told('', ''), '');
  assert.equal(told('', 'No threats.'), '[+No threats.+]');
  assert.equal(told('No threats.', ''), '[-No threats.-]');
  assert.equal(told('No threats here.', 'No threats at all here.'), 'No threats [+at all +]here.');
  const long = 'word '.repeat(900);
  assert.equal(told(`${long}here`, `${long}there`), `${long}[-here-][+there+]`);
  const pairs = [
    ['one two three', 'three two one'],
    ['هەڕەشە نابێت', 'هەڕەشە و توندوتیژی نابێت'],
    ['a\n\nb', 'a b'],
    ['x '.repeat(2000), 'y '.repeat(2000)],
  ] as const;
  for (const [before, after] of pairs) {
    const changes = compareTexts(before, after);
    const without = (kind: string): string =>
      changes
        .filter((change) => change.kind !== kind)
        .map(({ text }) => text)
        .join('');
    assert.deepEqual([without('come'), without('gone')], [before, after]);
  }
});
