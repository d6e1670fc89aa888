import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { waitUntil } from '../support/folders.ts';
import { hostileNames, hostileTexts } from '../support/hostile.ts';
import { addStory, publishComment, removeComment } from '../support/published.ts';
import { startServer, type TestServer } from '../support/server.ts';

let server: TestServer;
before(async () => {
  server = await startServer({ origins: ['https://news.example'] });
});
after(() => server?.stop());

type Read = { status: number; headers: Headers; page: string };

async function read(path: string, init: RequestInit = {}): Promise<Read> {
  const response = await server.fetch(path, { redirect: 'manual', ...init });
  return { status: response.status, headers: response.headers, page: await response.text() };
}

/** As `read`, once the server has heard of what was just published or removed behind its back. */
function readWhen(has: (answer: Read) => boolean, path: string, init: RequestInit = {}): Promise<Read> {
  return waitUntil(async () => {
    const answer = await read(path, init);
    return has(answer) ? answer : undefined;
  }, `the news at ${path}`);
}

const missing = 'c0ffee00-0000-4000-8000-000000000000';

test('every page says its language, its direction, its title and what it is about, and loads nothing from elsewhere', async () => {
  const pages = [
    ['/s/sample', 'en', 'ltr', 200],
    ['/s/sample?lang=ckb', 'ckb', 'rtl', 200],
    ['/s/sample/welcome', 'en', 'ltr', 200],
    ['/s/sample/bexer', 'ckb', 'rtl', 200],
    ['/s/sample/ahlan?size=4', 'ar', 'rtl', 200],
    ['/s/sample/tags/council', 'en', 'ltr', 200],
    ['/s/sample/guidelines?lang=ar', 'ar', 'rtl', 200],
    ['/s/sample/guidelines/threat/1', 'en', 'ltr', 200],
    ['/s/sample/privacy?lang=fa', 'fa', 'rtl', 200],
    ['/receipt?lang=tr', 'tr', 'ltr', 200],
    ['/s/sample/nothing', 'en', 'ltr', 404],
    ['/s/nowhere/welcome', 'en', 'ltr', 404],
    ['/s/sample/tags/nothing', 'en', 'ltr', 404],
    ['/s/sample?page=900', 'en', 'ltr', 404],
    ['/s/sample/guidelines/threat/99', 'en', 'ltr', 404],
    ['/s/sample/welcome?sort=loudest', 'en', 'ltr', 400],
  ] as const;
  for (const [path, lang, dir, status] of pages) {
    const { status: answered, headers, page } = await read(path);
    assert.equal(answered, status, path);
    assert.match(headers.get('content-type') ?? '', /^text\/html/, path);
    assert.ok(
      page.startsWith(`<!doctype html>\n<html lang="${lang}" dir="${dir}" class="size-`),
      `${path}: ${page.slice(0, 80)}`,
    );
    assert.match(page, /<title>[^<]+<\/title>/, path);
    assert.equal(page.match(/<h1[ >]/g)?.length, 1, path);
    const policy = headers.get('content-security-policy') ?? '';
    assert.match(policy, /^default-src 'none'; style-src 'self'; script-src 'self'; /, path);
    assert.doesNotMatch(policy, /unsafe|\*/, path);
    const addresses = [
      ...page.matchAll(/<(?:script|link rel="(?:stylesheet|modulepreload)")[^>]* (?:src|href)="([^"]*)"/g),
    ];
    assert.ok(
      addresses.every(([, address]) => address?.startsWith('/assets/')),
      path,
    );
    assert.doesNotMatch(page, /<style|style="| on[a-z]+="/, path);
    assert.equal(headers.get('set-cookie'), null, path);
  }
});

test('the bare address leads to the only site', async () => {
  const { status, headers } = await read('/');
  assert.deepEqual([status, headers.get('location')], [302, '/s/sample']);
});

test('an address with what no key and no tag can hold finds nothing, and is no failure of ours', async () => {
  const nul = [
    '/s/%00',
    '/s/%00/welcome',
    '/s/sample/%00',
    '/s/sample/tags/%00',
    '/s/%00/guidelines',
    '/s/%00/privacy',
  ];
  const others = ['/s/%00/feed.rss', '/s/sample/tags/a%00/feed.rss', '/api/v1/sites/%00/stories/welcome/thread'];
  for (const path of [...nul, ...others, `/s/${'a'.repeat(200)}`]) assert.equal((await read(path)).status, 404, path);
});

