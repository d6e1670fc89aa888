import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { findBarriers } from '../support/axe.ts';
import { launchBrowser } from '../support/browser.ts';
import { arrive, waitForCase, watchForHarm } from '../support/deskPage.ts';
import { publishComment } from '../support/published.ts';
import { startServer, type TestServer } from '../support/server.ts';

let server: TestServer;
let browser: Browser;

before(async () => {
  server = await startServer({ site: { reactions: 'on' } });
  browser = await launchBrowser();
});
after(async () => {
  await browser?.close();
  await server?.stop();
});

async function open(
  path: string,
  options: BrowserContextOptions = {},
): Promise<{ page: Page; harm: readonly string[] }> {
  const page = await (await browser.newContext({ locale: 'en', ...options })).newPage();
  const harm = watchForHarm(page, server);
  await page.goto(server.url + path);
  return { page, harm };
}

test('a moderator features a comment with one key, open pages show it at once, and the same key takes it back', async () => {
  const id = await publishComment(server.store, 'sample', 'welcome', {
    name: 'Tamsin',
    text: 'The last boat is full.',
  });
  await publishComment(server.store, 'sample', 'welcome', { name: 'Rosa', text: 'It was not.' });
  const { page, harm } = await open('/s/sample/welcome');
  const mark = page.locator(`#c-${id} .comment-featured`);
  const { page: desk, harm: deskHarm } = await arrive(browser, server, { email: 'ada@example.org' });
  await desk.locator('.filters select').first().selectOption('approved');
  await desk.locator('.line', { hasText: 'Tamsin' }).click();
  await waitForCase(desk, 'Tamsin');
  await desk.getByRole('button', { name: 'Feature' }).waitFor();
  await desk.keyboard.press('p');
  await desk.locator('.featured', { hasText: 'Featured by the newsroom' }).waitFor();
  await mark.waitFor();
  assert.equal(await mark.textContent(), 'Featured by the newsroom');
  await page.reload();
  await page.getByRole('link', { name: 'Featured', exact: true }).click();
  await page.locator('.comments').getByText('The last boat is full.').waitFor();
  assert.equal(await page.getByText('It was not.').count(), 0);
  assert.deepEqual(await findBarriers(page), []);
  await page.getByRole('link', { name: 'Newest first' }).click();
  await mark.waitFor();
  await desk.getByRole('button', { name: 'Feature no longer' }).waitFor();
  await desk.keyboard.press('p');
  await mark.waitFor({ state: 'detached' });
  assert.deepEqual([...harm, ...deskHarm], []);
});

test('a reader says one word of a comment, changes it and takes it back, and nobody else’s page is another for it', async () => {
  const id = await publishComment(server.store, 'sample', 'bexer', {
    name: 'ئازاد',
    text: 'کەشتییەکە پڕە.',
    lang: 'ckb',
  });
  const { page, harm } = await open('/s/sample/bexer');
  const form = page.locator(`#c-${id} form`);
  const [informative, reasoned] = [form.locator('[value=informative]'), form.locator('[value=reasoned]')];
  await informative.click();
  await page.locator(`#c-${id} [value=informative][aria-pressed=true]`).waitFor();
  assert.equal(await informative.locator('.number').textContent(), '١');
  await reasoned.press('Enter');
  await page.locator(`#c-${id} [value=reasoned][aria-pressed=true]`).waitFor();
  assert.equal(await informative.locator('.number').textContent(), '');
  assert.deepEqual(await findBarriers(page), []);
  server.pass(1);
  await page.reload();
  await page.locator(`#c-${id} [value=reasoned][aria-pressed=true]`).waitFor();
  assert.equal(await reasoned.locator('.number').textContent(), '١');
  const { page: other } = await open('/s/sample/bexer');
  await other.locator(`#c-${id} [value=reasoned]`).waitFor();
  assert.equal(await other.locator('[aria-pressed=true]').count(), 0);
  await reasoned.click();
  await page.locator(`#c-${id} [value=reasoned][aria-pressed=false]`).waitFor();
  await server.set({ reactions: 'off' });
  await informative.click();
  await form.locator('[role=status]').waitFor();
  await server.set({ reactions: 'on' });
  assert.deepEqual(harm, []);
});

test('without JavaScript a word is said and taken back by plain forms, and the way back leads to the comment', async () => {
  const id = await publishComment(server.store, 'sample', 'welcome', {
    name: 'Ines',
    text: 'The numbers are in the report.',
  });
  const { page } = await open('/s/sample/welcome', { javaScriptEnabled: false, viewport: { width: 360, height: 700 } });
  await page.locator(`#c-${id}`).getByRole('button', { name: 'Well argued' }).click();
  await page.getByText('It is counted: Well argued').waitFor();
  await page.getByText('The numbers are in the report.').waitFor();
  await page.getByRole('button', { name: 'Take it back' }).click();
  await page.getByText('Your reaction is taken back.').waitFor();
  await page.getByRole('link', { name: 'Back to the comment' }).click();
  await page.locator(`#c-${id}:target`).waitFor();
  assert.equal(new URL(page.url()).search, `?comment=${id}`);
});
