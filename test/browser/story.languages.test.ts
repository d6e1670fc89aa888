import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Browser } from 'playwright-core';
import { directionOfLanguage } from '../../src/contract/languages.ts';
import { interfaceLanguages, translate, translateCount } from '../../src/contract/messages.ts';
import { findTightPlaces } from '../support/access.ts';
import { findBarriers } from '../support/axe.ts';
import { launchBrowser } from '../support/browser.ts';
import { watchForHarm } from '../support/deskPage.ts';
import { addStory, publishComment } from '../support/published.ts';
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

test('a story is read in each language, in its direction, with no key or place left open and no word cut off', async () => {
  const context = await browser.newContext({ locale: 'en', viewport: { width: 360, height: 800 } });
  const page = await context.newPage();
  const harm = watchForHarm(page, server);
  for (const language of interfaceLanguages) {
    const story = `in-${language}`;
    const text = translate(language, 'privacy.lead', { publisher: 'The Harbour Post' });
    await addStory(server.store, 'sample', story, { language, headline: translate(language, 'page.latest'), text });
    for (const name of ['Ada', 'سۆران'])
      await publishComment(server.store, 'sample', story, { name, text, lang: language });

    await page.goto(`${server.url}/s/sample/${story}`);
    const html = page.locator('html');
    const direction = directionOfLanguage(language);
    assert.deepEqual([await html.getAttribute('lang'), await html.getAttribute('dir')], [language, direction]);
    await page.getByRole('button', { name: translate(language, 'form.send'), exact: true }).waitFor();
    const words = await page.locator('body').innerText();
    assert.equal(await page.locator('.thread-count').textContent(), translateCount(language, 'thread.count', 2));
    assert.doesNotMatch(words, /[{}]|\b(?:form|page|thread|receipt|refusal|privacy|guideline)\.[a-z]/i, language);
    assert.deepEqual(await findTightPlaces(page), [], language);
    assert.deepEqual(await findBarriers(page, { colours: language === 'he' }), [], language);
  }
  assert.deepEqual(harm, []);
  await context.close();
});
