import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { launchBrowser } from '../support/browser.ts';
import { startHostSite, type HostSite } from '../support/hostPage.ts';
import { publishComment } from '../support/published.ts';
import { startServer, type TestServer } from '../support/server.ts';

const hourMilliseconds = 3_600_000;

let host: HostSite;
let server: TestServer;
let browser: Browser;
before(async () => {
  host = await startHostSite();
  server = await startServer({ origins: [host.origin], site: { 'page.date': 'relative' } });
  const ago = (hours: number): Date => new Date(Date.now() - hours * hourMilliseconds - 60_000);
  await publishComment(server.store, 'sample', 'bexer', { text: 'نوێ', lang: 'ckb', at: ago(3) });
  await publishComment(server.store, 'sample', 'bexer', { text: 'کۆن', lang: 'ckb', at: ago(24 * 40) });
  browser = await launchBrowser();
});
after(async () => {
  await browser?.close();
  await server?.stop();
  await host?.close();
});

async function open(address: string, options: BrowserContextOptions = {}): Promise<Page> {
  const context = await browser.newContext(options);
  const page = await context.newPage();
  await page.goto(address);
  await page.locator('.comment-link > time').nth(1).waitFor();
  return page;
}

// A long Sorani date ends in the time of day.
const long = /^[٠-٩]+ی \S.* [٠-٩]{4}، [٠-٩]{2}:[٠-٩]{2}$/;

test('without JavaScript a comment has its date in the words of the language', async () => {
  const page = await open(`${server.url}/s/sample/bexer`, { javaScriptEnabled: false });
  for (const shown of await page.locator('.comment-link > time').allTextContents()) assert.match(shown, long);
  await page.context().close();
});

test('how long ago a new comment is, is said in Sorani on the story’s page and in the widget, and the date on pointing at it', async () => {
  host.put(
    '/',
    `<main><stet-comments site="sample" story="bexer"></stet-comments></main><script type="module" src="${server.url}/embed.js"></script>`,
    server.url,
  );
  for (const address of [`${server.url}/s/sample/bexer`, host.origin]) {
    const page = await open(address);
    const time = page.getByText('پێش ٣ کاتژمێر', { exact: true });
    await time.waitFor();
    assert.match((await time.getAttribute('title')) ?? '', long, address);
    const old = page.locator('.comment', { hasText: 'کۆن' }).locator('.comment-link > time');
    assert.match((await old.textContent()) ?? '', long, 'an old one keeps its date');
    await page.context().close();
  }
});
