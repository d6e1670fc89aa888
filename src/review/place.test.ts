import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readAppealPlace, readQueuePlace, writeAppealPlace, writeQueuePlace } from './place.ts';

function written(place: unknown): string {
  return Buffer.from(JSON.stringify(place)).toString('base64url');
}

const id = '00000000-0000-4000-8000-000000000000';

test('a place that the database could not take is none', () => {
  for (const place of [
    { urgency: 1e308, seq: 1 },
    { urgency: null, seq: 1 },
    { urgency: '0', seq: 1 },
    { urgency: 0, seq: 2 ** 53 },
  ]) {
    assert.equal(readQueuePlace('need', written({ order: 'need', ...place })), undefined, JSON.stringify(place));
  }
  for (const at of [-8.64e15, 8.64e15, 8.64e15 + 1, -62_135_596_800_001, 'now']) {
    assert.equal(readAppealPlace(written({ at, id })), undefined, String(at));
  }
});

test('a place in the order of stories without its story is none', () => {
  for (const place of [
    {},
    { story: 'bridge', top: 1 },
    { site: 'a', story: 'tags', top: 1 },
    { site: 'a', story: 'bridge', top: '1' },
  ]) {
    assert.equal(readQueuePlace('story', written({ order: 'story', urgency: 1, seq: 1, ...place })), undefined);
  }
});

test('a place of one order is none of another', () => {
  assert.equal(readQueuePlace('newest', writeQueuePlace('need', { urgency: -32.5, seq: 3 })), undefined);
});

test('a place is read as it was written', () => {
  assert.deepEqual(readQueuePlace('need', writeQueuePlace('need', { urgency: -32.5, seq: 3 })), {
    urgency: -32.5,
    seq: 3,
  });
  const inStory = { urgency: 0.25, seq: 3, site: 'harbour', story: 'bridge', top: 0.75 };
  assert.deepEqual(readQueuePlace('story', writeQueuePlace('story', inStory)), inStory);
  const at = new Date('2026-11-22T12:00:00.123Z');
  assert.deepEqual(readAppealPlace(writeAppealPlace({ at, id })), { at, id });
});
