import assert from 'node:assert/strict';
import { test } from 'node:test';
import { refusalReasons, refusalStatuses } from '../../src/contract/refusals.ts';
import { readText } from './sources.ts';

test('every reason for a refusal is explained in docs/reference/refusals.md', () => {
  const explained = readExplained();
  assert.deepEqual(
    refusalReasons.filter((reason) => !explained.has(reason)),
    [],
  );
});

test('docs/reference/refusals.md explains no reason that there is not', () => {
  const explained = readExplained();
  const known: readonly string[] = refusalReasons;
  assert.deepEqual(
    [...explained.keys()].filter((reason) => !known.includes(reason)),
    [],
  );
});

test('where docs/reference/refusals.md gives a status, it is the one that is sent', () => {
  const explained = readExplained();
  for (const reason of refusalReasons) {
    const status = explained.get(reason);
    if (status !== undefined) assert.equal(Number(status), refusalStatuses[reason], reason);
  }
});

/** The lines of the table, `| \`reason\` | status | …`: reason → status. */
function readExplained(): Map<string, string | undefined> {
  const lines = readText('docs/reference/refusals.md').matchAll(/^\| `(\w+)` +\|(?: (\d{3}) +\|)?/gm);
  return new Map([...lines].map(([, reason, status]) => [reason ?? '', status]));
}
