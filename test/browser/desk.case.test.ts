import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { findBarriers } from '../support/axe.ts';
import { launchBrowser } from '../support/browser.ts';
import { arrive, holdComment, readDecided, screeningOf, waitForCase } from '../support/deskPage.ts';
import { waitUntil } from '../support/folders.ts';
import { startServer, type TestServer } from '../support/server.ts';

let server: TestServer;
let browser: Browser;
let token: string;

const text = 'Idiots, all of you, and I know where you park.';
const passage = { start: 0, end: 'The council said so on *Monday*.'.length };

before(async () => {
  server = await startServer({ site: { 'desk.translate': 'https://translate.example/?q={text}&from={from}&to={to}' } });
  browser = await launchBrowser();
  token = await server.token('desk');
  await fillDesk();
});
after(async () => {
  await browser?.close();
  await server?.stop();
});

async function decide(id: string, body: object): Promise<void> {
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
  const response = await server.fetch(`/api/v1/desk/comments/${id}/decisions`, {
    method: 'POST',
    headers,
    body: JSON.stringify({ version: 1, ...body }),
  });
  assert.equal(response.status, 201);
}

async function fillDesk(): Promise<void> {
  const first = await holdComment(server, { name: 'Tamsin', text: 'Nobody told us about the last ferry.' });
  await decide(first, { verdict: 'approve' });
  const parent = await holdComment(server, { name: 'Rosa', text: 'I waited an hour in the rain.', parent: first });
  await decide(parent, { verdict: 'approve' });
  await decide(await holdComment(server, { name: 'Ben', text: 'It was the wind.', parent }), { verdict: 'approve' });
  const before = await holdComment(server, { name: 'Old Hand', text: 'Liars.' });
  await decide(before, { verdict: 'reject', guideline: 'attack' });
  const screening = {
    ...screeningOf(text, { word: 'Idiots', guideline: 'attack', why: 'a word for despised people' }),
    passage,
  };
  await holdComment(server, { name: 'Old Hand', text, parent, need: 0.9, screening });
  await holdComment(server, { name: 'Ala', text: 'ئەمە باش نییە.', lang: 'ckb', story: 'bexer', need: 0.8 });
}

async function openMine(page: Page): Promise<void> {
  await page.locator('.menu summary').click();
  await page.locator('.menu-sheet').getByRole('button').first().click();
  await page.locator('.mine').waitFor();
}

const toQueue = (page: Page) => page.locator('.places button').first().click();

test('a case brings its story, passage, thread and the name’s history, and a screen reader finds all of it', async () => {
  const { page, context, harm } = await arrive(browser, server, { email: 'whole@example.org' });
  await page.locator('.line', { hasText: 'Old Hand' }).click();
  await waitForCase(page, 'Old Hand');
  await page.locator('.claim-mine').waitFor();
  assert.equal(await page.locator('.headline a').getAttribute('href'), '/s/sample/welcome');
  assert.equal(await page.locator('.passage blockquote').textContent(), 'The council said so on Monday.');
  await page.locator('.thread summary').click();
  const tree = (await page.locator('.case-sheet').ariaSnapshot()).replaceAll(
    /\d\d-\d\d-\d{4}( \d\d:\d\d)?|\d\d:\d\d/g,
    '#',
  );
  for (const part of [
    '- article "Old Hand"',
    '- link "The ferry will run at night again (opens in a new tab)"',
    'In answer to Rosa',
    '- blockquote: I waited an hour in the rain.',
    '- region "Before it"',
    '- blockquote: Nobody told us about the last ferry.',
    '- region "Beside it"',
    '- blockquote: It was the wind.',
    '- heading "Old Hand" [level=2]',
    '- mark: Idiots',
    'You hold this comment until',
    '- region "Screening"',
    '- button "Wording g"',
    '- heading "Last decisions under this name" [level=4]',
    '- text: Rejected',
    '- blockquote: Liars.',
    'Personal attacks',
  ]) {
    assert.ok(tree.includes(part), `${part} is missing in\n${tree}`);
  }
  await context.close();
  assert.deepEqual(harm, []);
});

