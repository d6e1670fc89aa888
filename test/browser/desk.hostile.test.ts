import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, test } from 'node:test';
import type { Browser } from 'playwright-core';
import { claimMinutes } from '../../src/contract/desk.ts';
import { hasRefusedNameCharacter, normaliseText } from '../../src/contract/text.ts';
import { launchBrowser } from '../support/browser.ts';
import { arrive, holdComment, waitForCase, watchForHarm } from '../support/deskPage.ts';
import { waitUntil } from '../support/folders.ts';
import { hostileNames } from '../support/hostile.ts';
import { hostileComments, refusedTexts } from '../support/hostileComments.ts';
import { startServer, type TestServer } from '../support/server.ts';

// A name holds one script: those that intake refuses for it are tried elsewhere.
const names = hostileNames.filter((name) => !hasRefusedNameCharacter(name));

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

async function countPublished(): Promise<number> {
  const thread = await server.fetch('/api/v1/sites/sample/stories/welcome/thread');
  return ((await thread.json()) as { count: number }).count;
}

async function submit(name: string, text: string): Promise<void> {
  const response = await server.fetch('/api/v1/sites/sample/stories/welcome/comments', {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'idempotency-key': randomUUID() },
    body: JSON.stringify({ name, text }),
  });
  assert.equal(response.status, 202, `${JSON.stringify(text.slice(0, 60))}: ${await response.clone().text()}`);
}

/** The beginnings of the texts that one set has and the other lacks: whole, they would fill the screen. */
const lacking = (wanted: ReadonlySet<string>, had: ReadonlySet<string>): string[] =>
  [...wanted]
    .filter((text) => !had.has(text))
    .slice(0, 5)
    .map((text) => text.slice(0, 60));

test('there are more than a hundred hostile comments, no two alike', () => {
  assert.ok(hostileComments.length > 100, String(hostileComments.length));
  assert.equal(new Set(hostileComments).size, hostileComments.length);
});

test('what intake would refuse, but an import may have left, is text at the desk too', async () => {
  for (const [index, text] of refusedTexts.entries())
    await holdComment(server, { name: `Old ${index}.`, text, need: 9 - index });
  const { page, harm } = await arrive(browser, server, { email: 'old@example.org' });
  await page.keyboard.press('n');
  for (const [index, text] of refusedTexts.entries()) {
    await waitForCase(page, `Old ${index}.`);
    assert.equal(await page.locator('#case-text').textContent(), text);
    assert.equal(await page.locator('#case-text *').count(), 0);
    await page.keyboard.press('r');
    await page.keyboard.press('1');
  }
  await page.getByRole('heading', { name: 'Nothing is left to claim.' }).waitFor();
  assert.deepEqual(harm, []);
});

/** Approves everything that waits, many at once, as a program does. */
async function approveAll(): Promise<void> {
  const authorization = `Bearer ${await server.token('desk')}`;
  for (;;) {
    const queue = await server.fetch('/api/v1/desk/queue?site=sample&limit=100', { headers: { authorization } });
    const { comments } = (await queue.json()) as { comments: { id: string; version: number }[] };
    if (comments.length === 0) return;
    const decided = await server.fetch('/api/v1/desk/decisions', {
      method: 'POST',
      headers: { authorization, 'content-type': 'application/json' },
      body: JSON.stringify({ comments: comments.map(({ id, version }) => ({ id, version })), verdict: 'approve' }),
    });
    assert.equal(decided.status, 200, await decided.clone().text());
  }
}

// Each as a case of its own, with a thousand more: desk.thousand.test.ts.
test('every hostile comment that was sent stands in the lists of the desk as text, and nothing else happens', async () => {
  const sent = new Set<string>();
  for (const [index, text] of hostileComments.entries()) {
    await submit(names[index % names.length] ?? 'Ann', text);
    sent.add(normaliseText(text));
  }
  const { page, harm } = await arrive(browser, server, { email: 'brave@example.org' });
  await page.keyboard.press('n');
  const heading = page.locator('#case-heading');
  for (let decided = 0; decided < 12; decided++) {
    await page.locator('.verdict[aria-busy=false] .approve').waitFor();
    const text = (await page.locator('#case-text').textContent()) ?? '';
    assert.ok(sent.has(text), `not what was sent: ${JSON.stringify(text.slice(0, 200))}`);
    assert.equal(await page.locator('#case-text *:not(mark)').count(), 0, text.slice(0, 200));
    assert.ok(names.includes((await heading.textContent()) ?? ''));
    assert.equal(await heading.locator('bdi *').count(), 0);
    const id = await page.locator('.case-sheet').getAttribute('data-comment');
    await page.keyboard.press('a');
    await page.locator(`.case-sheet[data-comment="${id}"]`).waitFor({ state: 'detached' });
  }
  await page.goto('about:blank');
  // What the desk had claimed to come next is free again.
  server.pass(claimMinutes + 1);
  await approveAll();
  await waitUntil(async () => ((await countPublished()) === sent.size ? true : undefined), 'the verdicts take effect');
  await page.goto(`${server.url}/desk`);
  await page.getByLabel('Show').selectOption('approved');
  await page.locator('.lines[aria-busy=false] .line').first().waitFor();
  while (await page.getByRole('button', { name: 'Show more' }).isVisible()) {
    const before = await page.locator('.line').count();
    await page.getByRole('button', { name: 'Show more' }).click();
    await page.locator('.line').nth(before).waitFor();
  }
  assert.equal(await page.locator('.line').count(), sent.size);
  assert.equal(await page.locator('.line :is(script, img, svg, math, a, iframe, style, link, form, input)').count(), 0);
  const wide = await page.locator('html').evaluate((html) => html.scrollWidth > html.clientWidth);
  assert.equal(wide, false, 'nothing makes the page wider than the window');
  assert.deepEqual(harm, []);
});

test('the same comments stand on the story page as the text that was sent', async () => {
  const context = await browser.newContext();
  const page = await context.newPage();
  const harm = watchForHarm(page, server);
  await page.goto(`${server.url}/s/sample/welcome`);
  const texts: string[] = [];
  for (;;) {
    texts.push(...(await page.locator('.comment-text').allTextContents()));
    assert.equal(await page.locator('.comment-text *').count(), 0);
    const next = page.locator('.thread-next a');
    if ((await next.count()) === 0) break;
    await page.goto(new URL((await next.getAttribute('href')) ?? '', page.url()).href);
  }
  const sent = new Set(hostileComments.map(normaliseText));
  assert.deepEqual(lacking(sent, new Set(texts)), []);
  assert.equal(texts.length, sent.size);
  assert.deepEqual(harm, []);
});
