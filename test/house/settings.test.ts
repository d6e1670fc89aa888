import assert from 'node:assert/strict';
import { test } from 'node:test';
import { defaultSettings } from '../../src/contract/site.ts';
import { readText } from './sources.ts';

test('docs/reference/settings.md names every setting of a site, with its standard, and no other', () => {
  const [ofSite = ''] = readText('docs/reference/settings.md').split('## Of an installation');
  const explained = readTable(ofSite, /^\| `([a-z][\w.]*)` \| (?:`([^`]*)`|empty) \|/gm);
  const standards = Object.entries(defaultSettings).map(([name, standard]) => [name, String(standard)]);
  assert.deepEqual(Object.fromEntries(explained), Object.fromEntries(standards));
});

test('docs/reference/settings.md names every variable that the settings are read from, and no other', () => {
  const [, ofInstallation = ''] = readText('docs/reference/settings.md').split('## Of an installation');
  const explained = readTable(ofInstallation, /^\| `([A-Z_]+)` \|/gm).map(([name]) => name);
  const read = ['src/config/settings.ts', 'src/cli/environment.ts']
    .flatMap((file) => [...readText(file).matchAll(/env(?:ironment)?\['([A-Z_]+)'\]/g)])
    .map(([, name]) => name ?? '');
  assert.deepEqual(explained.toSorted(), [...new Set(read)].toSorted());
});

function readTable(text: string, line: RegExp): [string, string][] {
  return [...text.matchAll(line)].map(([, name, standard]) => [name ?? '', standard ?? '']);
}
