import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { findTightPlaces } from '../support/access.ts';
import { findBarriers } from '../support/axe.ts';
import { launchBrowser } from '../support/browser.ts';
import { arrive, holdComment, screeningOf, waitForCase } from '../support/deskPage.ts';
import { startServer, type TestServer } from '../support/server.ts';

let server: TestServer;
let browser: Browser;

before(async () => {
  server = await startServer({ site: { 'recheck.percent': 20 } });
  browser = await launchBrowser();
});
after(async () => {
  await browser?.close();
  await server?.stop();
});

const rude = 'You are idiots and scum, all of you, and I know where you park.';

type State = { state: string; reach: (page: Page) => Promise<unknown> };

const states: readonly State[] = [
  { state: 'the queue', reach: (page) => page.locator('.line').first().waitFor() },
  { state: 'the menu', reach: (page) => page.locator('.menu summary').click() },
  {
    state: 'a case',
    reach: async (page) => {
      await page.keyboard.press('Escape');
      await page.keyboard.press('n');
      await waitForCase(page, 'Old Hand');
    },
  },
  {
    state: 'the guidelines of a rejection',
    reach: async (page) => {
      await page.keyboard.press('r');
      await page.locator('.picker').waitFor();
    },
  },
  {
    state: 'an explanation',
    reach: async (page) => {
      await page.keyboard.press('e');
      await page.locator('.explanation').waitFor();
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
    state: 'a verdict that can be undone',
    reach: async (page) => {
      await page.keyboard.press('Escape');
      await page.keyboard.press('a');
      await page.locator('.undo').waitFor();
    },
  },
];

for (const language of ['en', 'ckb']) {
  test(`at 400 % zoom nothing at the desk is too small to press or cut off, however its text is spaced (${language})`, async () => {
    await holdComment(server, { name: 'Ben', text: 'Nobody took the last ferry.' });
    await holdComment(server, {
      name: 'Old Hand',
      text: rude,
      need: 90,
      screening: screeningOf(rude, { word: 'idiots and scum', guideline: 'attack', why: 'a word for despised people' }),
    });
    const localStorage = [{ name: 'stet.language', value: language }];
    const storageState = { cookies: [], origins: [{ origin: server.url, localStorage }] };
    const email = `${language}@example.org`;
    const { page, context } = await arrive(browser, server, {
      email,
      role: 'admin',
      options: { storageState, reducedMotion: 'reduce', bypassCSP: true },
    });
    for (const { state, reach } of states) {
      await reach(page);
      assert.deepEqual(await findTightPlaces(page), [], state);
    }
    const places = await page.locator('.places button').count();
    for (let index = 0; index < places; index++) {
      const place = page.locator('.places button').nth(index);
      await place.click();
      await page.locator('main:not([aria-busy=true]) :is(h2, .list-head)').first().waitFor();
      await page.waitForFunction("!document.querySelector('[aria-busy=true]')");
      const name = await place.innerText();
      assert.deepEqual(await findTightPlaces(page), [], name);
      // Names and colours are looked at in every language by other tests.
      if (language === 'en') assert.deepEqual(await findBarriers(page), [], name);
      const looks = process.env['STET_LOOK'];
      if (looks) await page.screenshot({ path: `${looks}/desk-${language}-${index}.png` });
    }
    await context.close();
  });
}
