import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseQuality, readQuality } from '../../src/scoring/quality.ts';
import { renderAttributes } from '../../src/scoring/table.ts';
import { screen } from '../../src/screening/index.ts';
import { readText } from './sources.ts';

test('docs/guide/from-perspective.md says of the attributes what registry, engine and measurements say', () => {
  const [, table = ''] = readText('docs/guide/from-perspective.md').split(/<!-- measured -->|<!-- end -->/);
  assert.equal(table.trim(), renderAttributes(screen, readQuality()), 'run `npm run scoring-table`');
});

test('what was not measured is said to be unknown, and of several scores the lowest is shown', () => {
  const row = (head: string, area: number, more: object = {}): object => {
    return { lang: 'en', head, source: 'checks', count: 100, breaches: 40, area, macroF1: 0.8, ...more };
  };
  const measured = [row('toxic', 0.91), row('profanity', 0.97), row('vulgarity', 0.85), row('promotion', 0)];
  const quality = parseQuality([...measured, row('threat', 0, { breaches: 0 }), null, { lang: 'de' }]);
  const table = renderAttributes(screen, quality);
  const english = table.split('\n').find((line) => line.startsWith('| en |'));
  assert.equal(english, '| en | 0.91, 0.80 | ? | ? | ? | 0.85, 0.80 | ? | 0.00, 0.80 |');
  assert.match(table, /^\| fr \| \?/m);
  assert.match(renderAttributes(screen, []), /Nothing was measured/);
});
