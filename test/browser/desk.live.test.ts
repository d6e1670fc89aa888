import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Browser } from 'playwright-core';
import { removeModerator } from '../../src/identity/moderators.ts';
import { findBarriers } from '../support/axe.ts';
import { launchBrowser } from '../support/browser.ts';
import { arrive, holdComment, waitForCase } from '../support/deskPage.ts';
import { startServer, type TestServer } from '../support/server.ts';

let server: TestServer;
let browser: Browser;
let authorization: string;

before(async () => {
  server = await startServer();
  browser = await launchBrowser();
  authorization = `Bearer ${await server.token('desk')}`;
});
after(async () => {
  await browser?.close();
  await server?.stop();
});

async function send(path: string, body: object): Promise<number> {
  const headers = { authorization, 'content-type': 'application/json' };
  return (await server.fetch(path, { method: 'POST', headers, body: JSON.stringify(body) })).status;
}

test('a case says at once that a colleague decided it; what was being typed keeps its words and its focus', async () => {
  const id = await holdComment(server, { name: 'Overtaken', text: 'Two write about me.', need: 90 });
  const { page } = await arrive(browser, server, { email: 'dana@example.org' });
  await page.locator('.line', { hasText: 'Overtaken' }).click();
  await waitForCase(page, 'Overtaken');
  await page.locator('.claim-mine').waitFor();
  await page.keyboard.press('e');
  await page.locator('.explanation select').selectOption('attack');
  const words = page.locator('.explanation textarea');
  await words.fill('Dear author,');
  // Claimed by nobody else, so only whoever takes it over may decide: an editor does, from another desk.
  const sami = await arrive(browser, server, { email: 'sami@example.org', role: 'editor' });
  await sami.page.locator('.line', { hasText: 'Overtaken' }).click();
  await sami.page.getByRole('button', { name: 'Take over' }).click();
  await page.locator('.notice', { hasText: /sami.* has taken this comment over/ }).waitFor();
  await page.locator('.overtaken', { hasText: /sami.* holds this comment now/ }).waitFor();
  await page.keyboard.type(' we');
  await sami.page.locator('.claim-mine').waitFor();
  await sami.page.keyboard.press('a');
  await page.locator('.overtaken', { hasText: /sami.* has decided/ }).waitFor();
  await page.locator('.decision', { hasText: /Approved by .*sami/ }).waitFor();
  await page.keyboard.type(' regret.');
  assert.equal(await words.inputValue(), 'Dear author, we regret.');
  assert.deepEqual(await findBarriers(page), []);
  await page.keyboard.press('Control+Enter');
  assert.equal(await words.inputValue(), 'Dear author, we regret.');
  assert.equal(await send(`/api/v1/desk/comments/${id}/decisions`, { verdict: 'approve', version: 2 }), 409);
  await page.context().close();
  await sami.context.close();
});

test('who is at the desk is named above and beside the comment they read, and forgotten when they leave', async () => {
  await holdComment(server, { name: 'Read By Two', text: 'Somebody looks.', need: 80 });
  const dana = await arrive(browser, server, { email: 'dana@example.org' });
  const sami = await arrive(browser, server, { email: 'sami@example.org', role: 'editor' });
  await dana.page.locator('.colleagues', { hasText: 'sami' }).waitFor();
  await sami.page.keyboard.press('j');
  await waitForCase(sami.page, 'Read By Two');
  await dana.page
    .locator('.line', { hasText: 'Read By Two' })
    .locator('.chip', { hasText: /sami.* reads/ })
    .waitFor();
  assert.deepEqual(await findBarriers(dana.page), []);
  await sami.context.close();
  await dana.page.locator('.colleagues').waitFor({ state: 'detached' });
  await dana.context.close();
});

test('new comments and claims of colleagues are listed without a look at the clock', async () => {
  const { page, context } = await arrive(browser, server, { email: 'dana@example.org' });
  await page.waitForFunction(() =>
    performance.getEntriesByType('resource').some(({ name }) => name.endsWith('/presence')),
  );
  const looks = (): Promise<number> =>
    page.evaluate(() => performance.getEntriesByType('resource').filter(({ name }) => name.includes('/queue?')).length);
  const before = await looks();
  const body = { name: 'Just In', text: 'I came a moment ago.' };
  assert.equal(await send('/api/v1/sites/sample/stories/welcome/comments', body), 202);
  await page.locator('.line', { hasText: 'Just In' }).waitFor();
  assert.ok((await looks()) > before);
  await context.close();
});

test('a desk whose stream is dead reads its list by the clock', async () => {
  const { page, context } = await arrive(browser, server, { email: 'dana@example.org' });
  await context.route('**/events', (route) => route.abort());
  await page.reload();
  await page.locator('.lines:not([aria-busy=true])').waitFor();
  await holdComment(server, { name: 'Found By The Clock', text: 'Nobody announced me.', need: 70 });
  await page.locator('.line', { hasText: 'Found By The Clock' }).waitFor();
  assert.equal(await page.locator('.colleagues').count(), 0);
  await context.close();
});

test('whoever is shut out is told at once, and hears nothing more', async () => {
  const { page, context } = await arrive(browser, server, { email: 'leaver@example.org' });
  await page.waitForFunction(() =>
    performance.getEntriesByType('resource').some(({ name }) => name.endsWith('/presence')),
  );
  await removeModerator(server.store, { site: 'sample', email: 'leaver@example.org' }, server.now());
  await page.getByRole('dialog', { name: 'Your session has ended' }).waitFor();
  await context.close();
});
