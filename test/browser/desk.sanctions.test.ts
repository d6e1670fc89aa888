import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, test } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import type { ReceiptView } from '../../src/contract/receipt.ts';
import { findBarriers } from '../support/axe.ts';
import { launchBrowser } from '../support/browser.ts';
import { arrive, watchForHarm } from '../support/deskPage.ts';
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

async function post<Body>(path: string, body: object): Promise<Body> {
  const headers = { 'content-type': 'application/json', 'idempotency-key': randomUUID() };
  const response = await server.fetch(path, { method: 'POST', headers, body: JSON.stringify(body) });
  assert.equal(response.status, 202);
  return (await response.json()) as Body;
}

type Sent = { id: string; receipt: string };
const write = (name: string, text: string): Promise<Sent> =>
  post('/api/v1/sites/sample/stories/welcome/comments', { name, text });

async function openReader(page: Page, text: string): Promise<void> {
  await page.locator('.line', { hasText: text }).click();
  await page.getByRole('button', { name: 'Warn, slow, note, suspend' }).click();
  await page.getByRole('dialog').getByLabel('Guideline').waitFor();
}

async function impose(page: Page, button: string, reason: string): Promise<void> {
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Guideline').selectOption('attack');
  await dialog.getByLabel('Reason, for the reader to read').fill(reason);
  await dialog.getByRole('button', { name: button }).click();
  await page.getByText('Done. The reader is told on the receipt.').waitFor();
}

test('a reader is warned from a case, then suspended by an editor, and told so in the form with the text kept', async () => {
  await write('Max <b>Stone', 'You fools, and <img src=x onerror=alert(1)>.');
  const ann = await arrive(browser, server, { email: 'ann@example.org' });
  await openReader(ann.page, 'You fools');
  assert.deepEqual(await findBarriers(ann.page), []);
  const suspending = ann.page.getByRole('dialog').getByRole('radio', { name: 'Suspend' });
  assert.equal(await suspending.isDisabled(), true, 'a moderator suspends nobody');
  // Closed by a slip, it still has what was written.
  await ann.page.getByLabel('Reason, for the reader to read').fill('The third insult.');
  await ann.page.keyboard.press('Escape');
  await ann.page.getByRole('button', { name: 'Warn, slow, note, suspend' }).click();
  assert.equal(await ann.page.getByLabel('Reason, for the reader to read').inputValue(), 'The third insult.');
  await impose(ann.page, 'Warn', 'The third insult. <script>alert(1)</script>');

  server.pass(5);
  await write('Max <b>Stone', 'Fools you stay.');
  const eli = await arrive(browser, server, { email: 'eli@example.org', role: 'editor' });
  await openReader(eli.page, 'Fools you stay');
  await eli.page.locator('.reader-notes', { hasText: 'The third insult. <script>' }).waitFor();
  await eli.page.getByRole('dialog').getByRole('radio', { name: 'Suspend' }).check();
  await impose(eli.page, 'Suspend', 'Again, after a warning.');

  const context = await browser.newContext({ locale: 'en' });
  const page = await context.newPage();
  const harm = watchForHarm(page, server);
  await page.goto(`${server.url}/s/sample/welcome`);
  await page.getByLabel('Name').fill('max <B>stone');
  const text = page.getByRole('textbox', { name: 'Comment Required' });
  await text.fill('Let me in.');
  await page.getByRole('button', { name: 'Send comment' }).click();
  await page.getByText(/no comment is taken from you: after a warning/).waitFor();
  assert.equal(await text.inputValue(), 'Let me in.');
  for (const each of [ann.harm, eli.harm, harm]) assert.deepEqual(each, []);
});

test('an appeal against a slower pace is left to a colleague, who ends it', async () => {
  const { receipt } = await write('Nia Slow', 'Fools and their ferry.');
  const ann = await arrive(browser, server, { email: 'ann@example.org' });
  await openReader(ann.page, 'Fools and their ferry');
  await ann.page.getByRole('dialog').getByRole('radio', { name: 'Slow down' }).check();
  await impose(ann.page, 'Slow down', 'One after the other.');
  const headers = { 'content-type': 'application/json' };
  const look = async (): Promise<ReceiptView> => {
    const body = JSON.stringify({ receipt });
    const answer = await server.fetch('/api/v1/receipts', { method: 'POST', headers, body });
    return (await answer.json()) as ReceiptView;
  };
  const sanction = (await look()).sanctions?.[0]?.id;
  await post('/api/v1/receipts/sanctions/appeal', { receipt, sanction, text: 'That was a <i>quotation</i>.' });

  // Told at once, wherever the moderator is.
  await ann.page.getByRole('button', { name: /^Readers 1$/ }).click();
  await ann.page.getByRole('button', { name: 'Appealed' }).click();
  const line = ann.page.locator('.sanction', { hasText: 'Nia Slow' });
  await line.getByText('You imposed it.').waitFor();
  assert.equal(await line.getByText('Decide the appeal').count(), 0);

  const sam = await arrive(browser, server, { email: 'sam@example.org' });
  await sam.page.getByRole('button', { name: /^Readers 1$/ }).click();
  await sam.page.getByRole('button', { name: 'Appealed' }).click();
  await sam.page.getByText('That was a <i>quotation</i>.').waitFor();
  await sam.page.getByText('Decide the appeal').click();
  await sam.page.getByRole('button', { name: 'End it' }).click();
  await sam.page.getByText('Please write why.').waitFor();
  await sam.page.getByLabel('Answer to the reader').fill('A quotation, indeed.');
  assert.deepEqual(await findBarriers(sam.page), []);
  await sam.page.getByRole('button', { name: 'End it' }).click();
  await sam.page.getByText('The measure has ended. The reader is told.').waitFor();
  await sam.page.getByText('Shown: 0 of 0.').waitFor();
  const told = (await look()).sanctions?.[0];
  assert.deepEqual([told?.state, told?.appeal?.explanation], ['lifted', 'A quotation, indeed.']);
  assert.deepEqual([...ann.harm, ...sam.harm], []);
});
