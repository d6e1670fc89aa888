import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { queryRows } from '../../src/storage/database.ts';
import { sql } from '../../src/storage/sql.ts';
import { launchBrowser } from '../support/browser.ts';
import { startHostSite, type HostSite } from '../support/hostPage.ts';
import { addStory, publishComment } from '../support/published.ts';
import { startServer, type TestServer } from '../support/server.ts';

let host: HostSite;
let server: TestServer;
let browser: Browser;

before(async () => {
  host = await startHostSite();
  server = await startServer({ site: { screening: 'off' }, origins: [host.origin] });
  browser = await launchBrowser();
});
after(async () => {
  await browser?.close();
  await server?.stop();
  await host?.close();
});

type Visit = { page: Page; context: BrowserContext; trouble: string[] };

/** The page of the publisher with the comments of a new story; `prepare` is a script of the browser before any other. */
async function visit(story: string, prepare = ''): Promise<Visit> {
  const script = `<script type="module" src="${server.url}/embed.js"></script>`;
  const element = `<stet-comments site="sample" story="${story}"><a href="#">To the comments</a></stet-comments>`;
  host.put(`/${story}`, `<main><h1>A story</h1>${element}</main>${script}`, server.url);
  const context = await browser.newContext({ locale: 'en' });
  const page = await context.newPage();
  const trouble: string[] = [];
  page.on('pageerror', (error) => trouble.push(error.message));
  await page.addInitScript(prepare);
  return { page, context, trouble };
}

async function write(page: Page, text: string): Promise<void> {
  await page.getByRole('link', { name: 'Write a comment' }).click();
  await page.getByRole('textbox', { name: 'Name' }).fill('Dee');
  await page.getByRole('textbox', { name: 'Comment Required' }).fill(text);
  await page.getByRole('button', { name: 'Send comment' }).click();
}

async function countHeld(text: string): Promise<number> {
  const rows = await queryRows(server.store.writer, sql`select id from comment where text = ${text}`);
  return rows.length;
}

test('comments that a failing line kept back come when it holds, and an order that cannot be had takes nothing away', async () => {
  await addStory(server.store, 'sample', 'failing');
  for (const text of ['The first.', 'The second.']) await publishComment(server.store, 'sample', 'failing', { text });
  const { page, context, trouble } = await visit('failing');
  await page.route('**/widget*', (route) => route.abort());
  const failed = page.waitForEvent('requestfailed');
  await page.goto(`${host.origin}/failing`);
  await failed;
  await page.getByText('To the comments').waitFor();
  await page.unroute('**/widget*');
  await page.evaluate(`dispatchEvent(new Event('online'))`);
  await page.getByText('The first.').waitFor();
  await page.route('**/widget*', (route) => route.abort());
  await page.getByRole('button', { name: 'Oldest' }).click();
  await page.getByText('This page cannot be shown just now.').waitFor();
  assert.equal(await page.getByText('The second.').count(), 1);
  await page.unroute('**/widget*');
  await page.getByRole('button', { name: 'Oldest' }).click();
  await page.getByRole('button', { name: 'Oldest', pressed: true }).waitFor();
  assert.deepEqual(trouble, []);
  await context.close();
});

test('on a slow line the link says that the form is on its way, and the comment arrives once', async () => {
  await addStory(server.store, 'sample', 'slow');
  const { page, context, trouble } = await visit('slow');
  await page.goto(`${host.origin}/slow`);
  const link = page.getByRole('link', { name: 'Write a comment' });
  await link.waitFor();
  const devtools = await context.newCDPSession(page);
  const slow = { offline: false, latency: 600, downloadThroughput: 6_000, uploadThroughput: 3_000 };
  await devtools.send('Network.emulateNetworkConditions', slow);
  await link.click();
  await page.locator('[part=write][aria-busy=true]').waitFor();
  await link.click();
  await page.getByRole('textbox', { name: 'Name' }).fill('Slow Dee');
  await page.getByRole('textbox', { name: 'Comment Required' }).fill('By one bar of signal.');
  const send = page.getByRole('button', { name: 'Send comment' });
  await send.dblclick();
  await page.getByText('Thank you.').waitFor();
  assert.equal(await page.locator('[aria-busy]').count(), 0);
  assert.equal(await countHeld('By one bar of signal.'), 1);
  assert.deepEqual(trouble, []);
  await context.close();
});