test('g shows the wording of what is suspected, in the comment’s language and the desk’s, and nothing is sent to a translator', async () => {
  const { page, context, harm } = await arrive(browser, server, { email: 'wording@example.org' });
  await page.locator('.line', { hasText: 'Old Hand' }).click();
  await page.locator('.passage').waitFor();
  await page.keyboard.press('g');
  const dialog = page.getByRole('dialog', { name: 'The guidelines' });
  assert.match((await dialog.locator('h3').first().textContent()) ?? '', /Threats.*suspected/);
  await dialog.locator('h2:focus').waitFor();
  assert.deepEqual(await findBarriers(page), [], 'the wording');
  await page.keyboard.press('Escape');
  assert.equal(await page.locator('.translate').count(), 0, 'an English comment at an English desk');
  await page.locator('.line', { hasText: 'Ala' }).click();
  await waitForCase(page, 'Ala');
  const link = page.locator('.translate a');
  await link.waitFor();
  const address = new URL((await link.getAttribute('href')) ?? '');
  assert.deepEqual([...address.searchParams.values()], ['ئەمە باش نییە.', 'ckb', 'en']);
  assert.match((await link.getAttribute('rel')) ?? '', /noreferrer/);
  await page.keyboard.press('g');
  await dialog.locator('.wordings').first().waitFor();
  assert.deepEqual(
    await dialog
      .locator('.wordings')
      .first()
      .locator('p[lang]')
      .evaluateAll((all) => all.map((one) => one.getAttribute('lang'))),
    ['ckb', 'en'],
  );
  await context.close();
  assert.deepEqual(harm, []);
});

test('a moderator’s own keys decide, stand on every button, and are there in another browser', async () => {
  const id = await holdComment(server, { name: 'Remapped', text: 'Fair enough.', need: 0.99 });
  const { page, context } = await arrive(browser, server, { email: 'own@example.org' });
  await openMine(page);
  const choose = async (act: string, key: string) => {
    await page.getByRole('button', { name: `Choose another key: ⁨${act}⁩` }).click();
    await page.keyboard.press(key);
  };
  await choose('Approve', '3');
  await page.locator('.notice', { hasText: 'cannot be chosen' }).waitFor();
  await page.keyboard.press('Escape');
  await choose('Approve', 'n');
  await page.locator('.notice', { hasText: /Approve.*n.*Claim the next comment.*a/ }).waitFor();
  await choose('Reject; then a guideline’s key'.replace('’', "'"), 'y');
  await page.locator('.notice', { hasText: /Reject.*y/ }).waitFor();
  assert.deepEqual(await findBarriers(page), [], 'my desk');
  await context.close();

  const other = await arrive(browser, server, { email: 'own@example.org' });
  await other.page.locator('.line', { hasText: 'Remapped' }).click();
  await other.page.locator('.claim-mine').waitFor();
  const approve = other.page.locator('.verdict .approve');
  assert.deepEqual(
    [await approve.getAttribute('aria-keyshortcuts'), await approve.locator('kbd').textContent()],
    ['n', 'n'],
  );
  await other.page.keyboard.press('?');
  await other.page.getByRole('dialog').getByText('After ⁨y⁩').waitFor();
  await other.page.keyboard.press('Escape');
  await other.page.keyboard.press('r');
  assert.equal(await other.page.locator('.picker').count(), 0, 'the old key rejects no more');
  await other.page.keyboard.press('n');
  await other.page.locator('.notice', { hasText: /Approved: .*Remapped/ }).waitFor();
  await other.context.close();
  assert.equal((await readDecided(server, token, id)).claim, null);
});

