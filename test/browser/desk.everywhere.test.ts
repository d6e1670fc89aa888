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
  const { page, context, harm } = await arriveOfTwo('two@example.org');
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
  await context.close();
});

test('it is remembered and stands in the address; places and rights are those of one site, and say of which', async () => {
  await holdComment(server, { site: 'valley', name: 'Editors Here', text: 'Of the valley.', need: 50 });
  await holdComment(server, { name: 'Moderators Here', text: 'Of the harbour.', need: 40 });
  const { page, context } = await arriveOfTwo('places@example.org');
  await chooseAll(page);
  await page.waitForURL(/#site=\*$/);
  await page.reload();
  await page.locator('.line .of-site', { hasText: 'The Valley Gazette' }).first().waitFor();
  const choice = page.getByLabel('Site', { exact: true });
  assert.equal(await choice.inputValue(), '*');
  const later = await context.newPage();
  await later.goto(`${server.url}/desk`);
  await later.waitForURL(/#site=\*$/);
  await later.close();

  await page.locator('.places button', { hasText: 'Guidelines' }).press('Enter');
  await said(page, /The desk of .*The Harbour Post/);
  assert.equal(await choice.inputValue(), 'sample');
  assert.equal(await page.getByRole('button', { name: 'Edit' }).count(), 0, 'a moderator here');
  await page.locator('.places button', { hasText: 'Queue' }).press('Enter');
  await page.locator('.line', { hasText: 'Moderators Here' }).waitFor();
  assert.equal(await choice.inputValue(), '*');

  const weights = page.getByRole('button', { name: 'How much each counts on this site' });
  await page.locator('.line', { hasText: 'Moderators Here' }).click();
  await page.locator('.need summary').press('Enter');
  assert.equal(await weights.count(), 0);
  await page.locator('.line', { hasText: 'Editors Here' }).click();
  await waitForCase(page, 'Editors Here');
  await page.locator('.need summary').press('Enter');
  await weights.press('Enter');
  await said(page, /The desk of .*The Valley Gazette/);
  assert.equal(await choice.inputValue(), 'valley');
  await page.locator('.places button', { hasText: 'Automation' }).waitFor();
  await context.close();
});

test('a view of all sites is there on each of them; one of a site, a story or the choice turns to that site', async () => {
  await holdComment(server, { site: 'valley', name: 'Valley Voice', text: 'A view of it.', need: 50 });
  await holdComment(server, { name: 'Harbour Voice', text: 'Another view of it.', need: 40 });
  const { page, context } = await arriveOfTwo('views@example.org');
  const choice = page.getByLabel('Site', { exact: true });
  await page.keyboard.press('v');
  await page.getByLabel('Name of the view').fill('Of the harbour');
  await page.keyboard.press('Enter');
  await page.locator('.views .view', { hasText: 'Of the harbour' }).waitFor();
  await chooseAll(page);
  await page.keyboard.press('/');
  await page.keyboard.type('view');
  await page.keyboard.press('Enter');
  await page.waitForURL(/#site=\*&q=view$/);
  // The address is ahead of the list: what was listed before has gone first.
  await page.locator('.line', { hasText: 'Moderators Here' }).waitFor({ state: 'detached' });
  await page.locator('.line', { hasText: 'Harbour Voice' }).waitFor();
  assert.deepEqual(await rowsOf(page), [
    ['Valley Voice', 'The Valley Gazette'],
    ['Harbour Voice', 'The Harbour Post'],
  ]);
  await page.locator('.views .view', { hasText: /Of the harbour\s*The Harbour Post/ }).waitFor();
  await page.getByLabel('Name of the view').fill('Views of all');
  await page.keyboard.press('Enter');
  await page.locator('.views .view', { hasText: /Views of all\s*2/ }).waitFor();

  await choice.selectOption('valley');
  await said(page, /The desk of .*The Valley Gazette/);
  await page.locator('.line', { hasText: 'Valley Voice' }).waitFor();
  assert.deepEqual(new Set((await rowsOf(page)).map(([, site]) => site)), new Set(['']));
  await page.locator('.views .view', { hasText: 'Views of all' }).press('Enter');
  await page.waitForURL(/#site=\*&q=view$/);
  await page.locator('.line', { hasText: 'Harbour Voice' }).click();
  await page.keyboard.press('f');
  await page.getByRole('button', { name: 'Only this story' }).press('Enter');
  await page.waitForURL(/#q=view&story=welcome$/);
  await said(page, /The desk of .*The Harbour Post/);
  assert.equal(await choice.inputValue(), 'sample');
  await context.close();
});

test('comments of several sites are approved together, and rejected site by site', async () => {
  const ids = [
    await holdComment(server, { site: 'valley', name: 'Together One', text: 'Of the valley.', need: 70 }),
    await holdComment(server, { name: 'Together Two', text: 'Of the harbour.', need: 60 }),
  ];
  const { page, context } = await arriveOfTwo('bulk@example.org');
  await chooseAll(page);
  for (const name of ['Together One', 'Together Two']) await page.getByLabel(new RegExp(`Select .*${name}`)).check();
  await page.locator('h2').first().click();
  await page.keyboard.press('d');
  const dialog = page.getByRole('dialog');
  await dialog.getByText('Reject them one site at a time.').waitFor();
  assert.deepEqual(await dialog.locator('.of-site').allTextContents(), ['The Valley Gazette', 'The Harbour Post']);
  assert.equal(await dialog.getByRole('combobox').count(), 0);
  assert.deepEqual(await findBarriers(page), []);
  await dialog.getByRole('button', { name: 'Approve them' }).press('Enter');
  await said(page, /Approved together: 2/);
  const tokens = [await server.token('desk', 'valley'), await server.token('desk')];
  for (const [index, id] of ids.entries()) {
    assert.equal((await readDecided(server, tokens[index] ?? '', id)).state, 'approved');
  }
  await context.close();
});

test('colleagues of each site are seen, and what they do is heard at once; of the others nothing is', async () => {
  const colleague = await (async () => {
    const link = await server.signIn({ site: 'valley', email: 'nour@example.org', role: 'moderator' });
    const page = await (await browser.newContext({ locale: 'en' })).newPage();
    await page.goto(link);
    await page.locator('.list-head').waitFor();
    return page;
  })();
  await server.signIn({ site: 'tide', email: 'tess@example.org', role: 'moderator' });
  await holdComment(server, { site: 'valley', name: 'Seen By Two', text: 'Of the valley.', need: 80 });
  const { page, context } = await arriveOfTwo('live@example.org');
  // Nobody else is at this site, once whoever was there before is forgotten.
  await page.locator('.colleagues').waitFor({ state: 'detached' });
  await chooseAll(page);
  await page.locator('.colleagues', { hasText: 'nour' }).waitFor();
  await page.locator('.line', { hasText: 'Seen By Two' }).waitFor();
  await colleague.bringToFront();
  await colleague.locator('.line', { hasText: 'Seen By Two' }).click();
  await waitForCase(colleague, 'Seen By Two');
  await page.locator('.line', { hasText: 'Seen By Two' }).locator('.chip-claim', { hasText: 'nour' }).waitFor();
  await colleague.keyboard.press('a');
  await page
    .locator('.line', { hasText: 'Seen By Two' })
    .locator('.chip-claim', { hasText: /verdict|nour/ })
    .waitFor();
  await context.close();
});

test('whoever has one site is offered no other, whatever the address asks', async () => {
  const { page, context } = await arrive(browser, server, { email: 'one@example.org' });
  await page.evaluate("location.hash = '#site=*'");
  await page.getByText(/Held/).first().waitFor();
  assert.equal(await page.locator('.masthead h1 select').count(), 0);
  assert.equal(await page.locator('.of-site').count(), 0);
  await context.close();
});
