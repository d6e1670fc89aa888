import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Judgement, Pair } from '../contract/agreement.ts';
import { agreementOn, measureAgreement } from './measureAgreement.ts';

const approve: Judgement = { verdict: 'approve', guideline: null };
const reject = (guideline = 'attack'): Judgement => ({ verdict: 'reject', guideline });

function times(count: number, first: Judgement, second: Judgement): Pair[] {
  return Array.from({ length: count }, () => ({ first, second }));
}

const rejects = ({ verdict }: Judgement): boolean => verdict === 'reject';

describe('agreement', () => {
  it('is not told of fewer than twenty pairs, nor of none', () => {
    const { kappa, interval, pairs } = agreementOn(
      [...times(18, reject(), reject()), ...times(1, approve, approve)],
      rejects,
    );
    assert.deepEqual([kappa, interval, pairs], [null, null, 19]);
    assert.deepEqual(agreementOn([], rejects), { pairs: 0, agreed: 0, named: 0, kappa: null, interval: null });
  });

  it('is not told where both always said the same: there is nothing that chance could not do', () => {
    assert.equal(agreementOn(times(30, approve, approve), rejects).kappa, null);
  });

  it('is the textbook figure: 20 and 15 of 50 alike, 5 and 10 not, is 0.4', () => {
    const pairs = [
      ...times(20, reject(), reject()),
      ...times(5, reject(), approve),
      ...times(10, approve, reject()),
      ...times(15, approve, approve),
    ];
    const { kappa, interval, agreed, named } = agreementOn(pairs, rejects);
    assert.equal(kappa?.toFixed(6), '0.400000');
    assert.deepEqual(
      interval?.map((end) => end.toFixed(3)),
      ['0.146', '0.654'],
    );
    assert.deepEqual([agreed, named], [35, 35]);
  });

  it('is 1 where two always agree, -1 where never, and 0 where they agree as chance would', () => {
    const always = agreementOn([...times(10, reject(), reject()), ...times(10, approve, approve)], rejects);
    assert.deepEqual([always.kappa, always.interval], [1, null], 'no interval of twenty that happen to agree');
    assert.equal(agreementOn([...times(10, reject(), approve), ...times(10, approve, reject())], rejects).kappa, -1);
    const chance = [times(9, reject(), reject()), times(9, reject(), approve), times(9, approve, reject())];
    assert.equal(agreementOn([...chance.flat(), ...times(9, approve, approve)], rejects).kappa, 0);
  });

  it('counts another guideline as agreement on rejecting and as none on either guideline', () => {
    const { overall, guidelines } = measureAgreement([
      ...times(20, reject('attack'), reject('threat')),
      ...times(20, approve, approve),
    ]);
    assert.equal(overall.kappa, 1);
    assert.deepEqual(
      guidelines.map(({ guideline, named, kappa }) => [guideline, named, kappa]),
      [
        ['attack', 20, 0],
        ['threat', 20, 0],
      ],
    );
  });
});
