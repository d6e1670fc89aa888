import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { findBarriers } from '../support/axe.ts';
import { launchBrowser } from '../support/browser.ts';
import { arrive, holdComment, screeningOf, waitForCase } from '../support/deskPage.ts';
import { startServer, type TestServer } from '../support/server.ts';

let server: TestServer;
let browser: Browser;

before(async () => {
  server = await startServer();
  browser = await launchBrowser();
  const threat = 'I will find you.';
  await holdComment(server, {
    name: 'Loud',
    text: threat,
    need: 9,
    screening: screeningOf(threat, { word: 'find', guideline: 'threat', why: 'A threat.' }),
  });
  await holdComment(server, { name: 'Ferry Friend', text: 'The ferry is late again.', need: 5 });
  await holdComment(server, { name: 'Şîlan', text: 'Pira nû baş e.', lang: 'kmr', need: 4 });
  await holdComment(server, { name: 'هێمن', text: 'پردەکە پێویستە.', lang: 'ckb', need: 3 });
  await holdComment(server, { name: 'Ferry Friend', text: 'Ring its bell.', need: 2 });
});
after(async () => {
  await browser?.close();
  await server?.stop();
});

async function namesOf(page: Page): Promise<string[]> {
  await page.locator('.lines[aria-busy=false]').waitFor();
  return page.locator('.line .name').allTextContents();
}

async function waitForNames(page: Page, names: readonly string[]): Promise<void> {
  const waits = names.map((name, index) => page.locator('.line .name').nth(index).filter({ hasText: name }).waitFor());
  await Promise.all([...waits, page.locator('.line').nth(names.length).waitFor({ state: 'detached' })]);
  assert.deepEqual(await namesOf(page), names);
}

test('the list is narrowed by keyboard, says by what, and is whole again', async () => {
  const { page, harm } = await arrive(browser, server, { email: 'narrow@example.org' });
  await page.keyboard.press('f');
  await page.locator('#queue-filters select').first().waitFor();
  assert.equal(
    await page.evaluate<string>("document.activeElement.closest('label').textContent.slice(0, 9)"),
    'Guideline',
  );
  await page.getByLabel('Guideline').selectOption('threat');
  await waitForNames(page, ['Loud']);
  await page.getByRole('button', { name: /^Remove: .*Threats/ }).waitFor();
  assert.deepEqual(await findBarriers(page), []);
  await page.getByRole('button', { name: /^Remove: / }).press('Enter');
  await page.locator('#queue-filters').getByLabel('Language').selectOption('ckb');
  await waitForNames(page, ['هێمن']);
  await page.locator('#queue-filters').getByLabel('Language').selectOption('');
  await page.locator('#queue-filters').getByLabel('Name').fill('ferry friend');
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: /^Remove: .*ferry friend/ }).waitFor();
  await page.getByLabel('Reported by readers').check();
  await page.getByText('No comments here.').waitFor();
  await page.getByRole('button', { name: 'Clear all' }).click();
  await page.locator('.line').nth(4).waitFor();
  assert.deepEqual(harm, []);
});

test('a search finds words of texts and names in every script, and claims go through what was found', async () => {
  const { page } = await arrive(browser, server, { email: 'search@example.org' });
  await page.keyboard.press('/');
  await page.keyboard.type('bell');
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: /^Remove: .*bell/ }).waitFor();
  await page.locator('.line', { hasText: 'Loud' }).waitFor({ state: 'detached' });
  await page.locator('.line', { hasText: 'Ring its bell.' }).waitFor();
  await page.locator('h2').first().click();
  await page.keyboard.press('n');
  await waitForCase(page, 'Ferry Friend');
  await page.keyboard.press('/');
  await page.keyboard.press('Control+A');
  await page.keyboard.type('پرد');
  await page.keyboard.press('Enter');
  await page.locator('.line', { hasText: 'هێمن' }).waitFor();
  assert.deepEqual(await namesOf(page), ['هێمن']);
});

test('what is listed stands in the address: it survives a reload and can be sent to a colleague', async () => {
  const { page } = await arrive(browser, server, { email: 'address@example.org' });
  await page.keyboard.press('f');
  await page.locator('#queue-filters').getByLabel('Language').selectOption('kmr');
  await waitForNames(page, ['Şîlan']);
  await page.getByLabel('Order').selectOption('oldest');
  await page.waitForURL(/#order=oldest&lang=kmr$/);
  await page.reload();
  await waitForNames(page, ['Şîlan']);
  assert.equal(await page.getByLabel('Order').inputValue(), 'oldest');
  const broken = '#lang=kmr&state=nowhere';
  await page.evaluate(`location.hash = '${broken}'`);
  await page.locator('.line').nth(4).waitFor();
  await page.waitForURL(/\/desk$/);
});

test('a view is kept, listed again by its key, counted, and deleted', async () => {
  const { page, harm } = await arrive(browser, server, { email: 'views@example.org' });
  await page.keyboard.press('f');
  await page.locator('#queue-filters').getByLabel('Language').selectOption('ckb');
  await waitForNames(page, ['هێمن']);
  await page.keyboard.press('Escape');
  await page.locator('h2').first().click();
  await page.keyboard.press('v');
  await page.getByText('You keep no views yet.').waitFor();
  await page.getByLabel('Name of the view').fill('Sorani <b>');
  await page.getByRole('button', { name: 'Keep this view' }).click();
  await page.locator('.views .view', { hasText: /Sorani <b>\s*1/ }).waitFor();
  assert.deepEqual(await findBarriers(page), []);
  await page.getByRole('button', { name: 'Clear all' }).click();
  await page.locator('.line').nth(4).waitFor();
  await page.locator('.views .view', { hasText: 'Sorani' }).press('Enter');
  await waitForNames(page, ['هێمن']);
  await page.reload();
  await page.locator('.lines[aria-busy=false]').waitFor();
  await page.keyboard.press('v');
  await page.getByRole('button', { name: /^Delete the view .*Sorani/ }).click();
  await page.getByText('You keep no views yet.').waitFor();
  await page.locator('.views .view', { hasText: 'Longest waiting' }).click();
  await page.waitForURL(/#order=oldest$/);
  assert.deepEqual(harm, []);
});

for (const [language, width] of [
  ['en', 1280],
  ['ckb', 390],
] as const)
  test(`filters and views have no barriers and never scroll sideways (${language}, ${width})`, async () => {
    const options = { locale: language, viewport: { width, height: 800 } };
    const { page } = await arrive(browser, server, { email: `${language}@example.org`, options });
    await page.keyboard.press('v');
    await page.locator('#queue-views h3').first().waitFor();
    assert.deepEqual(await findBarriers(page), []);
    await page.keyboard.press('f');
    await page.locator('#queue-filters select').first().waitFor();
    assert.deepEqual(await findBarriers(page), []);
    assert.equal(await page.evaluate('document.documentElement.scrollWidth <= innerWidth'), true);
  });
