import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readLabels } from './labels.ts';

test('an unknown label is refused by name', () => {
  assert.throws(() => readLabels('hatte', []), /hatte/);
});

test('hate becomes identity, toxic and the guideline of whom it names', () => {
  const { labels } = readLabels('hate', ['racism', 'none']);
  assert.equal(labels.identity, 1);
  assert.equal(labels.toxic, 1);
  assert.equal(labels.racism, 1);
  assert.equal(labels.sexism, 0);
  assert.equal(readLabels('hate', ['religion']).labels.racism, 0);
});

test('swearing without a target is no abuse, criticism of the newsroom breaks nothing', () => {
  assert.equal(readLabels('profanity', []).labels.toxic, 0);
  const { labels, newsroom } = readLabels('ok newsroom', []);
  assert.ok(newsroom);
  assert.ok(Object.values(labels).every((value) => value === 0));
});

test('what is doubtful is unknown, not harmless', () => {
  const { labels } = readLabels('attack ?profanity', []);
  assert.equal(labels.profanity, undefined);
  assert.equal(labels.attack, 1);
  assert.equal(readLabels('?hate', []).labels.identity, undefined);
});
