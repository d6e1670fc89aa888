import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Browser } from 'playwright-core';
import { launchBrowser } from '../support/browser.ts';
import { startHostSite, type HostSite } from '../support/hostPage.ts';
import { addStory, holdComment, publishComment } from '../support/published.ts';
import { startServer, type TestServer } from '../support/server.ts';

let host: HostSite;
let server: TestServer;
let browser: Browser;

before(async () => {
  host = await startHostSite();
  server = await startServer({ origins: [host.origin] });
  browser = await launchBrowser();
});
after(async () => {
  await browser?.close();
  await server?.stop();
  await host?.close();
});

test('a front page has its counts by key, by address and by the link they stand in, in the digits of their language', async () => {
  await addStory(server.store, 'sample', 'linked', { url: `${host.origin}/linked` });
  await addStory(server.store, 'sample', 'named', { url: `${host.origin}/named` });
  for (const story of ['welcome', 'linked', 'linked', 'named', 'bexer', 'bexer', 'bexer'])
    await publishComment(server.store, 'sample', story);
  await holdComment(server.store, 'sample', 'welcome', { text: 'Not read yet' });
  const front = `<ul><li id="a"><span data-stet-count="welcome"></span></li>
    <li id="b"><a href="/linked">A story (<span data-stet-count></span>)</a></li>
    <li id="c" data-stet-count="${host.origin}/named"></li>
    <li id="d" lang="ckb"><b data-stet-count="bexer"></b></li>
    <li id="e" data-stet-count="of-nobody"></li></ul>
    <script type="module" src="${server.url}/count.js?site=sample"></script>`;
  host.put('/', front, server.url);
  const page = await browser.newPage();
  const requests: string[] = [];
  page.on('request', (request) => void (request.url().startsWith(server.url) && requests.push(request.url())));
  await page.goto(host.origin);
  await page.locator('#e', { hasText: '0' }).waitFor();
  const counts = ['a', 'b', 'c', 'd', 'e'].map((id) => page.locator(`#${id}`).textContent());
  assert.deepEqual(await Promise.all(counts), ['1', 'A story (2)', '1', '٣', '0']);
  assert.equal(requests.length, 2);
  await page.close();
});

test('a front page of another origin than the site is told nothing', async () => {
  const other = await startHostSite();
  const front = `<p data-stet-count="welcome">·</p><script type="module" src="${server.url}/count.js?site=sample"></script>`;
  other.put('/', front, server.url);
  const page = await browser.newPage();
  await page.goto(other.origin, { waitUntil: 'networkidle' });
  assert.equal(await page.locator('p').textContent(), '·');
  await page.close();
  await other.close();
});
