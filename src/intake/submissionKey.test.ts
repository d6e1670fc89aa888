import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isPublicId } from '../contract/ids.ts';
import type { Story } from '../contract/story.ts';
import { deriveKey } from '../record/deriveKey.ts';
import { createMac } from '../record/mac.ts';
import { formSubmission, isIdempotencyKey, keyedSubmission } from './submissionKey.ts';

const mac = createMac(deriveKey('a secret', 'submission'));
const story: Story = {
  site: 'sample',
  story: 'welcome',
  headline: '',
  byline: '',
  published: new Date(0),
  tags: [],
  language: 'en',
  dir: 'ltr',
  text: '',
  comments: 'open',
};
const draft = { name: 'Rojîn', text: 'A text.' };
const keyed = (more: { key?: string; draft?: object; story?: Partial<Story> } = {}) =>
  keyedSubmission(mac, { ...story, ...more.story }, { key: more.key ?? 'k', draft: { ...draft, ...more.draft } });

test('a key is 1 to 200 visible ASCII characters', () => {
  for (const key of ['', ' ', 'a b', 'a\n', 'é', 'k'.repeat(201)]) assert.equal(isIdempotencyKey(key), false, key);
  for (const key of ['!', '~', 'k'.repeat(200), crypto.randomUUID()]) assert.equal(isIdempotencyKey(key), true, key);
});

test('the id depends on site, story and key, the fingerprint on every field of the body', () => {
  assert.deepEqual(keyed(), keyed());
  const ids = [
    keyed(),
    keyed({ key: 'l' }),
    keyed({ story: { site: 'other' } }),
    keyed({ story: { story: 'other' } }),
  ].map(({ id }) => id);
  assert.equal(new Set(ids).size, 4);
  for (const id of ids) assert.ok(isPublicId(id), id);
  const bodies = [
    {},
    { name: 'Rojîn ' },
    { text: 'A text' },
    { email: 'a@b.example' },
    { parentId: ids[0] },
    { name: 'Rojîn1:', text: 'A text.' },
  ];
  const keys = bodies.map((body) => keyed({ draft: body }));
  assert.equal(new Set(keys.map(({ fingerprint }) => fingerprint)).size, bodies.length);
  assert.equal(new Set(keys.map(({ id }) => id)).size, 1);
});

test('another secret gives other ids', () => {
  const other = createMac(deriveKey('another secret', 'submission'));
  assert.notEqual(keyedSubmission(other, story, { key: 'k', draft }).id, keyed().id);
});

test('a plain form has one id for a span of ten minutes and knows those of the spans beside it', () => {
  const at = (time: string) => formSubmission(mac, story, { draft, now: new Date(`2026-11-22T${time}Z`) });
  assert.equal(at('12:00:00').id, at('12:09:59').id);
  assert.notEqual(at('12:09:59').id, at('12:10:00').id);
  assert.deepEqual(at('12:10:00').nearbyIds, [at('12:00:00').id, at('12:20:00').id]);
  assert.notEqual(at('12:00:00').id, keyed().id);
});
