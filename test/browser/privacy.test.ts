import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Browser, BrowserContext } from 'playwright-core';
import { launchBrowser } from '../support/browser.ts';
import { addStory, publishComment } from '../support/published.ts';
import { startServer, type TestServer } from '../support/server.ts';

// threats.md §5, P-6.
let server: TestServer;
let browser: Browser;
const elsewhere = 'https://elsewhere.example/picture.png';

before(async () => {
  server = await startServer({ origins: ['https://news.example'] });
  const text = `A picture: ![bridge](${elsewhere}) and <img src="${elsewhere}">, a [link](${elsewhere}).`;
  await addStory(server.store, 'sample', 'pictures', { text, tags: ['council'], url: elsewhere });
  await publishComment(server.store, 'sample', 'pictures', { text });
  browser = await launchBrowser();
});
after(async () => {
  await browser?.close();
  await server?.stop();
});

type Seen = { context: BrowserContext; requests: string[]; cookies: string[] };

/** A reader's browser, with every address that it asked for and every cookie that it was offered. */
async function openReader(): Promise<Seen> {
  const context = await browser.newContext({ locale: 'en' });
  const seen: Seen = { context, requests: [], cookies: [] };
  context.on('request', (request) => seen.requests.push(request.url()));
  context.on('response', (response) => {
    const cookie = response.headers()['set-cookie'];
    if (cookie !== undefined) seen.cookies.push(`${response.url()}: ${cookie}`);
  });
  return seen;
}

async function expectNothingElsewhere({ context, requests, cookies }: Seen): Promise<void> {
  assert.ok(requests.length > 0);
  assert.deepEqual(
    requests.filter((address) => !address.startsWith(`${server.url}/`) && !address.startsWith('data:')),
    [],
  );
  assert.deepEqual(cookies, []);
  assert.deepEqual(await context.cookies(), []);
}

const pages = [
  '/s/sample',
  '/s/sample/welcome',
  '/s/sample/bexer',
  '/s/sample/pictures',
  '/s/sample/pictures?size=4',
  '/s/sample/tags/council',
  '/s/sample/guidelines',
  '/s/sample/guidelines/attack/1',
  '/s/sample/privacy',
  '/receipt',
  '/s/sample/no-such-story',
];

test('no page asks anybody else for anything, and none sets a cookie', async () => {
  const seen = await openReader();
  const page = await seen.context.newPage();
  for (const path of pages) {
    await page.goto(server.url + path, { waitUntil: 'load' });
    assert.equal(await page.evaluate<string>('document.cookie'), '', path);
  }
  await expectNothingElsewhere(seen);
  await seen.context.close();
});

test('whoever only reads leaves nothing in the browser either', async () => {
  const seen = await openReader();
  const page = await seen.context.newPage();
  await page.goto(`${server.url}/s/sample/pictures`, { waitUntil: 'load' });
  assert.deepEqual(await page.evaluate<string[]>('Object.keys(localStorage).concat(Object.keys(sessionStorage))'), []);
  assert.deepEqual(await page.evaluate<unknown[]>('indexedDB.databases()'), []);
  await seen.context.close();
});

test('writing a comment and looking after it sets no cookie either, and tells nobody else', async () => {
  const seen = await openReader();
  const page = await seen.context.newPage();
  await page.goto(`${server.url}/s/sample/welcome`, { waitUntil: 'load' });
  await page.getByLabel('Name').fill('Ada');
  await page.getByRole('textbox', { name: 'Comment Required' }).fill(`Look at ${elsewhere}`);
  await page.getByRole('button', { name: 'Send comment' }).click();
  await page.getByText('Your comment has arrived').first().waitFor();
  await page.goto(`${server.url}/receipt`, { waitUntil: 'load' });
  await expectNothingElsewhere(seen);
  const held = seen.requests.filter((address) => /receipt[=#/]|[?&]receipt/.test(new URL(address).search));
  assert.deepEqual(held, [], 'a receipt stands in an address');
  await seen.context.close();
});
