import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { decideMany, signInAs } from '../support/automation.ts';
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

async function turnToHappened(page: Page): Promise<void> {
  await page.locator('.places [data-place=happened]').click();
  await page.locator('.happened[aria-busy=false] .totals').waitFor();
}

/** The figure in large beside its name. */
function total(page: Page, name: string): Promise<string | null> {
  return page.locator('.totals > div', { hasText: name }).locator('strong').textContent();
}

test('before anything happened each picture says so, and nothing is drawn', async () => {
  const { page, context, harm } = await arrive(browser, server, { role: 'editor', email: 'eli@example.org' });
  await turnToHappened(page);
  await page.locator('[data-figure=waiting]', { hasText: 'No decision in these days.' }).waitFor();
  await page.locator('[data-figure=guidelines]', { hasText: 'Nothing was rejected in these days.' }).waitFor();
  assert.equal(await page.locator('.figure figure').count(), 0);
  assert.equal(await total(page, 'Came in'), '0');
  assert.deepEqual(await findBarriers(page), []);
  assert.deepEqual(harm, []);
  await context.close();
});

test('an editor looks at what happened, reads a day by keyboard, the table, the file, and other days by address', async () => {
  await decideSome();
  const { page, context, harm } = await arrive(browser, server, { role: 'editor', email: 'eda@example.org' });
  await turnToHappened(page);
  assert.equal(new URL(page.url()).hash, '#happened=30');
  assert.deepEqual(
    [await total(page, 'Came in'), await total(page, 'Decided'), await total(page, 'Waiting now')],
    ['7', '6', '1'],
  );
  await page.locator('[data-figure=newsroom]', { hasText: /approved .?3.? of .?6/ }).waitFor();
  await page.locator('[data-figure=newsroom]', { hasText: 'Too few for a comparison' }).waitFor();

  const days = page.locator('[data-figure=flow] [role=slider]');
  await days.focus();
  assert.match((await days.getAttribute('aria-valuetext')) ?? '', /Came in 7; Decided 6; Waiting at day’s end 1$/);
  await page.keyboard.press('ArrowLeft');
  await page.locator('[data-figure=flow] [role=slider][aria-valuenow="29"]').waitFor();
  assert.match((await days.getAttribute('aria-valuetext')) ?? '', /Came in 0; Decided 0/);

  const guidelines = page.locator('[data-figure=guidelines]');
  await guidelines.locator('summary').click();
  assert.deepEqual(await guidelines.locator('tbody td').allTextContents(), ['3', '0', '0']);
  const [file] = await Promise.all([
    page.waitForEvent('download'),
    guidelines.getByRole('link', { name: 'CSV' }).click(),
  ]);
  assert.match(file.suggestedFilename(), /guidelines.*\.csv$/);
  assert.deepEqual(await findBarriers(page), []);

  await page.getByRole('link', { name: '7', exact: true }).click();
  await page.locator('[data-figure=flow] [role=slider][aria-valuemax="7"]').waitFor();
  await page.reload();
  await page.locator('[data-figure=flow] [role=slider][aria-valuemax="7"]').waitFor();
  assert.equal(new URL(page.url()).hash, '#happened=7');
  assert.deepEqual(harm, []);
  await context.close();
});

test('in Sorani on a phone the pictures run from right to left, in Sorani digits, and nothing scrolls sideways', async () => {
  const options = { viewport: { width: 360, height: 740 } };
  const { page, context, harm } = await arrive(browser, server, { role: 'admin', email: 'rojin@example.org', options });
  await page.evaluate("localStorage.setItem('stet.language', 'ckb')");
  await page.goto(`${server.url}/desk#happened=90`);
  await page.reload();
  await page.locator('html[lang=ckb] .happened[aria-busy=false] .totals').waitFor();
  assert.equal(await page.locator('.parts [aria-current]').textContent(), '٩٠');
  assert.equal(await total(page, 'گەیشتوو'), '٧');
  const days = page.locator('[data-figure=waiting] [role=slider]');
  await days.focus();
  await page.keyboard.press('ArrowRight');
  await page.locator('[data-figure=waiting] [role=slider][aria-valuenow="89"]').waitFor();
  assert.equal(
    await page.evaluate('document.documentElement.scrollWidth > document.documentElement.clientWidth'),
    false,
  );
  assert.ok(await page.locator('.places [aria-current=page]').isVisible());
  assert.deepEqual(await findBarriers(page), []);
  assert.deepEqual(harm, []);
  await context.close();
});

test('a moderator is not offered what only editors may read, not even by its address', async () => {
  const { page, context } = await arrive(browser, server, { email: 'mo@example.org' });
  assert.equal(await page.locator('[data-place=happened]').count(), 0);
  await page.goto(`${server.url}/desk#happened=30`);
  await page.reload();
  await page.locator('.list-head').waitFor();
  assert.equal(await page.locator('.happened').count(), 0);
  await context.close();
});

/** Seven comments that came in: a person approved three, rejected three as attacks, and one is still held. */
async function decideSome(): Promise<void> {
  await decideMany(server, await signInAs(server, 'moderator'), { count: 6 });
  await holdComment(server, { text: 'What happened here?' });
}
