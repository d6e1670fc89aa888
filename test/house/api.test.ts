import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Route, routes, type ScoringRoute, scoringRoutes } from '../../src/contract/routes.ts';
import { readText } from './sources.ts';

const answered = [
  ...Object.values<Route>(routes).map(({ method, path }) => `${method} ${path.replace(/:(\w+)/g, '{$1}')}`),
  ...Object.values<ScoringRoute>(scoringRoutes).map(({ method, path }) => `${method} ${path}`),
];
const described = [...readText('docs/reference/api.md').matchAll(/`((?:GET|POST|PUT|DELETE) \/[^`\s]*)`/g)].map(
  ([, address]) => address ?? '',
);

test('every address that Stet answers is described in docs/reference/api.md', () => {
  assert.deepEqual(
    answered.filter((address) => !described.includes(address)),
    [],
  );
});

test('docs/reference/api.md describes no address that nothing answers', () => {
  assert.deepEqual(
    described.filter((address) => !answered.includes(address)),
    [],
  );
});
