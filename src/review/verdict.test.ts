import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { DecisionView } from '../contract/desk.ts';
import type { Standing } from '../record/decisions.ts';
import { weigh, weighAppeal } from './verdict.ts';

const held: Standing = {
  state: 'held',
  version: 1,
  sha256: 'ab',
  decision: null,
  claim: undefined,
  pending: undefined,
  reading: { asksTwo: false, first: undefined, editors: [] },
  guidelineVersion: 3,
};
const rejected: DecisionView = {
  verdict: 'reject',
  guideline: 'attack',
  guidelineVersion: 1,
  explanation: null,
  by: 'Ada',
  automated: false,
  decidedAt: '2026-11-22T12:00:00.000Z',
};
const claim = { account: 'ben', by: 'Ben', expiresAt: new Date('2026-11-22T12:10:00Z') };

function reasonOf(...args: Parameters<typeof weigh>): string {
  const weighed = weigh(...args);
  return weighed.outcome === 'refused' ? weighed.refusal.reason : weighed.outcome;
}

describe('a verdict', () => {
  test('on a decided comment meets the first decision, however stale it is and whoever holds a claim', () => {
    const standing: Standing = { ...held, state: 'rejected', version: 2, decision: rejected, claim };
    const weighed = weigh({ verdict: 'approve', version: 1 }, standing, 'ada');
    assert.deepEqual(weighed, {
      outcome: 'refused',
      refusal: { reason: 'already_decided', beside: { decision: rejected, state: 'rejected', version: 2 } },
    });
  });

  test('cannot follow a withdrawal or an erasure, although the comment was decided before', () => {
    for (const state of ['withdrawn', 'erased'] as const) {
      const standing: Standing = { ...held, state, decision: rejected };
      assert.equal(reasonOf({ verdict: 'approve', version: 1 }, standing, 'ada'), 'state_moved_on');
      assert.equal(reasonOf({ verdict: 'remove', guideline: 'attack' }, standing, 'ada'), 'state_moved_on');
    }
  });

  test("is refused on another version, against a colleague's claim, without a guideline and with an unknown one", () => {
    assert.equal(reasonOf({ verdict: 'approve', version: 2 }, held, 'ada'), 'state_moved_on');
    assert.equal(reasonOf({ verdict: 'approve', version: 1 }, { ...held, claim }, 'ada'), 'claimed_by_another');
    assert.equal(reasonOf({ verdict: 'reject', version: 1 }, held, 'ada'), 'guideline_required');
    const unknown = { ...held, guidelineVersion: undefined };
    assert.equal(reasonOf({ verdict: 'reject', guideline: 'x', version: 1 }, unknown, 'ada'), 'guideline_unknown');
    assert.equal(reasonOf({ verdict: 'remove', guideline: 'attack' }, held, 'ada'), 'state_moved_on');
  });

  test("stands without a claim, with one's own, and records the guideline's version of now", () => {
    assert.equal(reasonOf({ verdict: 'approve', version: 1 }, held, 'ada'), 'stands');
    const weighed = weigh({ verdict: 'reject', guideline: 'attack', version: 1 }, { ...held, claim }, 'ben');
    assert.deepEqual(weighed, {
      outcome: 'stands',
      verdict: { verdict: 'reject', guideline: 'attack', guidelineVersion: 3, explanation: null },
    });
  });
});

describe('a verdict on an appeal', () => {
  const rejecters = ['moderator:cy', 'moderator:ada'];
  const standing = { state: 'rejected', version: 2, sha256: 'ab', appeal: 'open', rejecters } as const;

  test('is refused when it was given before, to whoever rejected it, alone or as one of two, and after a withdrawal', () => {
    assert.equal(weighAppeal({ ...standing, appeal: 'upheld' }, 'moderator:ben')?.refusal.reason, 'appeal_closed');
    for (const rejecter of rejecters) assert.equal(weighAppeal(standing, rejecter)?.refusal.reason, 'same_moderator');
    assert.equal(weighAppeal({ ...standing, state: 'withdrawn' }, 'moderator:ben')?.refusal.reason, 'state_moved_on');
  });

  test('is for another moderator to give', () => {
    assert.equal(weighAppeal(standing, 'moderator:ben'), undefined);
    assert.equal(weighAppeal({ ...standing, state: 'removed' }, 'moderator:ben'), undefined);
  });
});
