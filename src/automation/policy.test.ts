import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { AutomationRule } from '../contract/automation.ts';
import type { Standing } from '../record/decisions.ts';
import type { Store } from '../record/store.ts';
import type { Screening } from '../screening/index.ts';
import { chooseRule, createPolicy, type JustHeld, type PolicyDeps, weighByRule } from './policy.ts';

const rule: AutomationRule = {
  id: 'a',
  guideline: 'attack',
  language: 'en',
  threshold: 0.9,
  precision: 0.98,
  decisions: 300,
  taken: 40,
  model: 'stet-1',
  fit: '',
  by: 'Eli',
  at: '2026-11-22T12:00:00.000Z',
};
const screening: Screening = {
  lang: 'en',
  model: 'stet-1',
  scores: { attack: 0.9, threat: 0.97 },
  suggestion: 'reject',
  findings: [],
};

describe('the rule that covers a comment', () => {
  test('is none for another language, another model, another fit, or a score below its threshold', () => {
    assert.equal(chooseRule([], screening, ''), undefined);
    assert.equal(chooseRule([rule], { ...screening, lang: 'de' }, ''), undefined);
    assert.equal(chooseRule([rule], { ...screening, model: 'stet-1+own' }, ''), undefined);
    assert.equal(chooseRule([rule], screening, '2026-11-20T00:00:00.000Z'), undefined);
    assert.equal(chooseRule([rule], { ...screening, scores: { attack: 0.899 } }, ''), undefined);
    assert.equal(chooseRule([rule], { ...screening, scores: { attack: NaN } }, ''), undefined);
    assert.equal(chooseRule([rule], { ...screening, scores: {} }, ''), undefined);
  });

  test('is never one about relevance, or about what no score speaks of', () => {
    const scores = { relevance: 0.99 };
    for (const guideline of ['relevance', 'house-rule', 'toxic']) {
      assert.equal(chooseRule([{ ...rule, guideline }], { ...screening, scores }, ''), undefined, guideline);
    }
  });

  test('is the one with the highest score, at its threshold or above', () => {
    const threat = { ...rule, id: 'b', guideline: 'threat' };
    assert.equal(chooseRule([rule], screening, '')?.id, 'a');
    assert.equal(chooseRule([rule, threat], screening, '')?.id, 'b');
  });
});

describe('a rule', () => {
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
  const ground = { guideline: 'attack', explanation: 'So.' };
  const reasonOf = (standing: Standing): string => {
    const weighed = weighByRule(standing, ground);
    return weighed.outcome === 'refused' ? weighed.refusal.reason : weighed.outcome;
  };

  test('decides nothing that moved on, that somebody is reading, or under a guideline that was retired', () => {
    assert.equal(reasonOf({ ...held, state: 'withdrawn' }), 'state_moved_on');
    assert.equal(reasonOf({ ...held, state: 'approved' }), 'state_moved_on');
    assert.equal(reasonOf({ ...held, version: 2 }), 'state_moved_on');
    assert.equal(
      reasonOf({ ...held, claim: { account: 'ben', by: 'Ben', expiresAt: new Date() } }),
      'claimed_by_another',
    );
    assert.equal(reasonOf({ ...held, guidelineVersion: undefined }), 'guideline_unknown');
  });

  test('rejects, and does nothing else', () => {
    assert.deepEqual(weighByRule(held, ground), {
      outcome: 'stands',
      verdict: { verdict: 'reject', guideline: 'attack', guidelineVersion: 3, explanation: 'So.' },
    });
  });
});

describe('a policy whose rules cannot be read', () => {
  const justHeld: JustHeld = {
    site: { site: 'harbour', name: 'The Harbour', language: 'en' },
    story: { byline: 'Ada', language: 'en' },
    id: '1',
    text: 'You fool.',
    screening,
  };
  const open = (
    listAutomation: PolicyDeps['kept']['listAutomation'],
  ): { lines: string[]; close: () => Promise<void> } => {
    const lines: string[] = [];
    const policy = createPolicy({
      store: {} as Store,
      kept: { listAutomation },
      headsOf: () => undefined,
      clock: () => new Date(0),
      log: (line) => lines.push(line),
    });
    for (let n = 0; n < 5; n++) policy.consider(justHeld);
    return { lines, close: policy.close };
  };

  test('leaves comments waiting, says so once, and never repeats what was written', async () => {
    const { lines, close } = open(() => Promise.reject(new RangeError(justHeld.text)));
    await close();
    assert.deepEqual(lines, ['a rule could not decide and comments wait for people (RangeError)']);
  });

  test('asks for no rule where screening failed or found nothing, and takes no more than it has room for', async () => {
    let asked = 0;
    const policy = createPolicy({
      store: {} as Store,
      kept: {
        listAutomation: () => {
          asked += 1;
          return Promise.resolve([]);
        },
      },
      headsOf: () => undefined,
      clock: () => new Date(0),
      log: () => {},
    });
    policy.consider({ ...justHeld, screening: null });
    policy.consider({ ...justHeld, screening: { ...screening, scores: { attack: 0.49, relevance: 1 } } });
    await policy.close();
    assert.equal(asked, 0);
    for (let n = 0; n < 5_000; n++) policy.consider(justHeld);
    await policy.close();
    assert.ok(asked >= 1_000 && asked < 1_100, String(asked));
  });
});
