// Holds the compressed size of each browser bundle to its limit in budgets.json: what a browser loads for the first
// page, the entry with everything it imports and its styles.
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { brotliCompressSync } from 'node:zlib';
import { standingEntries, webEntries } from './webEntries.ts';

type Chunk = { file: string; imports?: string[]; css?: string[] };

const root = path.join(import.meta.dirname, '..');
const built = path.join(root, 'dist', 'web');
const manifestFile = path.join(built, 'manifest.json');
if (!existsSync(manifestFile)) {
  console.error('budgets: nothing is built; run npm run build.');
  process.exit(1);
}
const manifest = JSON.parse(readFileSync(manifestFile, 'utf8')) as Record<string, Chunk>;
const budgets = JSON.parse(readFileSync(path.join(root, 'budgets.json'), 'utf8')) as Record<string, number>;

let over = false;
for (const [name, entry] of Object.entries(webEntries)) {
  const limit = budgets[name];
  if (limit === undefined) fail(`${name} has no budget in budgets.json`);
  else if (!existsSync(path.join(root, entry))) console.log(`${name}: not there yet`);
  else if (!manifest[entry]) fail(`${name} is not built; run npm run build`);
  else hold(name, compressedBytes(entry), limit);
}
for (const name of Object.keys(standingEntries)) {
  const limit = budgets[name];
  const file = path.join(built, 'standing', `${name}.js`);
  if (limit === undefined) fail(`${name} has no budget in budgets.json`);
  else if (!existsSync(file)) fail(`${name} is not built; run npm run build`);
  else hold(name, brotliCompressSync(readFileSync(file)).length, limit);
}
process.exitCode = over ? 1 : 0;

function hold(name: string, bytes: number, limit: number): void {
  console.log(`${name}: ${bytes} of ${limit} bytes (brotli)`);
  if (bytes > limit) fail(`${name} is over its budget by ${bytes - limit} bytes`);
}

function compressedBytes(entry: string): number {
  const files = new Set<string>();
  const visit = (key: string): void => {
    const chunk = manifest[key];
    if (!chunk || files.has(chunk.file)) return;
    for (const file of [chunk.file, ...(chunk.css ?? [])]) files.add(file);
    for (const imported of chunk.imports ?? []) visit(imported);
  };
  visit(entry);
  return [...files].reduce((sum, file) => sum + brotliCompressSync(readFileSync(path.join(built, file))).length, 0);
}

function fail(sentence: string): void {
  console.error(`budgets: ${sentence}`);
  over = true;
}
