import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { launchBrowser } from '../support/browser.ts';
import { startHostSite, type HostSite } from '../support/hostPage.ts';
import { addStory, publishComment } from '../support/published.ts';
import { startServer, type TestServer } from '../support/server.ts';

let host: HostSite;
let server: TestServer;
let browser: Browser;

before(async () => {
  host = await startHostSite();
  server = await startServer({ origins: [host.origin] });
  browser = await launchBrowser();
});
after(async () => {
  await browser?.close();
  await server?.stop();
  await host?.close();
});

async function open(address: string, options: BrowserContextOptions = {}): Promise<Page> {
  const page = await (await browser.newContext({ locale: 'en', ...options })).newPage();
  await page.goto(address);
  return page;
}

/** Goes on by Tab until the focus is there, as somebody without a pointer does. */
async function tabTo(page: Page, selector: string, key: 'Tab' | 'Shift+Tab' = 'Tab'): Promise<void> {
  const there = page.locator(selector).first();
  for (let presses = 0; presses < 60; presses++) {
    await page.keyboard.press(key);
    if (await there.evaluate((element) => element.matches(':focus'))) return;
  }
  assert.fail(`${selector} is out of reach`);
}

/** What a screen reader says of a field besides its name. */
function descriptionOf(page: Page, selector: string): Promise<string> {
  const described = `document.querySelector('${selector}').getAttribute('aria-describedby').split(' ')`;
  return page.evaluate<string>(`${described}.map((id) => document.getElementById(id).textContent).join(' ')`);
}

async function decide(text: string, verdict: object): Promise<void> {
  const headers = { authorization: `Bearer ${await server.token('desk')}`, 'content-type': 'application/json' };
  const queue = await server.fetch('/api/v1/desk/queue?site=sample&state=held', { headers });
  const { comments } = (await queue.json()) as { comments: { id: string; text: string; version: number }[] };
  const held = comments.find((comment) => comment.text === text);
  const body = JSON.stringify({ ...verdict, version: held?.version });
  const answer = await server.fetch(`/api/v1/desk/comments/${held?.id}/decisions`, { method: 'POST', headers, body });
  assert.equal(answer.status, 201);
}

test('by keyboard alone a reader skips to the story, is refused, corrects it, sends it, withdraws it and puts it away', async () => {
  await addStory(server.store, 'sample', 'keys');
  const page = await open(`${server.url}/s/sample/keys`);
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await page.locator('main:focus').waitFor();
  await tabTo(page, '#write-name');
  await page.keyboard.type('Nia');
  await tabTo(page, '[data-compose] [type=submit]');
  await page.keyboard.press('Enter');
  await page.locator('#write-text[aria-invalid=true]:focus').waitFor();
  assert.match(await descriptionOf(page, '#write-text'), /^At most 4000 characters\. .* \S.*/);
  assert.match(
    await page.locator('#write').ariaSnapshot(),
    /textbox "Name Required": Nia\n[^]*textbox "Comment Required"[^]*textbox "E-mail Optional"/,
  );
  await page.keyboard.type('By keyboard.');
  await tabTo(page, '[data-compose] [type=submit]');
  await page.keyboard.press('Enter');
  await page.locator('.receipt-panel:focus').waitFor();
  const said = await page.locator('#write').ariaSnapshot();
  assert.match(
    said,
    /heading "Your comment’s receipt" \[level=2\]\n +- paragraph: Thank you\. Your comment has arrived/,
  );
  await tabTo(page, '.own summary', 'Shift+Tab');
  await page.keyboard.press('Enter');
  await tabTo(page, '.own .grave');
  await page.keyboard.press('Enter');
  await page.locator('.own-state:focus', { hasText: 'Withdrawn by you' }).waitFor();
  await tabTo(page, '.own-acts .quiet:last-child');
  await page.keyboard.press('Enter');
  await page.locator('#comments-title:focus').waitFor();
  await page.context().close();
});

test('by keyboard alone an author appeals, and takes back what was published; the focus stays with what became of it', async () => {
  await addStory(server.store, 'sample', 'appeals');
  const page = await open(`${server.url}/s/sample/appeals`);
  const send = async (text: string): Promise<void> => {
    await page.goto(`${server.url}/s/sample/appeals`);
    await page.locator('#write-name').fill('Nia');
    await page.locator('#write-text').fill(text);
    await page.locator('#write-text').press('Tab');
    await tabTo(page, '[data-compose] [type=submit]');
    await page.keyboard.press('Enter');
    await page.locator('.receipt-panel:focus').waitFor();
  };
  await send('Rejected, then.');
  await decide('Rejected, then.', { verdict: 'reject', guideline: 'attack' });
  await page.reload();
  await page.locator('.own form').waitFor({ state: 'attached' });
  await tabTo(page, '.own details:has(form) > summary');
  await page.keyboard.press('Enter');
  await tabTo(page, '.own textarea');
  await page.keyboard.type('It was a quotation.');
  await tabTo(page, '.own form button');
  await page.keyboard.press('Enter');
  await page.locator('.own-state:focus', { hasText: 'Your appeal of' }).waitFor();

  await send('Published, then.');
  await decide('Published, then.', { verdict: 'approve' });
  await page.reload();
  await page.locator('.comment:not(.own) .own-acts summary').focus();
  await page.keyboard.press('Enter');
  await tabTo(page, '.comment:not(.own) .own-acts .grave');
  await page.keyboard.press('Enter');
  await page.locator('.own-state:focus', { hasText: 'Withdrawn by you' }).waitFor();
  await page.context().close();
});

