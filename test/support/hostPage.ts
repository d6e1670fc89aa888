import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A publisher's own web server, on another origin than Stet, whose pages a test sets. */
export type HostSite = {
  /** `http://127.0.0.1:<port>` */
  origin: string;
  /** Sets a page. Its policy allows scripts and requests of `from` alone, a style of its own, and no markup from strings. */
  put(path: string, body: string, from: string): void;
  close(): Promise<void>;
};

/** Starts it on a free port. */
export async function startHostSite(): Promise<HostSite> {
  const pages = new Map<string, { body: string; policy: string }>();
  const server = createServer((request, response) => {
    const page = pages.get(request.url ?? '');
    if (request.url === '/style.css') return response.writeHead(200, { 'content-type': 'text/css' }).end(style);
    if (!page) return response.writeHead(404).end();
    return response
      .writeHead(200, { 'content-type': 'text/html; charset=utf-8', 'content-security-policy': page.policy })
      .end(page.body);
  });
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    origin,
    put: (path, body, from) => {
      const policy =
        `default-src 'none'; script-src ${from}; connect-src ${from}; frame-src ${from}; style-src 'self'; img-src data:; ` +
        "base-uri 'none'; form-action 'none'; require-trusted-types-for 'script'; trusted-types 'none'";
      pages.set(path, { policy, body: renderPage(body) });
    },
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function renderPage(body: string): string {
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>The Harbour Post</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="icon" href="data:,"><link rel="stylesheet" href="/style.css"></head><body>${body}</body></html>`;
}

// Its rem is ten pixels, as on many a page.
const style = `:root { color-scheme: light dark; font-size: 62.5% } body { margin: 1em auto; max-width: 40em; padding: 0 1em;
  font: 17px/1.5 Georgia, serif; background: #fff; color: #111 }
stet-comments:not(:defined) { display: block; min-height: 100vh } .long { height: 3000px }
@media (prefers-color-scheme: dark) { body { background: #121212; color: #eee } } iframe { width: 100%; height: 960px }`;
