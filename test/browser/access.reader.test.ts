import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { findObstacles, findTightPlaces, makePatient } from '../support/access.ts';
import { launchBrowser } from '../support/browser.ts';
import { startHostSite, type HostSite } from '../support/hostPage.ts';
import { addStory, publishComment } from '../support/published.ts';
import { startServer, type TestServer } from '../support/server.ts';

let host: HostSite;
let server: TestServer;
let browser: Browser;

before(async () => {
  host = await startHostSite();
  const site = { reactions: 'on', 'names.protect': 'on', 'intake.notice': 'on' } as const;
  server = await startServer({ site, origins: [host.origin] });
  browser = await launchBrowser();
});
after(async () => {
  await browser?.close();
  await server?.stop();
  await host?.close();
});

const rude = 'You are an idiot, you lying piece of filth, and everybody who knows you despises you.';
// Names and colours are the same in every language, so that axe looks at one; sizes are not.
const languages = ['en', 'ckb'] as const;
type Language = (typeof languages)[number];

type State = { state: string; within?: string; reach: (page: Page) => Promise<unknown> };

async function passThrough(page: Page, language: Language, states: readonly State[]): Promise<void> {
  for (const { state, within, reach } of states) {
    await reach(page);
    const found = language === 'en' ? await findObstacles(page, within) : await findTightPlaces(page);
    assert.deepEqual(found, [], state);
  }
  await page.context().close();
}

async function openPage(language: Language): Promise<Page> {
  const context = await browser.newContext({ locale: language, reducedMotion: 'reduce' });
  return (await makePatient(context)).newPage();
}

/** Comments that are answered six deep, one of them with a word that has no place to break. Returns that one's id. */
async function addThread(story: string, language: Language): Promise<string> {
  await addStory(server.store, 'sample', story, { language, tags: ['council'] });
  const publish = (written: object): Promise<string> =>
    publishComment(server.store, 'sample', story, { lang: language, ...written });
  for (const name of ['Ben', 'Cid']) await publish({ name });
  const first = await publish({ name: 'Ann', text: 'word'.repeat(60) });
  let parent = first;
  for (const text of ['وەڵامێک', 'An answer', 'وەڵامێک', 'An answer', 'وەڵامێک', 'An answer'])
    parent = await publish({ name: 'ئاواز', text, parent });
  return first;
}

async function write(page: Page, { name, text }: { name: string; text: string }): Promise<void> {
  await page.locator('input[name=name]').fill(name);
  await page.locator('textarea[name=text]').fill(text);
  await page.locator('form:has(textarea[name=text]) [type=submit]').click();
}

/** Rejects the one comment that waits. */
async function rejectHeld(): Promise<void> {
  const headers = { authorization: `Bearer ${await server.token('desk')}`, 'content-type': 'application/json' };
  const queue = await server.fetch('/api/v1/desk/queue?site=sample&state=held', { headers });
  const { comments } = (await queue.json()) as { comments: { id: string; version: number }[] };
  assert.equal(comments.length, 1);
  const [{ id, version } = { id: '', version: 0 }] = comments;
  const verdict = { verdict: 'reject', guideline: 'attack', explanation: 'An insult, not an argument.', version };
  const decision = { method: 'POST', headers, body: JSON.stringify(verdict) };
  assert.equal((await server.fetch(`/api/v1/desk/comments/${id}/decisions`, decision)).status, 201);
}

