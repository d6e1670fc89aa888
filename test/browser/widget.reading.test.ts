import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { findBarriers } from '../support/axe.ts';
import { launchBrowser } from '../support/browser.ts';
import { hostileComments } from '../support/hostileComments.ts';
import { hostileNames } from '../support/hostile.ts';
import { waitUntil } from '../support/folders.ts';
import { startHostSite, type HostSite } from '../support/hostPage.ts';
import { addStory, publishComment, removeComment } from '../support/published.ts';
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

type Visit = { page: Page; requests: string[]; trouble: string[]; close: () => Promise<void> };

let pages = 0;

/** Opens a page of the publisher's with this in its body, and the widget's script after it. */
async function visit(body: string, options: BrowserContextOptions = {}): Promise<Visit> {
  const path = `/story-${(pages += 1)}`;
  host.put(path, `${body}<script type="module" src="${server.url}/embed.js"></script>`, server.url);
  const context = await browser.newContext({ locale: 'en', ...options });
  const page = await context.newPage();
  const requests: string[] = [];
  const trouble: string[] = [];
  page.on('request', (request) => void (request.url().startsWith(host.origin) || requests.push(request.url())));
  page.on('pageerror', (error) => trouble.push(error.message));
  page.on('dialog', (dialog) => {
    trouble.push(dialog.message());
    void dialog.dismiss();
  });
  page.on('console', (message) => void (message.type() === 'error' && trouble.push(message.text())));
  await page.goto(host.origin + path);
  return { page, requests, trouble, close: () => context.close() };
}

function widgetOf(story: string, within = ''): string {
  return `<stet-comments site="sample" story="${story}">${within}</stet-comments>`;
}

test('every hostile comment is the text that was sent on the page of the publisher too', async () => {
  await addStory(server.store, 'sample', 'hostile');
  for (const [index, text] of hostileComments.entries()) {
    const name = hostileNames[index % hostileNames.length] ?? '';
    await publishComment(server.store, 'sample', 'hostile', { text, name });
  }
  const { page, trouble, close } = await visit(widgetOf('hostile'));
  await page.locator('article').first().waitFor();
  await page.getByRole('button', { name: 'More comments' }).click();
  await page
    .locator('article')
    .nth(hostileComments.length - 1)
    .waitFor();
  assert.deepEqual(await page.locator('article > p').allTextContents(), hostileComments.toReversed());
  assert.equal(await page.locator('article > p *').count(), 0);
  assert.equal(await page.locator('h3 bdi *').count(), 0);
  assert.deepEqual(trouble, []);
  await close();
});

test('one request for the script, one for the comments, one for what comes, nothing to anybody else, and no cookie', async () => {
  const { page, requests, trouble, close } = await visit(widgetOf('welcome'));
  await page.getByRole('heading', { name: 'Comments' }).waitFor();
  await waitUntil(() => requests.length > 2, 'what comes is listened for');
  const story = `${server.url}/api/v1/sites/sample/stories/welcome`;
  assert.deepEqual(requests, [`${server.url}/embed.js`, `${story}/widget`, `${story}/events`]);
  assert.deepEqual(await page.context().cookies(), []);
  assert.equal(await page.evaluate('localStorage.length + sessionStorage.length'), 0);
  assert.deepEqual(trouble, []);
  await close();
});

test('nothing is loaded before the reader comes near, and nothing moves when it is', async () => {
  await addStory(server.store, 'sample', 'far');
  for (let at = 0; at < 30; at += 1) {
    await publishComment(server.store, 'sample', 'far', { text: `Comment ${at}. ${'Words. '.repeat(20)}` });
  }
  const { page, requests, close } = await visit(`<div class="long">The story.</div>${widgetOf('far')}<p>The end</p>`);
  await page.locator('stet-comments:defined').waitFor();
  await page.evaluate('new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))');
  assert.deepEqual(requests, [`${server.url}/embed.js`]);
  await page.evaluate(`window.shift = 0; new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) window.shift += entry.value;
  }).observe({ type: 'layout-shift', buffered: true })`);
  await page.locator('stet-comments').evaluate((element) => element.scrollIntoView());
  await page.getByText('Comment 29.').waitFor();
  await page.evaluate('new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))');
  const shift = await page.evaluate<number>('window.shift');
  assert.ok(shift < 0.01, `${shift}`);
  await close();
});

test('a comment that is taken down is not there for the next reader, and one that waits never was', async () => {
  await addStory(server.store, 'sample', 'taken');
  const gone = await publishComment(server.store, 'sample', 'taken', { text: 'A comment', name: 'Gone' });
  await publishComment(server.store, 'sample', 'taken', { text: 'It stays', name: 'Stays' });
  const first = await visit(widgetOf('taken'));
  await first.page.getByText('A comment', { exact: true }).waitFor();
  await removeComment(server.store, 'sample', gone);
  const second = await visit(widgetOf('taken'));
  await second.page.getByText('It stays').waitFor();
  assert.equal(await second.page.locator('article').count(), 1);
  await first.close();
  await second.close();
});

test('what stands between the tags stays where the comments cannot be had', async () => {
  const { page, requests, close } = await visit(widgetOf('unknown', '<a href="#">To the comments</a>'));
  await waitUntil(() => requests.length > 1, 'the comments are asked for');
  await page.waitForLoadState('networkidle');
  assert.equal(await page.getByRole('link', { name: 'To the comments' }).isVisible(), true);
  await close();
});

