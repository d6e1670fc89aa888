import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { asProgram, decideMany } from '../support/automation.ts';
import { findBarriers } from '../support/axe.ts';
import { launchBrowser } from '../support/browser.ts';
import { arrive, holdComment } from '../support/deskPage.ts';
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

async function openPlace(page: Page, place: string): Promise<void> {
  await page.locator(`.places [data-place=${place}]`).click();
  await page.locator('.settings:not([aria-busy=true])').waitFor();
}

async function speak(page: Page, language: string): Promise<void> {
  await page.evaluate(`localStorage.setItem('stet.language', '${language}')`);
  await page.reload();
  await page.locator('.list-head').waitFor();
}

test('an editor closes comments for the night, sees the form gone, and brings back what stood before', async () => {
  const { page, context, harm } = await arrive(browser, server, { role: 'editor' });
  const readers = await context.newPage();
  await readers.goto(`${server.url}/s/sample/welcome`);
  await readers.locator('#write').waitFor();
  await openPlace(page, 'settings');
  assert.deepEqual(await findBarriers(page), []);
  // What an admin changes is read and not written.
  assert.ok(await page.getByLabel(/Rate limits protect the site/).isDisabled());
  // One hour of a day that is not today.
  const other = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday'][(server.now().getUTCDay() + 1) % 5] ?? '';
  await page.getByLabel('Always').click();
  for (const day of ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday'].filter((one) => one !== other)) {
    await page.getByRole('button', { name: new RegExp(`${day}.*: remove the hours`) }).click();
  }
  await page.getByLabel(new RegExp(`${other}.*, from`)).fill('09:00');
  await page.getByLabel(new RegExp(`${other}.*, until`)).fill('08:00');
  await page.getByRole('button', { name: 'Save changes: 1' }).click();
  await page.getByText('This does not fit.').waitFor();
  assert.deepEqual(await findBarriers(page), []);
  await page.getByLabel(new RegExp(`${other}.*, until`)).fill('10:00');
  await page.getByRole('button', { name: 'Save changes: 1' }).click();
  await page.getByText('The settings are saved and in force.').waitFor();
  await readers.reload();
  await readers.getByText('Comments are closed at the moment.').waitFor();
  assert.equal(await readers.locator('#write').count(), 0);
  await page.getByRole('button', { name: 'History' }).click();
  const newest = page.locator('.history > li').first();
  await newest.getByText('dana').waitFor();
  await newest.getByText(`${other.slice(0, 2)} 09:00-10:00`).waitFor();
  assert.deepEqual(await findBarriers(page), []);
  await newest.getByRole('button').click();
  await page.getByText('What stood before is in force again.').waitFor();
  await readers.reload();
  await readers.locator('#write').waitFor();
  assert.deepEqual(harm, []);
  await context.close();
});

test('a moderator reads the settings in Sorani, on a phone, and can change none', async () => {
  const options = { viewport: { width: 360, height: 740 } };
  const { page, context } = await arrive(browser, server, { email: 'rojin@example.org', options });
  await speak(page, 'ckb');
  await openPlace(page, 'settings');
  await page.locator('.setting').first().waitFor();
  assert.equal(await page.locator('.setting :is(select, input):not(:disabled)').count(), 0);
  assert.equal(
    await page.evaluate('document.documentElement.scrollWidth > document.documentElement.clientWidth'),
    false,
  );
  assert.deepEqual(await findBarriers(page), []);
  await context.close();
});

