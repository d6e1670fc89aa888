import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { queryRows } from '../../src/storage/database.ts';
import { sql } from '../../src/storage/sql.ts';
import { launchBrowser } from '../support/browser.ts';
import { arrive, holdComment, readDecided, readRow, waitForCase, type Moderator } from '../support/deskPage.ts';
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

const arriveBoth = (): Promise<[Moderator, Moderator]> =>
  Promise.all([
    arrive(browser, server, { email: 'dana@example.org' }),
    arrive(browser, server, { email: 'sami@example.org' }),
  ]);

test('whoever reads a comment that a colleague decides is told at once who decided, and what', async () => {
  const id = await holdComment(server, { name: 'Wanted Twice', text: 'One of you will be first.', need: 90 });
  const [dana, sami] = await arriveBoth();
  await sami.page.keyboard.press('j');
  await waitForCase(sami.page, 'Wanted Twice');
  await dana.page.keyboard.press('n');
  await waitForCase(dana.page, 'Wanted Twice');
  await dana.page.keyboard.press('a');
  await dana.page.locator('.notice', { hasText: /Approved: .*Wanted Twice/ }).waitFor();
  await readDecided(server, token, id);

  await sami.page.locator('.notice', { hasText: /dana.*(?:was first: approved|has decided)/ }).waitFor();
  await sami.page.locator('.decision', { hasText: /Approved by dana/ }).waitFor();
  const row = await readRow(server, token, id);
  assert.equal(row.state, 'approved');
  assert.equal(row.decision?.by, 'dana');
});

test('whoever opens a comment that a colleague holds sees who holds it, and decides nothing', async () => {
  const id = await holdComment(server, { name: 'In Good Hands', text: 'Somebody reads me.', need: 80 });
  const [dana, sami] = await arriveBoth();
  await dana.page.keyboard.press('n');
  await waitForCase(dana.page, 'In Good Hands');
  await sami.page.locator('.line', { hasText: 'In Good Hands' }).click();
  await waitForCase(sami.page, 'In Good Hands');
  await sami.page.keyboard.press('a');
  await sami.page.locator('.notice', { hasText: /dana.* holds this comment/ }).waitFor();
  await sami.page.locator('.claim-theirs', { hasText: 'dana' }).waitFor();
  assert.equal(await sami.page.getByRole('button', { name: /^Approve/ }).count(), 0);
  assert.equal((await readRow(server, token, id)).state, 'held');
  await dana.page.keyboard.press('a');
  await dana.page.locator('.notice', { hasText: /Approved: .*In Good Hands/ }).waitFor();
});

test('a claimed comment is marked in the list of a colleague', async () => {
  await holdComment(server, { name: 'Marked', text: 'Held by one.', need: 70 });
  const [dana] = await arriveBoth();
  await dana.page.keyboard.press('n');
  await waitForCase(dana.page, 'Marked');
  const sami = await arrive(browser, server, { email: 'sami@example.org' });
  await sami.page.locator('.line', { hasText: 'Marked' }).locator('.chip-claim', { hasText: 'dana' }).waitFor();
  await dana.page.keyboard.press('a');
  await dana.page.locator('.notice', { hasText: /Approved/ }).waitFor();
});

test('two moderators who work through one queue at once never judge the same comment', async () => {
  const count = 24;
  for (let index = 0; index < count; index++)
    await holdComment(server, { name: `Author ${index}`, text: `Comment ${index}.` });
  const [dana, sami] = await arriveBoth();
  const judged = await Promise.all([approveAll(dana.page), approveAll(sami.page)]);
  const [mine, theirs] = judged;
  assert.equal(mine.length + theirs.length, count);
  assert.equal(new Set([...mine, ...theirs]).size, count);
  assert.ok(mine.length > 0 && theirs.length > 0, 'both took part');
  const decided = await queryRows<{ comment: string; decisions: number }>(
    server.store.writer,
    sql`select comment::text, count(*)::int as decisions from event where kind = 'decided'
      and comment in (select id from comment where name like 'Author %') group by comment having count(*) > 1`,
  );
  assert.deepEqual(decided, []);
});

/** Approves with two keys until nothing is left; the names that were judged. */
async function approveAll(page: Page): Promise<string[]> {
  const names: string[] = [];
  await page.keyboard.press('n');
  for (;;) {
    const settled = page.locator('.no-case h2:focus, .verdict[aria-busy=false] .approve').first();
    await settled.waitFor();
    if ((await page.locator('#case-heading').count()) === 0) return names;
    const name = (await page.locator('#case-heading').textContent()) ?? '';
    names.push(name);
    await page.keyboard.press('a');
    await page.locator('.notice', { hasText: `Approved: \u2068${name}\u2069.` }).waitFor();
  }
}
