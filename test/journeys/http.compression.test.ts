import assert from 'node:assert/strict';
import { request, type IncomingMessage } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { after, before, test } from 'node:test';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { startServer, type TestServer } from '../support/server.ts';

let server: TestServer;

before(async () => {
  server = await startServer();
  const authorization = `Bearer ${await server.token('desk')}`;
  const send = (path: string, body: object): Promise<Response> =>
    server.fetch(path, {
      method: 'POST',
      headers: { authorization, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
  const text = 'The ferry should run all night, and not only until two. '.repeat(40);
  const held = await send('/api/v1/sites/sample/stories/welcome/comments', { name: 'Ann', text });
  const { id } = (await held.json()) as { id: string };
  await send(`/api/v1/desk/comments/${id}/decisions`, { verdict: 'approve', version: 1 });
});
after(() => server.stop());

type Raw = { head: IncomingMessage; bytes: Buffer };

// As it comes over the line: `fetch` would unpack it.
function ask(path: string, headers: Record<string, string> = {}): Promise<Raw> {
  return new Promise((resolve, reject) => {
    const asked = request(`${server.url}${path}`, { headers }, (head) => {
      buffer(head).then((bytes) => resolve({ head, bytes }), reject);
    });
    asked.on('error', reject).end();
  });
}

const story = '/s/sample/welcome';
const api = '/api/v1/sites/sample/stories/welcome';
const sharedPages = [
  story,
  `${api}/thread`,
  `${api}/thread.html`,
  `${api}/widget`,
  `${api}/widget/form`,
  '/s/sample',
  '/s/sample/feed.rss',
];

test('what is the same for every reader is sent compressed to whoever takes it, and is the same unpacked', async () => {
  for (const path of sharedPages) {
    const plain = await ask(path);
    const brotli = await ask(path, { 'accept-encoding': 'gzip, deflate, br, zstd' });
    const gzip = await ask(path, { 'accept-encoding': 'br;q=0, gzip' });
    assert.equal(plain.head.headers['content-encoding'], undefined, path);
    assert.equal(brotli.head.headers['content-encoding'], 'br', path);
    assert.equal(gzip.head.headers['content-encoding'], 'gzip', path);
    assert.ok(brotli.bytes.length < plain.bytes.length / 2, path);
    assert.equal(brotliDecompressSync(brotli.bytes).toString(), plain.bytes.toString(), path);
    assert.equal(gunzipSync(gzip.bytes).toString(), plain.bytes.toString(), path);
    for (const { head, bytes } of [plain, brotli, gzip]) {
      assert.match(String(head.headers['vary']), /accept-encoding/, path);
      assert.equal(head.headers['content-length'], String(bytes.length), path);
    }
  }
});

test('a reader who has a page compressed is told that it is unchanged', async () => {
  const headers = { 'accept-encoding': 'br' };
  const { head } = await ask(story, headers);
  const again = await ask(story, { ...headers, 'if-none-match': String(head.headers['etag']) });
  assert.equal(again.head.statusCode, 304);
  assert.equal(again.bytes.length, 0);
});

test('a page for one reader is never compressed: its length would tell about the secret in it', async () => {
  for (const path of ['/receipt', '/desk/sign-in']) {
    const { head, bytes } = await ask(path, { 'accept-encoding': 'br, gzip' });
    assert.equal(head.headers['cache-control'], 'no-store', path);
    assert.equal(head.headers['content-encoding'], undefined, path);
    assert.match(bytes.toString(), /<\/html>/, path);
  }
});

test('a refused coding, and one that nobody knows, get the page as it is', async () => {
  for (const accepted of ['', 'identity', 'zstd', 'br;q=0', 'gzip;q=0.0, br;q=0', 'brr, gzipped', ',,;;q=']) {
    const { head, bytes } = await ask(story, { 'accept-encoding': accepted });
    assert.equal(head.statusCode, 200, accepted);
    assert.equal(head.headers['content-encoding'], undefined, accepted);
    assert.match(bytes.toString(), /<\/html>/, accepted);
  }
});

test('a removed comment is gone from the compressed page as well', async () => {
  const headers = { 'accept-encoding': 'br' };
  const before = brotliDecompressSync((await ask(story, headers)).bytes).toString();
  const id = /id="c-([0-9a-f-]{36})"/.exec(before)?.[1];
  const removal = await server.fetch(`/api/v1/desk/comments/${id}/removal`, {
    method: 'POST',
    headers: { authorization: `Bearer ${await server.token('desk')}`, 'content-type': 'application/json' },
    body: JSON.stringify({ guideline: 'promotion' }),
  });
  assert.equal(removal.status, 201, await removal.text());
  const after = brotliDecompressSync((await ask(story, headers)).bytes).toString();
  assert.ok(!after.includes(String(id)));
});
