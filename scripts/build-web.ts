// Builds the browser code into dist/web and the screening library into dist/screening, unless the sources are those they
// were built from.
import { createHash, randomBytes } from 'node:crypto';
import { existsSync, globSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { InlineConfig, Plugin } from 'vite';
import { standingEntries, webEntries } from './webEntries.ts';

const root = path.join(import.meta.dirname, '..');

/** Something that is built into a folder of dist/, with the files that can change it. */
type Target = { folder: string; sources: readonly string[]; make: (outDir: string) => Promise<void> };

const howItIsBuilt = ['scripts/build-web.ts', 'scripts/webEntries.ts', 'package-lock.json'];

const targets: readonly Target[] = [
  {
    folder: 'web',
    sources: ['src/web/**/*', 'src/contract/**/*', ...howItIsBuilt],
    make: async (outDir) => {
      const manifests = [];
      for (const [name, file] of Object.entries(webEntries)) {
        await bundle(name, path.join(root, file), outDir);
        manifests.push(takeManifest(name, file, outDir));
      }
      writeFileSync(path.join(outDir, 'manifest.json'), JSON.stringify(Object.assign({}, ...manifests), null, 2));
      for (const [name, file] of Object.entries(standingEntries)) {
        await bundleStanding(name, path.join(root, file), path.join(outDir, 'standing'));
      }
    },
  },
  // `stet/screening` as plain JavaScript: whoever imports it may run any Node, and Node strips no types in node_modules.
  { folder: 'screening', sources: ['src/screening/**/*', ...howItIsBuilt], make: bundleScreening },
];

try {
  for (const target of targets) if (!isBuilt(target)) await build(target);
} catch (error) {
  console.error(`The code could not be built. ${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = 1;
}

function isBuilt(target: Target): boolean {
  const stamp = path.join(root, 'dist', target.folder, '.stamp');
  return existsSync(stamp) && readFileSync(stamp, 'utf8') === hashSources(target);
}

async function build(target: Target): Promise<void> {
  const hash = hashSources(target);
  const outFolder = path.join(root, 'dist', target.folder);
  // Built aside and renamed into place: neither a running server nor a second build ever sees half of it.
  const draft = `${outFolder}.${randomBytes(4).toString('hex')}`;
  try {
    mkdirSync(draft, { recursive: true });
    await target.make(draft);
    writeFileSync(path.join(draft, '.stamp'), hash);
    rmSync(outFolder, { recursive: true, force: true });
    renameSync(draft, outFolder);
  } finally {
    rmSync(draft, { recursive: true, force: true });
  }
}

/** What each address does is said to whoever reads the overview. No browser does, and each new address would make every page of
 *  the desk heavier. */
function withoutOverview(): Plugin {
  return {
    name: 'without-overview',
    enforce: 'pre',
    transform: (code, id) =>
      id.endsWith('/contract/routes.ts') ? code.replaceAll(/, does: (?:'[^']*'|"[^"]*")/g, '') : null,
  };
}

/** Each page's code alone: what several pages use would otherwise become a file of its own for each set of them, and a
 *  story's first reader would wait for nine requests in place of two. What is loaded later still stands apart. */
async function bundle(name: string, file: string, outDir: string): Promise<void> {
  await buildAlone({
    base: '/assets/',
    plugins: [withoutOverview()],
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
        input: { [name]: file },
        output: {
          entryFileNames: '[name]-[hash].js',
          chunkFileNames: '[name]-[hash].js',
          assetFileNames: '[name]-[hash][extname]',
        },
      },
    },
  });
}

/** Builds by these settings and nothing that stands around: no file of settings, no environment, no files to copy. */
async function buildAlone(settings: InlineConfig): Promise<void> {
  // Not at the top: a start with everything built should not wait for the bundler to load.
  const vite = await import('vite');
  await vite.build({ configFile: false, root, logLevel: 'warn', publicDir: false, envDir: false, ...settings });
}

type Chunk = { imports?: string[]; dynamicImports?: string[] };

/** What one page was built of, taken out of the folder before the next is built. Two pages may each have a chunk of one
 *  source: but for the entry, each is named with its page. */
function takeManifest(name: string, entry: string, outDir: string): Record<string, Chunk> {
  const file = path.join(outDir, 'manifest.json');
  const chunks = JSON.parse(readFileSync(file, 'utf8')) as Record<string, Chunk>;
  rmSync(file);
  const rename = (key: string): string => (key === entry ? key : `${name}/${key}`);
  const renamed = Object.entries(chunks).map(([key, chunk]) => {
    const { imports, dynamicImports } = chunk;
    return [
      rename(key),
      {
        ...chunk,
        ...(imports ? { imports: imports.map(rename) } : {}),
        ...(dynamicImports ? { dynamicImports: dynamicImports.map(rename) } : {}),
      },
    ];
  });
  return Object.fromEntries(renamed);
}

async function bundleStanding(name: string, file: string, outDir: string): Promise<void> {
  await buildAlone({
    base: './',
    build: {
      outDir,
      emptyOutDir: false,
      target: 'baseline-widely-available',
      modulePreload: false,
      rollupOptions: {
        input: { [name]: file },
        // Where the server serves them from, so that each finds the other beside it.
        output: { entryFileNames: '[name].js', chunkFileNames: 'assets/[name]-[hash].js' },
      },
    },
  });
}

async function bundleScreening(outDir: string): Promise<void> {
  await buildAlone({
    build: {
      outDir,
      emptyOutDir: false,
      ssr: path.join(root, 'src', 'screening', 'index.ts'),
      target: 'es2024',
      rollupOptions: { output: { entryFileNames: 'index.js' } },
    },
  });
}

function hashSources({ sources }: Target): string {
  const hash = createHash('sha256');
  for (const file of globSync([...sources], { cwd: root, withFileTypes: true })
    .filter((found) => found.isFile())
    .map((found) => path.join(found.parentPath, found.name))
    .sort()) {
    hash.update(path.relative(root, file)).update('\0').update(readFileSync(file)).update('\0');
  }
  return hash.digest('hex');
}
