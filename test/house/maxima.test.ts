// The two maxima of the house, without exceptions: 300 lines a file, 70 lines a function.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isNode, parseSource, readSources, type Source, type SyntaxNode, walk } from './sources.ts';

const longestFile = 300;
const longestFunction = 70;
const folders = ['src', 'test', 'bench', 'training', 'scripts', 'bin'];

const sources = readSources(folders);

test('no file is longer than 300 lines', () => {
  assert.ok(sources.length > 0);
  assert.deepEqual(sources.flatMap(findLongFile), []);
});

test('no function is longer than 70 lines', () => {
  assert.deepEqual(sources.flatMap(findLongFunctions), []);
});

test('a file of 301 lines is found, and one of 300 is not', () => {
  assert.deepEqual(findLongFile({ file: 'a.ts', text: 'x;\n'.repeat(301) }), ['a.ts has 301 lines']);
  assert.deepEqual(findLongFile({ file: 'a.ts', text: 'x;\n'.repeat(300) }), []);
  assert.equal(findLongFile({ file: 'a.ts', text: 'x;\r\n'.repeat(300) + 'y;' }).length, 1);
});

test('a function of 71 lines is found in every shape that a function has, and one of 70 is not', () => {
  const shapes: Record<string, (body: string) => string> = {
    'a.ts': (body) => `export async function named(a: number): Promise<void> {${body}}`,
    'b.ts': (body) => `export const arrow = (a: number): void => {${body}};`,
    'c.ts': (body) => `const expression = function* () {${body}};`,
    'd.ts': (body) => `class Thing { private method<T>(a: T): void {${body}} }`,
    'e.ts': (body) => `class Thing { get it() {${body} return 1; } }`,
    'f.ts': (body) => `const thing = { method() {${body}} };`,
    'g.ts': (body) => `test('a sentence', async () => {${body}});`,
    'h.tsx': (body) =>
      `export const Page = ({ text }: { text: string }) => (<p>{text}${body.replaceAll('x;', '')}</p>);`,
    'i.mjs': (body) => `export default function () {${body}}`,
  };
  for (const [file, shape] of Object.entries(shapes)) {
    const [short, long] = ['x;\n'.repeat(longestFunction - 1), 'x;\n'.repeat(longestFunction)].map(shape);
    assert.deepEqual(findLongFunctions({ file, text: short ?? '' }), [], file);
    assert.equal(findLongFunctions({ file, text: long ?? '' }).length, 1, file);
  }
});

test('a long function is found under its name, also inside another one, and its documentation is not counted', () => {
  const inner = `const inner = () => {\n${'x;\n'.repeat(69)}};`;
  assert.deepEqual(findLongFunctions({ file: 'a.ts', text: `\n\nfunction outer() {\n${inner}\n}` }), [
    'a.ts:3 outer has 73 lines',
    'a.ts:4 inner has 71 lines',
  ]);
  const documented = `/**\n${' * why\n'.repeat(80)} */\nexport function brief() {\n  return 1;\n}`;
  assert.deepEqual(findLongFunctions({ file: 'a.ts', text: documented }), []);
});

function findLongFile({ file, text }: Source): string[] {
  const lines = countLines(text.replace(/\n$/, ''));
  return lines > longestFile ? [`${file} has ${lines} lines`] : [];
}

function findLongFunctions(source: Source): string[] {
  const names = new Map<SyntaxNode, string>();
  const found: string[] = [];
  for (const node of walk(parseSource(source))) {
    nameFunctions(node, names);
    if (!['FunctionDeclaration', 'FunctionExpression', 'ArrowFunctionExpression'].includes(node.type)) continue;
    const lines = countLines(source.text.slice(node.start, node.end));
    if (lines <= longestFunction) continue;
    const line = countLines(source.text.slice(0, node.start));
    found.push(`${source.file}:${line} ${names.get(node) ?? 'a function without a name'} has ${lines} lines`);
  }
  return found;
}

// A function without a name of its own goes by that of the variable, property or call it stands in.
function nameFunctions(node: SyntaxNode, names: Map<SyntaxNode, string>): void {
  const name = (inside: unknown, by: unknown): void => {
    if (isNode(inside) && isNode(by) && typeof by['name'] === 'string' && !names.has(inside))
      names.set(inside, by['name']);
  };
  name(node, node['id']);
  name(node['init'], node['id']);
  name(node['value'], node['key']);
  const given = node['arguments'];
  if (Array.isArray(given)) for (const argument of given) name(argument, node['callee']);
}

function countLines(text: string): number {
  return text.split('\n').length;
}
