import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { findBarriers } from '../support/axe.ts';
import { launchBrowser } from '../support/browser.ts';
import { type Harm, watchForHarm } from '../support/deskPage.ts';
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

type Reader = { page: Page; harm: Harm };

async function open(path: string, options: BrowserContextOptions = {}, init?: string): Promise<Reader> {
  const context = await browser.newContext({ locale: 'en', ...options });
  const page = await context.newPage();
  if (init !== undefined) await page.addInitScript(init);
  const harm = watchForHarm(page, server);
  await page.goto(server.url + path);
  return { page, harm };
}

/** Writes and sends; resolves to the id of the comment. */
async function send(page: Page, name: string, text: string): Promise<string> {
  await page.locator('#write-name').fill(name);
  await page.locator('#write-text').fill(text);
  const answered = page.waitForResponse(
    (response) => response.url().endsWith('/comments') && response.status() === 202,
  );
  await page.locator('[data-compose] [type=submit]').click();
  const { id } = (await (await answered).json()) as { id: string };
  await page.locator(`#own-${id}`).waitFor();
  return id;
}

async function decide(
  id: string,
  verdict: { verdict: string; guideline?: string; explanation?: string },
): Promise<void> {
  const headers = { authorization: `Bearer ${await server.token('desk')}`, 'content-type': 'application/json' };
  const row = (await (await server.fetch(`/api/v1/desk/comments/${id}`, { headers })).json()) as { version: number };
  const body = JSON.stringify({ ...verdict, version: row.version });
  const answer = await server.fetch(`/api/v1/desk/comments/${id}/decisions`, { method: 'POST', headers, body });
  assert.equal(answer.status, 201);
}

const textsOf = (page: Page): Promise<string[]> => page.locator('.comment > .comment-text').allTextContents();

test('a comment that waits is shown to its author alone, at its place, as text, through a reload', async () => {
  await addStory(server.store, 'sample', 'waits');
  await publishComment(server.store, 'sample', 'waits', { text: 'Long there.' });
  const { page, harm } = await open('/s/sample/waits');
  const hostile = '<img src=x onerror=alert(1)> & "quoted"\nsecond line';
  const id = await send(page, 'Nia <b>', hostile);
  const own = page.locator(`#own-${id}`);
  await own.getByText('Waiting to be read. Only this browser shows it.').waitFor();
  assert.deepEqual(await textsOf(page), [hostile, 'Long there.']);
  assert.equal(await own.locator('.comment-text *').count(), 0);
  assert.deepEqual(await findBarriers(page), []);
  await page.reload();
  await own.waitFor();
  assert.deepEqual(await textsOf(page), [hostile, 'Long there.']);
  assert.equal(await page.locator('[data-number]').textContent(), '1', 'it counts for nobody yet');
  const other = await open('/s/sample/waits');
  assert.deepEqual(await textsOf(other.page), ['Long there.']);
  assert.equal((await other.page.content()).includes('Nia'), false);
  assert.deepEqual([...harm, ...other.harm], []);
});

test('approved, it stands there once, marked as one’s own, and can be withdrawn on the spot', async () => {
  await addStory(server.store, 'sample', 'approved');
  const { page, harm } = await open('/s/sample/approved');
  const id = await send(page, 'Once', 'Only once, please.');
  await decide(id, { verdict: 'approve' });
  await page.locator(`#own-${id}`).getByText('Approved and published').waitFor();
  await page.locator('[data-news] a').click();
  const published = page.locator(`#c-${id}`);
  await published.getByText('Yours').waitFor();
  assert.deepEqual(await textsOf(page), ['Only once, please.']);
  await page.reload();
  await published.getByText('Yours').waitFor();
  assert.deepEqual(await textsOf(page), ['Only once, please.']);
  assert.deepEqual(await findBarriers(page), []);
  await published.getByText('Withdraw the comment').first().click();
  await published.getByText('This cannot be undone.').waitFor();
  await published.getByRole('button', { name: 'Withdraw the comment' }).click();
  await page.locator(`#own-${id}`).getByText('Withdrawn by you').waitFor();
  await published.waitFor({ state: 'detached' });
  await page.getByRole('button', { name: 'Put it away' }).click();
  await page.reload();
  await page.getByText('No comment has been published here yet.').waitFor();
  assert.equal(await page.locator('.own').count(), 0);
  assert.deepEqual(harm, []);
});