test('a veiled comment is shown by pointer, focus and key, and a screen reader reads it as ever', async () => {
  const { page, context } = await arrive(browser, server, { email: 'veil@example.org' });
  // The blur fades for a moment where motion is wished.
  const waitForBlur = (selector: string, isBlurred: boolean) =>
    waitUntil(
      async () => {
        const filter = await page.evaluate<string>(`getComputedStyle(document.querySelector('${selector}')).filter`);
        return filter.includes('blur') === isBlurred;
      },
      `${selector} ${isBlurred ? 'blurred' : 'clear'}`,
    );
  await openMine(page);
  await page.getByLabel('Veil comments from this score on').selectOption({ label: 'likely' });
  await page.getByLabel('Comments without colours').check();
  await page.getByLabel('Size of the comment').selectOption('largest');
  await toQueue(page);
  await page.mouse.move(2, 2);
  await page.locator('.line', { hasText: 'Old Hand' }).click();
  await waitForCase(page, 'Old Hand');
  await page.mouse.move(2, 2);
  await page.locator('.earlier blockquote').first().waitFor();
  await waitForBlur('.comment-text', true);
  await waitForBlur('.earlier blockquote', true);
  assert.match(await page.locator('.case-sheet').ariaSnapshot(), /mark: Idiots/);
  assert.deepEqual(await findBarriers(page), [], 'a veiled comment');
  await page.locator('.comment-text').hover();
  await waitForBlur('.comment-text', false);
  await page.mouse.move(2, 2);
  await page.keyboard.press('b');
  await waitForBlur('.comment-text', false);
  await page.keyboard.press('b');
  await waitForBlur('.comment-text', true);
  await page.locator('.comment-text mark').focus();
  await waitForBlur('.comment-text', false);
  await page.locator('.line', { hasText: 'Ala' }).click();
  await waitForCase(page, 'Ala');
  await waitForBlur('.comment-text', false);
  await context.close();
});

test('a break is suggested when it is time, without taking the focus; a pause ends it; the figures stay in the browser', async () => {
  const { page, context } = await arrive(browser, server, { email: 'shift@example.org' });
  const sent: string[] = [];
  page.on('request', (request) => sent.push(`${request.url()} ${request.postData() ?? ''}`));
  await page.evaluate(`(() => {
    const shift = JSON.parse(localStorage.getItem('stet.desk.shift'));
    localStorage.setItem('stet.desk.shift', JSON.stringify({ ...shift, worked: 3600e3, sinceBreak: 3600e3, decided: 30, hard: 20 }));
  })()`);
  await page.reload();
  const hint = page.locator('.shift-hint');
  await hint.getByText('60 minutes without a break').waitFor();
  assert.equal(await hint.evaluate((strip) => strip.matches(':focus-within')), false);
  assert.deepEqual(await findBarriers(page), [], 'a suggestion');
  await hint.getByRole('button', { name: 'Pause the shift' }).click();
  await hint.getByText(/67 percent of this shift/).waitFor();
  await page.getByRole('button', { name: /Shift ⁨1:00⁩, paused/ }).click();
  await page.getByRole('button', { name: /Shift ⁨1:00⁩ ?\. Pause/ }).waitFor();
  await hint.getByRole('button', { name: 'Later' }).click();
  await hint.getByText('percent').waitFor({ state: 'detached' });
  await openMine(page);
  await page.getByText(/Decided: 30, of them hard: 20/).waitFor();
  await page.getByRole('button', { name: 'Begin a new shift' }).click();
  await page.getByText(/Decided: 0, of them hard: 0/).waitFor();
  await page.getByLabel('Show how long I have worked').uncheck();
  await page.locator('.shift-timer').waitFor({ state: 'detached' });
  assert.equal(
    sent.some((request) => /worked|sinceBreak|decided/.test(request)),
    false,
  );
  await context.close();
});

for (const language of ['en', 'ckb'] as const) {
  for (const colorScheme of ['light', 'dark'] as const) {
    test(`axe finds nothing in a whole case and in my desk, also at 360 px (${language}, ${colorScheme})`, async () => {
      const options = { viewport: { width: 360, height: 740 }, locale: language, colorScheme };
      const { page, context } = await arrive(browser, server, {
        email: `${language}-${colorScheme}@example.org`,
        options,
      });
      await page.locator('.line', { hasText: 'Old Hand' }).click();
      await page.locator('.thread summary').click();
      const isWide = () => page.locator('html').evaluate((html) => html.scrollWidth > html.clientWidth);
      assert.deepEqual(await findBarriers(page), [], 'the case');
      assert.equal(await isWide(), false, 'the case');
      await openMine(page);
      assert.deepEqual(await findBarriers(page), [], 'my desk');
      assert.equal(await isWide(), false, 'my desk');
      await context.close();
    });
  }
}
