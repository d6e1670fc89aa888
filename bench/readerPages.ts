import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { brotliCompressSync, constants } from 'node:zlib';
import { fragmentComments, readSite, story } from './stet.ts';
import { clientFolder, readUrl } from './waline.ts';

/** A publisher's own pages, on an origin of their own. */
export type Pages = { origin: string; stop(): void };

/** Serves the same plain story twice: `/stet.html` with our widget below it, `/peer.html` with the peer's as its makers
 *  write it. What the peer loads from a network of delivery stands here, packed as tightly as it would be there. */
export async function servePages({ stet, peer }: { stet: number; peer: number }): Promise<Pages> {
  const files = new Map<string, File>([
    ['/stet.html', packFile('text/html', renderPage(renderWidget(stet)))],
    ['/peer.html', packFile('text/html', renderPage(renderPeer(peer)))],
    ['/waline.js', packFile('text/javascript', readFileSync(path.join(clientFolder, 'waline.js'), 'utf8'))],
    ['/waline.css', packFile('text/css', readFileSync(path.join(clientFolder, 'waline.css'), 'utf8'))],
    ['/face.svg', packFile('image/svg+xml', '<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1"/>')],
  ]);
  const server = createServer((request, response) => {
    const file = files.get(request.url ?? '');
    if (!file) return void response.writeHead(404).end();
    const headers = { 'content-type': file.type, 'content-encoding': 'br', 'cache-control': 'max-age=600' };
    response.writeHead(200, headers).end(file.bytes);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { origin: `http://127.0.0.1:${portOf(server)}`, stop: () => void server.close() };
}

type File = { type: string; bytes: Buffer };

function packFile(type: string, content: string): File {
  const bytes = brotliCompressSync(content, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } });
  return { type: `${type}; charset=utf-8`, bytes };
}

function portOf(server: Server): number {
  return (server.address() as AddressInfo).port;
}

// docs/guide/embed.md
function renderWidget(port: number): Parts {
  const stet = `http://127.0.0.1:${port}`;
  return {
    head: '<style>stet-comments:not(:defined) { display: block; min-height: 100vh }</style>',
    body: `<stet-comments site="${readSite}" story="${story}"><a href="${stet}/s/${readSite}/${story}#comments">Comments</a></stet-comments>
<script type="module" src="${stet}/embed.js"></script>`,
  };
}

// https://waline.js.org/en/guide/get-started/client.html. Left off is what would be asked of other hosts: its emoji, its
// search for pictures. Nor has it to colour code or set formulas.
function renderPeer(port: number): Parts {
  return {
    head: '<link rel="stylesheet" href="/waline.css">',
    body: `<div id="waline"></div>
<script type="module">
  import { init } from '/waline.js';
  init({ el: '#waline', serverURL: 'http://127.0.0.1:${port}', path: '${readUrl}', pageSize: ${fragmentComments}, lang: 'en',
    emoji: false, search: false, imageUploader: false, highlighter: false, texRenderer: false });
</script>`,
  };
}

type Parts = { head: string; body: string };

function renderPage({ head, body }: Parts): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>The night ferry returns</title>
<link rel="icon" href="data:,">
<style>body { margin: 0 auto; max-width: 42rem; padding: 1rem; font: 1.1rem/1.6 serif }</style>
${head}
</head>
<body>
<h1>The night ferry returns</h1>
<p>The council said on Monday that the ferry will run at night again, every hour until two.</p>
${body}
<footer>The Harbour Post, printed daily but on Sundays.</footer>
</body>
</html>
`;
}
