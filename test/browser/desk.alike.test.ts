import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Browser } from 'playwright-core';
import { findBarriers } from '../support/axe.ts';
import { launchBrowser } from '../support/browser.ts';
import { arrive, holdComment, readDecided, waitForCase } from '../support/deskPage.ts';
import { startServer, type TestServer } from '../support/server.ts';
import { waitUntil } from '../support/folders.ts';

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

const copies = [
  'Buy the best phones of the harbour at our shop today, only today!',
  'Buy the best phones of the harbour at our shop today, only TODAY! <b>',
  'Buy the best phones of the harbour at our shop today, only today, friends!',
];

async function send(name: string, text: string): Promise<string> {
  const response = await server.fetch('/api/v1/sites/sample/stories/welcome/comments', {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'idempotency-key': `alike-${text.length}` },
    body: JSON.stringify({ name, text }),
  });
  assert.equal(response.status, 202);
  return ((await response.json()) as { id: string }).id;
}

test('near copies stand as one row and are rejected together, but for the one left out', async () => {
  const ids: string[] = [];
  for (const [index, text] of copies.entries()) ids.push(await send(`Seller ${index}`, text));
  await holdComment(server, { name: 'Honest', text: 'The ferry is late again.', need: 5 });
  const headers = { authorization: `Bearer ${token}` };
  await waitUntil(async () => {
    const answer = await server.fetch('/api/v1/desk/queue?site=sample&fold=1', { headers });
    const { comments } = (await answer.json()) as { comments: { alike: number }[] };
    return comments.some(({ alike }) => alike === 2) ? true : undefined;
  }, 'the near copies are found');
  const { page, harm } = await arrive(browser, server, { email: 'alike@example.org' });
  await page.keyboard.press('f');
  await page.getByLabel('Near copies as one').check();
  // While the list is read anew it is empty: the one way to the copies says that it is there again.
  await page.locator('.line-alike').nth(1).waitFor({ state: 'detached' });
  await page.getByRole('button', { name: 'and 2 alike' }).waitFor();
  assert.equal(await page.locator('.line').count(), 2);
  await page.getByRole('button', { name: 'and 2 alike' }).click();
  const dialog = page.getByRole('dialog', { name: 'Nearly the same' });
  await dialog.getByText('3 chosen').waitFor();
  assert.equal(await dialog.locator('b').count(), 0);
  assert.deepEqual(await findBarriers(page), []);
  await dialog.getByLabel(/Take part in this decision: .*Seller 2/).uncheck();
  await dialog.getByText('2 chosen').waitFor();
  await dialog.getByLabel('Reject the chosen under').selectOption('promotion');
  await dialog.getByRole('button', { name: 'Reject the chosen', exact: true }).click();
  await dialog.waitFor({ state: 'detached' });
  const [first = '', second = '', third = ''] = ids;
  assert.equal((await readDecided(server, token, first)).decision?.guideline, 'promotion');
  assert.equal((await readDecided(server, token, second)).state, 'rejected');
  const left = await (await server.fetch(`/api/v1/desk/comments/${third}`, { headers })).json();
  assert.equal((left as { state: string }).state, 'held');
  assert.deepEqual(harm, []);
});

test('why a comment stands where it does is told part by part', async () => {
  await holdComment(server, { name: 'Weighed', text: 'How heavy am I?', need: 0.7 });
  const { page } = await arrive(browser, server, { email: 'need@example.org', role: 'editor' });
  await page.locator('.line', { hasText: 'Weighed' }).click();
  await waitForCase(page, 'Weighed');
  await page.locator('.need summary').click();
  const row = page.getByRole('row', { name: /^Screening 0.7 100 0.7$/ });
  await row.waitFor();
  assert.deepEqual(await findBarriers(page), []);
  await page.getByRole('button', { name: 'How much each counts on this site' }).click();
  await page.getByText('queue.weight.age').first().waitFor();
});
