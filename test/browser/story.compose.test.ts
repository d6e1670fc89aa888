import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core';
import { findBarriers } from '../support/axe.ts';
import { launchBrowser } from '../support/browser.ts';
import { type Harm, watchForHarm } from '../support/deskPage.ts';
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

async function open(story: string, options: BrowserContextOptions = {}): Promise<Reader> {
  const context = await browser.newContext({ locale: 'en', ...options });
  const page = await context.newPage();
  const harm = watchForHarm(page, server);
  await page.goto(`${server.url}/s/sample/${story}`);
  return { page, context, harm };
}

async function fill(page: Page, typed: { name: string; text: string; email?: string }): Promise<void> {
  await page.getByLabel('Name').fill(typed.name);
  await page.getByRole('textbox', { name: 'Comment Required' }).fill(typed.text);
  if (typed.email !== undefined) await page.getByLabel('E-mail').fill(typed.email);
}

async function countHeld(name: string): Promise<number> {
  const headers = { authorization: `Bearer ${await server.token('desk')}` };
  const response = await server.fetch('/api/v1/desk/queue?site=sample&limit=200', { headers });
  const { comments } = (await response.json()) as { comments: { name: string }[] };
  return comments.filter((comment) => comment.name === name).length;
}

test('a network that drops loses nothing: the same key is sent until the server answers, and it is one comment', async () => {
  const { page, context, harm } = await open('welcome');
  const keys: string[] = [];
  let drops = 2;
  await page.route('**/comments', async (route) => {
    keys.push(route.request().headers()['idempotency-key'] ?? '');
    drops -= 1;
    if (drops === 1) {
      // The server has it, and the answer is lost on its way back.
      await route.fetch();
      return route.abort('connectionreset');
    }
    return drops === 0 ? route.abort('internetdisconnected') : route.continue();
  });
  await fill(page, { name: 'Dropped', text: 'The ferry should ring its bell.' });
  await page.getByRole('button', { name: 'Send comment' }).click();
  for (const tries of [1, 2]) {
    await page.getByText('The connection dropped.').waitFor();
    await assertTyped(page, 'The ferry should ring its bell.');
    while (keys.length < tries) await page.waitForRequest('**/comments');
    // The browser notices the network again; nobody presses anything.
    await page.evaluate("dispatchEvent(new Event('online'))");
  }
  await page.getByText('Thank you. Your comment has arrived').waitFor();
  assert.equal(keys.length, 3);
  assert.equal(new Set(keys).size, 1);
  assert.equal(await countHeld('Dropped'), 1);
  assert.deepEqual(harm, []);
  await context.close();
});

async function assertTyped(page: Page, text: string): Promise<void> {
  assert.equal(await page.getByRole('textbox', { name: 'Comment Required' }).inputValue(), text);
}

test('a comment on its way when the page is left is sent when the story is opened again in that tab', async () => {
  const { page, context } = await open('welcome');
  await page.route('**/comments', (route) => route.abort('internetdisconnected'));
  await fill(page, { name: 'Reloaded', text: 'Sent from the tunnel.', email: 'reader@example.org' });
  await page.getByRole('button', { name: 'Send comment' }).click();
  await page.getByText('The connection dropped.').waitFor();
  await page.unroute('**/comments');
  await page.reload();
  await page.getByText('Thank you. Your comment has arrived').waitFor();
  assert.equal(await countHeld('Reloaded'), 1);
  await context.close();
});

test('a comment sent offline is delivered when the story is opened again, though the tab was closed, and once from two tabs', async () => {
  const { page, context } = await open('welcome');
  await page.route('**/comments', (route) => route.abort('internetdisconnected'));
  await fill(page, { name: 'Offline', text: 'Written on the ferry.' });
  await page.getByRole('button', { name: 'Send comment' }).click();
  await page.getByText('The connection dropped.').waitFor();
  await page.close();
  const keys: string[] = [];
  context.on('request', (request) => {
    if (request.method() === 'POST' && request.url().endsWith('/comments'))
      keys.push(request.headers()['idempotency-key'] ?? '');
  });
  const tabs = await Promise.all([context.newPage(), context.newPage()]);
  await Promise.all(tabs.map((tab) => tab.goto(`${server.url}/s/sample/welcome`)));
  await Promise.any(tabs.map((tab) => tab.getByText('Thank you. Your comment has arrived').waitFor()));
  assert.equal(new Set(keys).size, 1);
  assert.equal(await countHeld('Offline'), 1);
  const again = await context.newPage();
  await again.goto(`${server.url}/s/sample/welcome`);
  await again.locator('.own').first().waitFor();
  await assertTyped(again, '');
  assert.equal(await countHeld('Offline'), 1);
  await context.close();
});

test('a draft is there again after a reload, without the e-mail address, and gone once it is sent', async () => {
  const { page, context } = await open('welcome');
  await fill(page, { name: 'Drafter', text: 'First line\n\nThird line', email: 'reader@example.org' });
  await page.reload();
  await assertTyped(page, 'First line\n\nThird line');
  assert.equal(await page.getByLabel('Name').inputValue(), 'Drafter');
  assert.equal(await page.getByLabel('E-mail').inputValue(), '');
  await page.getByRole('button', { name: 'Send comment' }).click();
  await page.getByText('Thank you.').waitFor();
  await page.reload();
  await assertTyped(page, '');
  await context.close();
});

