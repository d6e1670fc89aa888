import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core';
import { queryRows } from '../../src/storage/database.ts';
import { sql } from '../../src/storage/sql.ts';
import { findBarriers } from '../support/axe.ts';
import { launchBrowser } from '../support/browser.ts';
import { startHostSite, type HostSite } from '../support/hostPage.ts';
import { startServer, type TestServer } from '../support/server.ts';

let host: HostSite;
let server: TestServer;
let browser: Browser;

before(async () => {
  host = await startHostSite();
  server = await startServer({ origins: [host.origin], site: { 'intake.notice': 'on' } });
  browser = await launchBrowser();
});
after(async () => {
  await browser?.close();
  await server?.stop();
  await host?.close();
});

const rude = 'You are an idiot, you lying piece of filth, and everybody who knows you despises you.';
const arrived = 'Thank you. Your comment has arrived';

async function open(
  address: string,
  options: BrowserContextOptions = {},
): Promise<{ page: Page; context: BrowserContext }> {
  const context = await browser.newContext({ locale: 'en', ...options });
  const page = await context.newPage();
  await page.goto(address);
  return { page, context };
}

const story = (key: string): string => `${server.url}/s/sample/${key}`;

async function write(page: Page, name: string, text: string): Promise<void> {
  await page.locator('input[name=name]').fill(name);
  await page.locator('textarea[name=text]').fill(text);
}

async function textsOf(name: string): Promise<string[]> {
  const rows = await queryRows<{ text: string }>(
    server.store.writer,
    sql`select text from comment where name = ${name} order by seq`,
  );
  return rows.map(({ text }) => text);
}

test('where the machine does not answer, answers late or answers nonsense, the comment is sent and nothing is shown', async () => {
  const { page, context } = await open(story('welcome'));
  let answers = 0;
  const late: (() => Promise<void>)[] = [];
  await page.route('**/check', async (route) => {
    answers += 1;
    if (answers === 1) return route.abort('connectionreset');
    if (answers === 2) return route.fulfill({ status: 200, contentType: 'text/html', body: '<p>A proxy says no.</p>' });
    late.push(() => route.continue().catch(() => {}));
  });
  for (const name of ['Aborted', 'Garbled', 'Late']) {
    await page.goto(story('welcome'));
    await write(page, name, rude);
    await page.getByRole('button', { name: 'Send comment' }).click();
    await page.getByText(arrived).waitFor();
    assert.deepEqual(await textsOf(name), [rude]);
  }
  for (const answer of late) await answer();
  assert.equal(await page.locator('[data-notice]').count(), 0);
  await context.close();
});

test('a reader is told by keyboard of the guideline, nothing is sent or lost, and the text can be changed or sent as it is', async () => {
  const { page, context } = await open(story('welcome'));
  await write(page, 'Told', rude);
  await page.getByRole('button', { name: 'Send comment' }).press('Enter');
  const notice = page.getByRole('group', { name: 'Before you send' });
  await notice.and(page.locator(':focus')).waitFor();
  const link = notice.getByRole('link', { name: 'Personal attacks' });
  assert.equal(await link.getAttribute('href'), `${server.url}/s/sample/guidelines?lang=en#attack`);
  assert.deepEqual(await findBarriers(page), []);
  await notice.getByRole('button', { name: 'Change my text' }).press('Enter');
  await page.locator('textarea[name=text]:focus').waitFor();
  assert.equal(await page.locator('textarea[name=text]').inputValue(), rude);
  await notice.waitFor({ state: 'hidden' });
  assert.deepEqual(await textsOf('Told'), []);

  await page.locator('textarea[name=text]').fill(`${rude} Still.`);
  await page.getByRole('button', { name: 'Send comment' }).press('Enter');
  await notice.and(page.locator(':focus')).waitFor();
  await notice.getByRole('button', { name: 'Send as it is' }).press('Enter');
  await page.getByText(arrived).waitFor();
  assert.deepEqual(await textsOf('Told'), [`${rude} Still.`]);
  await context.close();
});

test('a second press after the notice sends, and a text that breaks nothing is sent at once', async () => {
  const { page, context } = await open(story('welcome'));
  await write(page, 'Pressed', rude);
  await page.getByRole('button', { name: 'Send comment' }).click();
  await page.getByRole('button', { name: 'Change my text' }).click();
  await page.getByRole('button', { name: 'Send comment' }).click();
  await page.getByText(arrived).waitFor();
  assert.deepEqual(await textsOf('Pressed'), [rude]);
  await page.goto(story('welcome'));
  await write(page, 'Calm', 'The ferry should ring its bell before it leaves.');
  await page.getByRole('button', { name: 'Send comment' }).click();
  await page.getByText(arrived).waitFor();
  await context.close();
});

test('from right to left on a phone the notice fits and has no barriers', async () => {
  const { page, context } = await open(story('bexer'), { viewport: { width: 360, height: 780 }, locale: 'ckb' });
  await write(page, 'ڕۆژین', 'تۆ کەرێکی گەمژەیت');
  await page.locator('form[data-compose] button[type=submit]').click();
  await page.locator('[data-notice]:focus').waitFor();
  assert.equal(await page.locator('[data-notice] a').textContent(), 'هێرشی کەسی');
  assert.deepEqual(await findBarriers(page), []);
  assert.equal(await page.evaluate('document.documentElement.scrollWidth <= innerWidth'), true);
  await context.close();
});

test('the widget tells the same on the page of the publisher, and sends what is pressed to be sent', async () => {
  const script = `<script type="module" src="${server.url}/embed.js"></script>`;
  host.put(
    '/',
    `<main><h1>A story</h1><stet-comments site="sample" story="welcome"></stet-comments></main>${script}`,
    server.url,
  );
  const { page, context } = await open(`${host.origin}/`);
  await page.getByRole('link', { name: 'Write a comment' }).click();
  await write(page, 'Elsewhere', rude);
  await page.getByRole('button', { name: 'Send comment' }).press('Enter');
  const notice = page.getByRole('group', { name: 'Before you send' });
  await notice.getByRole('link', { name: 'Personal attacks' }).waitFor();
  assert.deepEqual(await textsOf('Elsewhere'), []);
  assert.deepEqual(await findBarriers(page), []);
  await notice.getByRole('button', { name: 'Send as it is' }).press('Enter');
  await page.getByText(arrived).waitFor();
  assert.deepEqual(await textsOf('Elsewhere'), [rude]);
  await context.close();
});

test('without JavaScript the form posts and nobody is asked', async () => {
  const { page, context } = await open(story('welcome'), { javaScriptEnabled: false });
  assert.equal(await page.getByText('Before you send').isVisible(), false);
  await write(page, 'Plain', rude);
  await page.getByRole('button', { name: 'Send comment' }).click();
  await page.getByText(arrived).waitFor();
  assert.deepEqual(await textsOf('Plain'), [rude]);
  await context.close();
});

test('a site that does not want it asks nothing and has no word of it on its pages', async () => {
  await server.set({ 'intake.notice': 'off' });
  const page = await (await server.fetch('/s/sample/welcome')).text();
  assert.doesNotMatch(page, /data-notice|data-check/);
});