test('a story is not sent again to whoever has it, and anew when a comment is published or removed', async () => {
  const first = await read('/s/sample/bexer');
  const etag = first.headers.get('etag') ?? '';
  // It came compressed, and so with a weak one.
  assert.match(etag, /^W\/"/);
  assert.equal((await read('/s/sample/bexer', { headers: { 'if-none-match': `"other", ${etag}` } })).status, 304);
  const id = await publishComment(server.store, 'sample', 'bexer', { text: 'A comment' });
  const isNew = ({ status }: Read): boolean => status === 200;
  const second = await readWhen(isNew, '/s/sample/bexer', { headers: { 'if-none-match': etag } });
  assert.ok(second.page.includes(`id="c-${id}"`));
  await removeComment(server.store, 'sample', id);
  const known = { 'if-none-match': second.headers.get('etag') ?? '' };
  const third = await readWhen(isNew, '/s/sample/bexer', { headers: known });
  assert.ok(!third.page.includes(id));
});

test('only the publisher may show a story in a frame, and nobody a receipt', async () => {
  const story = await read('/s/sample/welcome');
  assert.match(story.headers.get('content-security-policy') ?? '', /frame-ancestors 'self' https:\/\/news\.example$/);
  for (const path of ['/receipt', '/desk', '/desk/sign-in']) {
    const { headers } = await read(path);
    assert.match(headers.get('content-security-policy') ?? '', /frame-ancestors 'none'(?:;|$)/, path);
    assert.equal(headers.get('referrer-policy'), 'no-referrer', path);
    assert.equal(headers.get('cache-control'), 'no-store', path);
  }
});

test('a moved story leads to its new place, a withdrawn one is gone with its comments, and says so', async () => {
  await addStory(server.store, 'sample', 'moved', { movedTo: 'https://news.example/new?a=1' });
  const moved = await read('/s/sample/moved');
  assert.equal(moved.status, 301);
  assert.equal(moved.headers.get('location'), 'https://news.example/new?a=1');
  await addStory(server.store, 'sample', 'withdrawn', { text: 'The whole text.', headline: 'A mistake' });
  await publishComment(server.store, 'sample', 'withdrawn', { text: 'Under a mistake' });
  await addStory(server.store, 'sample', 'withdrawn', {
    text: 'The whole text.',
    headline: 'A mistake',
    withdrawn: true,
  });
  const gone = await read('/s/sample/withdrawn');
  assert.equal(gone.status, 410);
  assert.match(gone.page, /This story was withdrawn/);
  assert.doesNotMatch(gone.page, /The whole text|A mistake|Under a mistake/);
});

test('under a closed story stands since when it is closed, its comments, and no form', async () => {
  await addStory(server.store, 'sample', 'closed', { commentsUntil: '2026-03-04T12:00:00Z' });
  const id = await publishComment(server.store, 'sample', 'closed', { text: 'In time' });
  const { page } = await read('/s/sample/closed');
  assert.match(page, /Comments on this story closed on <time [^>]*>04-03-2026 12:00<\/time>/);
  assert.ok(page.includes(`id="c-${id}"`));
  assert.doesNotMatch(page, /<form|id="write"/);
});

test('a text size asked for by link stays with the reader on every link of the page', async () => {
  const id = await publishComment(server.store, 'sample', 'welcome', { text: 'A comment' });
  const { page } = await readWhen((answer) => answer.page.includes(id), '/s/sample/welcome?size=4');
  assert.match(page, /class="size-4" data-size-asked/);
  const links = [...page.matchAll(/<a [^>]*href="([^"]*)"/g)].map(([, address = '']) =>
    address.replaceAll('&amp;', '&'),
  );
  const own = links.filter((address) => /^(?:\/s\/sample(?!.*feed\.)|\?|\/receipt(?!.*#))/.test(address));
  assert.ok(own.length > 8);
  for (const address of own) assert.match(address, /[?&]size=[345]\b/, address);
  assert.ok(own.some((address) => address.startsWith(`?size=4&reply=${id}`)));
});

test('whoever reads in Sorani finds the pages about comments in Sorani, on a site in English', async () => {
  const { page } = await read('/s/sample/bexer');
  for (const address of ['/s/sample/guidelines?lang=ckb', '/s/sample/privacy?lang=ckb', '/receipt?lang=ckb']) {
    assert.ok(page.includes(`href="${address}"`), address);
  }
});

test('names and texts of readers are text in every place of the page', async () => {
  await addStory(server.store, 'sample', 'hostile', {
    headline: '<b>"\'&',
    standfirst: '</title><script>',
    tags: ['a"b<c'],
  });
  const clean = (await read('/s/sample/hostile')).page;
  const count = (page: string, tag: RegExp): number => page.match(tag)?.length ?? 0;
  let last = '';
  for (const [index, text] of hostileTexts.entries()) {
    last = await publishComment(server.store, 'sample', 'hostile', {
      text,
      name: hostileNames[index % hostileNames.length] ?? '',
    });
  }
  const { page } = await readWhen((answer) => answer.page.includes(last), '/s/sample/hostile');
  for (const tag of [
    /<script/gi,
    /<\/script/gi,
    /<img/gi,
    /<svg/gi,
    /<iframe/gi,
    /<form/gi,
    /<style/gi,
    /<h1/g,
    /<\/main>/g,
    /<\/template>/g,
  ]) {
    assert.equal(count(page, tag), count(clean, tag), String(tag));
  }
  assert.ok(page.includes('<title>&lt;b&gt;&quot;&#39;&amp; – The Harbour Post</title>'));
});

test('a reply says whom it answers, and a comment that is not there keeps nobody from the story', async () => {
  const id = await publishComment(server.store, 'sample', 'ahlan', { name: 'هدى', text: 'A comment' });
  const reply = await read(`/s/sample/ahlan?reply=${id}`);
  assert.match(reply.page, /رد على <bdi>هدى<\/bdi>/);
  assert.ok(reply.page.includes(`name="parentId" value="${id}"`));
  assert.match(reply.page, /<meta name="robots" content="noindex">/);
  for (const path of [`/s/sample/ahlan?comment=${missing}`, '/s/sample/ahlan?comment=c0ffee']) {
    const { status, page } = await read(path);
    assert.equal(status, 200, path);
    assert.match(page, /هذا التعليق ليس هنا/, path);
  }
  const { page } = await read(`/s/sample/ahlan?reply=${missing}`);
  assert.match(page, /name="parentId" value=""/);
});
