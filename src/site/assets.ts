import { existsSync, readFileSync } from 'node:fs';
import { basename, extname, join } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import { readHeader, type Answer, type Call } from '../contract/http.ts';
import { html, type SafeHtml } from '../contract/html.ts';
import { isObject } from '../contract/json.ts';

/** The pages that bring browser code of their own, by the entry that `scripts/build-web.ts` builds for them. */
export const entries = {
  story: 'src/web/story/main.ts',
  receipt: 'src/web/receipt/main.ts',
  desk: 'src/web/desk/main.tsx',
  signIn: 'src/web/signin/main.ts',
} as const;

export type EntryName = keyof typeof entries;

export type Assets = {
  /** The tags that load a page's styles and script. Throws where the entry was not built. */
  loadTags(entry: EntryName): SafeHtml;
  /** `GET /assets/:name`: from memory, for ever, since the name holds a hash of what is in it. */
  answer(call: Call): Answer;
};

/** The built styles and scripts of a folder (`dist/web`), read once and kept. Throws one sentence where nothing was built. */
export function openAssets(folder: string): Assets {
  const known = opened.get(folder);
  if (known) return known;
  const manifest = readManifest(folder);
  const files = readFiles(folder, manifest);
  const tags = new Map<EntryName, SafeHtml>();
  const assets: Assets = {
    loadTags: (entry) => {
      const made = tags.get(entry) ?? makeTags(manifest, entries[entry]);
      tags.set(entry, made);
      return made;
    },
    answer: (call) => answerFile(files.get(call.params['name'] ?? ''), call),
  };
  opened.set(folder, assets);
  return assets;
}

const opened = new Map<string, Assets>();

// What Vite writes of each chunk: https://vite.dev/guide/backend-integration.
type Chunk = { file: string; css?: readonly string[]; imports?: readonly string[]; assets?: readonly string[] };
type Manifest = ReadonlyMap<string, Chunk>;

function readManifest(folder: string): Manifest {
  const file = [join(folder, 'manifest.json'), join(folder, '.vite/manifest.json')].find((path) => existsSync(path));
  if (file === undefined) {
    throw new Error(
      `The pages' styles and scripts are not built: ${join(folder, 'manifest.json')} is missing. Run npm run build.`,
    );
  }
  const manifest: unknown = JSON.parse(readFileSync(file, 'utf8'));
  if (!isObject(manifest)) throw new Error(`${file} is no manifest. Run npm run build.`);
  return new Map(Object.entries(manifest).filter((entry): entry is [string, Chunk] => isChunk(entry[1])));
}

function isChunk(value: unknown): value is Chunk {
  return isObject(value) && typeof value['file'] === 'string';
}

function makeTags(manifest: Manifest, source: string): SafeHtml {
  const entry = manifest.get(source);
  if (!entry) throw new Error(`${source} is not built. Run npm run build.`);
  const chunks = [...withImports(manifest, source, new Set())];
  const styles = new Set(chunks.flatMap(({ css }) => css ?? []));
  const preloads = chunks.filter((chunk) => chunk !== entry).map(({ file }) => file);
  return html`${[...styles].map((file) => html`<link rel="stylesheet" href="${toAddress(file)}">`)}${preloads.map(
    (file) => html`<link rel="modulepreload" href="${toAddress(file)}">`,
  )}<script type="module" src="${toAddress(entry.file)}"></script>`;
}

function* withImports(manifest: Manifest, name: string, seen: Set<string>): Generator<Chunk> {
  const chunk = manifest.get(name);
  if (!chunk || seen.has(name)) return;
  seen.add(name);
  for (const imported of chunk.imports ?? []) yield* withImports(manifest, imported, seen);
  yield chunk;
}

function toAddress(file: string): string {
  return `/assets/${basename(file)}`;
}

type Asset = { type: string; plain: Uint8Array; compressed: Map<string, Uint8Array> };

const contentTypes: Record<string, string> = {
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
  '.json': 'application/json; charset=utf-8',
};

function readFiles(folder: string, manifest: Manifest): ReadonlyMap<string, Asset> {
  const named = [...manifest.values()].flatMap((chunk) => [chunk.file, ...(chunk.css ?? []), ...(chunk.assets ?? [])]);
  return new Map(
    [...new Set(named)].map((file) => {
      const type = contentTypes[extname(file)] ?? 'application/octet-stream';
      return [basename(file), { type, plain: readFileSync(join(folder, file)), compressed: new Map() }];
    }),
  );
}

function answerFile(asset: Asset | undefined, call: Call): Answer {
  if (!asset) return { outcome: 'refused', refusal: { reason: 'not_found' } };
  const encoding = chooseEncoding(readHeader(call, 'accept-encoding') ?? '');
  return {
    outcome: 'answered',
    status: 200,
    headers: {
      'content-type': asset.type,
      'cache-control': 'public, max-age=31536000, immutable',
      vary: 'accept-encoding',
      ...(encoding === undefined ? {} : { 'content-encoding': encoding }),
    },
    body: encoding === undefined ? asset.plain : compress(asset, encoding),
  };
}

type Encoding = 'br' | 'gzip';

function chooseEncoding(accepted: string): Encoding | undefined {
  const names = accepted
    .toLowerCase()
    .split(',')
    .map((part) => part.trim())
    .filter((part) => !/;\s*q=0(?:\.0*)?$/.test(part))
    .map((part) => part.split(';')[0]?.trim());
  return (['br', 'gzip'] as const).find((encoding) => names.includes(encoding));
}

// Once for each file and encoding: they never change while the process lives.
function compress({ plain, compressed }: Asset, encoding: Encoding): Uint8Array {
  const known = compressed.get(encoding);
  if (known) return known;
  const made =
    encoding === 'br'
      ? brotliCompressSync(plain, { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } })
      : gzipSync(plain, { level: 9 });
  compressed.set(encoding, made);
  return made;
}
