import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { parseCursor, writeCursor } from './cursor.ts';

const encode = (text: string): string => Buffer.from(text).toString('base64url');

describe('the cursor of a thread', () => {
  it('refuses what is no cursor', () => {
    const bad = [
      '',
      '%',
      'x',
      'newest',
      encode('newest'),
      encode('newest.'),
      encode('newest.-1'),
      encode('newest.1.2'),
    ];
    const worse = [encode('newest.1e9'), encode('newest.99999999999999999'), encode('replies.1.2'), 'A'.repeat(5000)];
    for (const cursor of [...bad, ...worse]) {
      assert.equal(parseCursor(cursor, 'newest').outcome, 'refused', cursor);
    }
  });

  it('refuses the cursor of another order', () => {
    assert.equal(parseCursor(writeCursor({ sort: 'oldest', position: 3 }), 'newest').outcome, 'refused');
    assert.equal(parseCursor(encode('replies.1.2'), 'replies').outcome, 'refused');
  });

  it('reads back what it wrote', () => {
    for (const place of [
      { sort: 'newest', position: 12 },
      { sort: 'oldest', position: 0 },
      { sort: 'replies', snapshot: 90, replies: 3, position: 12 },
    ] as const) {
      assert.deepEqual(parseCursor(writeCursor(place), place.sort), { outcome: 'parsed', value: place });
    }
  });

  it('stands in an address as it is', () => {
    assert.match(
      writeCursor({ sort: 'replies', snapshot: 9_007_199_254_740_991, replies: 1, position: 2 }),
      /^[\w-]+$/,
    );
  });
});
