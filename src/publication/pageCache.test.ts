import assert from 'node:assert/strict';
import { it } from 'node:test';
import type { Change, Watch } from '../record/watch.ts';
import { answerPage, makePage, type Page } from './page.ts';
import { everySite, keepPages, siteGroup, storyGroup, type PageCache } from './pageCache.ts';

const group = storyGroup('a', 's');
const wanted = { group, name: 'html', keep: true };

/** A watch that hears what the test tells it. */
function watchByHand(): { watch: Watch; tell(change: Change | undefined): void; setFresh(fresh: boolean): void } {
  const hearers = new Set<(change: Change | undefined) => void>();
  let fresh = true;
  return {
    watch: {
      isFresh: () => fresh,
      subscribe: (hear) => {
        hearers.add(hear);
        return () => hearers.delete(hear);
      },
      catchUp: async () => {},
      close: async () => {},
    },
    tell: (change) => hearers.forEach((hear) => hear(change)),
    setFresh: (now) => (fresh = now),
  };
}

const pageOf = (body: string, more: { next?: string; until?: number } = {}): Page =>
  makePage({ body, contentType: 'text/html', value: body, ...more });
const removed: Change = { kind: 'removed', site: 'a', story: 's', id: 'x' };

function open(bytes = 1_000_000): ReturnType<typeof watchByHand> & { cache: PageCache; read(name?: string): unknown } {
  const byHand = watchByHand();
  const cache = keepPages(byHand.watch, { bytes });
  return { ...byHand, cache, read: (name = 'html') => cache.find(group, name, 0)?.value };
}

it('pages in memory are dropped by a change before anything else is served', async () => {
  const { cache, tell, read } = open();
  await cache.make(wanted, async () => pageOf('one'));
  assert.equal(read(), 'one');
  tell(removed);
  assert.equal(read(), undefined);
});

it('pages in memory are not kept when a change came in while they were made', async () => {
  const { cache, tell, read } = open();
  const made = await cache.make(wanted, async () => {
    tell(removed);
    return pageOf('of before');
  });
  assert.equal(made.outcome, 'made');
  assert.equal(read(), undefined);
});

it('pages in memory are not kept when they were begun while the watch was not fresh, or ended so', async () => {
  const { cache, setFresh, read } = open();
  setFresh(false);
  await cache.make(wanted, async () => {
    setFresh(true);
    return pageOf('begun deaf');
  });
  assert.equal(read(), undefined);
  await cache.make(wanted, async () => {
    setFresh(false);
    return pageOf('ended deaf');
  });
  setFresh(true);
  assert.equal(read(), undefined);
});

it('pages in memory are not served while the watch is not fresh, and again when it is, if nothing was missed', async () => {
  const { cache, setFresh, tell, read } = open();
  await cache.make(wanted, async () => pageOf('one'));
  setFresh(false);
  assert.equal(read(), undefined);
  setFresh(true);
  assert.equal(read(), 'one');
  tell(undefined);
  assert.equal(read(), undefined);
});

it('pages in memory are not kept when a change came while they were made, and are made anew for whoever asks after it', async () => {
  const { cache, tell, read } = open();
  const { promise: opened, resolve: openDoor } = Promise.withResolvers<void>();
  const slow = cache.make(wanted, async () => {
    await opened;
    return pageOf('of before');
  });
  tell(removed);
  const later = cache.make(wanted, async () => pageOf('of after'));
  const shared = cache.make(wanted, async () => assert.fail('one reading is enough for all who wait'));
  openDoor();
  const bodies = [await slow, await later, await shared].map((page) => page.outcome === 'made' && page.value);
  assert.deepEqual(bodies, ['of before', 'of after', 'of after']);
  assert.equal(read(), 'of after');
});

it('pages in memory are made once for all who ask at the same time', async () => {
  const { cache } = open();
  let times = 0;
  const load = async (): Promise<Page> => pageOf(String((times += 1)));
  await Promise.all([cache.make(wanted, load), cache.make(wanted, load), cache.make(wanted, load)]);
  assert.equal(times, 1);
});

