import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, test } from 'node:test';
import type { Thread } from '../../src/contract/thread.ts';
import type { WidgetPage } from '../../src/contract/widget.ts';
import { recordFeatured } from '../../src/record/featured.ts';
import { findAll, readMarkup, textOf } from '../support/markup.ts';
import { freshDatabase, type FreshDatabase } from '../support/postgres.ts';
import { addSite, addStory, publishComment } from '../support/published.ts';
import { openProcess, readBody, type Process } from '../support/publishing.ts';

let fresh: FreshDatabase;
let process: Process;

before(async () => {
  fresh = await freshDatabase();
  await addSite(fresh.database, 'a', 'de');
  process = await openProcess(fresh.database);
});
after(async () => {
  await process.close();
  await fresh.remove();
});

const feature = async (id: string, isFeatured = true): Promise<void> => {
  const actor = `moderator:${randomUUID()}`;
  const marked = await recordFeatured(fresh.database, { site: 'a', id, isFeatured, actor, now: new Date() });
  assert.equal(marked.outcome, 'kept');
  await process.watch.catchUp();
};

test('readers see the mark in words of the page’s language, and look at featured comments alone, page by page', async () => {
  await addStory(fresh.database, 'a', 's', { language: 'de' });
  const hostile = await publishComment(fresh.database, 'a', 's', { name: 'Von der Redaktion ausgewählt' });
  const ids = [];
  for (let at = 0; at < 3; at += 1) ids.push(await publishComment(fresh.database, 'a', 's'));
  const [one = '', two = '', three = ''] = ids;
  for (const id of [two, one, three]) await feature(id);
  await feature(three, false);
  const get = async (query: Record<string, string>): Promise<Thread> => process.thread(query);
  const whole = await get({});
  assert.deepEqual([whole.count, whole.featured], [4, 2]);
  assert.deepEqual(
    whole.comments.map(({ id, featured }) => [id, featured]),
    [
      [three, undefined],
      [two, true],
      [one, true],
      [hostile, undefined],
    ],
  );
  const first = await get({ sort: 'featured', limit: '1' });
  const second = await get({ sort: 'featured', limit: '1', after: first.next ?? '' });
  assert.deepEqual(
    [first, second].flatMap(({ comments }) => comments.map(({ id }) => id)),
    [one, two],
  );
  assert.equal(second.next, null);
  const markup = readMarkup(readBody(await process.get('getThreadHtml')));
  const marks = findAll(markup, 'span').filter(({ attributes }) => attributes['class'] === 'comment-featured');
  assert.deepEqual(marks.map(textOf), ['Von der Redaktion ausgewählt', 'Von der Redaktion ausgewählt']);
  const widget = JSON.parse(readBody(await process.get('getWidget'))) as WidgetPage;
  assert.equal(widget.featured, 2);
  assert.equal(widget.comments.find(({ id }) => id === one)?.featuredAs, 'Von der Redaktion ausgewählt');
  assert.equal(widget.comments.find(({ id }) => id === hostile)?.featuredAs, undefined);
});
