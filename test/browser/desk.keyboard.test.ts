import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { launchBrowser } from '../support/browser.ts';
import { arrive, holdComment, readDecided, readRow, screeningOf, waitForCase } from '../support/deskPage.ts';
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

test('keys with a modifier, held down or typed into a field decide nothing', async () => {
  const id = await holdComment(server, { name: 'Untouched', text: 'Leave me be.', need: 900 });
  const { page } = await arrive(browser, server, { email: 'careful@example.org' });
  await page.keyboard.press('n');
  await waitForCase(page, 'Untouched');
  for (const keys of ['Control+a', 'Alt+a', 'Meta+a', 'Shift+a']) await page.keyboard.press(keys);
  await page.keyboard.press('e');
  const field = page.getByLabel(/Explanation to the author/);
  await page.getByLabel('Guideline').selectOption('attack');
  await field.fill('');
  await field.pressSequentially('a rant 123 n u k j?');
  assert.equal(await field.inputValue(), 'a rant 123 n u k j?');
  await page.keyboard.press('Escape');
  await page.dispatchEvent('body', 'keydown', { key: 'a', code: 'KeyA', repeat: true });
  assert.equal((await readRow(server, token, id)).state, 'held');
  await page.keyboard.press('e');
  assert.equal(await field.inputValue(), 'a rant 123 n u k j?', 'what was written is still there');
  await page.keyboard.press('Escape');
  await page.keyboard.press('a');
  await said(page, /Approved: .*Untouched/);
});

test('single keys can be switched off, and on again', async () => {
  const id = await holdComment(server, { name: 'Quiet', text: 'No keys here.', need: 800 });
  const { page } = await arrive(browser, server, { email: 'nokeys@example.org' });
  await page.keyboard.press('n');
  await waitForCase(page, 'Quiet');
  await page.locator('.menu summary').click();
  await page.getByLabel('Single keys decide and move').uncheck();
  await page.keyboard.press('Escape');
  await page.keyboard.press('a');
  await page.keyboard.press('?');
  assert.equal(await page.getByRole('dialog').count(), 0);
  assert.equal((await readRow(server, token, id)).state, 'held');
  await page.getByRole('button', { name: /^Approve/ }).click();
  await said(page, /Approved: .*Quiet/);
});

test('a moderator decides with the keyboard alone, and the focus goes to the next case', async () => {
  const ids = [
    await holdComment(server, { name: 'First Author', text: 'A fair word.', need: 50 }),
    await holdComment(server, { name: 'Second Author', text: 'You are a fool.', need: 40 }),
    await holdComment(server, { name: 'Third Author', text: 'Buy my boat.', need: 30 }),
    await holdComment(server, { name: 'Fourth Author', text: 'A last word.', need: 20 }),
  ];
  const { page, harm } = await arrive(browser, server, { email: 'keyboard@example.org' });
  await page.keyboard.press('n');
  await waitForCase(page, 'First Author');
  await page.getByText('You hold this comment until').waitFor();
  await page.keyboard.press('a');
  await said(page, /Approved: .*First Author.*Next: .*Second Author/);
  await page.locator('#case-heading:focus', { hasText: 'Second Author' }).waitFor();

  await page.keyboard.press('r');
  await page.getByText('Reject under which guideline?').waitFor();
  await page.keyboard.press('3');
  await said(page, /Rejected: .*Second Author/);
  await waitForCase(page, 'Third Author');

  await page.keyboard.press('r');
  await page.keyboard.press('e');
  const field = page.getByLabel(/Explanation to the author/);
  await page.getByLabel('Guideline').selectOption('promotion');
  assert.notEqual(await field.inputValue(), '', 'the sentence of the guideline stands there already');
  await field.fill('No advertisements, please.');
  await field.press('Control+Enter');
  await said(page, /Rejected: .*Third Author/);
  await waitForCase(page, 'Fourth Author');
  await page.keyboard.press('a');
  await page.getByRole('heading', { name: 'Nothing is left to claim.' }).waitFor();

  const rows = await Promise.all(ids.map((id) => readDecided(server, token, id)));
  assert.deepEqual(
    rows.map(({ state, decision }) => [state, decision?.guideline ?? null]),
    [
      ['approved', null],
      ['rejected', 'attack'],
      ['rejected', 'promotion'],
      ['approved', null],
    ],
  );
  assert.equal(rows[2]?.decision?.explanation, 'No advertisements, please.');
  assert.equal(rows[0]?.decision?.by, 'keyboard');
  assert.deepEqual(harm, []);
});

