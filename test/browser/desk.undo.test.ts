import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { findBarriers } from '../support/axe.ts';
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

test('a verdict is undone by one key while the next case is there already, and its words come back', async () => {
  const id = await holdComment(server, { name: 'Too Fast', text: 'Wait a moment.', need: 90 });
  await holdComment(server, { name: 'Next In Line', text: 'Me now.', need: 80 });
  const { page } = await arrive(browser, server, { email: 'undo@example.org' });
  await page.keyboard.press('z');
  await said(page, /nothing to undo/);
  await page.keyboard.press('n');
  await waitForCase(page, 'Too Fast');
  await page.keyboard.press('e');
  await page.getByLabel('Guideline').selectOption('attack');
  const field = page.getByLabel(/Explanation to the author/);
  await field.fill('A word too many.');
  await field.press('Control+Enter');
  await waitForCase(page, 'Next In Line');
  await page.locator('.undo', { hasText: /Rejected: .*Too Fast.*Undo.*\d+ s/s }).waitFor();
  const pending = await readRow(server, token, id);
  assert.deepEqual([pending.state, pending.pending?.by], ['held', 'undo']);
  await page.keyboard.press('z');
  await said(page, /Undone: .*Too Fast/);
  await waitForCase(page, 'Too Fast');
  await page.locator('.claim-mine').waitFor();
  assert.equal((await readRow(server, token, id)).pending, null);
  await page.keyboard.press('e');
  assert.equal(await field.inputValue(), 'A word too many.');
  await page.keyboard.press('Escape');
  await page.keyboard.press('a');
  await waitForCase(page, 'Next In Line');
  await page.locator('.list-head h2', { hasText: /^Held 1$/ }).waitFor();
  const choice = page.locator('.filters option:checked').first();
  assert.equal(await choice.textContent(), 'Held 1', 'the number stands twice, and is one');
  assert.equal((await readDecided(server, token, id)).state, 'approved');
  await page.keyboard.press('a');
  // Not the sentence before, in which it was the next: this one is told once nothing is left to claim.
  await said(page, /Approved: \u2068Next In Line/);
});

test('a verdict takes effect by itself when the tab closes, and a colleague sees meanwhile whose it is', async () => {
  const id = await holdComment(server, { name: 'Closing Time', text: 'Last one.', need: 90 });
  const one = await arrive(browser, server, { email: 'closing@example.org' });
  await one.page.keyboard.press('n');
  await waitForCase(one.page, 'Closing Time');
  await one.page.keyboard.press('a');
  await said(one.page, /Approved: .*Closing Time/);
  await one.context.close();
  const two = await arrive(browser, server, { email: 'colleague@example.org' });
  await two.page.locator('.line', { hasText: /closing.* is deciding/ }).click();
  await said(two.page, /closing.* has given a verdict/);
  assert.equal(await two.page.getByRole('button', { name: /^Approve/ }).count(), 0);
  const { state, decision } = await readDecided(server, token, id);
  assert.deepEqual([state, decision?.by], ['approved', 'closing']);
});

test('several comments are decided together after a preview that says who is left out, and undone together', async () => {
  for (const [name, need] of [
    ['Spam One', 50],
    ['Spam Two', 40],
    ['Spam Three', 30],
    ['Taken', 20],
  ] as const)
    await holdComment(server, { name, text: `Buy boats. ${name}`, need });
  const colleague = await arrive(browser, server, { email: 'holder@example.org' });
  await colleague.page.locator('.line', { hasText: 'Taken' }).click();
  await colleague.page.locator('.claim-mine').waitFor();
  const { page, harm } = await arrive(browser, server, { email: 'bulk@example.org' });
  await page.keyboard.press('d');
  await said(page, /Select comments of the list first/);
  await page.getByRole('checkbox', { name: /Spam One/ }).click();
  await page.getByRole('checkbox', { name: /Taken/ }).click({ modifiers: ['Shift'] });
  await page.locator('.bulk-bar', { hasText: 'Selected: 4' }).waitFor();
  await page.keyboard.press('d');
  const dialog = page.getByRole('dialog', { name: 'Decide together' });
  await dialog.getByText('To be decided: 3').waitFor();
  await dialog.getByText('Left out: 1').waitFor();
  await dialog.getByText(/holder.* holds it/).waitFor();
  assert.deepEqual(await findBarriers(page), []);
  assert.equal(await dialog.getByRole('button', { name: 'Reject them' }).isDisabled(), true);
  await dialog.getByLabel('Guideline').selectOption('promotion');
  await dialog.getByRole('button', { name: 'Reject them' }).click();
  await said(page, /Rejected together: 3/);
  await dialog.waitFor({ state: 'detached' });
  await page.keyboard.press('z');
  await said(page, /Undone: 3/);
  await page.locator('.line', { hasText: 'Spam Three' }).waitFor();
  assert.deepEqual(harm, []);
});

test('a list that was on its way while a verdict was given does not bring its comment back', async () => {
  await holdComment(server, { name: 'Once Only', text: 'Let me go.', need: 90 });
  const { page } = await arrive(browser, server, { email: 'stale@example.org' });
  await page.keyboard.press('n');
  await waitForCase(page, 'Once Only');
  const [isRead, wasRead] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  await page.route(
    '**/desk/queue?*',
    async (route) => {
      const response = await route.fetch();
      isRead.resolve();
      await wasRead.promise;
      await route.fulfill({ response });
    },
    { times: 1 },
  );
  await page.evaluate("dispatchEvent(new Event('focus'))");
  await isRead.promise;
  await page.keyboard.press('a');
  await said(page, /Approved: .*Once Only/);
  const answered = page.waitForResponse('**/desk/queue?*');
  wasRead.resolve();
  await (await answered).finished();
  await page.evaluate('new Promise((painted) => requestAnimationFrame(() => requestAnimationFrame(painted)))');
  await page.getByRole('heading', { name: 'Nothing is left to claim.' }).waitFor();
  assert.equal(await page.locator('.line', { hasText: 'Once Only' }).count(), 0);
});
