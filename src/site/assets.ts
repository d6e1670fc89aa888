import { existsSync, globSync, readFileSync } from 'node:fs';
import { basename, extname, join } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import { chooseEncoding, type Encoding } from '../contract/encoding.ts';
import { readHeader, type Answer, type Call } from '../contract/http.ts';
import { html, type SafeHtml } from '../contract/html.ts';
import { isObject } from '../contract/json.ts';
import { makeEtag, namesEtag } from '../publication/page.ts';

/** The pages that bring browser code of their own, by the entry that `scripts/build-web.ts` builds for them. */
export const entries = {
  story: 'src/web/story/main.ts',
  receipt: 'src/web/receipt/main.ts',
  push: 'src/web/push/main.ts',
  desk: 'src/web/desk/main.tsx',
  signIn: 'src/web/signin/main.ts',
} as const;

export type EntryName = keyof typeof entries;

export type Assets = {
  /** The tags that load a page's styles and script. Throws where the entry was not built. */
  loadTags(entry: EntryName): SafeHtml;
  /** `GET /assets/:name`: from memory, for ever, since the name holds a hash of what is in it. */
  answer(call: Call): Answer;
  /** A script that other people's pages load, at an address that never changes: asked after again when ten minutes old. */
  answerStanding(name: 'embed' | 'count' | 'worker', call: Call): Answer;
};

/** The built styles and scripts of a folder (`dist/web`), read once and kept. Throws one sentence where nothing was built. */
export function openAssets(folder: string): Assets {
  const known = opened.get(folder);
  if (known) return known;
  const manifest = readManifest(folder);
  const standing = readStanding(join(folder, 'standing'));
  const files = new Map([...readFiles(folder, manifest), ...readStanding(join(folder, 'standing', 'assets'))]);
  const tags = new Map<EntryName, SafeHtml>();
  const assets: Assets = {
    loadTags: (entry) => {
      const made = tags.get(entry) ?? makeTags(manifest, entries[entry]);
      tags.set(entry, made);
      return made;
    },
    answer: (call) => answerFile(files.get(call.params['name'] ?? ''), call, forEver),
    answerStanding: (name, call) => answerFile(standing.get(`${name}.js`), call, forMinutes),
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

type Asset = {
  type: string;
  plain: Uint8Array;
  etag: string;
  isForOthers: boolean;
  compressed: Map<string, Uint8Array>;
};

const contentTypes: Record<string, string> = {
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
  '.json': 'application/json; charset=utf-8',
};

function readFiles(folder: string, manifest: Manifest): ReadonlyMap<string, Asset> {
  const named = [...manifest.values()].flatMap((chunk) => [chunk.file, ...(chunk.css ?? []), ...(chunk.assets ?? [])]);
  return new Map([...new Set(named)].map((file) => [basename(file), readAsset(join(folder, file))]));
}

function readStanding(folder: string): ReadonlyMap<string, Asset> {
  return new Map(
    globSync('*.js', { cwd: folder }).map((file) => [file, readAsset(join(folder, file), file !== worker)]),
  );
}

// A browser takes a service worker from the page's own origin alone.
const worker = 'worker.js';

function readAsset(file: string, isForOthers = false): Asset {
  const type = contentTypes[extname(file)] ?? 'application/octet-stream';
  const plain = readFileSync(file);
  return { type, plain, etag: makeEtag(plain), isForOthers, compressed: new Map() };
}

const forEver = 'public, max-age=31536000, immutable';
const forMinutes = 'public, max-age=600, stale-while-revalidate=86400';

// Modules are fetched by CORS, whoever's page they are for. They are the same for everybody and hold no secret.
const forOthers = { 'access-control-allow-origin': '*', 'cross-origin-resource-policy': 'cross-origin' };

function answerFile(asset: Asset | undefined, call: Call, cacheControl: string): Answer {
  if (!asset) return { outcome: 'refused', refusal: { reason: 'not_found' } };
  const encoding = chooseEncoding(readHeader(call, 'accept-encoding') ?? '');
  const headers = {
    'content-type': asset.type,
    'cache-control': cacheControl,
    etag: asset.etag,
    vary: 'accept-encoding',
    ...(asset.isForOthers ? forOthers : {}),
  };
  if (namesEtag(call.headers['if-none-match'], asset.etag)) return { outcome: 'answered', status: 304, headers };
  return {
    outcome: 'answered',
    status: 200,
    headers: { ...headers, ...(encoding === undefined ? {} : { 'content-encoding': encoding }) },
    body: encoding === undefined ? asset.plain : compress(asset, encoding),
  };
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