for (const language of languages) {
  test(`nothing stands in the way of whoever reads and writes under a story (${language})`, async () => {
    const story = `${server.url}/s/sample/thread-${language}`;
    const parent = await addThread(`thread-${language}`, language);
    await passThrough(await openPage(language), language, [
      {
        state: 'comments, and more of them',
        reach: async (page) => {
          await page.goto(`${story}?limit=8`);
          await page.locator('.comment-more').first().waitFor();
        },
      },
      {
        state: 'what can be done with a comment, and one that is pointed at',
        within: '#comments',
        reach: async (page) => {
          await page.locator('.comment-more').first().click();
          await page.locator('.comment-menu button').last().hover();
        },
      },
      {
        state: 'an ignored name',
        within: '#thread',
        reach: async (page) => {
          await page.locator('.comment-menu button').last().click();
          await page.locator('.ignored-names summary').click();
        },
      },
      {
        state: 'refused fields',
        within: '#write',
        reach: async (page) => {
          await page.locator('#write-email').fill('nobody');
          await page.locator('[data-compose] [type=submit]').click();
          await page.locator('[aria-invalid=true]').first().waitFor();
        },
      },
      {
        state: 'the preview, in a reply',
        within: '#write',
        reach: async (page) => {
          await page.goto(`${story}?reply=${parent}`);
          await page.locator('#write-text').fill(rude);
          await page.locator('[data-preview]').click();
          await page.locator('[data-preview-place] .comment-text').waitFor();
        },
      },
      {
        state: 'the notice before sending',
        within: '#write',
        reach: async (page) => {
          await write(page, { name: 'Nia', text: rude });
          await page.locator('.notice:not([hidden])').waitFor();
        },
      },
    ]);
  });

  test(`nothing stands in the way of whoever sent a comment (${language})`, async () => {
    await addStory(server.store, 'sample', `sent-${language}`, { language });
    const story = `${server.url}/s/sample/sent-${language}`;
    let receipt = '';
    const openReceipt = async (page: Page): Promise<void> => {
      await page.goto('about:blank');
      await page.goto(receipt);
      await page.locator('.state').waitFor();
    };
    await passThrough(await openPage(language), language, [
      {
        state: 'the receipt, and the comment that waits',
        reach: async (page) => {
          await page.goto(story);
          await write(page, { name: 'Nia', text: 'It waits.' });
          await page.locator('.own').waitFor();
          for (const summary of await page.locator('.receipt-panel summary, .own summary').all()) await summary.click();
          receipt = (await page.locator('[data-slot=bookmark]').last().getAttribute('href')) ?? '';
        },
      },
      {
        state: 'the page of the receipt',
        reach: async (page) => {
          await openReceipt(page);
          for (const summary of await page.locator('summary').all()) await summary.click();
        },
      },
      {
        state: 'a rejected comment, with its appeal',
        within: '#comments',
        reach: async (page) => {
          await rejectHeld();
          await page.goto(story);
          await page.locator('.own:has(textarea) summary').click();
          await page.locator('.own textarea').fill(' ');
          await page.locator('.own form button').click();
          await page.locator('.own [role=alert]:not(:empty)').waitFor();
        },
      },
      { state: 'the page of a rejected comment', reach: openReceipt },
      {
        state: 'the page of an appeal',
        reach: async (page) => {
          await page.locator('#appeal').fill('It was a quotation.');
          await page.locator('[value=appeal]').click();
          await page.locator('.received').waitFor();
        },
      },
      {
        state: 'the receipts of this browser',
        reach: async (page) => {
          await page.goto(`${server.url}/receipt?lang=${language}`);
          await page.locator('.kept li').waitFor();
        },
      },
      {
        state: 'a receipt that nobody gave',
        reach: async (page) => {
          await page.locator('#receipt').fill('wrong');
          await page.locator('[data-look-up] [type=submit]').click();
          await page.locator('[aria-invalid=true]').waitFor();
        },
      },
    ]);
  });

  test(`nothing stands in the way of whoever reports a comment or reads on (${language})`, async () => {
    await addStory(server.store, 'sample', `read-${language}`, { language, tags: ['council'] });
    await addStory(server.store, 'sample', `shut-${language}`, { language, comments: 'closed' });
    const id = await publishComment(server.store, 'sample', `read-${language}`, { lang: language });
    const notify = async (page: Page): Promise<void> => page.locator('#notice [type=submit]').click();
    const reading = [
      `sample/shut-${language}`,
      `sample?lang=${language}`,
      `sample/guidelines?lang=${language}`,
      `sample/guidelines/attack/1?lang=${language}`,
      `sample/privacy?lang=${language}`,
      'sample/nothing-there',
    ];
    await passThrough(await openPage(language), language, [
      {
        state: 'the forms of a report',
        reach: (page) => page.goto(`${server.url}/s/sample/read-${language}/report/${id}`),
      },
      {
        state: 'a refused notice',
        within: '#notice',
        reach: async (page) => {
          await page.locator('#notice textarea').fill('Why');
          await page.locator('#notice [type=checkbox]').last().check();
          await notify(page);
          await page.locator('#notice-name[aria-invalid=true]').waitFor();
        },
      },
      {
        state: 'the receipt of a report',
        reach: async (page) => {
          await page.locator('#notice-name').fill('Rojin');
          await page.locator('#notice-email').fill('r@readers.example');
          await notify(page);
          await page.locator('#report-token').waitFor();
        },
      },
      ...reading.map((path) => ({ state: path, reach: (page: Page) => page.goto(`${server.url}/s/${path}`) })),
    ]);
  });

  test(`nothing stands in anybody's way in the widget (${language})`, async () => {
    const story = `widget-${language}`;
    await addThread(story, language);
    const widget = `<stet-comments site="sample" story="${story}"></stet-comments>`;
    const script = `<script type="module" src="${server.url}/embed.js"></script>`;
    host.put(`/${story}`, `<main><h1>A story</h1>${widget}</main>${script}`, server.url);
    const open = async (page: Page): Promise<void> => {
      await page.goto(`${host.origin}/${story}`);
      // The first one is of a name that was ignored meanwhile.
      await page.locator('.comment-more').last().waitFor();
    };
    await passThrough(await openPage(language), language, [
      {
        state: 'what can be done with a comment',
        reach: async (page) => {
          await open(page);
          await page.locator('.comment-more').first().click();
          await page.locator('.comment-menu button').last().hover();
        },
      },
      {
        state: 'refused fields',
        reach: async (page) => {
          await page.locator('.comment-menu button').last().click();
          await page.locator('.ignored-names summary').click();
          await page.locator('[part=write]').click();
          await page.locator('input[name=email]').fill('nobody');
          await page.locator('[part=send]').click();
          await page.locator('[aria-invalid=true]').first().waitFor();
        },
      },
      {
        state: 'the notice before sending',
        reach: async (page) => {
          await page.locator('input[name=email]').fill('');
          await write(page, { name: 'Nia', text: rude });
          await page.locator('[part=notice]:not([hidden])').waitFor();
        },
      },
      {
        state: 'the receipt, and the comment that waits',
        reach: async (page) => {
          await page.locator('[part=notice] button').last().click();
          await page.locator('.own').waitFor();
          await page.locator('.own summary').click();
        },
      },
      {
        state: 'a rejected comment, with its appeal',
        reach: async (page) => {
          await rejectHeld();
          await open(page);
          await page.locator('.own:has(textarea) summary').click();
        },
      },
    ]);
  });
}
