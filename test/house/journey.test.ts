// src/README.md tells the way of one comment by files and functions: a newcomer who follows it finds every one.
import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { test } from 'node:test';
import { readText } from './sources.ts';

// `intake/submit.ts submitComment`, also where the line breaks between the two.
const named = /`([\w/]+\.(?:tsx?|sql))\s+(\w+)`/g;

test('every file and function that src/README.md names is there', () => {
  const steps = [...readText('src/README.md').matchAll(named)].map(([, file = '', name = '']) => ({ file, name }));
  assert.ok(steps.length > 40);
  assert.deepEqual(
    steps.filter((step) => !stands(step)),
    [],
  );
});

test('a function that was renamed and a file that was moved are found out', () => {
  assert.ok(stands({ file: 'intake/submit.ts', name: 'submitComment' }));
  assert.ok(!stands({ file: 'intake/submit.ts', name: 'takeComment' }));
  assert.ok(!stands({ file: 'intake/gone.ts', name: 'submitComment' }));
});

function stands({ file, name }: { file: string; name: string }): boolean {
  const declared = new RegExp(`\\b(?:function|const) ${name}\\b`);
  return existsSync(new URL(`../../src/${file}`, import.meta.url)) && declared.test(readText(`src/${file}`));
}
