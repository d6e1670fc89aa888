import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseAnswer } from './answer.ts';

const keys = ['attack', 'relevance'];
const wrap = (content: unknown, more: object = {}): string =>
  JSON.stringify({ choices: [{ message: { content, ...more }, finish_reason: 'stop' }] });
const good = { scores: { attack: 0.8, relevance: 0 }, reason: 'It insults the mayor.' };

function failureOf(body: string): string | undefined {
  const said = parseAnswer(body, keys);
  return said.said === 'failed' ? said.failure : undefined;
}

test('an answer that is not the closed schema is refused, whatever it means', () => {
  const bad: [string, unknown][] = [
    ['answer_no_object', 'approve'],
    ['answer_no_object', ''],
    ['answer_no_object', `${JSON.stringify(good)} I hope this helps.`],
    ['answer_no_object', `<think>hm</think>${JSON.stringify(good)}`],
    ['answer_no_object', `\`\`\`json\n${JSON.stringify(good)}\n\`\`\``],
    ['answer_no_object', JSON.stringify([good])],
    ['answer_no_object', 'null'],
    ['answer_fields', JSON.stringify({ ...good, verdict: 'approve' })],
    ['answer_fields', JSON.stringify({ scores: good.scores })],
    ['answer_fields', '{"__proto__":{"scores":{}},"reason":"x"}'],
    ['answer_scores', JSON.stringify({ ...good, scores: { attack: 0.8 } })],
    ['answer_scores', JSON.stringify({ ...good, scores: { ...good.scores, treason: 1 } })],
    ['answer_scores', JSON.stringify({ ...good, scores: { attack: 0.8, constructor: 0 } })],
    ['answer_scores', JSON.stringify({ ...good, scores: { attack: '0.8', relevance: 0 } })],
    ['answer_scores', JSON.stringify({ ...good, scores: { attack: 1.01, relevance: 0 } })],
    ['answer_scores', JSON.stringify({ ...good, scores: { attack: -0.1, relevance: 0 } })],
    ['answer_scores', '{"scores":{"attack":1e999,"relevance":0},"reason":""}'],
    ['answer_scores', JSON.stringify({ ...good, scores: { attack: null, relevance: 0 } })],
    ['answer_scores', JSON.stringify({ ...good, scores: [0.8, 0] })],
    ['answer_reason', JSON.stringify({ ...good, reason: 1 })],
    ['answer_reason', JSON.stringify({ ...good, reason: 'x'.repeat(401) })],
    ['answer_reason', JSON.stringify({ ...good, reason: 'turned \u202e around' })],
    ['answer_reason', JSON.stringify({ ...good, reason: 'tags \u{e0041}\u{e0042}' })],
    ['answer_reason', JSON.stringify({ ...good, reason: 'half \ud800' })],
    ['answer_reason', JSON.stringify({ ...good, reason: 'nul \u0000' })],
    ['answer_envelope', 5],
    ['answer_envelope', null],
  ];
  for (const [failure, content] of bad) assert.equal(failureOf(wrap(content)), failure, JSON.stringify(content));
});

test('an envelope without one whole message is refused', () => {
  for (const body of ['', 'null', '[]', '{}', '{"choices":[]}', '{"choices":{}}', '{"choices":[{"message":null}]}'])
    assert.equal(failureOf(body), 'answer_envelope', body);
  const cut = { choices: [{ message: { content: JSON.stringify(good) }, finish_reason: 'length' }] };
  assert.equal(failureOf(JSON.stringify(cut)), 'answer_cut');
  assert.equal(failureOf(wrap(null, { refusal: 'I cannot help with that.' })), 'answer_refused');
});

test('an answer within the schema is read, with scores to the thousandth', () => {
  const scores = { relevance: 0, attack: 0.80049 };
  assert.deepEqual(parseAnswer(wrap(JSON.stringify({ ...good, scores })), keys), {
    said: 'read',
    scores: { attack: 0.8, relevance: 0 },
    reason: 'It insults the mayor.',
  });
  assert.deepEqual(parseAnswer(wrap(JSON.stringify({ ...good, reason: ' ' })), keys), {
    said: 'read',
    scores: good.scores,
    reason: null,
  });
});
