import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import type { Answer, Call } from '../contract/http.ts';
import { openAssets } from './assets.ts';

const script = `// ${'a long line '.repeat(50)}`;
let folder = '';

before(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'stet-assets-'));
  writeFileSync(path.join(folder, 'story-1a.js'), script);
  writeFileSync(path.join(folder, 'shared-2b.js'), 'export {}');
  writeFileSync(path.join(folder, 'shared-3c.css'), 'p{}');
  writeFileSync(path.join(folder, 'secret.txt'), 'not in the manifest');
  const manifest = {
    'src/web/story/main.ts': { file: 'story-1a.js', isEntry: true, imports: ['_shared'] },
    _shared: { file: 'shared-2b.js', css: ['shared-3c.css'], imports: ['_shared'] },
  };
  writeFileSync(path.join(folder, 'manifest.json'), JSON.stringify(manifest));
});
after(() => rmSync(folder, { recursive: true }));

function ask(name: string, headers: Call['headers'] = {}): Answer {
  return openAssets(folder).answer({
    ...{ params: { name }, query: {}, headers, body: undefined, isForm: false, address: '192.0.2.1', now: new Date(0) },
  });
}

describe('styles and scripts', () => {
  it('are loaded with everything that they import, by the hash in their names', () => {
    assert.equal(
      openAssets(folder).loadTags('story').toString(),
      '<link rel="stylesheet" href="/assets/shared-3c.css"><link rel="modulepreload" href="/assets/shared-2b.js">' +
        '<script type="module" src="/assets/story-1a.js"></script>',
    );
  });

  it('are kept for ever, compressed as the browser accepts it', () => {
    const plain = ask('story-1a.js');
    const brotli = ask('story-1a.js', { 'accept-encoding': 'gzip, deflate, br' });
    const gzip = ask('story-1a.js', { 'accept-encoding': 'br;q=0, gzip' });
    assert.ok(plain.outcome === 'answered' && brotli.outcome === 'answered' && gzip.outcome === 'answered');
    assert.equal(plain.headers?.['cache-control'], 'public, max-age=31536000, immutable');
    assert.equal(plain.headers?.['content-type'], 'text/javascript; charset=utf-8');
    assert.equal(plain.headers?.['content-encoding'], undefined);
    assert.equal(Buffer.from(plain.body as Uint8Array).toString(), script);
    assert.equal(brotliDecompressSync(brotli.body as Uint8Array).toString(), script);
    assert.equal(gunzipSync(gzip.body as Uint8Array).toString(), script);
    for (const answer of [plain, brotli, gzip]) assert.equal(answer.headers?.['vary'], 'accept-encoding');
  });

  it('are only those of the manifest: nothing else of the folder, and nothing above it', () => {
    for (const name of [
      'secret.txt',
      'manifest.json',
      '../package.json',
      '..%2fpackage.json',
      '',
      '__proto__',
      'toString',
    ]) {
      assert.equal(ask(name).outcome, 'refused', name);
    }
  });

  it('that were never built are told of in one sentence that names the mend', () => {
    assert.throws(() => openAssets(path.join(folder, 'nothing')), /not built.*npm run build/);
    assert.throws(() => openAssets(folder).loadTags('desk'), /src\/web\/desk\/main\.tsx is not built.*npm run build/);
  });
});