test('by keyboard alone a reader opens more comments, shows an ignored name again and reports a comment', async () => {
  await addStory(server.store, 'sample', 'more');
  for (const name of ['Ann', 'Ben', 'Cid']) await publishComment(server.store, 'sample', 'more', { name });
  const page = await open(`${server.url}/s/sample/more?limit=2`);
  await page.locator('.comment-more').first().waitFor();
  await tabTo(page, '.thread-next a');
  await page.keyboard.press('Enter');
  await page.locator('.comment:focus', { hasText: 'Ann' }).waitFor();
  await page.getByRole('button', { name: /^More about the comment by .*Ann/ }).press('Enter');
  await tabTo(page, '.comment-menu button:last-of-type');
  await page.keyboard.press('Enter');
  await page.locator('.ignored-note button:focus').waitFor();
  await tabTo(page, '.ignored-names summary');
  await page.keyboard.press('Enter');
  await tabTo(page, '.ignored-names button');
  await page.keyboard.press('Enter');
  await page.locator('#comments-title:focus').waitFor();
  await tabTo(page, '.comment-report');
  await page.keyboard.press('Enter');
  await page.waitForURL('**/report/*');
  await tabTo(page, '[type=radio]');
  await page.keyboard.press('Space');
  await tabTo(page, 'form [type=submit]');
  await page.keyboard.press('Enter');
  await page.locator('#report-token').waitFor();
  assert.match(
    await page.locator('main').ariaSnapshot(),
    /heading "Your report" \[level=1\]\n[^]*- status: Thank you\. Your report has arrived\.[^]*textbox "Receipt"/,
  );
  await page.context().close();
});

test('in the widget the focus stays with a comment that its author withdraws and puts away by keyboard', async () => {
  await addStory(server.store, 'sample', 'within');
  const widget = '<stet-comments site="sample" story="within"></stet-comments>';
  host.put('/', `<main>${widget}</main><script type="module" src="${server.url}/embed.js"></script>`, server.url);
  const page = await open(host.origin);
  await tabTo(page, '[part=write]');
  await page.keyboard.press('Enter');
  await page.locator('input[name=name]:focus').waitFor();
  await page.keyboard.type('Nia');
  await tabTo(page, 'textarea[name=text]');
  await page.keyboard.type('By keyboard.');
  await tabTo(page, '[part=send]');
  await page.keyboard.press('Enter');
  await page.locator('[part=received]:focus').waitFor();
  await page.locator('.own summary').waitFor();
  await tabTo(page, '.own summary');
  await page.keyboard.press('Enter');
  await tabTo(page, '.own .grave');
  await page.keyboard.press('Enter');
  await page.locator('.own-state:focus', { hasText: 'Withdrawn by you' }).waitFor();
  await tabTo(page, '.own .quiet:last-child');
  await page.keyboard.press('Enter');
  await page.locator('[part=title]:focus').waitFor();
  await page.context().close();
});

test('in forced colours everything that can be pressed keeps its line, and the focus its frame', async () => {
  await addStory(server.store, 'sample', 'forced');
  await publishComment(server.store, 'sample', 'forced', { name: 'Ann' });
  for (const path of ['/s/sample/forced', '/receipt', '/s/sample/guidelines']) {
    const page = await open(server.url + path, { forcedColors: 'active', reducedMotion: 'reduce' });
    const bare = await page.evaluate<
      string[]
    >(`[...document.querySelectorAll('a, button, input, textarea, summary')].filter((element) => {
      if (!element.checkVisibility() || element.closest('.paper, .comment-link, .trap, h2, .skip, [aria-current]')) return false;
      const { borderTopWidth, borderTopStyle, textDecorationLine } = getComputedStyle(element);
      const isLined = (parseFloat(borderTopWidth) > 0 && borderTopStyle !== 'none') || textDecorationLine.includes('underline');
      return !isLined && element.localName !== 'summary';
    }).map((element) => element.outerHTML.slice(0, 120))`);
    assert.deepEqual(bare, [], path);
    await page.keyboard.press('Tab');
    await page.keyboard.press('Tab');
    assert.equal(await page.evaluate('getComputedStyle(document.activeElement).outlineStyle'), 'solid');
    const looks = process.env['STET_LOOK'];
    if (looks) await page.screenshot({ path: `${looks}/forced${path.replaceAll('/', '-')}.png`, fullPage: true });
    await page.context().close();
  }
});
