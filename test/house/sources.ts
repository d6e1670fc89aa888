import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parseSync } from 'vite';

/** One file of the checkout: its path from the root, with slashes, and its text. */
export type Source = { file: string; text: string };

/** A node of the syntax tree as far as the house's tests look at one; start and end are UTF-16 offsets. */
export type SyntaxNode = { type: string; start: number; end: number; [field: string]: unknown };

const root = path.join(import.meta.dirname, '..', '..');

/** All TypeScript and JavaScript of the folders, without what is built or installed. */
export function readSources(folders: string[]): Source[] {
  const patterns = folders.map((folder) => `${folder}/**/*.{ts,tsx,mts,mjs,js}`);
  return globSync(patterns, { cwd: root, exclude: (name) => name === 'node_modules' })
    .sort()
    .map((file) => ({ file: file.replaceAll(path.sep, '/'), text: readText(file) }));
}

/** A file of the checkout. */
export function readText(file: string): string {
  return readFileSync(path.join(root, file), 'utf8');
}

/** The syntax tree of a source. Throws where it cannot be parsed: a file that nobody could read is no file that passed. */
export function parseSource({ file, text }: Source): SyntaxNode {
  const { program, errors } = parseSync(file, text);
  if (errors.length > 0) throw new Error(`${file}: ${errors[0]?.message}`);
  const tree: unknown = program;
  if (!isNode(tree)) throw new Error(`${file}: the parser gave no tree`);
  return tree;
}

/** Every node of a tree, outer ones before inner ones. */
export function* walk(node: SyntaxNode): Generator<SyntaxNode> {
  yield node;
  for (const value of Object.values(node)) {
    for (const child of Array.isArray(value) ? value : [value]) if (isNode(child)) yield* walk(child);
  }
}

/** Whether a value is a node. */
export function isNode(value: unknown): value is SyntaxNode {
  return typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string';
}
