import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { createSite } from '../../src/cli/createSite.ts';
import { addGuidelineVersion } from '../../src/record/guidelines.ts';
import { inTransaction } from '../../src/storage/database.ts';
import { findBarriers } from '../support/axe.ts';
import { launchBrowser } from '../support/browser.ts';
import { arrive, holdComment, readDecided, waitForCase, type Moderator } from '../support/deskPage.ts';
import { startServer, type TestServer } from '../support/server.ts';

let server: TestServer;
let browser: Browser;

before(async () => {
  server = await startServer();
  browser = await launchBrowser();
  await addSite('valley', 'The Valley Gazette');
  await addSite('tide', 'The Tide');
  // On this site alone the first key is another guideline's.
  const titles = { en: 'Rumours' };
  const explanations = { en: 'The Valley Gazette publishes no rumours.' };
  await inTransaction(server.store.writer, (transaction) =>
    addGuidelineVersion(transaction, 'valley', {
      ...{ key: 'rumour', version: 1, position: 0, titles, wordings: titles, explanations, retired: false },
      ...{ at: server.now(), actor: 'operator' },
    }),
  );
});
after(async () => {
  await browser?.close();
  await server?.stop();
});

async function addSite(site: string, name: string): Promise<void> {
  await createSite(server.store, { site, name, language: 'en', origins: [] }, server.now());
}

/** A moderator of the Harbour Post who is an editor of the Valley Gazette, and nobody at the Tide. */
async function arriveOfTwo(email: string): Promise<Moderator> {
  await server.signIn({ site: 'valley', email, role: 'editor' });
  return arrive(browser, server, { email });
}

/** Turns to all of one's sites by the keyboard. */
async function chooseAll(page: Page): Promise<void> {
  const choice = page.locator('.masthead h1 select');
  await choice.waitFor();
  for (let n = 0; n < 60 && (await page.locator('.masthead h1 select:focus').count()) === 0; n += 1)
    await page.keyboard.press('Tab');
  await page.keyboard.press('Home');
  await page.locator('.notice', { hasText: 'All my sites' }).waitFor();
  await page.locator('.line .of-site').first().waitFor();
  await page.evaluate('document.activeElement.blur()');
}

const said = (page: Page, text: RegExp): Promise<void> => page.locator('.notice', { hasText: text }).waitFor();

const rowsOf = (page: Page): Promise<string[][]> =>
  page
    .locator('.line')
    .evaluateAll((lines) =>
      lines.map((line) => ['.name', '.of-site'].map((part) => line.querySelector(part)?.textContent ?? '')),
    );

test('a moderator of two sites works through both by need, each comment under its own site’s guidelines and rights', async () => {
  await holdComment(server, { site: 'tide', name: 'Not Theirs', text: 'Of a site that is not theirs.', need: 90 });
  const heard = await holdComment(server, { site: 'valley', name: 'Vera', text: 'I heard that …', need: 50 });
  const rude = await holdComment(server, { name: 'Hanna', text: 'Bloody ferry.', need: 40 });
  const again = await holdComment(server, { site: 'valley', name: 'Vito', text: 'They say that …', need: 30 });
  const { page, harm } = await arriveOfTwo('two@example.org');
  await page.locator('.line', { hasText: 'Hanna' }).waitFor();
  assert.deepEqual(await rowsOf(page), [['Hanna', '']], 'of one site no row has to say which');
  await chooseAll(page);
  assert.deepEqual(await rowsOf(page), [
    ['Vera', 'The Valley Gazette'],
    ['Hanna', 'The Harbour Post'],
    ['Vito', 'The Valley Gazette'],
  ]);
  assert.deepEqual(await findBarriers(page), []);

  await page.keyboard.press('n');
  await waitForCase(page, 'Vera');
  await page.locator('.case .of-site', { hasText: 'The Valley Gazette' }).waitFor();
  await page.keyboard.press('r');
  await page.locator('.picker button', { hasText: 'Rumours' }).waitFor();
  await page.keyboard.press('1');
  await said(page, /Rejected: .*Vera.*Next: .*Hanna/);
  await page.keyboard.press('r');
  await page.locator('.picker button').nth(3).waitFor();
  assert.equal(await page.locator('.picker button', { hasText: 'Rumours' }).count(), 0);
  await page.keyboard.press('1');
  await said(page, /Rejected: .*Hanna.*Next: .*Vito/);
  await page.keyboard.press('e');
  await page.getByLabel('Guideline').selectOption('rumour');
  const explanation = page.getByLabel(/Explanation to the author/);
  assert.equal(await explanation.inputValue(), 'The Valley Gazette publishes no rumours.');
  await explanation.press('Control+Enter');
  await said(page, /Rejected: .*Vito/);
  await page.getByRole('heading', { name: 'Nothing is left' }).waitFor();

  const tokens = { valley: await server.token('desk', 'valley'), sample: await server.token('desk') };
  assert.equal((await readDecided(server, tokens.valley, heard)).decision?.guideline, 'rumour');
  const ground = (await readDecided(server, tokens.sample, rude)).decision?.guideline;
  assert.notEqual(ground, null);
  assert.notEqual(ground, 'rumour');
  assert.equal(
    (await readDecided(server, tokens.valley, again)).decision?.explanation,
    'The Valley Gazette publishes no rumours.',
  );
  assert.deepEqual(harm, []);
});
