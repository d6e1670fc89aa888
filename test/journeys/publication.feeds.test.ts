import assert from 'node:assert/strict';
import { after, before, it } from 'node:test';
import type { Call, Answer } from '../../src/contract/http.ts';
import { answerSitemap } from '../../src/publication/sitemap.ts';
import { keepPages } from '../../src/publication/pageCache.ts';
import { listSites } from '../../src/record/sites.ts';
import { addStoryFromUrl, makeStoryFromUrl } from '../../src/record/storyFromUrl.ts';
import { findAll, readMarkup, textOf, type Element } from '../support/markup.ts';
import { freshDatabase, type FreshDatabase } from '../support/postgres.ts';
import { addSite, addStory, publishComment } from '../support/published.ts';
import { openProcess, readBody, type Process } from '../support/publishing.ts';

let fresh: FreshDatabase;
let process: Process;
const store = (): FreshDatabase['database'] => fresh.database;
const call = (more: Partial<Call> = {}): Partial<Call> => ({ params: { site: 'a' }, ...more });
const markup = (answer: Answer): Element => readMarkup(readBody(answer));
const texts = (root: Element, name: string): string[] => findAll(root, name).map(textOf);

before(async () => {
  fresh = await freshDatabase();
  await addSite(store(), 'a');
  await addSite(store(), 'b', 'ckb');
  const tags = ['Bridges & <roads>', 'ڕێگا'];
  await addStory(store(), 'a', 'one', { headline: 'One <1>', standfirst: 'A & b', tags, published: '2026-01-01' });
  await addStory(store(), 'a', 'two', { headline: 'Two \u0001', tags: ['Other'], published: '2026-01-02T10:00:00Z' });
  await addStory(store(), 'a', 'gone', { tags: ['Gone'], withdrawn: true });
  await addStory(store(), 'a', 'moved', { tags: ['Gone'], movedTo: 'https://news.example/x' });
  await addStory(store(), 'b', 'three', { headline: 'سێ', language: 'ckb' });
  // Its address is what some reader sent: in no list, however the newsroom decides about the comments.
  const [site] = await listSites(store());
  assert.ok(site);
  const from = { story: 'from-url', url: 'https://news.example/?cheap-pills', at: new Date('2026-01-03') };
  await addStoryFromUrl(store(), makeStoryFromUrl(site, from));
  await publishComment(store(), 'a', 'from-url');
  process = await openProcess(store());
});
after(async () => {
  await process.close();
  await fresh.remove();
});

it('feeds are refused for a site that is not there and a tag that no readable story has', async () => {
  const missing: Record<string, string>[] = [
    { site: 'nobody' },
    { site: 'nobody', tag: 'Other' },
    { site: 'a', tag: 'Gone' },
    { site: 'a', tag: '\0' },
  ];
  for (const params of missing) {
    const answer = await process.get('tag' in params ? 'getTagRss' : 'getSiteRss', { params });
    assert.ok(answer.outcome === 'refused' && answer.refusal.reason === 'not_found', JSON.stringify(params));
  }
});

it('feeds list the stories that readers may see, the latest first, without what XML cannot hold', async () => {
  for (const route of ['getSiteRss', 'getSiteAtom'] as const) {
    const root = markup(await process.get(route, call()));
    const items = findAll(root, route === 'getSiteRss' ? 'item' : 'entry');
    assert.deepEqual(
      items.flatMap((item) => texts(item, 'title')),
      ['Two \ufffd', 'One <1>'],
    );
  }
  const json = JSON.parse(readBody(await process.get('getSiteJson', call())));
  assert.deepEqual(
    json.items.map(({ url, content_text }: { url: string; content_text: string }) => [url, content_text]),
    [
      ['https://stet.example/s/a/two', ''],
      ['https://stet.example/s/a/one', 'A & b'],
    ],
  );
});

