import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { launchBrowser } from '../support/browser.ts';
import { arrive, holdComment, readDecided, readRow, waitForCase } from '../support/deskPage.ts';
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
const explanation = (page: Page) => page.getByLabel(/Explanation to the author/);

/** Ends the session on the server behind the page's back, as a colleague's `stet moderator remove` or time would. */
async function endSession(page: Page): Promise<void> {
  const response = await page.request.delete(`${server.url}/api/v1/desk/session`, { headers: { origin: server.url } });
  assert.equal(response.status(), 204);
}

/** Ends the session when the page next sends a decision or a claim, before the server has it. Ended a moment earlier, the
 *  page could hear of it by its stream, and nothing would be sent any more. */
async function endSessionOnSending(page: Page): Promise<void> {
  let ended: Promise<void> | undefined;
  await page.route(
    /\/(decisions|claims)$/,
    async (route) => {
      ended ??= endSession(page);
      await ended;
      await route.continue();
    },
    { times: 2 },
  );
}

test('a decision in a dead network is kept, seen to be kept, and sent when the network is back', async () => {
  const id = await holdComment(server, { name: 'Cut Off', text: 'Mid-air.', need: 90 });
  await holdComment(server, { name: 'After The Storm', text: 'Later.', need: 80 });
  const { page, context } = await arrive(browser, server, { email: 'offline@example.org' });
  await page.keyboard.press('n');
  await waitForCase(page, 'Cut Off');
  await context.setOffline(true);
  await page.keyboard.press('r');
  await page.keyboard.press('2');
  await said(page, /Your decision is kept and will be sent again by itself/);
  await page.locator('.network', { hasText: 'Decisions kept here: 1.' }).waitFor();
  assert.equal((await readRow(server, token, id)).state, 'held');
  await page.keyboard.press('a');
  await page.locator('.claim-waits').waitFor();
  await context.setOffline(false);
  await said(page, /Rejected: .*Cut Off/);
  await waitForCase(page, 'After The Storm');
  const row = await readDecided(server, token, id);
  assert.deepEqual([row.state, row.decision?.guideline, row.decision?.by], ['rejected', 'threat', 'offline']);
  assert.equal(await page.locator('.network').textContent(), '');
  await page.keyboard.press('a');
  await said(page, /Approved: .*After The Storm/);
});

test('a decision whose answer was lost is sent again and counts once, as one’s own', async () => {
  const id = await holdComment(server, { name: 'Echo', text: 'Did you hear me?', need: 90 });
  const { page } = await arrive(browser, server, { email: 'echo@example.org' });
  await page.keyboard.press('n');
  await waitForCase(page, 'Echo');
  await page.route(
    '**/decisions',
    async (route) => {
      await route.fetch();
      await route.abort();
    },
    { times: 1 },
  );
  await page.keyboard.press('a');
  await said(page, /Approved: .*Echo/);
  assert.equal(await page.getByText('was first').count(), 0);
  assert.equal((await readDecided(server, token, id)).state, 'approved');
});

test('a decision that waits survives a reload', async () => {
  const id = await holdComment(server, { name: 'Reloaded', text: 'Hold on.', need: 90 });
  const { page } = await arrive(browser, server, { email: 'reload@example.org' });
  await page.keyboard.press('n');
  await waitForCase(page, 'Reloaded');
  await page.route('**/decisions', (route) => route.abort());
  await page.keyboard.press('a');
  await page.locator('.network', { hasText: 'Decisions kept here: 1.' }).waitFor();
  await page.unroute('**/decisions');
  await page.reload();
  await said(page, /Approved: .*Reloaded/);
  assert.equal((await readDecided(server, token, id)).state, 'approved');
});

test('a session that ends in the middle of an explanation keeps every word, and signing in again goes on', async () => {
  const id = await holdComment(server, { name: 'Interrupted', text: 'Where were we?', need: 90 });
  const { page } = await arrive(browser, server, { email: 'expired@example.org' });
  await page.keyboard.press('n');
  await waitForCase(page, 'Interrupted');
  await page.keyboard.press('e');
  await page.getByLabel('Guideline').selectOption('relevance');
  await explanation(page).fill('This is about another story. Half a sentence that');
  await endSession(page);
  await page.goto(await server.signIn({ email: 'expired@example.org', role: 'moderator' }));
  await page.waitForURL(`${server.url}/desk`);
  await said(page, /What you wrote is still here/);
  await waitForCase(page, 'Interrupted');
  assert.equal(await explanation(page).inputValue(), 'This is about another story. Half a sentence that');
  await explanation(page).press('Control+End');
  await explanation(page).pressSequentially(' goes on.');
  await explanation(page).press('Control+Enter');
  await said(page, /Rejected: .*Interrupted/);
  const { decision } = await readDecided(server, token, id);
  assert.equal(decision?.explanation, 'This is about another story. Half a sentence that goes on.');
  assert.equal(decision?.guideline, 'relevance');
});

test('a decision sent into an ended session waits for the new one, signed in from another tab', async () => {
  const id = await holdComment(server, { name: 'Patient', text: 'I can wait.', need: 90 });
  const { page, context } = await arrive(browser, server, { email: 'tabs@example.org' });
  await page.keyboard.press('n');
  await waitForCase(page, 'Patient');
  await page.keyboard.press('e');
  await page.getByLabel('Guideline').selectOption('attack');
  await explanation(page).fill('Kept while signed out.');
  await endSessionOnSending(page);
  await explanation(page).press('Control+Enter');
  const dialog = page.getByRole('dialog', { name: 'Your session has ended' });
  await dialog.waitFor();
  await dialog.getByRole('button', { name: 'I have signed in again' }).click();
  await dialog.getByText('You are not signed in yet.').waitFor();
  await page.keyboard.press('Escape');
  assert.equal(await dialog.count(), 1, 'the dialog stays: nothing behind it would work');
  const other = await context.newPage();
  await other.goto(await server.signIn({ email: 'tabs@example.org', role: 'moderator' }));
  await other.waitForURL(`${server.url}/desk`);
  await other.close();
  await dialog
    .getByRole('button', { name: 'I have signed in again' })
    .click({ timeout: 5000 })
    .catch(() => undefined);
  await dialog.waitFor({ state: 'detached' });
  await said(page, /Rejected: .*Patient/);
  assert.equal((await readDecided(server, token, id)).decision?.explanation, 'Kept while signed out.');
});

test('nobody’s words and verdicts go out under a colleague’s name in the same tab', async () => {
  const id = await holdComment(server, { name: 'Not Yours', text: 'Mind the name.', need: 90 });
  await holdComment(server, { name: 'Anybody’s', text: 'Free.', need: 80 });
  await holdComment(server, { name: 'Anybody’s', text: 'Free as well.', need: 70 });
  const { page } = await arrive(browser, server, { email: 'one@example.org' });
  await page.keyboard.press('n');
  await waitForCase(page, 'Not Yours');
  await page.route('**/decisions', (route) => route.abort());
  await page.keyboard.press('r');
  await page.keyboard.press('3');
  await page.locator('.network', { hasText: 'Decisions kept here: 1.' }).waitFor();
  await endSession(page);
  await page.unroute('**/decisions');
  await page.goto(await server.signIn({ email: 'two@example.org', role: 'moderator' }));
  await page.waitForURL(`${server.url}/desk`);
  await page.locator('.line').first().waitFor();
  await page.keyboard.press('n');
  await page.locator('.claim-mine').waitFor();
  assert.equal((await readRow(server, token, id)).state, 'held');
});
