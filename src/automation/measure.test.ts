import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { DecidedScreening } from '../record/automation.ts';
import { modelVersion, type OwnHeads } from '../screening/index.ts';
import { measureAutomation } from './measure.ts';

const model = modelVersion();
const at = new Date('2026-11-22T12:00:00.000Z');
const before = new Date('2026-11-20T12:00:00.000Z');
const guidelines = new Set(['attack', 'relevance', 'house-rule']);
const shipped = { heads: undefined, origins: [], guidelines };

function decided(attack: number, of: Partial<DecidedScreening> = {}): DecidedScreening {
  const screening = { lang: 'en', model, scores: { attack, relevance: 0.1 } };
  const standard = { text: 'Well.', lang: 'en', verdict: 'approve', guideline: null } as const;
  return { ...standard, submittedAt: at, decidedAt: at, screening, ...of };
}

describe('the measured precision', () => {
  test('is none without decisions', async () => {
    assert.deepEqual(await measureAutomation([], shipped), []);
  });

  test('speaks only of guidelines that the site has and that could be left to a rule', async () => {
    const rows = await measureAutomation([decided(0.9)], shipped);
    assert.deepEqual(
      rows.map(({ guideline, language }) => [guideline, language]),
      [['attack', 'en']],
    );
  });

  test('counts as right only what a person rejected under this very guideline', async () => {
    const reject = (guideline: string): Partial<DecidedScreening> => ({ verdict: 'reject', guideline });
    const rows = await measureAutomation(
      [
        decided(0.95, reject('attack')),
        decided(0.95, { verdict: 'remove', guideline: 'attack' }),
        decided(0.95, reject('threat')),
        decided(0.95),
        decided(0.6, reject('attack')),
        decided(0.1),
      ],
      shipped,
    );
    const [row] = rows;
    assert.deepEqual([row?.decisions, row?.breaches], [6, 3]);
    const point = row?.curve.find(({ threshold }) => threshold === 0.9);
    assert.deepEqual(point, { threshold: 0.9, precision: 0.5, recall: 0.667, taken: 4 });
  });

  test('screens anew what was not screened, or by another model', async () => {
    const text = 'You are a stupid idiot.';
    const of = { text, verdict: 'reject', guideline: 'attack' } as const;
    const other = { lang: 'en', model: 'stet-of-last-year', scores: { attack: 0 } };
    const kept = decided(0, of);
    const rows = await measureAutomation(
      [decided(0, { ...of, screening: null }), decided(0, { ...of, screening: other }), kept],
      shipped,
    );
    assert.deepEqual(rows[0]?.curve.find(({ threshold }) => threshold === 0.9)?.taken, 2);
  });

  test('leaves out what the own heads have learnt from, and all where nobody knows what they saw', async () => {
    const heads: OwnHeads = { format: 1, base: model, until: '2026-11-21T00:00:00.000Z', heads: {} };
    const own = { lang: 'en', model: `${model}+own`, scores: { attack: 0.95 } };
    const list = [
      decided(0.9, { decidedAt: before, submittedAt: before }),
      decided(0.9, { screening: own }),
      // Came in while an earlier fit was in use.
      decided(0.9, { submittedAt: before, screening: own }),
    ];
    const [row] = await measureAutomation(list, { ...shipped, heads });
    assert.equal(row?.decisions, 2);
    assert.equal(row?.curve.find(({ threshold }) => threshold === 0.9)?.taken, 1);
    const { until: _, ...timeless } = heads;
    assert.deepEqual(await measureAutomation(list, { ...shipped, heads: timeless }), []);
  });
});