test('j and k move through the list and show each comment, Enter opens it, u goes back', async () => {
  for (const [index, name] of ['Ada', 'Bo', 'Cy'].entries()) {
    await holdComment(server, { name, text: `Word of ${name}.`, need: 9 - index });
  }
  const { page } = await arrive(browser, server, { email: 'mover@example.org' });
  await page.keyboard.press('j');
  await waitForCase(page, 'Ada');
  await page.keyboard.press('j');
  await waitForCase(page, 'Bo');
  await page.locator('.line:focus', { hasText: 'Bo' }).waitFor();
  await page.keyboard.press('k');
  await waitForCase(page, 'Ada');
  await page.keyboard.press('k');
  await waitForCase(page, 'Ada');
  await page.keyboard.press('Enter');
  await page.locator('#case-heading:focus', { hasText: 'Ada' }).waitFor();
  await page.keyboard.press('u');
  await page.locator('.line:focus', { hasText: 'Ada' }).waitFor();
});

test('keys work on a keyboard that writes Arabic', async () => {
  const id = await holdComment(server, { name: 'Layout', text: 'Typed elsewhere.', need: 700 });
  const { page } = await arrive(browser, server, { email: 'layout@example.org' });
  const press = (key: string, code: string) => page.dispatchEvent('body', 'keydown', { key, code });
  await press('ى', 'KeyN');
  await waitForCase(page, 'Layout');
  await press('ق', 'KeyR');
  await page.getByText('Reject under which guideline?').waitFor();
  await press('٢', 'Digit2');
  await said(page, /Rejected: .*Layout/);
  assert.equal((await readDecided(server, token, id)).decision?.guideline, 'threat');
});

test('the list of keys opens with ? and closes with Escape', async () => {
  const { page } = await arrive(browser, server, { email: 'help@example.org' });
  await page.keyboard.press('?');
  const dialog = page.getByRole('dialog', { name: 'Keys' });
  await dialog.getByText('Claim the next comment').waitFor();
  await dialog.getByText('Personal attacks').waitFor();
  await page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'detached' });
});

test('an underlined word tells its reason to the pointer, to the keyboard and to a screen reader', async () => {
  const text = 'You are idiots and scum, all of you.';
  const screening = screeningOf(
    text,
    { word: 'idiots and scum', guideline: 'attack', why: 'a word for despised people' },
    { word: 'scum', guideline: 'vulgarity', why: 'a coarse word' },
  );
  await holdComment(server, { name: 'Underlined', text, screening, need: 950 });
  const { page } = await arrive(browser, server, { email: 'reasons@example.org' });
  await page.keyboard.press('n');
  await waitForCase(page, 'Underlined');
  const marks = page.locator('.comment-text mark');
  assert.deepEqual(await marks.allTextContents(), ['idiots and ', 'scum']);
  assert.equal(await page.locator('.comment-text').textContent(), text);
  await marks.nth(1).focus();
  await page.locator('.reason', { hasText: 'a word for despised people' }).waitFor();
  await page.locator('.reason', { hasText: 'a coarse word' }).waitFor();
  await page.keyboard.press('Escape');
  await page.locator('.reason').waitFor({ state: 'detached' });
  await marks.nth(0).hover();
  await page.locator('.reason', { hasText: 'a word for despised people' }).waitFor();
  const ids = (await marks.nth(1).getAttribute('aria-describedby'))?.split(' ') ?? [];
  const reasons = await Promise.all(ids.map((id) => page.locator(`#${id}`).textContent()));
  assert.deepEqual(reasons, ['Personal attacks a word for despised people', 'Vulgarity a coarse word']);
});