it('feeds list the stories of a tag, in any script', async () => {
  for (const tag of ['Bridges & <roads>', 'ڕێگا']) {
    const root = markup(await process.get('getTagAtom', { params: { site: 'a', tag } }));
    assert.deepEqual(
      findAll(root, 'entry').flatMap((entry) => texts(entry, 'title')),
      ['One <1>'],
    );
    const self = findAll(root, 'link').find(({ attributes }) => attributes['rel'] === 'self');
    assert.equal(self?.attributes['href'], `https://stet.example/s/a/tags/${encodeURIComponent(tag)}/feed.atom`);
  }
});

it('feeds speak the language of the site', async () => {
  const root = markup(await process.get('getSiteAtom', { params: { site: 'b' } }));
  assert.equal(findAll(root, 'feed')[0]?.attributes['xml:lang'], 'ckb');
});

it('feeds hold absolute addresses only', async () => {
  const id = await publishComment(store(), 'a', 'one', { name: 'Ann', text: 'Text' });
  await process.watch.catchUp();
  const params = { site: 'a', story: 'one' };
  const root = markup(await process.get('getCommentsRss', { params }));
  const url = `https://stet.example/s/a/one?comment=${id}#c-${id}`;
  assert.deepEqual(texts(root, 'link'), ['https://stet.example/s/a/one', url]);
  assert.deepEqual(texts(root, 'guid'), [`urn:uuid:${id}`]);
});

it('feeds are the same to the byte until something changes, and then not', async () => {
  const ask = async (headers: Record<string, string> = {}): Promise<Answer> =>
    process.get('getSiteRss', call({ headers }));
  const first = await ask();
  assert.ok(first.outcome === 'answered');
  const headers = { 'if-none-match': String(first.headers?.['etag']) };
  const again = await ask(headers);
  assert.ok(again.outcome === 'answered' && again.status === 304);
  await addStory(store(), 'a', 'one', { headline: 'One <1>', standfirst: 'Changed', published: '2026-01-01' });
  await process.watch.catchUp();
  assert.match(readBody(await ask(headers)), /Changed/);
  await addStory(store(), 'a', 'one', {
    headline: 'One <1>',
    tags: ['Bridges & <roads>', 'ڕێگا'],
    published: '2026-01-01',
  });
  await process.watch.catchUp();
});

const everyPage = [
  '/s/a',
  '/s/b',
  '/s/a/guidelines',
  '/s/b/guidelines',
  '/s/a/tags/Bridges%20%26%20%3Croads%3E',
  '/s/a/tags/Other',
  `/s/a/tags/${encodeURIComponent('ڕێگا')}`,
  '/s/a/one',
  '/s/a/two',
  '/s/b/three',
].map((path) => `https://stet.example${path}`);

it('sitemaps name every page that readers may visit, and no other, with the last change of each story', async () => {
  const root = markup(await process.get('getSitemap', { params: {} }));
  assert.deepEqual(texts(root, 'loc').toSorted(), everyPage.toSorted());
  assert.equal(findAll(root, 'lastmod').length, 3);
});

it('long sitemaps are split into ones of at most so many addresses under an index', async () => {
  const cache = keepPages(process.watch, { bytes: 1_000_000 });
  const deps = { store: store(), cache, publicUrl: 'https://stet.example', mostAddresses: 4 };
  const read = async (page?: string): Promise<string[]> => {
    const query = page === undefined ? {} : { page };
    const empty = { params: {}, headers: {}, body: undefined, isForm: false, address: '', now: new Date() };
    return texts(markup(await answerSitemap(deps, { ...empty, query })), 'loc');
  };
  const index = await read();
  assert.deepEqual(
    index,
    [1, 2, 3].map((page) => `https://stet.example/sitemap.xml?page=${page}`),
  );
  const pages = [await read('1'), await read('2'), await read('3')];
  assert.deepEqual(
    pages.map(({ length }) => length),
    [4, 4, 2],
  );
  assert.deepEqual(pages.flat().toSorted(), everyPage.toSorted());
  await assert.rejects(read('4'));
  cache.close();
});