it('pages in memory go on after a failure, which reaches those who waited for it and nobody else', async () => {
  const { cache, read } = open();
  await assert.rejects(
    cache.make(wanted, async () => Promise.reject(new Error('down'))),
    /down/,
  );
  await cache.make(wanted, async () => pageOf('one'));
  assert.equal(read(), 'one');
});

it('pages in memory are dropped by the changes that touch them and by no others', async () => {
  const { cache, tell } = open();
  const groups = [group, storyGroup('a', 's2'), siteGroup('a'), siteGroup('ab'), everySite];
  const kept = async (change: Change): Promise<string[]> => {
    for (const name of groups) await cache.make({ ...wanted, group: name }, async () => pageOf(name));
    tell(change);
    return groups.filter((name) => cache.find(name, 'html', 0));
  };
  assert.deepEqual(await kept(removed), ['a/s2', 'a/', 'ab/', '']);
  assert.deepEqual(await kept({ ...removed, kind: 'story' }), ['a/s2', 'ab/']);
  assert.deepEqual(await kept({ kind: 'site', site: 'a', story: null, id: null }), ['ab/']);
});

it('pages in memory never take more memory than they may, and those that are read stay longest', async () => {
  const { cache, read } = open(20_000);
  for (let at = 0; at < 50; at += 1) {
    const name = `page ${at}`;
    await cache.make({ ...wanted, group: at === 0 ? group : `a/${at}`, name }, async () => pageOf('x'.repeat(2_000)));
    assert.ok(read('page 0'), `after ${at}`);
  }
  const left = Array.from({ length: 50 }, (_, at) => cache.find(at === 0 ? group : `a/${at}`, `page ${at}`, 0));
  assert.ok(left.filter(Boolean).length <= 6);
});

it('pages in memory leave a giant to the database rather than drop all others for it', async () => {
  const { cache, read } = open(20_000);
  await cache.make({ ...wanted, name: 'giant' }, async () => pageOf('x'.repeat(10_000)));
  assert.equal(read('giant'), undefined);
});

it('pages in memory end at their time', async () => {
  const { cache } = open();
  await cache.make(wanted, async () => pageOf('one', { until: 100 }));
  assert.ok(cache.find(group, 'html', 99));
  assert.equal(cache.find(group, 'html', 100), undefined);
});

it('pages in memory know which cursors they lead to', async () => {
  const { cache } = open();
  await cache.make(wanted, async () => pageOf('one', { next: 'abc' }));
  assert.ok(cache.leadsTo(group, 'abc'));
  assert.ok(!cache.leadsTo(group, 'invented'));
});

it('pages in memory are neither served nor kept once the room is closed', async () => {
  const { cache, read } = open();
  await cache.make(wanted, async () => pageOf('one'));
  cache.close();
  assert.equal(read(), undefined);
  await cache.make(wanted, async () => pageOf('two'));
  assert.equal(read(), undefined);
});

const page = pageOf('one');

it('a page’s answer is 304 only for a reader whose copy is the same', () => {
  const status = (header?: string | string[]): number => answerPage(page, header).status;
  assert.deepEqual([status(), status('"other"'), status(['a', 'b']), status('W/"x", "y"')], [200, 200, 200, 200]);
  const same = [page.etag, '*', `W/${page.etag}`, `"x", ${page.etag}`, `"x",W/${page.etag} `];
  assert.deepEqual(same.map(status), [304, 304, 304, 304, 304]);
  assert.equal(answerPage(page, page.etag).body, undefined);
});

it('a page’s answer asks every cache to ask again, with a strong ETag of the bytes', () => {
  assert.equal(page.answer.headers?.['cache-control'], 'public, max-age=0, must-revalidate');
  assert.match(page.etag, /^"[\w-]{22}"$/);
  assert.notEqual(page.etag, pageOf('two').etag);
});
