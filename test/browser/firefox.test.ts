import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { queryRows } from '../../src/storage/database.ts';
import { sql } from '../../src/storage/sql.ts';
import { findFirefox, launchFirefox, type Firefox, type FirefoxPage } from '../support/firefox.ts';
import { startHostSite, type HostSite } from '../support/hostPage.ts';
import { addStory, publishComment } from '../support/published.ts';
import { startServer, type TestServer } from '../support/server.ts';

const program = findFirefox();
const missing = program === undefined && 'no firefox-esr or firefox on the PATH';

let host: HostSite;
let server: TestServer;
const opened = new Map<string, Promise<Firefox>>();

before(async () => {
  if (missing) return;
  host = await startHostSite();
  server = await startServer({ origins: [host.origin] });
});
after(async () => {
  for (const firefox of opened.values()) await firefox.then(({ close }) => close()).catch(() => {});
  await server?.stop();
  await host?.close();
});

/** A Firefox with these settings, begun with the first test that wants it. */
function inFirefox(settings: object = {}): Promise<Firefox> {
  const key = JSON.stringify(settings);
  const firefox = opened.get(key) ?? launchFirefox(program ?? '', settings);
  opened.set(key, firefox);
  return firefox;
}

async function look(page: FirefoxPage, name: string): Promise<void> {
  const looks = process.env['STET_LOOK'];
  if (looks) writeFileSync(`${looks}/firefox-${name}.png`, await page.shoot());
}

async function heldUnder(story: string): Promise<string[]> {
  const query = sql`select text from comment where story = ${story} and state = 'held' order by seq`;
  return (await queryRows<{ text: string }>(server.store.writer, query)).map(({ text }) => text);
}

const phone = { width: 390, height: 780 };
const sideways = 'document.documentElement.scrollWidth - document.documentElement.clientWidth';

test('in Firefox a reader writes by keyboard, and keeps seeing the comment that waits', { skip: missing }, async () => {
  const firefox = await inFirefox();
  await addStory(server.store, 'sample', 'seen');
  await publishComment(server.store, 'sample', 'seen', { text: 'It stands there.' });
  const page = await firefox.open(`${server.url}/s/sample/seen`);
  await page.fill('#write-name', 'Nia');
  await page.press('\uE004');
  await page.press('W');
  await page.fill('#write-text', 'aits for a person.');
  await page.click('[data-compose] [type=submit]');
  await page.waitFor(`document.activeElement.matches('[data-panel]')`);
  await page.waitFor(`text('.own .own-word').startsWith('Waiting to be read')`);
  await page.reload();
  await page.waitFor(`text('.own .own-word').startsWith('Waiting to be read')`);
  assert.deepEqual(
    await page.evaluate(`[...document.querySelectorAll('.comment > .comment-text')].map((one) => one.textContent)`),
    ['Waits for a person.', 'It stands there.'],
  );
  assert.deepEqual(
    await page.evaluate(`find('#write-text').value + text('[data-state]')`),
    '',
    'nothing is there to send twice',
  );
  await page.evaluate(`find('.own').scrollIntoView()`);
  await look(page, 'waiting');
  assert.deepEqual(await heldUnder('seen'), ['Waits for a person.']);
  assert.deepEqual(page.trouble, []);
});

test(
  'in Firefox what is sent without a network is kept, and delivered once when the story is opened again',
  { skip: missing },
  async () => {
    const firefox = await inFirefox();
    await addStory(server.store, 'sample', 'tunnel');
    const address = `${server.url}/s/sample/tunnel`;
    const page = await firefox.open(address);
    await page.lose(`${server.url}/api/v1/sites/sample/stories/tunnel/comments`);
    await page.fill('#write-name', 'Dee');
    await page.fill('#write-text', 'From a tunnel.');
    await page.click('[data-compose] [type=submit]');
    await page.waitFor(`text('[data-state]').startsWith('The connection dropped.')`);
    await page.close();
    assert.deepEqual(await heldUnder('tunnel'), []);
    const again = await firefox.open(address);
    await again.waitFor(`text('.own .own-word').startsWith('Waiting to be read')`);
    assert.deepEqual(await heldUnder('tunnel'), ['From a tunnel.']);
    assert.deepEqual(again.trouble, []);
  },
);

