// Builds the browser code into dist/web, unless the sources are those it was built from.
import { createHash, randomBytes } from 'node:crypto';
import { existsSync, globSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { webEntries } from './webEntries.ts';

const root = path.join(import.meta.dirname, '..');
const outFolder = path.join(root, 'dist', 'web');

// What can change a bundle: its own code, the contract it imports, how it is built, and what is installed.
const sources = ['src/web/**/*', 'src/contract/**/*', 'scripts/*-web.ts', 'scripts/webEntries.ts', 'package-lock.json'];

if (!isBuilt()) {
  try {
    await build();
  } catch (error) {
    console.error(`The browser code could not be built. ${error instanceof Error ? error.message : String(error)}`);
    process.exitCode = 1;
  }
}

function isBuilt(): boolean {
  const stamp = path.join(outFolder, '.stamp');
  return existsSync(stamp) && readFileSync(stamp, 'utf8') === hashSources();
}

async function build(): Promise<void> {
  const hash = hashSources();
  const input = Object.fromEntries(Object.entries(webEntries).filter(([, file]) => existsSync(path.join(root, file))));
  // Built aside and renamed into place: neither a running server nor a second build ever sees half of it.
  const draft = `${outFolder}.${randomBytes(4).toString('hex')}`;
  try {
    mkdirSync(draft, { recursive: true });
    if (Object.keys(input).length > 0) await bundle(input, draft);
    else writeFileSync(path.join(draft, 'manifest.json'), '{}\n');
    writeFileSync(path.join(draft, '.stamp'), hash);
    rmSync(outFolder, { recursive: true, force: true });
    renameSync(draft, outFolder);
  } finally {
    rmSync(draft, { recursive: true, force: true });
  }
}

async function bundle(input: Record<string, string>, outDir: string): Promise<void> {
  // Not at the top: a start with everything built should not wait for the bundler to load.
  const vite = await import('vite');
  await vite.build({
    configFile: false,
    root,
    base: '/assets/',
    logLevel: 'warn',
    publicDir: false,
    envDir: false,
    oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
    build: {
      outDir,
      emptyOutDir: false,
      manifest: 'manifest.json',
      target: 'baseline-widely-available',
      // Nothing inline: the pages' Content-Security-Policy allows neither inline scripts nor data: addresses.
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
      assetsDir: '.',
      rollupOptions: {
        input,
        output: {
          entryFileNames: '[name]-[hash].js',
          chunkFileNames: '[name]-[hash].js',
          assetFileNames: '[name]-[hash][extname]',
        },
      },
    },
  });
}

function hashSources(): string {
  const hash = createHash('sha256');
  for (const file of globSync(sources, { cwd: root, withFileTypes: true })
    .filter((found) => found.isFile())
    .map((found) => path.join(found.parentPath, found.name))
    .sort()) {
    hash.update(path.relative(root, file)).update('\0').update(readFileSync(file)).update('\0');
  }
  return hash.digest('hex');
}
