import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Browser } from 'playwright-core';
import { createSite } from '../../src/cli/createSite.ts';
import { launchBrowser } from '../support/browser.ts';
import { arrive, holdComment, waitForCase } from '../support/deskPage.ts';
import { startServer, type TestServer } from '../support/server.ts';

let server: TestServer;
let browser: Browser;

before(async () => {
  server = await startServer({ language: 'ckb' });
  browser = await launchBrowser();
});
after(async () => {
  await browser?.close();
  await server?.stop();
});

test('the desk speaks the language of its site, from right to left, and a choice is remembered', async () => {
  const { page, harm } = await arrive(browser, server, { email: 'zilan@example.org' });
  const html = page.locator('html');
  assert.deepEqual([await html.getAttribute('lang'), await html.getAttribute('dir')], ['ckb', 'rtl']);
  await page.getByRole('heading', { name: 'چاوەڕوان' }).waitFor();
  await page.locator('.menu summary').click();
  await page.locator('.menu-sheet select').first().selectOption('en');
  await page.locator('.notice', { hasText: 'The desk now speaks English.' }).waitFor();
  assert.deepEqual([await html.getAttribute('lang'), await html.getAttribute('dir')], ['en', 'ltr']);
  await page.reload();
  await page.getByRole('heading', { name: 'Held' }).waitFor();
  assert.deepEqual(harm, []);
});

test('the desk opens in each of its languages, in the direction of its script and its digits, its places in one row', async () => {
  const { page, harm } = await arrive(browser, server, { email: 'polyglot@example.org', role: 'admin' });
  const html = page.locator('html');
  await page.locator('.menu summary').click();
  for (const [language, direction, held, none] of [
    ['en', 'ltr', 'Held', '0'],
    ['ar', 'rtl', 'قيد الانتظار', '0'],
    ['kmr', 'ltr', 'Li bendê', '0'],
    ['tr', 'ltr', 'Bekleyen', '0'],
    ['fa', 'rtl', 'منتظر', '۰'],
    ['ckb', 'rtl', 'چاوەڕوان', '٠'],
  ] as const) {
    await page.locator('.menu-sheet select').first().selectOption(language);
    await page.getByRole('heading', { name: `${held} ${none}` }).waitFor();
    assert.deepEqual([await html.getAttribute('lang'), await html.getAttribute('dir')], [language, direction]);
    const rows = await page.evaluate<number[]>(
      "[...new Set([...document.querySelectorAll('.places button')].map((place) => place.getBoundingClientRect().top))]",
    );
    assert.equal(rows.length, 1, `the places in ${language}`);
  }
  assert.deepEqual(harm, []);
});

test('a comment keeps its own direction and language whatever the desk speaks, and its name stands alone', async () => {
  await holdComment(server, { name: 'Anna (Bonn) 7', text: 'It was 100% right, 5 > 3!', need: 90 });
  await holdComment(server, {
    name: 'سلمى (3)',
    text: 'كان صحيحًا 100%، أليس كذلك؟',
    lang: 'ar',
    story: 'ahlan',
    need: 80,
  });
  const { page } = await arrive(browser, server, { email: 'nawzad@example.org' });
  await page.keyboard.press('n');
  await waitForCase(page, 'Anna (Bonn) 7');
  const text = page.locator('#case-text');
  const directions = async () => [
    await text.getAttribute('dir'),
    await text.getAttribute('lang'),
    await page.evaluate<string>(`getComputedStyle(document.querySelector('#case-text')).direction`),
  ];
  assert.deepEqual(await directions(), ['ltr', 'en', 'ltr']);
  assert.equal(await page.locator('#case-heading > bdi').textContent(), 'Anna (Bonn) 7');
  await page.locator('.notice', { hasText: '\u2068Anna (Bonn) 7\u2069' }).waitFor();
  const frame = await text.boundingBox();
  const list = await page.locator('.list').boundingBox();
  assert.ok(frame && list && frame.x + frame.width <= list.x, 'the queue stands to the right of the case');
  await page.keyboard.press('n');
  await waitForCase(page, 'سلمى (3)');
  assert.deepEqual(await directions(), ['rtl', 'ar', 'rtl']);
});

test('whoever moderates several sites chooses among them, and finds the last one again', async () => {
  const origins: string[] = [];
  await createSite(server.store, { site: 'second', name: 'The Hill Gazette', language: 'en', origins }, server.now());
  await server.signIn({ site: 'second', email: 'both@example.org', role: 'moderator' });
  const { page } = await arrive(browser, server, { email: 'both@example.org' });
  const choice = page.locator('.masthead h1 select');
  const offered = await choice.locator('option').allTextContents();
  assert.deepEqual(offered.toSorted(), ['The Harbour Post', 'The Hill Gazette', 'هەموو ماڵپەڕەکانم']);
  await choice.selectOption('second');
  await page.locator('.notice', { hasText: 'The Hill Gazette' }).waitFor();
  await page.locator('.empty').waitFor();
  await page.reload();
  await page.locator('.empty').waitFor();
  assert.equal(await choice.inputValue(), 'second');
  await choice.selectOption('sample');
  await page.locator('.line').first().waitFor();
});