test('rejected, it says why, takes an appeal in the page, and its text can be begun anew', async () => {
  await addStory(server.store, 'sample', 'rejected');
  const { page, harm } = await open('/s/sample/rejected');
  const id = await send(page, 'Cross', 'They are all fools.');
  await decide(id, { verdict: 'reject', guideline: 'attack', explanation: 'An insult, <b>not</b> an argument.' });
  await page.reload();
  const own = page.locator(`#own-${id}`);
  await own.getByText('Rejected', { exact: true }).waitFor();
  await own.getByText('An insult, <b>not</b> an argument.').waitFor();
  assert.match((await own.getByRole('link').first().getAttribute('href')) ?? '', /\/s\/sample\/guidelines\/attack\/1$/);
  await own.getByText('Appeal', { exact: true }).click();
  await own.getByLabel('Why should the decision be another?').fill('  ');
  await own.getByRole('button', { name: 'Send appeal' }).click();
  await own.getByRole('alert').filter({ hasText: /\w/ }).waitFor();
  await own.getByLabel('Why should the decision be another?').fill('It was a quotation.');
  assert.deepEqual(await findBarriers(page), []);
  await own.getByRole('button', { name: 'Send appeal' }).click();
  await own.getByText(/^Your appeal of .* waits for a person/).waitFor();
  await own.getByRole('button', { name: 'Write anew from this text' }).click();
  assert.equal(await page.locator('#write-text').inputValue(), 'They are all fools.');
  await page.locator('#write-text:focus').waitFor();
  assert.deepEqual(harm, []);
});

test('a reply waits below what it answers, and begun anew it answers the same', async () => {
  await addStory(server.store, 'sample', 'replied');
  const parent = await publishComment(server.store, 'sample', 'replied', { text: 'A question?' });
  await publishComment(server.store, 'sample', 'replied', { text: 'Another.' });
  const { page } = await open(`/s/sample/replied?reply=${parent}`);
  const id = await send(page, 'Answer', 'An answer.');
  await page.locator(`#c-${parent} #own-${id}`).waitFor();
  await decide(id, { verdict: 'reject', guideline: 'relevance' });
  await page.goto(`${server.url}/s/sample/replied`);
  await page.locator(`#own-${id}`).getByRole('button', { name: 'Write anew from this text' }).click();
  await page.waitForURL(/reply=/);
  assert.equal(await page.locator('#write-text').inputValue(), 'An answer.');
  assert.equal(await page.locator('[data-compose] [name=parentId]').inputValue(), parent);
});

test('a browser that keeps nothing shows it until the page is left', async () => {
  await addStory(server.store, 'sample', 'unkept');
  const refuse = `for (const name of ['localStorage', 'sessionStorage'])
    Object.defineProperty(window, name, { get() { throw new DOMException('no', 'SecurityError'); } });`;
  const { page, harm } = await open('/s/sample/unkept', {}, refuse);
  const id = await send(page, 'Private', 'Seen for now.');
  await page.locator(`#own-${id}`).getByText('Waiting to be read.').waitFor();
  await page.reload();
  await page.getByText('No comment has been published here yet.').waitFor();
  assert.equal(await page.locator('.own').count(), 0);
  assert.deepEqual(harm, []);
});

test('a server that does not answer is said beside the button, and nothing is lost', async () => {
  await addStory(server.store, 'sample', 'away');
  const { page } = await open('/s/sample/away');
  const id = await send(page, 'Patient', 'Still here.');
  await page.route('**/receipts/withdraw', (route) => route.abort());
  const own = page.locator(`#own-${id}`);
  await own.getByText('Withdraw the comment').first().click();
  await own.getByRole('button', { name: 'Withdraw the comment' }).click();
  await own.getByRole('alert').filter({ hasText: /\w/ }).waitFor();
  assert.deepEqual(await textsOf(page), ['Still here.']);
});

for (const width of [390, 1280])
  test(`in Sorani, from right to left, it fits a window of ${width} and has no barriers`, async () => {
    const key = `sorani-${width}`;
    await addStory(server.store, 'sample', key);
    const { page } = await open(`/s/sample/${key}?lang=ckb`, { viewport: { width, height: 800 } });
    const id = await send(page, 'نیا', 'پێم وایە پردەکە پێویستە.');
    await page.locator(`#own-${id}`).waitFor();
    assert.deepEqual(await findBarriers(page), []);
    assert.equal(await page.evaluate('document.documentElement.scrollWidth <= innerWidth'), true);
  });
