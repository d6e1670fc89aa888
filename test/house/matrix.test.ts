import assert from 'node:assert/strict';
import { test } from 'node:test';
import { routes, type Route } from '../../src/contract/routes.ts';
import { readSources } from './sources.ts';

// About whoever asks, and not about a site; `putStory` stands with what a token may (identity.token.test.ts).
const ownRoutes = new Set([
  'getSession',
  'deleteSession',
  'getSessions',
  'deleteOwnSession',
  'postPasskeyOptions',
  'postPasskey',
  'getPreferences',
  'putPreferences',
  'putStory',
]);

test('every address of the desk is asked for by every role, in a matrix of the journeys', () => {
  const matrices = readSources(['test/journeys']).filter(({ file }) => file.endsWith('.matrix.test.ts'));
  const named = new Set(matrices.flatMap(({ text }) => text.match(/\b(?:get|post|put|delete)[A-Z]\w*/g) ?? []));
  const desk = Object.entries<Route>(routes).filter(([, { credentials }]) => credentials !== 'none');
  assert.deepEqual(
    desk.map(([name]) => name).filter((name) => !named.has(name) && !ownRoutes.has(name)),
    [],
  );
});
