import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { recordFeatured } from '../../src/record/featured.ts';
import { findBarriers } from '../support/axe.ts';
import { launchBrowser } from '../support/browser.ts';
import { waitUntil } from '../support/folders.ts';
import { startHostSite, type HostSite } from '../support/hostPage.ts';
import { addStory, publishComment, removeComment } from '../support/published.ts';
import { startServer, type TestServer } from '../support/server.ts';

let host: HostSite;
let server: TestServer;
let browser: Browser;

before(async () => {
  host = await startHostSite();
  server = await startServer({ origins: [host.origin], site: { reactions: 'on' } });
  browser = await launchBrowser();
});
after(async () => {
  await browser?.close();
  await server?.stop();
  await host?.close();
});

type Visit = { page: Page; trouble: string[]; close: () => Promise<void> };

async function visit(story: string, options: BrowserContextOptions = {}): Promise<Visit> {
  const tag = `<main><h1>A story</h1><stet-comments site="sample" story="${story}"></stet-comments></main>`;
  host.put(`/${story}`, `${tag}<script type="module" src="${server.url}/embed.js"></script>`, server.url);
  const permissions = ['clipboard-read', 'clipboard-write'];
  const context = await browser.newContext({ locale: 'en', permissions, reducedMotion: 'reduce', ...options });
  const page = await context.newPage();
  const trouble: string[] = [];
  page.on('pageerror', (error) => trouble.push(error.message));
  page.on('console', (message) => void (message.type() === 'error' && trouble.push(message.text())));
  await page.goto(`${host.origin}/${story}`);
  await page.locator('article').first().waitFor();
  return { page, trouble, close: () => context.close() };
}

const publish = (story: string, written: Parameters<typeof publishComment>[3]): Promise<string> =>
  publishComment(server.store, 'sample', story, written);

test('the publisher’s page tells of new comments without moving, shows them where they belong, and takes down what is taken down', async () => {
  await addStory(server.store, 'sample', 'living');
  const first = await publish('living', { name: 'Ann', text: 'The first.' });
  const second = await publish('living', { name: 'Bob', text: 'The second.' });
  const { page, trouble, close } = await visit('living');
  const place = await page.locator(`#c-${second}`).boundingBox();
  await publish('living', { name: 'Cem', text: '<i>A reply</i>', parent: first });
  await publish('living', { name: 'Dana', text: 'The third.' });
  const news = page.getByText('2 new comments. Show them');
  await news.waitFor();
  assert.deepEqual(await page.locator(`#c-${second}`).boundingBox(), place);
  assert.equal(await page.locator('article').count(), 2);
  await news.press('Enter');
  await page.locator('article:focus').waitFor();
  assert.match((await page.locator('article').first().textContent()) ?? '', /The third/);
  assert.match((await page.locator(`#c-${first} article`).textContent()) ?? '', /<i>A reply<\/i>/);
  await page.getByRole('heading', { name: 'Comments 4' }).waitFor();
  assert.equal(await news.count(), 0);
  const actor = 'moderator:00000000-0000-4000-8000-000000000000';
  const mark = { site: 'sample', id: second, actor, now: server.now() };
  await recordFeatured(server.store, { ...mark, isFeatured: true });
  await page.locator(`#c-${second}`).getByText('Featured by the newsroom').waitFor();
  await recordFeatured(server.store, { ...mark, isFeatured: false });
  await page.getByText('Featured by the newsroom').waitFor({ state: 'detached' });
  await removeComment(server.store, 'sample', first, 'The first.');
  await page.getByText('The first.').waitFor({ state: 'detached' });
  await page.getByText('<i>A reply</i>').waitFor();
  assert.deepEqual(trouble, []);
  await close();
});

test('on the publisher’s page many replies are folded, and a name is ignored there alone, through a reload', async () => {
  await addStory(server.store, 'sample', 'menu');
  const top = await publish('menu', { name: 'Ann', text: 'The first.' });
  for (let count = 1; count <= 9; count += 1) await publish('menu', { text: `Reply ${count}.`, parent: top });
  const loud = await publish('menu', { name: 'Troll', text: 'Something loud.' });
  const { page, trouble, close } = await visit('menu', { viewport: { width: 360, height: 800 } });
  await page.getByText('Reply 4.').waitFor();
  assert.equal(await page.getByText('Reply 5.').isVisible(), false);
  await page.getByText('More replies (5)').click();
  await page.getByText('Reply 9.').waitFor();
  const comment = page.locator(`#c-${loud}`);
  await comment.getByRole('button', { name: /^More about/ }).press('Enter');
  await comment.getByRole('button', { name: 'Copy link' }).press('Enter');
  await comment.getByText('The link is copied.').waitFor();
  const copied = await page.evaluate<string>('navigator.clipboard.readText()');
  assert.equal(copied, `${server.url}/s/sample/menu?comment=${loud}#c-${loud}`);
  assert.deepEqual(await findBarriers(page), []);
  await comment.getByRole('button', { name: 'Ignore this name' }).press('Enter');
  await comment.locator('.ignored-note button:focus').waitFor();
  await page.reload();
  await comment.locator('.ignored-note').waitFor();
  assert.equal(await page.getByText('Something loud.').isVisible(), false);
  assert.deepEqual(await findBarriers(page), []);
  await page.getByText('Names that you ignore in this browser (1)').click();
  await page.locator('.ignored-names').getByRole('button', { name: 'Show again' }).press('Enter');
  await page.getByText('Something loud.').waitFor();
  assert.deepEqual(trouble, []);
  await close();
});

test('a reader reacts on the publisher’s page without a cookie, and is one reader after a reload', async () => {
  const id = await publish('bexer', { name: 'ئازاد', text: 'کەشتییەکە پڕە.', lang: 'ckb' });
  const { page, trouble, close } = await visit('bexer', { viewport: { width: 390, height: 780 } });
  const word = (kind: string) => page.locator(`#c-${id} [value=${kind}]`);
  const pressed = (kind: string) => page.locator(`#c-${id} [value=${kind}][aria-pressed=true]`).waitFor();
  await word('thanks').click();
  await pressed('thanks');
  assert.equal(await word('thanks').locator('.number').textContent(), '١');
  assert.deepEqual(await page.context().cookies(), []);
  server.pass(1);
  await page.reload();
  await pressed('thanks');
  await word('informative').press('Enter');
  await pressed('informative');
  assert.equal(await word('thanks').locator('.number').textContent(), '');
  assert.deepEqual(await findBarriers(page), []);
  const wide = await page.evaluate<boolean>('document.documentElement.scrollWidth > innerWidth');
  assert.equal(wide, false);
  assert.deepEqual(trouble, []);
  await waitUntil(async () => {
    server.pass(1);
    const answer = await server.fetch('/api/v1/sites/sample/stories/bexer/thread');
    return (await answer.text()).includes('"reactions":{"informative":1}');
  }, 'one reaction is counted');
  await close();
});
