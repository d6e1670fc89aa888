import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Browser } from 'playwright-core';
import { launchBrowser } from '../support/browser.ts';
import { startServer, type TestServer } from '../support/server.ts';

let server: TestServer;
let browser: Browser;
before(async () => {
  server = await startServer();
  browser = await launchBrowser();
});
after(async () => {
  await browser?.close();
  await server?.stop();
});

type Seen = { asked: string[]; families: string[] };

/** What a page asks for below /fonts/, and the faces that its headline is drawn with. */
async function read(story: string): Promise<Seen> {
  const page = await browser.newPage();
  const asked: string[] = [];
  page.on('request', (request) => {
    const { pathname } = new URL(request.url());
    if (pathname.startsWith('/fonts/')) asked.push(pathname);
  });
  await page.goto(`${server.url}/s/sample/${story}`);
  await page.evaluate('document.fonts.ready');
  const devtools = await page.context().newCDPSession(page);
  await devtools.send('DOM.enable');
  await devtools.send('CSS.enable');
  const { root } = await devtools.send('DOM.getDocument');
  const { nodeId } = await devtools.send('DOM.querySelector', { nodeId: root.nodeId, selector: 'h1' });
  const { fonts } = await devtools.send('CSS.getPlatformFontsForNode', { nodeId });
  await page.close();
  return { asked, families: fonts.map(({ familyName }) => familyName) };
}

test('no page asks for a font where the site does not want one', async () => {
  assert.deepEqual((await read('bexer')).asked, []);
});

test('a site that wants it brings the letters of Sorani, and a page without one of them does not ask for the file', async () => {
  await server.set({ 'page.font': 'served' });
  const sorani = await read('bexer');
  assert.deepEqual(sorani.asked, ['/fonts/arabic.css', '/fonts/vazirmatn.woff2']);
  assert.ok(
    sorani.families.some((name) => name.startsWith('Vazirmatn')),
    String(sorani.families),
  );
  assert.deepEqual((await read('welcome')).asked, ['/fonts/arabic.css']);
});

test('the page of a publisher may load it too', async () => {
  for (const name of ['arabic.css', 'vazirmatn.woff2']) {
    const { status, headers } = await server.fetch(`/fonts/${name}`, {
      headers: { origin: 'https://anybody.example' },
    });
    const allowed = headers.get('access-control-allow-origin');
    assert.deepEqual([status, allowed, headers.get('cross-origin-resource-policy')], [200, '*', 'cross-origin'], name);
  }
  assert.equal((await server.fetch('/fonts/toString')).status, 404);
});