test('replies stand below what they answer and can be put away; the order changes in place; more comes below', async () => {
  await addStory(server.store, 'sample', 'deep');
  const top = await publishComment(server.store, 'sample', 'deep', { text: 'Top', name: 'Ann' });
  let parent = top;
  for (const name of ['Ben', 'Cid', 'Dee', 'Eve']) {
    parent = await publishComment(server.store, 'sample', 'deep', { text: `by ${name}`, name, parent });
  }
  for (let at = 0; at < 110; at += 1) await publishComment(server.store, 'sample', 'deep', { text: `No. ${at}` });
  const { page, trouble, close } = await visit(widgetOf('deep'));
  await page.getByText('No. 109').waitFor();
  assert.equal(await page.getByText('by Eve').count(), 0);
  await page.getByRole('button', { name: 'More comments' }).click();
  await page.getByText('by Eve').waitFor();
  assert.equal(await page.locator('article').count(), 115);
  assert.equal(await page.getByRole('button', { name: 'More comments' }).count(), 0);

  await page.getByRole('button', { name: 'Oldest first' }).click();
  await page.locator('button[aria-pressed=true]:focus', { hasText: 'Oldest first' }).waitFor();
  assert.equal(await page.locator('article').first().getAttribute('id'), `c-${top}`);
  assert.equal(await page.locator('article article article article').count(), 2);
  assert.equal(await page.getByText('In reply to Dee').count(), 1);
  await page.getByText('Replies (4)').click();
  assert.equal(await page.getByText('by Ben').isVisible(), false);
  assert.deepEqual(trouble, []);
  await close();
});

test('a story is found by the address of its page, and one that nobody sent yet can be the first', async () => {
  const { page, close } = await visit('<stet-comments site="sample"></stet-comments>');
  await addStory(server.store, 'sample', 'by-address', { url: page.url() });
  await publishComment(server.store, 'sample', 'by-address', { text: 'Found by its address' });
  await page.reload();
  await page.getByText('Found by its address').waitFor();
  await close();

  await server.set({ 'stories.fromUrl': 'on' });
  const fresh = await visit('<stet-comments site="sample"></stet-comments>');
  await fresh.page.getByText('No comment has been published here yet.').waitFor();
  await fresh.close();
});

test('another story is shown when the attributes change, as in a page that is never loaded anew', async () => {
  await publishComment(server.store, 'sample', 'ahlan', { text: 'التعليق', name: 'سلمى', lang: 'ar' });
  const { page, close } = await visit(widgetOf('welcome'));
  await page.getByRole('heading', { name: 'Comments' }).waitFor();
  await page.locator('stet-comments').evaluate((element) => element.setAttribute('story', 'ahlan'));
  await page.locator('section[dir=rtl]').waitFor();
  assert.equal(await page.getByText('التعليق', { exact: true }).isVisible(), true);
  await close();
});

test("the publisher's page is told how many comments are shown, and nothing of what they say", async () => {
  const { page, close } = await visit('');
  await page.evaluate(`window.told = []; addEventListener('stet:shown', ({ detail }) => told.push(detail));
    document.body.append(Object.assign(document.createElement('stet-comments'), {}));
    for (const [name, value] of [['site', 'sample'], ['story', 'ahlan']])
      document.querySelector('stet-comments').setAttribute(name, value)`);
  await waitUntil(() => page.evaluate<boolean>('window.told.length > 0'), 'the page is told');
  assert.deepEqual(await page.evaluate('window.told'), [{ count: 1 }]);
  await close();
});

const looks: [string, string, BrowserContextOptions][] = [
  ['English, wide, light', 'looked', { viewport: { width: 1280, height: 900 } }],
  ['English, narrow, dark', 'looked', { viewport: { width: 390, height: 780 }, colorScheme: 'dark' }],
  ['Sorani, narrow, dark', 'bexer', { viewport: { width: 390, height: 780 }, colorScheme: 'dark' }],
  ['Sorani, 320 wide', 'bexer', { viewport: { width: 320, height: 780 } }],
];

for (const [look, story, options] of looks) {
  test(`nothing stands in anybody's way, and nothing has to be scrolled sideways: ${look}`, async () => {
    await addStory(server.store, 'sample', 'looked');
    const parent = await publishComment(server.store, 'sample', story, {
      text: `${'word'.repeat(60)} ووشە`,
      name: 'Ann',
    });
    await publishComment(server.store, 'sample', story, { text: 'وەڵامێک', name: 'ئاواز', lang: 'ckb', parent });
    const { page, close } = await visit(`<main><h1>A story</h1>${widgetOf(story)}</main>`, {
      reducedMotion: 'reduce',
      ...options,
    });
    await page.getByText('وەڵامێک').first().waitFor();
    // The publisher's page of this test is allowed no script of its own, so axe comes round its policy.
    assert.deepEqual(await findBarriers(page), []);
    const wide = await page.evaluate<boolean>('document.documentElement.scrollWidth > innerWidth');
    assert.equal(wide, false);
    if (process.env['STET_LOOK'])
      await page.screenshot({ path: `${process.env['STET_LOOK']}/${look}.png`, fullPage: true });
    await close();
  });
}
