import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Browser } from 'playwright-core';
import { findBarriers } from '../support/axe.ts';
import { launchBrowser } from '../support/browser.ts';
import { hostileTexts } from '../support/hostile.ts';
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

test('another origin than the site cannot frame the comments', async () => {
  const other = await startHostSite();
  other.put('/', `<iframe src="${server.url}/s/sample/welcome/embed"></iframe>`, server.url);
  const page = await browser.newPage();
  const refused = page.waitForEvent('console', (message) => message.text().includes('frame-ancestors'));
  await page.goto(other.origin);
  await refused;
  await page.close();
  await other.close();
});

test('without JavaScript a frame shows what was approved, and takes a comment in a window of its own', async () => {
  await publishComment(server.store, 'sample', 'welcome', { text: 'Approved', name: 'Ann' });
  await holdComment(server.store, 'sample', 'welcome', { text: 'It waits' });
  const noscript = `<noscript><iframe title="Comments" src="${server.url}/s/sample/welcome/embed"></iframe></noscript>`;
  host.put('/', `<stet-comments site="sample" story="welcome"></stet-comments>${noscript}`, server.url);
  const context = await browser.newContext({ javaScriptEnabled: false, locale: 'en' });
  const page = await context.newPage();
  await page.goto(host.origin);
  const frame = page.frameLocator('iframe');
  await frame.getByText('Approved', { exact: true }).waitFor();
  assert.equal(await frame.getByText('It waits').count(), 0);
  await frame.getByLabel(/^Name/).fill('Ben');
  await frame.getByRole('textbox', { name: /^Comment/ }).fill('Written in a frame without a script');
  const opened = context.waitForEvent('page');
  await frame.getByRole('button', { name: 'Send comment' }).click();
  const receipt = await opened;
  await receipt.getByText('A person at the newsroom').or(receipt.getByRole('heading')).first().waitFor();
  assert.equal((await receipt.locator('input[readonly]').count()) > 0, true);
  await context.close();
});

test('with a script the frame sends in place, and what is reported or linked opens in a window of its own', async () => {
  await addStory(server.store, 'sample', 'framed');
  const id = await publishComment(server.store, 'sample', 'framed', { text: 'Approved', name: 'Ann' });
  host.put('/framed', `<iframe title="Comments" src="${server.url}/s/sample/framed/embed"></iframe>`, server.url);
  const page = await browser.newPage({ locale: 'en' });
  await page.goto(`${host.origin}/framed`);
  const frame = page.frameLocator('iframe');
  const report = frame.getByRole('link', { name: 'Report the comment' });
  assert.equal(await report.getAttribute('target'), '_blank');
  assert.equal(await report.getAttribute('href'), `/s/sample/framed?report=${id}`);
  await frame.getByLabel(/^Name/).fill('Ben');
  await frame.getByRole('textbox', { name: /^Comment/ }).fill('Written in a frame');
  await frame.getByRole('button', { name: 'Send comment' }).click();
  await frame.getByRole('heading', { name: 'Your comment’s receipt' }).waitFor();
  await page.close();
});

test('a page that includes the thread on its own server gets every comment as text, and links that lead to Stet', async () => {
  await addStory(server.store, 'sample', 'included');
  for (const text of hostileTexts) await publishComment(server.store, 'sample', 'included', { text });
  const answer = await server.fetch('/s/sample/included/embed?part=thread&sort=oldest');
  const thread = await answer.text();
  assert.doesNotMatch(thread, /<html|<script|<form|href="\?/);
  assert.ok(thread.includes(`href="${server.url}/s/sample/included?reply=`));
  host.put('/included', thread, server.url);
  const page = await browser.newPage();
  await page.goto(`${host.origin}/included`);
  assert.deepEqual(await page.locator('.comment-text').allTextContents(), [...hostileTexts]);
  assert.equal(await page.locator('.comment-text *').count(), 0);
  await page.close();
});

test('where the thread cannot be had an include gets no page to set into its own', async () => {
  for (const [address, status] of [
    ['/s/sample/nowhere/embed?part=thread', 404],
    ['/s/nowhere/welcome/embed?part=thread', 404],
    ['/s/sample/welcome/embed?part=thread&sort=best', 400],
  ] as const) {
    const answer = await server.fetch(address);
    assert.deepEqual([answer.status, await answer.text()], [status, ''], address);
  }
});

for (const [story, width] of [
  ['welcome', 1280],
  ['bexer', 390],
] as const) {
  test(`nothing stands in anybody's way in the frame: ${story}, ${width} wide`, async () => {
    const page = await browser.newPage({ viewport: { width, height: 900 }, reducedMotion: 'reduce' });
    await page.goto(`${server.url}/s/sample/${story}/embed`);
    const barriers = await findBarriers(page);
    assert.deepEqual(
      barriers.filter((line) => !line.startsWith('page-has-heading-one')),
      [],
    );
    assert.equal(await page.evaluate<boolean>('document.documentElement.scrollWidth > innerWidth'), false);
    const looks = process.env['STET_LOOK'];
    if (looks) await page.screenshot({ path: `${looks}/frame-${story}.png`, fullPage: true });
    await page.close();
  });
}
