import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, test } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { claimMinutes } from '../../src/contract/desk.ts';
import { findBarriers } from '../support/axe.ts';
import { launchBrowser } from '../support/browser.ts';
import { waitUntil } from '../support/folders.ts';
import { arrive, holdComment, screeningOf, waitForCase, type Moderator } from '../support/deskPage.ts';
import { startServer, type TestServer } from '../support/server.ts';

let server: TestServer;
let browser: Browser;

before(async () => {
  server = await startServer();
  browser = await launchBrowser();
  await fillDesk();
});
after(async () => {
  await browser?.close();
  await server?.stop();
});

const english = 'You are idiots and scum, all of you, and I know where you park.';
const arabic = 'أنتم حمقى جميعًا، ولن أقرأ هذه الجريدة بعد اليوم.';

async function fillDesk(): Promise<void> {
  const parent = await holdComment(server, { name: 'Tamsin', text: 'Nobody took the last ferry.' });
  await holdComment(server, {
    name: 'Old Hand',
    text: english,
    parent,
    need: 90,
    screening: screeningOf(
      english,
      { word: 'idiots and scum', guideline: 'attack', why: 'a word for despised people' },
      { word: 'scum', guideline: 'vulgarity', why: 'a coarse word' },
    ),
  });
  await holdComment(server, {
    name: 'زائر',
    text: arabic,
    lang: 'ar',
    story: 'ahlan',
    need: 80,
    screening: screeningOf(arabic, { word: 'حمقى', guideline: 'attack', why: 'an insult' }),
  });
  for (let index = 0; index < 5; index++)
    await holdComment(server, { name: `Reader ${index}`, text: 'Print the timetable.' });
  const response = await send('/api/v1/sites/sample/stories/welcome/comments', { name: 'Brava', text: 'Call 555.' });
  const { id, receipt } = (await response.json()) as { id: string; receipt: string };
  const token = await server.token('desk');
  const body = { verdict: 'reject', guideline: 'promotion', explanation: 'No numbers.', version: 1 };
  assert.equal((await send(`/api/v1/desk/comments/${id}/decisions`, body, token)).status, 201);
  assert.equal((await send('/api/v1/receipts/appeal', { receipt, text: 'It was a joke.' })).status, 202);
}

function send(path: string, body: object, token?: string): Promise<Response> {
  const headers = {
    'content-type': 'application/json',
    'idempotency-key': randomUUID(),
    ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
  };
  return server.fetch(path, { method: 'POST', headers, body: JSON.stringify(body) });
}

/** The states a moderator passes through, one after the other, each with what has to be seen first. */
const states: readonly { state: string; reach: (page: Page) => Promise<void> }[] = [
  { state: 'the queue with the offer of a passkey', reach: (page) => page.locator('.offer').waitFor() },
  {
    state: 'the menu',
    reach: async (page) => {
      await page.locator('.menu summary').click();
      await page.locator('.menu-sheet').waitFor();
    },
  },
  {
    state: 'a case of one’s own',
    reach: async (page) => {
      await page.keyboard.press('Escape');
      await page.keyboard.press('n');
      await waitForCase(page, 'Old Hand');
      await page.locator('.claim-mine').waitFor();
    },
  },
  {
    state: 'a reason',
    reach: async (page) => {
      await page.locator('.comment-text mark').first().focus();
      await page.locator('.reason').waitFor();
    },
  },
  {
    state: 'the guidelines',
    reach: async (page) => {
      await page.keyboard.press('Escape');
      await page.keyboard.press('r');
      await page.locator('.picker').waitFor();
    },
  },
  {
    state: 'the explanation, with its guideline missing',
    reach: async (page) => {
      await page.keyboard.press('e');
      await page.locator('.explanation select').selectOption('attack');
      await page.locator('.explanation textarea').fill('Please do not.');
    },
  },
  {
    state: 'the keys',
    reach: async (page) => {
      await page.keyboard.press('Escape');
      await page.keyboard.press('?');
      await page.getByRole('dialog').waitFor();
    },
  },
  {
    state: 'a case from right to left',
    reach: async (page) => {
      await page.keyboard.press('Escape');
      await page.keyboard.press('n');
      await waitForCase(page, 'زائر');
    },
  },
  {
    state: 'no connection',
    reach: async (page) => {
      await page.context().setOffline(true);
      await page.keyboard.press('a');
      await page.locator('.claim-waits').waitFor();
    },
  },
  {
    state: 'an ended session',
    reach: async (page) => {
      await page.context().clearCookies();
      await page.context().setOffline(false);
      await page.getByRole('dialog').waitFor();
    },
  },
];

