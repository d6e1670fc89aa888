import assert from 'node:assert/strict';
import { test } from 'node:test';
import { chosenOf, deskKeys, isChoosableKey, keysInForce, standardKeys } from './keys.ts';
import { parsePreferences, standardPreferences } from './preferences.ts';

function refusedField(body: unknown): string | undefined {
  const read = parsePreferences(body);
  return read.outcome === 'refused' ? (read.refusal.field ?? read.refusal.reason) : undefined;
}

test('what fits no preference is refused with its field', () => {
  for (const body of [null, [], 'keys', 7]) assert.equal(refusedField(body), 'body_malformed');
  const bad: Record<string, readonly unknown[]> = {
    keys: ['a', 7, []],
    singleKeys: ['on', 1],
    language: ['english!', 7, 'x'.repeat(40)],
    theme: ['sepia', true],
    textSize: ['huge', 3],
    veilFrom: [-0.1, 1.1, Number.NaN, '0.5'],
    greyscale: [1],
    timer: ['yes'],
    breakMinutes: [-1, 481, 7.5, '60'],
    hardPercent: [-1, 101, 0.5],
  };
  for (const [field, values] of Object.entries(bad)) {
    for (const value of values) assert.equal(refusedField({ [field]: value }), field, `${field} = ${String(value)}`);
  }
});

test('a key that belongs to guidelines, browser or assistive technology cannot be chosen', () => {
  for (const key of ['1', '0', 'Escape', 'Tab', ' ', 'ArrowDown', 'A', 'ش', 'F5', 'ab', 'Control', '<'])
    assert.equal(refusedField({ keys: { approve: key } }), 'keys.approve', key);
  for (const act of ['constructor', '__proto__', 'sing', '']) {
    assert.equal(refusedField(JSON.parse(`{"keys": {${JSON.stringify(act)}: "y"}}`)), `keys.${act}`);
  }
});

test('no key stands for two acts, whether both were chosen or one is the standard', () => {
  assert.equal(refusedField({ keys: { approve: 'r' } }), 'keys.reject');
  assert.equal(refusedField({ keys: { approve: 'y', reject: 'y' } }), 'keys.reject');
  assert.equal(refusedField({ keys: { approve: 'r', reject: 'a' } }), undefined, 'two that change places');
  assert.equal(refusedField({ keys: { approve: '', reject: '' } }), undefined, 'acts without a key');
});

test('what is absent is the standard, what is unknown is passed over, and the standard keys are not kept', () => {
  const read = parsePreferences({ keys: { approve: 'a', reject: 'y' }, breakMinutes: 45, of: 'tomorrow' });
  assert.deepEqual(read, {
    outcome: 'parsed',
    value: { ...standardPreferences, keys: { reject: 'y' }, breakMinutes: 45 },
  });
});

test('a new act whose standard key somebody has chosen for another has none until it is given one', () => {
  const keys = keysInForce({ approve: 'e' });
  assert.equal(keys.approve, 'e');
  assert.equal(keys.explain, '');
  assert.deepEqual(chosenOf(keysInForce({ approve: 'y' })), { approve: 'y' });
  assert.deepEqual(keysInForce({}), standardKeys);
});

test('every standard key could have been chosen, and none is given twice', () => {
  assert.deepEqual(
    deskKeys.filter(({ key }) => !isChoosableKey(key)),
    [],
  );
  assert.equal(new Set(deskKeys.map(({ key }) => key)).size, deskKeys.length);
});
