import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { after, before, test } from 'node:test';
import type { Browser, BrowserContextOptions, Locator, Page } from 'playwright-core';
import { normaliseText } from '../../src/contract/text.ts';
import { findBarriers } from '../support/axe.ts';
import { launchBrowser } from '../support/browser.ts';
import { watchForHarm } from '../support/deskPage.ts';
import { hostileNames } from '../support/hostile.ts';
import { hostileComments, refusedTexts } from '../support/hostileComments.ts';
import { startHostSite, type HostSite } from '../support/hostPage.ts';
import { addStory, publishComment } from '../support/published.ts';
import { startServer, type TestServer } from '../support/server.ts';

let host: HostSite;
let server: TestServer;
let browser: Browser;

/** Written so that an address could become more than a link, or lead elsewhere than it says. */
const hostileAddresses: readonly string[] = [
  'https://example.org/"onclick="alert(1)',
  "https://example.org/'onclick='alert(1)' https://example.org/&quot;onclick=alert(1)",
  'https://example.org/<img/src=x/onerror=alert(1)>',
  'https://example.org/</a><script>alert(1)</script>',
  'https://example.org/?href="?reply=x" https://example.org/?href=&quot;?reply=x',
  'https://example.org/javascript:alert(1) https://javascript:alert(1)@example.org',
  'https://bank.example@evil.example https://аррӏе.com http://192.168.1.1/reboot',
  'https://example.org/\u200fmoc.elpmaxe//:sptth',
  '{{https://example.org/}} ${https://example.org/} [x](https://example.org/) <a href=https://example.org/>y</a>',
  'http://http://'.repeat(280),
  'https://example.org/ '.repeat(190),
  'نووسراوە لە https://example.org/a، و (https://example.org/ب).',
];
const texts = [...hostileAddresses, ...hostileComments, ...refusedTexts].map(normaliseText);

before(async () => {
  host = await startHostSite();
  server = await startServer({ origins: [host.origin], site: { 'comments.links': 'on' } });
  browser = await launchBrowser();
  await addStory(server.store, 'sample', 'hostile');
  for (const [index, text] of texts.entries()) {
    const name = hostileNames[index % hostileNames.length] ?? '';
    await publishComment(server.store, 'sample', 'hostile', { text, name });
  }
});
after(async () => {
  await browser?.close();
  await server?.stop();
  await host?.close();
});

/** A page and what it did that it should not. */
async function open(
  address: string,
  options: BrowserContextOptions = {},
): Promise<{ page: Page; harm: readonly string[] }> {
  const context = await browser.newContext({ locale: 'en', ...options });
  const page = await context.newPage();
  const harm = watchForHarm(page, server);
  await page.goto(address);
  return { page, harm: options.javaScriptEnabled === false ? [] : harm };
}

const widget = (story: string): string =>
  `<stet-comments site="sample" story="${story}"></stet-comments><script type="module" src="${server.url}/embed.js"></script>`;

type Found = { name: string; attributes: [string, string][]; text: string };

/** Every element within the texts of comments, as the browser has it. */
function elementsIn(within: Locator): Promise<Found[]> {
  return within.evaluateAll((all) =>
    all
      .flatMap((one) => [...one.querySelectorAll('*')])
      .map((one) => ({
        name: one.localName,
        attributes: [...one.attributes].map(({ name, value }): [string, string] => [name, value]),
        text: one.textContent ?? '',
      })),
  );
}

async function assertLinksAlone(shown: Locator, attributes: readonly string[]): Promise<void> {
  const links = await elementsIn(shown);
  assert.ok(links.length >= 30, `${links.length}`);
  for (const { name, attributes: found, text } of links) {
    const { rel, href = '', dir } = Object.fromEntries(found) as Record<string, string>;
    assert.deepEqual([name, ...found.map(([key]) => key)], ['a', ...attributes]);
    assert.deepEqual([rel, dir], ['ugc nofollow noopener noreferrer', 'ltr']);
    assert.equal(href, URL.parse(text)?.href);
    assert.equal(URL.parse(href)?.username, '');
  }
}

test('on the story’s page hostile comments are text and links to what is written, with and without a script', async () => {
  for (const javaScriptEnabled of [true, false]) {
    const shown: string[] = [];
    let address: string | null = '/s/sample/hostile?sort=oldest';
    while (address) {
      const { page, harm } = await open(server.url + address, { javaScriptEnabled });
      const comments = page.locator('.comment-text');
      await comments.first().waitFor();
      shown.push(...(await comments.allTextContents()));
      if (!address.includes('after=')) await assertLinksAlone(comments, ['rel', 'href', 'dir']);
      assert.equal(await page.locator('.comment-name a').count(), 0);
      assert.deepEqual(harm, []);
      const next = page.locator('.thread-next > a');
      address = (await next.count()) > 0 ? `/s/sample/hostile${await next.getAttribute('href')}` : null;
      await page.context().close();
    }
    assert.deepEqual(shown, texts);
  }
});

test('in the widget hostile comments are text and links to what is written', async () => {
  host.put('/hostile', widget('hostile'), server.url);
  const { page, harm } = await open(`${host.origin}/hostile`);
  const comments = page.locator('article > p');
  await comments.first().waitFor();
  await page.getByRole('button', { name: 'More comments' }).click();
  await comments.nth(texts.length - 1).waitFor();
  assert.deepEqual(await comments.allTextContents(), texts.toReversed());
  await assertLinksAlone(comments, ['rel', 'href', 'dir']);
  assert.equal(await page.locator('h3 a').count(), 0);
  assert.deepEqual(
    harm.filter((line) => !line.startsWith(`request: ${host.origin}/`)),
    [],
  );
  await page.context().close();
});