test('an editor rewords a guideline in two languages and readers see it; the version before is brought back', async () => {
  const { page, context, harm } = await arrive(browser, server, { email: 'eli@example.org', role: 'editor' });
  const readers = await context.newPage();
  await openPlace(page, 'guidelines');
  await page.locator('.guideline-list li').first().waitFor();
  assert.deepEqual(await findBarriers(page), []);
  const line = page.locator('.guideline-list li', { hasText: 'Vulgarity' });
  await line.getByRole('button', { name: 'Edit' }).click();
  await page.getByLabel('Wording').fill('No crude words. <img src=x onerror=alert(1)>');
  await page.getByLabel('Language of the texts').selectOption('ckb');
  await page.getByLabel('Title').fill('قسەی ناشرین');
  const changes = page.locator('.changes');
  await changes.getByText('Title · کوردیی ناوەندی').waitFor();
  assert.match((await changes.locator('ins').allTextContents()).join(' '), /ناشرین/);
  await page.locator('.preview[dir=rtl]', { hasText: 'قسەی ناشرین' }).waitFor();
  assert.deepEqual(await findBarriers(page), []);
  await page.getByRole('button', { name: 'Save as a new version' }).click();
  await page.getByText('The new version is in force.').waitFor();
  await readers.goto(`${server.url}/s/sample/guidelines`);
  await readers.getByText('No crude words. <img src=x onerror=alert(1)>').waitFor();
  await readers.goto(`${server.url}/s/sample/guidelines?lang=ckb`);
  await readers.getByRole('heading', { name: 'قسەی ناشرین' }).waitFor();
  await line.getByText(/Version 2, .?eli/).waitFor();
  await line.getByRole('button', { name: 'Edit' }).click();
  await page.getByRole('button', { name: 'Put version 1 into the form' }).click();
  await page.getByRole('button', { name: 'Save as a new version' }).click();
  await line.getByText(/Version 3, .?eli/).waitFor();
  await line.getByRole('button', { name: 'Edit' }).click();
  await page.getByRole('button', { name: 'Retire this guideline' }).click();
  await page.getByRole('heading', { name: 'Retired' }).waitFor();
  await readers.goto(`${server.url}/s/sample/guidelines`);
  assert.equal(await readers.getByRole('heading', { name: 'Vulgarity' }).count(), 0);
  await page.getByRole('button', { name: /Move .?Threats.? up/ }).click();
  await page.getByText('The new order is in force.').waitFor();
  await readers.reload();
  assert.equal(await readers.locator('.guidelines h2').first().textContent(), 'Threats');
  assert.deepEqual(harm, []);
  await context.close();
});

test('an editor tries words on what readers wrote, adds them, and takes one out again', async () => {
  await holdComment(server, { text: 'What <b>flimflam</b> this is.' });
  const { page, context, harm } = await arrive(browser, server, { email: 'vera@example.org', role: 'editor' });
  await openPlace(page, 'settings');
  await page.getByRole('button', { name: 'Word lists' }).click();
  const field = page.getByLabel('Words or phrases, one a line');
  await field.fill('flimflam\n...');
  await page.getByRole('button', { name: 'Try them on the last 30 days' }).click();
  await page.getByText('Line 2 does not fit.').waitFor();
  await field.fill('flimflam\ncheese eater');
  await page.getByRole('button', { name: 'Try them on the last 30 days' }).click();
  await page.getByText('Would have been found in 1 of 1 comments.').waitFor();
  assert.equal(await page.locator('.words-examples mark').textContent(), 'flimflam');
  assert.deepEqual(await findBarriers(page), []);
  await page.getByRole('button', { name: 'Add to the list' }).click();
  await page.locator('.words-listed li', { hasText: 'cheese eater' }).waitFor();
  await page.getByRole('button', { name: /Remove .?cheese eater/ }).click();
  await page.locator('.words-listed li', { hasText: 'cheese eater' }).waitFor({ state: 'detached' });
  assert.equal(await page.locator('.words-listed li').count(), 1);
  await page.getByRole('button', { name: 'History' }).click();
  await page.locator('.history > li').first().getByText('* attack clear cheese eater').waitFor();
  await speak(page, 'ckb');
  await openPlace(page, 'settings');
  await page.locator('.parts button').nth(1).click();
  assert.deepEqual(await findBarriers(page), []);
  assert.deepEqual(harm, []);
  await context.close();
});

test('an editor draws the line of a guideline by its curve, with the figures beside it', async () => {
  await decideMany(server, asProgram(server, await server.token('desk')), { count: 12 });
  const { page, context, harm } = await arrive(browser, server, { email: 'lina@example.org', role: 'editor' });
  await openPlace(page, 'settings');
  await page.getByRole('button', { name: 'Marking lines' }).click();
  const row = page.locator('.lines-measured > li', { hasText: 'Personal attacks' }).first();
  await row.getByText('The figures').click();
  await row.getByRole('row', { name: /^0\.9 / }).waitFor();
  assert.deepEqual(await findBarriers(page), []);
  await row.getByLabel('The line').selectOption('0.9');
  await row.getByRole('button', { name: 'Draw the line here' }).click();
  await page.getByText('The settings are saved and in force.').waitFor();
  await row.getByRole('button', { name: 'Draw the line here' }).waitFor({ state: 'detached' });
  assert.equal(await row.getByLabel('The line').inputValue(), '0.9');
  assert.deepEqual(harm, []);
  await context.close();
});
