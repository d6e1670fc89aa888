import assert from 'node:assert/strict';
import { test } from 'node:test';
import { screenLine } from './lines.ts';

test('bad lines answer with an error and the id where it can be read', () => {
  const bad: [unknown, unknown][] = [
    ['', null],
    ['not json', null],
    ['{"id":1', null],
    ['null', null],
    ['[]', null],
    ['"text"', null],
    [undefined, null],
    [42, null],
    ['{"text":"no id"}', null],
    ['{"id":{},"text":"x"}', null],
    ['{"id":"a"}', 'a'],
    ['{"id":"a","text":5}', 'a'],
    ['{"id":7,"text":"x","lang":1}', 7],
    ['{"id":"a","text":"x","parent":[]}', 'a'],
    ['{"id":"a","text":"x","story":"s"}', 'a'],
    ['{"id":"a","text":"x","story":{"text":"no headline"}}', 'a'],
    ['{"id":"a","text":"x","story":{"headline":"h","text":1}}', 'a'],
    ['{"id":"a","text":"x","story":{"headline":"h","text":"t","tags":"one"}}', 'a'],
    ['{"id":"a","text":"x","story":{"headline":"h","text":"t","tags":[1]}}', 'a'],
  ];
  for (const [line, id] of bad) {
    const answer = screenLine(line);
    assert.ok('error' in answer && answer.error.length > 5, String(line));
    assert.equal(answer.id, id, String(line));
  }
});

test('a good line answers in the shape of the contract', () => {
  const line = JSON.stringify({
    id: 'c1',
    text: 'The council cut our buses.',
    story: { headline: 'Council cuts buses', text: 'On Tuesday.', tags: ['transport'] },
    parent: 'Yes.',
  });
  const answer = screenLine(line);
  assert.deepEqual(Object.keys(answer), ['id', 'lang', 'scores', 'suggestion', 'findings', 'model']);
  assert.equal(answer.id, 'c1');
  assert.ok(!('error' in answer) && answer.scores.relevance !== undefined);
});

test('null for what is optional means absent', () => {
  const answer = screenLine({ id: null, text: 'Thank you all very much', lang: null, story: null, parent: null });
  assert.ok(!('error' in answer));
  assert.equal(answer.lang, 'en');
});