test('in a frame hostile comments are text and links that leave the frame', async () => {
  const { page, harm } = await open(`${server.url}/s/sample/hostile/embed?sort=oldest`);
  await assertLinksAlone(page.locator('.comment-text'), ['target', 'rel', 'href', 'dir']);
  assert.deepEqual(await page.locator('.comment-text').allTextContents(), texts.slice(0, 100));
  assert.deepEqual(harm, []);
  await page.context().close();
});

test('a text with links has the hash that stands beside it', async () => {
  await addStory(server.store, 'sample', 'hashed');
  await publishComment(server.store, 'sample', 'hashed', {
    text: 'e\u0301\n <b>(https://example.org/a)</b>\n\nhttps://b.example,',
  });
  const { page } = await open(`${server.url}/s/sample/hashed`);
  const text = (await page.locator('.comment-text').textContent()) ?? '';
  assert.equal(await page.locator('.comment-text a').count(), 2);
  const sha256 = createHash('sha256').update(text).digest('hex');
  assert.ok((await page.locator('.comment-sha256').getAttribute('title'))?.includes(sha256));
  await page.context().close();
});

test('what comes while the page is open has its links too, on the page and in the widget', async () => {
  await addStory(server.store, 'sample', 'later');
  await publishComment(server.store, 'sample', 'later', { text: 'The first' });
  host.put('/later', widget('later'), server.url);
  const readers = [await open(`${server.url}/s/sample/later`), await open(`${host.origin}/later`)];
  for (const { page } of readers) {
    await page.locator('article').first().scrollIntoViewIfNeeded();
    await page.getByText('The first').waitFor();
  }
  await publishComment(server.store, 'sample', 'later', { text: 'See https://example.org/later' });
  for (const { page } of readers) {
    await page.getByText('1 new comment.').click();
    const link = page.getByRole('link', { name: 'https://example.org/later', exact: true });
    await link.waitFor();
    assert.equal(await link.getAttribute('rel'), 'ugc nofollow noopener noreferrer');
    await page.context().close();
  }
});

test('a pressed address is told neither the page nor its window, from the page, the widget and a frame', async () => {
  await addStory(server.store, 'sample', 'pressed');
  await publishComment(server.store, 'sample', 'pressed', { text: 'See https://source.example/a.' });
  host.put('/pressed', widget('pressed'), server.url);
  host.put('/framed', `<iframe title="Comments" src="${server.url}/s/sample/pressed/embed"></iframe>`, server.url);
  for (const address of [`${server.url}/s/sample/pressed`, `${host.origin}/pressed`, `${host.origin}/framed`]) {
    const { page } = await open(address);
    const asked: Record<string, string>[] = [];
    await page.context().route('https://source.example/**', (route) => {
      asked.push(route.request().headers());
      return route.fulfill({ contentType: 'text/html', body: '<title>The source</title>' });
    });
    const isFramed = address.endsWith('/framed');
    const link = (isFramed ? page.frameLocator('iframe') : page).getByRole('link', { name: 'source.example/a' });
    const opened = isFramed ? page.context().waitForEvent('page') : undefined;
    await link.click();
    const there = (await opened) ?? page;
    await there.waitForURL('https://source.example/a');
    assert.equal(await there.evaluate('opener'), null);
    assert.equal(await there.evaluate('document.referrer'), '');
    assert.deepEqual(
      asked.map(({ referer }) => referer),
      [undefined],
    );
    await page.context().close();
  }
});

for (const [story, options] of [
  ['ltr', { viewport: { width: 360, height: 780 } }],
  ['rtl', { viewport: { width: 360, height: 780 }, colorScheme: 'dark' }],
] as const) {
  test(`links stand in nobody's way, and read from left to right: ${story}`, async () => {
    const isRtl = story === 'rtl';
    await addStory(server.store, 'sample', story, isRtl ? { language: 'ckb', headline: 'پردی نوێ', text: 'دەق.' } : {});
    const text = isRtl
      ? `بڕوانە https://example.org/a/${'bcd'.repeat(40)}?e=1-2، کە دەڵێت وایە.`
      : `See https://example.org/a/${'bcd'.repeat(40)}?e=1-2, which says so.`;
    await publishComment(server.store, 'sample', story, { text, lang: isRtl ? 'ckb' : 'en' });
    host.put(`/${story}`, `<main>${widget(story)}</main>`, server.url);
    for (const address of [`${server.url}/s/sample/${story}`, `${host.origin}/${story}`]) {
      const { page } = await open(address, { reducedMotion: 'reduce', ...options });
      const link = page.locator('.comment-text a');
      await link.waitFor();
      assert.deepEqual(
        (await findBarriers(page)).filter((line) => !line.startsWith('page-has-heading-one')),
        [],
      );
      assert.equal(await page.evaluate('document.documentElement.scrollWidth > innerWidth'), false);
      const look = await page.evaluate<string[]>(`{
        const root = document.querySelector('stet-comments')?.shadowRoot ?? document;
        const style = getComputedStyle(root.querySelector('.comment-text a'));
        [style.direction, style.unicodeBidi, style.textDecorationLine];
      }`);
      assert.deepEqual(look, ['ltr', 'isolate', 'underline']);
      const looks = process.env['STET_LOOK'];
      if (looks) await page.screenshot({ path: `${looks}/links-${story}-${address.startsWith(host.origin)}.png` });
      await page.context().close();
    }
  });
}