test('a refusal stands beside its field, which has the focus, and the next try is another comment', async () => {
  const { page, context } = await open('welcome');
  await fill(page, { name: 'Refused', text: '' });
  await page.getByRole('button', { name: 'Send comment' }).click();
  await page.getByText('Please write a text.').waitFor();
  const field = page.getByRole('textbox', { name: 'Comment Required' });
  await page.locator('#write-text:focus').waitFor();
  assert.equal(await field.getAttribute('aria-invalid'), 'true');
  assert.match((await field.getAttribute('aria-describedby')) ?? '', /write-text-error/);
  await field.fill('Now with words.');
  await page.getByRole('button', { name: 'Send comment' }).click();
  await page.getByText('Thank you.').waitFor();
  await context.close();
});

test('the preview shows the comment as it will stand, as text, and anew when it is pressed again', async () => {
  const { page, context, harm } = await open('welcome');
  const hostile = '<b>bold</b>\nand <img src=x onerror=alert(1)>';
  await fill(page, { name: ' Previewed ', text: hostile });
  await page.getByRole('button', { name: 'Preview' }).click();
  const preview = page.locator('.preview');
  await preview.getByRole('heading', { name: 'As it will stand' }).waitFor();
  assert.equal(await preview.locator('.comment-name').textContent(), 'Previewed');
  assert.equal(await preview.locator('.comment-text').textContent(), hostile);
  assert.equal(await preview.locator('.comment-text *').count(), 0);
  assert.deepEqual(await findBarriers(page), []);
  await page.getByRole('textbox', { name: 'Comment Required' }).fill('Another.');
  await page.getByRole('button', { name: 'Preview' }).click();
  await preview.getByText('Another.').waitFor();
  assert.equal(await countHeld('Previewed'), 0, 'nothing is sent by it');
  assert.deepEqual(harm, []);
  await context.close();
});

test('two presses are one comment', async () => {
  const { page, context } = await open('welcome');
  await fill(page, { name: 'Twice', text: 'Once is enough.' });
  await page.getByRole('button', { name: 'Send comment' }).dblclick();
  await page.getByText('Thank you.').waitFor();
  assert.equal(await countHeld('Twice'), 1);
  await context.close();
});

test('the count of characters is of what the server counts, and turns when there are too many', async () => {
  const { page, context } = await open('welcome');
  const field = page.getByRole('textbox', { name: 'Comment Required' });
  await field.fill('👩‍🚒e\u0301');
  // Woman, joiner, fire engine, and one é.
  await page.getByText('Characters left: 3996').waitFor();
  await field.fill('x'.repeat(4001));
  await page.getByText('Characters too many: 1').waitFor();
  await page.getByLabel('Name').fill('Long');
  await page.getByRole('button', { name: 'Send comment' }).click();
  await page.getByText('The text is too long: 4001 characters.').waitFor();
  assert.equal((await field.inputValue()).length, 4001);
  await context.close();
});

test('the receipt is shown in place, has the focus, and is kept in the browser', async () => {
  const { page, context, harm } = await open('bexer');
  await page.locator('#write-name').fill('ئاواز');
  await page.locator('#write-text').fill('دەستتان خۆش بێت.');
  await page.locator('.send [type=submit]').click();
  await page.locator('[data-panel]').waitFor();
  await page.locator('[data-panel]:focus').waitFor();
  const receipt = await page.locator('#receipt-token').inputValue();
  assert.match(receipt, /^[\w-]{20,}$/);
  assert.ok(!page.url().includes(receipt));
  assert.equal(await page.getByText('لەم وێبگەڕەشدا هەڵگیراوە.').isVisible(), true);

  await page.goto(`${server.url}/receipt?lang=ckb`);
  await page.getByRole('button', { name: 'بازاڕی نوێ دەکرێتەوە' }).click();
  await page.getByText('چاوەڕێی خوێندنەوەیە').waitFor();
  assert.deepEqual(harm, []);
  await context.close();
});

test('a site that asks for a proof of work gets one without anybody noticing', async () => {
  await server.set({ 'intake.proof': 'on' });
  const { page, context, harm } = await open('ahlan');
  await page.locator('#write-name').fill('سامر');
  await page.locator('#write-text').fill('أحسنتم.');
  await page.locator('.send [type=submit]').click();
  await page.locator('[data-panel]').waitFor();
  assert.deepEqual(harm, []);
  await server.set({ 'intake.proof': 'off' });
  await context.close();
});

test('without JavaScript the form ends on its receipt, and its address holds none', async () => {
  const { page, context } = await open('welcome', { javaScriptEnabled: false });
  await fill(page, { name: 'Plain', text: 'No script here.' });
  await page.getByRole('button', { name: 'Send comment' }).click();
  await page.getByText('Thank you. Your comment has arrived').waitFor();
  const receipt = await page.getByLabel('Receipt').inputValue();
  assert.ok(!page.url().includes(receipt));
  await page.getByRole('button', { name: 'See what became of it' }).click();
  await page.getByText('Waiting to be read').waitFor();
  assert.equal(page.url(), `${server.url}/receipt?lang=en`);
  await context.close();
});
