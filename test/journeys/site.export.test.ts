import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { SiteSettings } from '../../src/contract/siteSettings.ts';
import { readWholeThread } from '../../src/publication/thread.ts';
import { findSite } from '../../src/record/sites.ts';
import { findStory } from '../../src/record/stories.ts';
import { renderStoryExport } from '../../src/site/storyExport.ts';
import { launchBrowser } from '../support/browser.ts';
import { findBarriers } from '../support/axe.ts';
import { addStory, holdComment, publishComment } from '../support/published.ts';
import { startServer, type TestServer } from '../support/server.ts';

let server: TestServer;

before(async () => {
  server = await startServer();
});
after(async () => {
  await server?.stop();
});

async function exportOf(key: string, settings: Partial<SiteSettings> = {}): Promise<string> {
  const { store } = server;
  const [site, story] = await Promise.all([findSite(store, 'sample'), findStory(store, 'sample', key)]);
  assert.ok(site && story);
  const comments = await readWholeThread(store, { site: 'sample', story: key });
  return renderStoryExport({
    site: { ...site, settings: { ...site.settings, ...settings } },
    story,
    comments,
    publicUrl: 'https://news.example',
    madeAt: server.now(),
  });
}

test('an exported story has every published comment, with its hash, and no byte of one that waits', async () => {
  await addStory(server.store, 'sample', 'kept', { text: 'A **story**.', headline: 'Kept & told' });
  const parent = await publishComment(server.store, 'sample', 'kept', { text: 'First <script>alert(1)</script>' });
  await publishComment(server.store, 'sample', 'kept', { text: 'An answer.', parent });
  for (let count = 0; count < 204; count += 1)
    await publishComment(server.store, 'sample', 'kept', { text: `Number ${count}.` });
  await holdComment(server.store, 'sample', 'kept', { name: 'Waiting', text: 'Not yet to be seen.' });
  const document = await exportOf('kept');
  assert.equal(document.match(/class="comment"/g)?.length, 206);
  assert.equal(document.match(/<code dir="ltr" title="SHA-256">[0-9a-f]{64}<\/code>/g)?.length, 206);
  for (const unseen of ['Not yet to be seen', 'Waiting', '<script>alert'])
    assert.equal(document.includes(unseen), false);
  const [, data = ''] = /<script type="application\/ld\+json">(.*?)<\/script>/s.exec(document) ?? [];
  const about = JSON.parse(data) as { commentCount: number; comment: { text: string }[] };
  assert.deepEqual([about.commentCount, about.comment.length], [206, 206]);
  assert.equal(about.comment[0]?.text, 'First <script>alert(1)</script>');
});

test('the file has addresses as links where the site’s pages have', async () => {
  await addStory(server.store, 'sample', 'sourced');
  await publishComment(server.store, 'sample', 'sourced', {
    text: 'See https://example.org/a.',
    name: 'https://a.example',
  });
  const text = (document: string): string | undefined => /<p class="text">(.*?)<\/p>/.exec(document)?.[1];
  assert.equal(text(await exportOf('sourced')), 'See https://example.org/a.');
  const document = await exportOf('sourced', { 'comments.links': 'on' });
  const link =
    '<a rel="ugc nofollow noopener noreferrer" href="https://example.org/a" dir="ltr">https://example.org/a</a>';
  assert.equal(text(document), `See ${link}.`);
  assert.ok(document.includes('<bdi>https://a.example</bdi>'));
});

test('the file needs nothing else: it makes no request, runs nothing, and has no barriers, in Sorani too', async () => {
  await addStory(server.store, 'sample', 'alone', { language: 'ckb', headline: 'پردی نوێ', text: 'دەق.' });
  await publishComment(server.store, 'sample', 'alone', { text: 'زۆر باشە.', lang: 'ckb' });
  const browser = await launchBrowser();
  try {
    const page = await browser.newPage({ viewport: { width: 360, height: 800 } });
    const asked: string[] = [];
    page.on('request', (request) => asked.push(request.url()));
    await page.setContent(await exportOf('alone'));
    assert.deepEqual(asked, []);
    assert.equal(await page.locator('html').getAttribute('dir'), 'rtl');
    assert.equal(await page.evaluate('document.documentElement.scrollWidth <= innerWidth'), true);
    assert.deepEqual(await findBarriers(page), []);
  } finally {
    await browser.close();
  }
});