test(
  'in Firefox a story is read from right to left on a phone, in the digits of its language',
  { skip: missing },
  async () => {
    const firefox = await inFirefox();
    const parent = await publishComment(server.store, 'sample', 'bexer', {
      name: 'ئاواز',
      text: 'ووشە'.repeat(60),
      lang: 'ckb',
    });
    await publishComment(server.store, 'sample', 'bexer', { name: 'Ann', text: 'In English, 100%!', parent });
    const page = await firefox.open(`${server.url}/s/sample/bexer`, phone);
    await page.waitFor(`find('.comment-more')`);
    assert.deepEqual(
      await page.evaluate(`[getComputedStyle(document.body).direction, text('[data-number]'), ${sideways}]`),
      ['rtl', '٢', 0],
    );
    assert.deepEqual(
      await page.evaluate(
        `[...document.querySelectorAll('.comment-text')].map((one) => getComputedStyle(one).direction)`,
      ),
      ['rtl', 'ltr'],
    );
    await look(page, 'sorani');
    assert.deepEqual(page.trouble, []);
  },
);

test(
  'in Firefox a comment is written on the page of the publisher, under its strict policy',
  { skip: missing },
  async () => {
    const firefox = await inFirefox();
    await addStory(server.store, 'sample', 'embedded');
    const widget = '<stet-comments site="sample" story="embedded"></stet-comments>';
    host.put(
      '/story',
      `<main>${widget}</main><script type="module" src="${server.url}/embed.js"></script>`,
      server.url,
    );
    const page = await firefox.open(`${host.origin}/story`, phone);
    await page.click('[part=write]');
    await page.fill('input[name=name]', 'Ann');
    await page.fill('textarea[name=text]', '<b>From Firefox</b>');
    await page.click('[part=send]');
    await page.waitFor(`text('.own .comment-text') === '<b>From Firefox</b>'`);
    await publishComment(server.store, 'sample', 'embedded', { text: 'Live news' });
    await page.waitFor(`text('[part=news]').includes('1 new comment')`);
    await look(page, 'widget');
    assert.equal(await page.evaluate(sideways), 0);
    assert.deepEqual(await heldUnder('embedded'), ['<b>From Firefox</b>']);
    assert.deepEqual(page.trouble, []);
  },
);

test(
  'in Firefox without JavaScript a refused form keeps its words, and a comment ends on its receipt',
  { skip: missing },
  async () => {
    const firefox = await inFirefox({ 'javascript.enabled': false });
    await addStory(server.store, 'sample', 'plain');
    const page = await firefox.open(`${server.url}/s/sample/plain`);
    await page.fill('#write-name', 'The Harbour Post');
    await page.fill('#write-text', 'Posted plainly.');
    await page.click('[data-compose] [type=submit]');
    await page.waitFor(`find('#write-name[aria-invalid=true]')`);
    await page.fill('#write-name', ' is not my name');
    await page.click('[data-compose] [type=submit]');
    const receipt = await page.waitFor<string>(`find('#receipt-token')?.value`);
    assert.match(receipt, /^[\w-]{20,}$/);
    assert.equal((await page.evaluate<string>('location.href')).includes(receipt), false);
    await look(page, 'plain');
    await page.click('form[action^="/receipt"] [type=submit]');
    await page.waitFor(`text('.state') === 'Waiting to be read'`);
    assert.deepEqual(await heldUnder('plain'), ['Posted plainly.']);
  },
);

test(
  'in Firefox that keeps nothing for a site, a comment is sent and shown until the page is left',
  { skip: missing },
  async () => {
    const firefox = await inFirefox({ 'network.cookie.cookieBehavior': 2 });
    await addStory(server.store, 'sample', 'unkept');
    const page = await firefox.open(`${server.url}/s/sample/unkept`);
    await page.fill('#write-name', 'Private');
    await page.fill('#write-text', 'Seen for now.');
    await page.click('[data-compose] [type=submit]');
    await page.waitFor(`find('[data-not-kept]')?.checkVisibility()`);
    await page.waitFor(`text('.own .comment-text') === 'Seen for now.'`);
    await page.reload();
    await page.waitFor(`text('.thread-empty') && !find('.own')`);
    assert.deepEqual(await heldUnder('unkept'), ['Seen for now.']);
    assert.deepEqual(page.trouble, []);
  },
);