test('what was on its way when the page was closed is sent when the story is opened again, and a refusal is seen', async () => {
  await addStory(server.store, 'sample', 'closed');
  const { page, context, trouble } = await visit('closed');
  await page.route('**/comments', (route) => route.abort());
  await page.goto(`${host.origin}/closed`);
  await write(page, 'Sent before the tab was closed.');
  await page.getByText('The connection dropped.').waitFor();
  await page.close();
  const again = await context.newPage();
  await again.goto(`${host.origin}/closed`);
  await again.getByText('Waiting to be read').first().waitFor();
  assert.equal(await countHeld('Sent before the tab was closed.'), 1);
  assert.equal(await again.getByRole('textbox').count(), 0, 'no form opens by itself');

  await again.route('**/comments', (route) => route.abort());
  await write(again, 'Sent under a name that is none.');
  await again.getByText('The connection dropped.').waitFor();
  await again.close();
  await server.set({ 'newsroom.names': 'Dee' });
  const refused = await context.newPage();
  await refused.goto(`${host.origin}/closed`);
  await refused.locator('[part=error]:not(:empty)').waitFor();
  assert.equal(
    await refused.getByRole('textbox', { name: 'Comment Required' }).inputValue(),
    'Sent under a name that is none.',
  );
  assert.deepEqual(trouble, []);
  await server.set({ 'newsroom.names': '' });
  await context.close();
});

test('a browser that keeps nothing reads, writes and shows what waits until the page is left', async () => {
  await addStory(server.store, 'sample', 'forgetful');
  const forbid = `for (const name of ['localStorage', 'sessionStorage', 'indexedDB', 'caches'])
    Object.defineProperty(globalThis, name, { get() { throw new DOMException('no', 'SecurityError'); } });`;
  const { page, context, trouble } = await visit('forgetful', forbid);
  await page.goto(`${host.origin}/forgetful`);
  await write(page, 'Nothing is kept of this.');
  await page.getByText('Thank you.').waitFor();
  assert.notEqual(await page.getByRole('textbox', { name: 'Receipt' }).inputValue(), '');
  assert.equal(await countHeld('Nothing is kept of this.'), 1);
  assert.deepEqual(trouble, []);
  await context.close();
});

test('with the cookies of others blocked the widget and the frame take a comment all the same', async () => {
  await addStory(server.store, 'sample', 'blocked');
  const { page, context, trouble } = await visit('blocked');
  const devtools = await context.newCDPSession(page);
  await devtools.send('Network.enable');
  await devtools.send('Network.setCookieControls', {
    enableThirdPartyCookieRestriction: true,
  });
  await page.goto(`${host.origin}/blocked`);
  await write(page, 'In the widget, without cookies.');
  await page.getByText('Thank you.').waitFor();
  host.put('/framed', `<iframe title="Comments" src="${server.url}/s/sample/blocked/embed"></iframe>`, server.url);
  await page.goto(`${host.origin}/framed`);
  const frame = page.frameLocator('iframe');
  await frame.getByRole('textbox', { name: 'Name' }).fill('Dee');
  await frame.getByRole('textbox', { name: 'Comment Required' }).fill('In the frame, without cookies.');
  await frame.getByRole('button', { name: 'Send comment' }).click();
  await frame.getByText('Thank you.').waitFor();
  for (const where of ['widget', 'frame']) assert.equal(await countHeld(`In the ${where}, without cookies.`), 1, where);
  assert.deepEqual([trouble, await context.cookies()], [[], []]);
  await context.close();
});
