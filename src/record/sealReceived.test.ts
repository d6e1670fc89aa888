import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isPublicId } from '../contract/ids.ts';
import { commit } from './commitment.ts';
import { sealReceived } from './sealReceived.ts';

const submittedAt = new Date('2026-11-22T12:00:00.123Z');
const sha256 = Buffer.alloc(32, 7);
const comment = { site: 'sample', story: 'welcome', id: '0d9c2f6e-4a31-4c7b-9e55-7b0f2a6c1d38', sha256, submittedAt };

test('the commitment is that of any other event: salt and canonical JSON', () => {
  for (const received of [
    comment,
    { ...comment, site: 'x'.repeat(80), story: 'y'.repeat(80), sha256: sha256.toString('hex') },
  ]) {
    const { id, salt, commitment } = sealReceived(received);
    assert.ok(isPublicId(id));
    const record = {
      id,
      site: received.site,
      kind: 'received',
      comment: received.id,
      at: submittedAt.toISOString(),
      actor: 'reader',
      body: { story: received.story, sha256: sha256.toString('hex') },
    };
    assert.equal(commitment, commit(record, Buffer.from(salt, 'hex')).toString('hex'));
  }
});

test('no two salts are alike, and equal comments have unequal commitments', () => {
  const sealed = Array.from({ length: 1000 }, () => sealReceived(comment));
  assert.equal(new Set(sealed.map(({ salt }) => salt)).size, 1000);
  assert.equal(new Set(sealed.map(({ commitment }) => commitment)).size, 1000);
});
