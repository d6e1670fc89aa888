import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import type { Thread } from '../../src/contract/thread.ts';
import { findBarriers } from '../support/axe.ts';
import { launchBrowser } from '../support/browser.ts';
import { watchForHarm } from '../support/deskPage.ts';
import { waitUntil } from '../support/folders.ts';
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

async function open(
  path: string,
  options: BrowserContextOptions = {},
): Promise<{ page: Page; harm: readonly string[] }> {
  const context = await browser.newContext({
    locale: 'en',
    permissions: ['clipboard-read', 'clipboard-write'],
    ...options,
  });
  const page = await context.newPage();
  const harm = watchForHarm(page, server);
  await page.goto(server.url + path);
  return { page, harm };
}

async function story(key: string): Promise<void> {
  await addStory(server.store, 'sample', key);
}

const publish = (key: string, written: { name?: string; text?: string; parent?: string }): Promise<string> =>
  publishComment(server.store, 'sample', key, written);

test('without JavaScript many replies are folded, a thread is put away, and a permalink is never hidden', async () => {
  await story('folded');
  const top = await publish('folded', { text: 'The first.' });
  const replies: string[] = [];
  for (let count = 1; count <= 9; count += 1)
    replies.push(await publish('folded', { text: `Reply ${count}.`, parent: top }));
  const { page } = await open('/s/sample/folded', { javaScriptEnabled: false, viewport: { width: 360, height: 700 } });
  await page.getByText('Reply 4.').waitFor();
  assert.equal(await page.getByText('Reply 5.').isVisible(), false);
  await page.getByText('More replies (5)').click();
  await page.getByText('Reply 9.').waitFor();
  await page.getByText('Replies (9)', { exact: true }).click();
  assert.equal(await page.getByText('Reply 1.').isVisible(), false);
  await page.goto(`${server.url}/s/sample/folded?sort=replies&comment=${replies[8]}#c-${replies[8]}`);
  await page.getByText('Reply 9.').waitFor();
  await page.context().close();
});

/** On which page of the thread a comment stands, for whoever reads on from the newest. */
async function pageOf(key: string, id: string): Promise<number> {
  for (let number = 1, after = ''; ; number += 1) {
    const answer = await server.fetch(`/api/v1/sites/sample/stories/${key}/thread?after=${after}`);
    const { comments, next } = (await answer.json()) as Thread;
    if (comments.some((comment) => comment.id === id)) return number;
    assert.ok(next !== null, 'the comment is on a page');
    after = next;
  }
}

test('a permalink leads to its comment from seven pages away, to a deep reply, and to a late one, with and without JavaScript', async () => {
  await story('deep');
  const old = await publish('deep', { name: 'Ines', text: 'The oldest of all.' });
  let reply = old;
  for (let depth = 1; depth <= 6; depth += 1) reply = await publish('deep', { text: `Depth ${depth}.`, parent: reply });
  for (let sent = 0; sent < 630; sent += 10)
    await Promise.all(Array.from({ length: 10 }, (_, at) => publish('deep', { text: `Comment ${sent + at}.` })));
  const late = await publish('deep', { text: 'A late answer.', parent: old });
  assert.deepEqual([await pageOf('deep', old), await pageOf('deep', reply), await pageOf('deep', late)], [7, 7, 1]);
  for (const javaScriptEnabled of [true, false]) {
    const { page, harm } = await open('/s/sample/deep', { javaScriptEnabled, viewport: { width: 360, height: 700 } });
    const goTo = async (id: string): Promise<void> => {
      // As it stands in a mail: the whole address, in a page that was not there before.
      await page.goto('about:blank');
      await page.goto(`${server.url}/s/sample/deep?comment=${id}#c-${id}`);
      await page.locator(`#c-${id}:target > .comment-text`).waitFor();
      await waitUntil(() => isSeen(page, id), 'the comment is in the window');
    };
    await goTo(old);
    await goTo(reply);
    await page.locator(`#c-${reply} .comment-link`).click();
    await page.locator(`#c-${reply}:target`).waitFor();
    await goTo(late);
    // What it answers is seven pages away: it stands alone, names it, and leads there.
    await page.locator(`#c-${late}`).getByRole('link', { name: 'In reply to Ines' }).click();
    await page.locator(`#c-${old}:target`).getByText('The oldest of all.').waitFor();
    await page.getByRole('link', { name: 'All comments from the start' }).click();
    await page.getByText('Comment 629.').waitFor();
    assert.deepEqual(harm, []);
    await page.context().close();
  }
});

/** Whether the text of a comment is in the window, wholly. */
async function isSeen(page: Page, id: string): Promise<boolean> {
  const box = await page.locator(`#c-${id} > .comment-text`).boundingBox();
  return box !== null && box.y >= 0 && box.y + box.height <= (page.viewportSize()?.height ?? 0);
}

test('a name is ignored in this browser alone, through a reload, and shown again, by keyboard', async () => {
  await story('ignored');
  const name = '<b>Troll</b>';
  const id = await publish('ignored', { name, text: 'Something loud.' });
  await publish('ignored', { text: 'Something calm.' });
  const { page, harm } = await open('/s/sample/ignored');
  const comment = page.locator(`#c-${id}`);
  await comment.getByRole('button', { name: /^More/ }).press('Enter');
  await comment.getByRole('button', { name: 'Copy link' }).press('Enter');
  await comment.getByText('The link is copied.').waitFor();
  assert.match(await page.evaluate<string>('navigator.clipboard.readText()'), new RegExp(`comment=${id}#c-${id}$`));
  assert.deepEqual(await findBarriers(page), []);
  await comment.getByRole('button', { name: 'Ignore this name' }).press('Enter');
  await comment.locator('.ignored-note button:focus').waitFor();
  assert.equal(await page.getByText('Something loud.').isVisible(), false);
  await page.reload();
  await comment.locator('.ignored-note').waitFor();
  assert.equal(await page.getByText('Something loud.').isVisible(), false);
  await page.getByText('Something calm.').waitFor();
  assert.deepEqual(await findBarriers(page), []);
  await page.getByText('Names that you ignore in this browser (1)').click();
  await page.locator('.ignored-names').getByRole('button', { name: 'Show again' }).press('Enter');
  await page.getByText('Something loud.').waitFor();
  assert.equal(await page.locator('.ignored-names').count(), 0);
  assert.deepEqual(harm, []);
  await page.context().close();
});

test('more comments come below, and new ones where they belong, without leaving the page', async () => {
  await story('long');
  const first = await publish('long', { text: 'The oldest of all.' });
  for (let count = 1; count <= 101; count += 1) await publish('long', { text: `Comment ${count}.` });
  const { page, harm } = await open('/s/sample/long');
  const next = page.getByRole('link', { name: 'More comments' });
  await next.press('Enter');
  await page.getByText('The oldest of all.').waitFor();
  await page.locator('.comment:focus').waitFor();
  assert.equal(await page.locator('.comment').count(), 102);
  assert.equal(await next.count(), 0);
  assert.equal(page.url(), `${server.url}/s/sample/long`);
  await publish('long', { text: 'A late reply.', parent: first });
  await publish('long', { text: 'Brand new.' });
  await page.getByText('2 new comments. Show them').press('Enter');
  await page.locator('.comments > li').first().getByText('Brand new.').waitFor();
  assert.equal(await page.locator('.comment').count(), 104);
  await page.locator('[data-said]', { hasText: 'Comments added: 2' }).waitFor({ state: 'attached' });
  assert.deepEqual(harm, []);
  await page.context().close();
});
