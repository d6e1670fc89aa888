import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import type { ReportRow } from '../../src/contract/report.ts';
import { findBarriers } from '../support/axe.ts';
import { launchBrowser } from '../support/browser.ts';
import { arrive } from '../support/deskPage.ts';
import { publishComment } from '../support/published.ts';
import { startServer, type TestServer } from '../support/server.ts';

let server: TestServer;
let browser: Browser;
let token = '';

before(async () => {
  server = await startServer();
  browser = await launchBrowser();
  token = await server.token('desk');
});
after(async () => {
  await browser?.close();
  await server?.stop();
});

async function readReports(id: string): Promise<ReportRow[]> {
  const headers = { authorization: `Bearer ${token}` };
  const answer = await server.fetch(`/api/v1/desk/comments/${id}/reports`, { headers });
  return ((await answer.json()) as { reports: ReportRow[] }).reports;
}

function overflow(page: Page): Promise<number> {
  return page.evaluate<number>('document.documentElement.scrollWidth - document.documentElement.clientWidth');
}

for (const javaScriptEnabled of [false, true]) {
  const how = javaScriptEnabled ? 'with' : 'without';
  test(`on a phone, from right to left and ${how} JavaScript, a reader notifies illegal content and keeps a receipt`, async () => {
    const id = await publishComment(server.store, 'sample', 'bexer', { text: 'دزێکە.', lang: 'ckb' });
    const context = await browser.newContext({ viewport: { width: 360, height: 700 }, javaScriptEnabled });
    const page = await context.newPage();
    const isWell = async (): Promise<void> => {
      assert.equal(await overflow(page), 0);
      // axe waits for timers, which do not run without JavaScript; the pages are the same.
      if (javaScriptEnabled) assert.deepEqual(await findBarriers(page), []);
    };
    await page.goto(`${server.url}/s/sample/bexer`);
    await page.locator(`#c-${id} .comment-report`).click();
    await page.waitForURL(`**/report/${id}`);
    assert.equal(await page.locator('html').getAttribute('dir'), 'rtl');
    await isWell();

    const notice = page.locator('#notice');
    await notice.locator('textarea').fill('ناوی براکەم دەبات.');
    await notice.getByRole('checkbox').nth(1).check();
    await notice.getByRole('button').click();
    await page.locator('#notice-name[aria-invalid=true]').waitFor();
    await isWell();
    await page.locator('#notice-name').fill('ڕۆژین');
    await page.locator('#notice-email').fill('rojin@readers.example');
    await notice.getByRole('button').click();
    await page.locator('#report-token').waitFor();
    await isWell();
    const [report] = await readReports(id);
    assert.deepEqual([report?.isNotice, report?.detail], [true, 'ناوی براکەم دەبات.']);
    await context.close();
  });
}

test('a moderator reads the reports beside the comment and lets it stand, by keyboard', async () => {
  const id = await publishComment(server.store, 'sample', 'welcome', { name: 'Nina Berg' });
  const address = `/api/v1/comments/${id}/reports`;
  const headers = { 'content-type': 'application/json' };
  const detail = '<img src=x onerror=alert(1)>';
  const notice = { notice: true, detail, name: 'R', email: 'r@readers.example', goodFaith: true };
  for (const body of [{ reason: 'attack' }, notice])
    await server.fetch(address, { method: 'POST', headers, body: JSON.stringify(body) });
  const { page, context, harm } = await arrive(browser, server);
  await page.getByLabel('Show').selectOption('approved');
  await page.locator('.line', { hasText: 'Nina Berg' }).click();
  const panel = page.getByRole('region', { name: 'What readers reported' });
  await panel.getByText(detail).waitFor();
  assert.deepEqual(await findBarriers(page), []);
  await panel.getByRole('button', { name: 'Let it stand' }).press('Enter');
  await panel.getByRole('alert').filter({ hasText: 'answered with a reason' }).waitFor();
  await panel.getByRole('textbox').fill('It repeats what the court found.');
  await panel.getByRole('button', { name: 'Let it stand' }).press('Enter');
  await panel.getByText('dismissed: the comment stands').first().waitFor();
  await panel.getByRole('textbox').waitFor({ state: 'detached' });
  assert.deepEqual(
    (await readReports(id)).map(({ state }) => state),
    ['dismissed', 'dismissed'],
  );
  assert.deepEqual(harm, []);
  await context.close();
});
