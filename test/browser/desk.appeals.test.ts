import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, test } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { launchBrowser } from '../support/browser.ts';
import { arrive, readDecided, readRow, waitForCase } from '../support/deskPage.ts';
import { startServer, type TestServer } from '../support/server.ts';

let server: TestServer;
let browser: Browser;
let token: string;

before(async () => {
  server = await startServer();
  browser = await launchBrowser();
  token = await server.token('desk');
});
after(async () => {
  await browser?.close();
  await server?.stop();
});

const said = (page: Page, text: RegExp) => page.locator('.notice', { hasText: text }).waitFor();

async function submit(name: string, text: string): Promise<{ id: string; receipt: string }> {
  const response = await post('/api/v1/sites/sample/stories/welcome/comments', { name, text });
  return (await response.json()) as { id: string; receipt: string };
}

function post(path: string, body: object): Promise<Response> {
  return server.fetch(path, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'idempotency-key': randomUUID() },
    body: JSON.stringify(body),
  });
}

async function readThread(): Promise<string> {
  return (await server.fetch('/api/v1/sites/sample/stories/welcome/thread')).text();
}

test('a published comment is taken down under a guideline, and is gone from the thread', async () => {
  const { id } = await submit('Once Public', 'Visible for a while.');
  const { page } = await arrive(browser, server, { email: 'remover@example.org' });
  await page.keyboard.press('n');
  await waitForCase(page, 'Once Public');
  await page.keyboard.press('a');
  await said(page, /Approved: .*Once Public/);
  await readDecided(server, token, id);
  assert.match(await readThread(), /Visible for a while/);
  await page.getByLabel('Show').selectOption('approved');
  await page.locator('.lines[aria-busy=false] .line', { hasText: 'Once Public' }).click();
  await waitForCase(page, 'Once Public');
  await page.getByRole('button', { name: /^Remove/ }).click();
  await page.getByRole('button', { name: /Advertising/ }).click();
  await page.locator('.decision', { hasText: 'Removed by remover' }).waitFor();
  assert.doesNotMatch(await readThread(), /Visible for a while/);
  assert.equal((await readRow(server, token, id)).decision?.guideline, 'promotion');
});

test('an appeal is shown and not offered to whoever rejected the comment, and decided by a colleague', async () => {
  const { id, receipt } = await submit('Appellant', 'I was only joking.');
  const first = await arrive(browser, server, { email: 'strict@example.org' });
  await first.page.keyboard.press('n');
  await waitForCase(first.page, 'Appellant');
  await first.page.keyboard.press('r');
  await first.page.keyboard.press('3');
  await said(first.page, /Rejected: .*Appellant/);
  await readDecided(server, token, id);
  assert.equal((await post('/api/v1/receipts/appeal', { receipt, text: 'Read it again, please.' })).status, 202);

  await first.page.reload();
  await first.page.getByRole('button', { name: /^Appeals/ }).click();
  await first.page.locator('.line', { hasText: 'Read it again' }).click();
  await first.page.locator('.decision', { hasText: 'Rejected by strict' }).waitFor();
  await first.page.getByText('You rejected this comment. A colleague decides the appeal.').waitFor();
  await first.page.locator('.line .chip', { hasText: 'For a colleague' }).waitFor();
  assert.equal(await first.page.getByRole('button', { name: /^(Uphold|Overturn)/ }).count(), 0);

  const second = await arrive(browser, server, { email: 'mild@example.org' });
  await second.page.getByRole('button', { name: /^Appeals/ }).click();
  await second.page.locator('.line', { hasText: 'Read it again' }).click();
  await second.page.getByText('I was only joking.').waitFor();
  await second.page.getByRole('button', { name: /^Uphold/ }).click();
  await second.page.getByText('Write the author a sentence first.').waitFor();
  await second.page.getByLabel('Explanation to the author (required)').fill('You are right, it was a joke.');
  await second.page.getByRole('button', { name: /^Overturn/ }).click();
  await said(second.page, /The decision is overturned/);
  await second.page.locator('.no-case h2:focus', { hasText: 'No appeals wait.' }).waitFor();
  assert.equal((await readRow(server, token, id)).state, 'approved');
  assert.match(await readThread(), /I was only joking/);
});
