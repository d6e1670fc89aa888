import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { undoSeconds, type QueueRow } from '../../src/contract/desk.ts';
import { findBarriers } from '../support/axe.ts';
import { launchBrowser } from '../support/browser.ts';
import { arrive, holdComment, readRow } from '../support/deskPage.ts';
import { waitUntil } from '../support/folders.ts';
import { startServer, type TestServer } from '../support/server.ts';

let server: TestServer;
let browser: Browser;
let token: string;

before(async () => {
  server = await startServer();
  browser = await launchBrowser();
  token = await server.token('desk');
});
after(async () => {
  await browser?.close();
  await server?.stop();
});

test('two desks read a rejection, the second without knowing the first, and it takes effect when both agree', async () => {
  const eli = await arrive(browser, server, { email: 'eli@example.org', role: 'editor' });
  await eli.page.locator('[data-place=guidelines]').click();
  const attacks = eli.page.locator('.guideline-list li', { hasText: 'Personal attacks' });
  await attacks.getByRole('button', { name: 'Edit' }).click();
  await eli.page.getByLabel('A rejection under it needs a second moderator').check();
  await eli.page.locator('.changes ins', { hasText: '✓' }).waitFor();
  assert.deepEqual(await findBarriers(eli.page), []);
  await eli.page.getByRole('button', { name: 'Save as a new version' }).click();
  await attacks.getByText('read by two').waitFor();
  await eli.context.close();

  const id = await holdComment(server, { name: 'Read By Two', text: 'Two are better than one.', need: 90 });
  const dana = await arrive(browser, server, { email: 'dana@example.org' });
  const sami = await arrive(browser, server, { email: 'sami@example.org' });
  await rejectFor(dana.page, 'Read By Two', 'Not to be seen yet.');
  await dana.page.locator('.notice', { hasText: /Noted: .*takes effect when two agree/ }).waitFor();
  await takeEffect(id, (row) => row.reading !== null);

  await sami.page
    .locator('.line', { hasText: 'Read By Two' })
    .locator('.chip', { hasText: 'Second reading' })
    .waitFor();
  await sami.page.locator('.line', { hasText: 'Read By Two' }).click();
  await sami.page.locator('.reading', { hasText: 'Judge it for yourself' }).waitFor();
  assert.ok(!(await sami.page.content()).includes('Not to be seen yet.'));
  assert.deepEqual(await findBarriers(sami.page), []);
  // The first moderator looks at it, and judges it no second time.
  await dana.page.locator('.line', { hasText: 'Read By Two' }).click();
  await dana.page.locator('.reading', { hasText: 'A colleague reads it too' }).waitFor();
  assert.equal(
    await dana.page
      .locator('.verdict')
      .getByRole('button', { name: /^(Approve|Reject)/ })
      .count(),
    0,
  );
  await dana.page.keyboard.press('a');
  await dana.page.locator('.notice', { hasText: 'You have judged this comment' }).waitFor();
  assert.equal((await readRow(server, token, id)).state, 'held');

  await rejectFor(sami.page, 'Read By Two', 'We both think so.');
  const row = await takeEffect(id, ({ state }) => state === 'rejected');
  assert.deepEqual([row.decision?.by, row.reading?.verdicts[0]?.by], ['sami', 'dana']);
  await dana.page.locator('.reading', { hasText: 'Read by two.' }).waitFor();
  await dana.context.close();
  await sami.context.close();
});

test('where two judged differently, moderators see both verdicts and an editor decides', async () => {
  const id = await holdComment(server, { name: 'Disputed', text: 'One says so, the other not.', need: 90 });
  for (const verdict of [{ verdict: 'reject', guideline: 'attack', explanation: 'It is one.' }, { verdict: 'approve' }])
    assert.equal(await decide(id, verdict, await server.token('desk')), 202);
  const dana = await arrive(browser, server, { email: 'dana@example.org' });
  await dana.page.locator('.line', { hasText: 'Disputed' }).click();
  await dana.page.locator('.reading', { hasText: 'It is one.' }).waitFor();
  assert.equal(await dana.page.locator('.verdict .approve').count(), 0);
  await dana.context.close();
  const eli = await arrive(browser, server, { email: 'eli@example.org', role: 'editor' });
  await eli.page.locator('.line', { hasText: 'Disputed' }).locator('.chip', { hasText: 'For an editor' }).waitFor();
  await eli.page.locator('.line', { hasText: 'Disputed' }).click();
  await eli.page.locator('.claim-mine').waitFor();
  await eli.page.keyboard.press('a');
  const row = await takeEffect(id, ({ state }) => state === 'approved');
  assert.equal(row.decision?.by, 'eli');
  await eli.context.close();
});

test('a second look shows a decided comment without its decision, and goes on to the next', async () => {
  await server.set({ 'recheck.percent': 20 });
  for (let index = 0; index < 40; index += 1) {
    const id = await holdComment(server, { name: `Decided ${index}`, text: `Decided text ${index}.` });
    assert.equal(await decide(id, { verdict: 'approve' }), 201);
  }
  const { page, context } = await arrive(browser, server, { email: 'mo@example.org' });
  await page.locator('[data-place=recheck] .count').waitFor();
  await page.locator('[data-place=recheck]').click();
  const text = page.locator('.recheck .comment');
  await text.waitFor();
  const before = await text.textContent();
  assert.equal(await page.locator('.decision').count(), 0);
  assert.deepEqual(await findBarriers(page), []);
  // Pressed twice it is said once.
  await page.locator('.recheck-acts').getByRole('button', { name: 'Approve' }).dblclick();
  await page.locator('.notice', { hasText: 'Noted' }).waitFor();
  await page
    .locator('.recheck .comment')
    .filter({ hasNotText: before ?? '' })
    .waitFor();
  await context.close();
});

async function decide(id: string, verdict: object, by = token): Promise<number> {
  const headers = { authorization: `Bearer ${by}`, 'content-type': 'application/json' };
  const body = JSON.stringify({ ...verdict, version: 1 });
  return (await server.fetch(`/api/v1/desk/comments/${id}/decisions`, { method: 'POST', headers, body })).status;
}

async function rejectFor(page: Page, name: string, words: string): Promise<void> {
  await page.locator('.line', { hasText: name }).click();
  await page.locator('.claim-mine').waitFor();
  await page.keyboard.press('e');
  await page.locator('.explanation select').selectOption('attack');
  await page.locator('.explanation textarea').fill(words);
  await page.keyboard.press('Control+Enter');
}

/** Lets the time for an undo run out, until the comment is as the verdict leaves it. */
async function takeEffect(id: string, isSo: (row: QueueRow) => boolean): Promise<QueueRow> {
  await waitUntil(async () => (await readRow(server, token, id)).pending ?? undefined, 'the verdict is given');
  server.pass(undoSeconds / 60);
  return waitUntil(async () => {
    const row = await readRow(server, token, id);
    return isSo(row) ? row : undefined;
  }, 'the verdict takes effect');
}
