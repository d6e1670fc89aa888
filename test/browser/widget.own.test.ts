import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { launchBrowser } from '../support/browser.ts';
import { startHostSite, type HostSite } from '../support/hostPage.ts';
import { addStory, publishComment } from '../support/published.ts';
import { startServer, type TestServer } from '../support/server.ts';

let host: HostSite;
let server: TestServer;
let browser: Browser;
before(async () => {
  host = await startHostSite();
  server = await startServer({ site: { screening: 'off' }, origins: [host.origin] });
  browser = await launchBrowser();
});
after(async () => {
  await browser?.close();
  await server?.stop();
  await host?.close();
});

async function visit(story: string): Promise<{ page: Page; context: BrowserContext }> {
  const script = `<script type="module" src="${server.url}/embed.js"></script>`;
  host.put(
    `/${story}`,
    `<main><stet-comments site="sample" story="${story}"></stet-comments></main>${script}`,
    server.url,
  );
  const context = await browser.newContext({ locale: 'en' });
  const page = await context.newPage();
  await page.clock.install();
  await page.goto(`${host.origin}/${story}`);
  return { page, context };
}

async function write(page: Page, text: string): Promise<string> {
  const answered = page.waitForResponse((response) => response.url().endsWith('/comments'));
  await page.getByRole('textbox', { name: 'Name' }).fill('Dee');
  await page.getByRole('textbox', { name: 'Comment Required' }).fill(text);
  await page.getByRole('button', { name: 'Send comment' }).click();
  const { id } = (await (await answered).json()) as { id: string };
  await page.locator('.own', { hasText: text }).waitFor();
  return id;
}

async function reject(id: string): Promise<void> {
  const answer = await server.fetch(`/api/v1/desk/comments/${id}/decisions`, {
    method: 'POST',
    headers: { authorization: `Bearer ${await server.token('desk')}`, 'content-type': 'application/json' },
    body: JSON.stringify({ verdict: 'reject', version: 1, guideline: 'attack', explanation: 'It calls him a liar.' }),
  });
  assert.equal(answer.status, 201);
}

const texts = (page: Page): Promise<string[]> =>
  page.locator('[part=list] > li > article > .comment-text').allTextContents();

test('a comment that waits stands at its place in time, in each order, and a reply is not hidden in a fold', async () => {
  await addStory(server.store, 'sample', 'placed');
  await publishComment(server.store, 'sample', 'placed', { text: 'Before.' });
  const later = new Date(Date.now() + 3_600_000);
  const parent = await publishComment(server.store, 'sample', 'placed', { text: 'After.', at: later });
  for (let count = 0; count < 8; count += 1)
    await publishComment(server.store, 'sample', 'placed', { text: `Reply ${count}.`, parent, at: later });
  const { page, context } = await visit('placed');
  await page.getByRole('link', { name: 'Write a comment' }).click();
  await write(page, 'In between.');
  assert.deepEqual(await texts(page), ['After.', 'In between.', 'Before.']);
  await page.getByRole('button', { name: 'Oldest' }).click();
  await page.getByRole('button', { name: 'Oldest', pressed: true }).waitFor();
  await page.locator('.own').waitFor();
  assert.deepEqual(await texts(page), ['Before.', 'In between.', 'After.']);
  await page.locator(`#reply-${parent}`).click();
  await write(page, 'An answer that waits.');
  await page.reload();
  await page.getByText('An answer that waits.').waitFor();
  await context.close();
});

test('an author who comes back to the open page finds the decision there, with its reason', async () => {
  await addStory(server.store, 'sample', 'comeback');
  const { page, context } = await visit('comeback');
  await page.getByRole('link', { name: 'Write a comment' }).click();
  const id = await write(page, 'He is a liar.');
  await page.getByText('Waiting to be read.').waitFor();
  await reject(id);
  await page.clock.fastForward(61_000);
  await page.evaluate(`document.dispatchEvent(new Event('visibilitychange'))`);
  await page.getByText('It calls him a liar.').waitFor();
  await context.close();
});
