import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core';
import { findBarriers } from '../support/axe.ts';
import { launchBrowser } from '../support/browser.ts';
import { watchForHarm, type Harm } from '../support/deskPage.ts';
import { hostileNames, hostileTexts } from '../support/hostile.ts';
import { addStory, publishComment, removeComment } from '../support/published.ts';
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

type Reader = { page: Page; context: BrowserContext; harm: Harm };

async function open(path: string, options: BrowserContextOptions = {}): Promise<Reader> {
  const context = await browser.newContext({ locale: 'en', ...options });
  const page = await context.newPage();
  const harm = watchForHarm(page, server);
  await page.goto(server.url + path);
  return { page, context, harm };
}

// In the browser, whose types the tests do not have.
function fontSize(page: Page): Promise<number> {
  return page.evaluate<number>("parseFloat(getComputedStyle(document.querySelector('.text p')).fontSize)");
}

test('A+ and A− work by keyboard, say what they did, stop at either end and are remembered', async () => {
  const { page, context } = await open('/s/sample/welcome');
  const before = await fontSize(page);
  const larger = page.getByRole('link', { name: 'Larger text' });
  await larger.focus();
  for (const size of [3, 4, 5]) {
    await page.keyboard.press('Enter');
    await page.locator('[data-size-now]', { hasText: `Text size ${size} of 5` }).waitFor({ state: 'attached' });
  }
  assert.equal(await larger.getAttribute('aria-disabled'), 'true');
  await page.locator('.size-more:focus').waitFor();
  const after = await fontSize(page);
  assert.ok(after > before * 1.5, `${before} became ${after}`);
  assert.equal(page.url(), `${server.url}/s/sample/welcome`);

  await page.goto(`${server.url}/s/sample/ahlan`);
  await page.locator('html.size-5').waitFor();
  await page.getByRole('link', { name: 'تصغير النص' }).click();
  await page.locator('html.size-4').waitFor();
  await context.close();
});

test('without JavaScript the text size is a link, and goes along to the next page', async () => {
  const { page, context } = await open('/s/sample/welcome', { javaScriptEnabled: false });
  await page.getByRole('link', { name: 'Larger text' }).click();
  await page.waitForURL('**/s/sample/welcome?size=3');
  await page.getByRole('link', { name: 'council' }).click();
  await page.waitForURL('**/tags/council?size=3');
  await page.getByRole('link', { name: 'Smaller text' }).click();
  await page.waitForURL('**/tags/council?size=2');
  await context.close();
});

test('a comment that is approved while the page is open is told of, and nothing moves until the reader asks', async () => {
  await addStory(server.store, 'sample', 'live', { text: 'Long.\n\n'.repeat(60) });
  await publishComment(server.store, 'sample', 'live', { text: 'The first', name: 'First' });
  const { page, context, harm } = await open('/s/sample/live');
  await page.locator('.comment').first().scrollIntoViewIfNeeded();
  const place = (): Promise<number> =>
    page
      .locator('.comment')
      .first()
      .evaluate((comment) => comment.getBoundingClientRect().top);
  const before = await place();
  await publishComment(server.store, 'sample', 'live', { text: 'The second', name: 'Second' });
  await page.getByText('1 new comment.').waitFor();
  assert.equal(await place(), before);
  assert.equal(await page.locator('[data-number]').textContent(), '2');
  assert.equal(await page.getByText('The second').count(), 0);
  await page.getByText('1 new comment.').click();
  await page.getByText('The second').waitFor();
  assert.deepEqual(harm, []);
  await context.close();
});

test('a comment that is taken down leaves the open page at once, and the reply below it stays', async () => {
  const parent = await publishComment(server.store, 'sample', 'bexer', { text: 'A comment', name: 'Parent' });
  await publishComment(server.store, 'sample', 'bexer', { text: 'The reply', name: 'Child', parent });
  const { page, context } = await open('/s/sample/bexer');
  await page.locator(`#c-${parent} > .comment-text`).waitFor();
  await page.locator('[data-number]', { hasText: '٢' }).waitFor();
  await removeComment(server.store, 'sample', parent);
  await page.locator(`#c-${parent} > .comment-text`).waitFor({ state: 'detached' });
  assert.equal(await page.getByText('The reply').isVisible(), true);
  await context.close();
});

test('every hostile comment is shown as the text that was sent, and nothing else happens', async () => {
  await addStory(server.store, 'sample', 'hostile', {
    headline: '<img src=x onerror=alert(1)>',
    text: hostileTexts.join('\n\n'),
  });
  for (const [index, text] of hostileTexts.entries()) {
    await publishComment(server.store, 'sample', 'hostile', {
      text,
      name: hostileNames[index % hostileNames.length] ?? '',
    });
  }
  const { page, context, harm } = await open('/s/sample/hostile?sort=oldest');
  await page.locator('.comment').first().waitFor();
  assert.deepEqual(await page.locator('.comment-text').allTextContents(), [...hostileTexts]);
  assert.equal(await page.locator('.comment-text *').count(), 0);
  assert.deepEqual(harm, []);
  await context.close();
});

const looks: [string, string, BrowserContextOptions][] = [
  ['English, wide, light', '/s/sample/welcome', { viewport: { width: 1280, height: 900 } }],
  ['Sorani, narrow, dark', '/s/sample/bexer', { viewport: { width: 360, height: 780 }, colorScheme: 'dark' }],
  ['Arabic, largest text', '/s/sample/ahlan?size=5', { viewport: { width: 360, height: 780 } }],
  ['the stories', '/s/sample', { viewport: { width: 360, height: 780 } }],
  ['the guidelines', '/s/sample/guidelines?lang=ckb', { viewport: { width: 1280, height: 900 }, colorScheme: 'dark' }],
  ['the privacy notice', '/s/sample/privacy', { viewport: { width: 320, height: 780 } }],
  ['the receipt page', '/receipt?lang=ar', { viewport: { width: 320, height: 780 } }],
  ['a page that is not there', '/s/sample/nothing', { viewport: { width: 320, height: 780 }, colorScheme: 'dark' }],
];

for (const [look, path, options] of looks) {
  test(`nothing stands in anybody's way: ${look}`, async () => {
    await publishComment(server.store, 'sample', 'welcome', { text: 'نووسینێک بە کوردی', name: 'ئاواز', lang: 'ckb' });
    const { page, context, harm } = await open(path, { reducedMotion: 'reduce', ...options });
    await page.locator('h1').waitFor();
    assert.deepEqual(await findBarriers(page), []);
    assert.deepEqual(
      harm.filter((line) => !line.startsWith('policy')),
      [],
    );
    await context.close();
  });
}

test('at 400 percent nothing has to be scrolled sideways', async () => {
  for (const path of ['/s/sample/welcome?size=3', '/s/sample/bexer', '/s/sample/guidelines', '/receipt', '/s/sample']) {
    const { page, context } = await open(path, { viewport: { width: 320, height: 256 } });
    const width = await page.evaluate<number>('document.documentElement.scrollWidth');
    assert.ok(width <= 320, `${path} is ${width} wide`);
    await context.close();
  }
});