for (const language of ['en', 'ar', 'ckb'] as const) {
  for (const colorScheme of ['light', 'dark'] as const) {
    test(`axe finds nothing in any state of the desk (${language}, ${colorScheme})`, async () => {
      const { page } = await arriveSpeaking(language, { colorScheme });
      for (const { state, reach } of states) {
        await reach(page);
        assert.deepEqual(await findBarriers(page), [], state);
      }
    });
  }

  test(`axe finds nothing in decided comments, appeals and an empty list (${language})`, async () => {
    const { page } = await arriveSpeaking(language, {});
    await page.locator('.filters select').first().selectOption('rejected');
    await page.locator('.line', { hasText: 'Brava' }).click();
    await page.locator('.decision').waitFor();
    assert.deepEqual(await findBarriers(page), [], 'a rejected comment');
    await page.locator('.filters select').first().selectOption('withdrawn');
    await page.locator('.empty').waitFor();
    assert.deepEqual(await findBarriers(page), [], 'an empty list');
    await page.locator('.places button').nth(1).click();
    await page.locator('.line', { hasText: 'It was a joke' }).click();
    await page.locator('.explanation button').first().click();
    await page.locator('.mistake').waitFor();
    assert.deepEqual(await findBarriers(page), [], 'an appeal');
  });

  test(`a case opened at 200 % zoom shows its comment above the bar of verdicts (${language})`, async () => {
    const { page } = await arriveSpeaking(language, { viewport: { width: 640, height: 450 } });
    await page.keyboard.press('n');
    await waitForCase(page, 'Old Hand');
    const isSeen = (): Promise<boolean> =>
      page.locator('.case-sheet').evaluate((sheet) => {
        const text = sheet.querySelector('#case-text')?.getBoundingClientRect();
        const bar = sheet.parentElement?.querySelector('.verdict')?.getBoundingClientRect();
        return text !== undefined && bar !== undefined && text.top > 0 && text.bottom < bar.top;
      });
    await waitUntil(isSeen, 'the comment stands above the bar');
    assert.ok(await page.locator('#case-heading').evaluate((heading) => heading.matches(':focus')));
  });

  test(`the desk on a phone and at 400 % zoom never scrolls sideways (${language})`, async () => {
    const { page } = await arriveSpeaking(language, { viewport: { width: 320, height: 640 } });
    const isWide = () => page.locator('html').evaluate((html) => html.scrollWidth > html.clientWidth);
    assert.equal(await isWide(), false, 'the queue');
    assert.deepEqual(await findBarriers(page), [], 'the queue');
    await page.locator('.line', { hasText: 'idiots' }).click();
    await waitForCase(page, 'Old Hand');
    assert.equal(await page.locator('.list').isVisible(), false, 'the case has the window to itself');
    await page.keyboard.press('e');
    await page.locator('.explanation').waitFor();
    assert.equal(await isWide(), false, 'the case');
    assert.deepEqual(await findBarriers(page), [], 'the case');
  });
}

test('the sign-in page has no barriers', async () => {
  for (const locale of ['en', 'ar']) {
    const context = await browser.newContext({ locale, bypassCSP: true });
    const page = await context.newPage();
    await page.goto(`${server.url}/desk/sign-in`);
    await page.locator('h1').waitFor();
    assert.deepEqual(await findBarriers(page), []);
  }
});

type Wish = { colorScheme?: 'light' | 'dark'; viewport?: { width: number; height: number } };

async function arriveSpeaking(language: string, options: Wish): Promise<Moderator> {
  // What the moderator before claimed has lapsed.
  server.pass(claimMinutes + 1);
  const email = `${randomUUID()}@example.org`;
  const storageState = {
    cookies: [],
    origins: [{ origin: server.url, localStorage: [{ name: 'stet.language', value: language }] }],
  };
  // axe is brought in from outside the page, which its own policy rightly forbids.
  return arrive(browser, server, {
    email,
    options: { bypassCSP: true, reducedMotion: 'reduce', storageState, ...options },
  });
}
