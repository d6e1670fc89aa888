import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openContact, sealContact } from './contactSeal.ts';

const owner = { site: 'sample', kind: 'comment', id: '0d9c2f6e-4a31-4c7b-9e55-7b0f2a6c1d38' } as const;

test('an address opens as it was sealed, and never looks the same twice', () => {
  for (const contact of ['a@b.example', 'ئەو@نموونە.example', 'x'.repeat(254)]) {
    const sealed = sealContact('a secret', owner, contact);
    assert.equal(openContact('a secret', owner, sealed), contact);
    assert.equal(sealed.includes(Buffer.from(contact.slice(0, 6))), false);
    assert.notDeepEqual(sealContact('a secret', owner, contact), sealed);
  }
});

test('short addresses are equally long when they are sealed', () => {
  assert.equal(
    sealContact('s', owner, 'a@b.example').length,
    sealContact('s', owner, `${'a'.repeat(40)}@b.example`).length,
  );
});

test('another secret, another owner, or any bit that is changed opens nothing', () => {
  const sealed = sealContact('a secret', owner, 'a@b.example');
  assert.equal(openContact('another secret', owner, sealed), undefined);
  for (const other of [
    { ...owner, site: 'other' },
    { ...owner, kind: 'report' as const },
    { ...owner, id: crypto.randomUUID() },
  ]) {
    assert.equal(openContact('a secret', other, sealed), undefined);
  }
  for (let at = 0; at < sealed.length; at += 1) {
    const changed = Buffer.from(sealed);
    changed[at] = (changed[at] ?? 0) ^ 1;
    assert.equal(openContact('a secret', owner, changed), undefined, String(at));
  }
  for (const length of [0, 1, 44, 60])
    assert.equal(openContact('a secret', owner, sealed.subarray(0, length)), undefined);
});
