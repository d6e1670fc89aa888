import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core';
import { queryRows } from '../../src/storage/database.ts';
import { sql } from '../../src/storage/sql.ts';
import { findBarriers } from '../support/axe.ts';
import { launchBrowser } from '../support/browser.ts';
import { waitUntil } from '../support/folders.ts';
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

type Visit = { page: Page; context: BrowserContext; trouble: string[] };

async function visit(story: string | null, options: BrowserContextOptions = {}): Promise<Visit> {
  const named = story === null ? '' : ` story="${story}"`;
  const script = `<script type="module" src="${server.url}/embed.js"></script>`;
  const path = `/${story ?? 'by-address'}`;
  host.put(
    path,
    `<main><h1>A story</h1><stet-comments site="sample"${named}></stet-comments></main>${script}`,
    server.url,
  );
  const context = await browser.newContext({ locale: 'en', ...options });
  const page = await context.newPage();
  const trouble: string[] = [];
  page.on('pageerror', (error) => trouble.push(error.message));
  page.on(
    'console',
    (message) => void (/Content Security|Trusted/.test(message.text()) && trouble.push(message.text())),
  );
  await page.addInitScript(`window.told = []; for (const what of ['sent', 'replied'])
    addEventListener('stet:' + what, ({ type, detail }) => told.push([type, detail]))`);
  await page.goto(host.origin + path);
  return { page, context, trouble };
}

type Held = { id: string; name: string; text: string; parent: string | null; state: string; story: string };

function heldUnder(story: string): Promise<Held[]> {
  return queryRows<Held>(
    server.store.writer,
    sql`select id, name, text, parent, state, story from comment where story = ${story} and state = 'held' order by seq`,
  );
}

test('a comment that is refused says why beside its field, and nothing of it is lost', async () => {
  const { page, context } = await visit('welcome');
  await page.getByRole('link', { name: 'Write a comment' }).click();
  await page.getByRole('textbox', { name: 'Comment' }).fill('Words of worth');
  await page.getByRole('button', { name: 'Send comment' }).click();
  await page.locator('input[name=name][aria-invalid=true]:focus').waitFor();
  assert.equal(await page.getByRole('textbox', { name: 'Comment' }).inputValue(), 'Words of worth');
  assert.deepEqual(await heldUnder('welcome'), []);
  await page.reload();
  await page.getByRole('link', { name: 'Write a comment' }).click();
  await page.getByText('Your draft is kept in this browser.').waitFor();
  assert.equal(await page.getByRole('textbox', { name: 'Comment' }).inputValue(), 'Words of worth');
  await context.close();
});

test('a comment is written on the page of the publisher, waits, and only its author is shown it', async () => {
  await addStory(server.store, 'sample', 'written');
  const { page, context, trouble } = await visit('written');
  await page.getByRole('link', { name: 'Write a comment' }).click();
  await page.getByRole('textbox', { name: 'Name' }).fill('Ann <b>');
  await page.getByRole('textbox', { name: 'Comment' }).fill('<img src=x onerror=alert(1)>\nA second line');
  await page.getByRole('button', { name: 'Preview' }).click();
  await shoot(page, 'preview');
  await page.getByRole('heading', { name: 'As it will stand' }).waitFor();
  const preview = page.locator('[part=preview] .comment-text');
  assert.equal(await preview.textContent(), '<img src=x onerror=alert(1)>\nA second line');
  assert.equal(await preview.locator('*').count(), 0);
  await page.getByRole('button', { name: 'Send comment' }).click();
  await page.getByText('Thank you. Your comment has arrived and waits to be read.').waitFor();
  const own = page.locator('[part=list] .own');
  assert.equal(await own.locator('.comment-text').textContent(), '<img src=x onerror=alert(1)>\nA second line');
  const [held] = await heldUnder('written');
  assert.deepEqual([held?.name, held?.text], ['Ann <b>', '<img src=x onerror=alert(1)>\nA second line']);
  assert.deepEqual(await context.cookies(), []);
  assert.deepEqual(await page.evaluate('window.told'), [['stet:sent', {}]]);
  assert.deepEqual(trouble, []);

  const receipt = await page.getByLabel('Receipt').inputValue();
  await page.reload();
  await own.getByText('Waiting to be read. Only this browser shows it.').waitFor();
  assert.equal(await own.locator('.comment-text *').count(), 0);
  assert.ok(receipt.length > 20);
  await context.close();

  const other = await visit('written');
  await other.page.getByText('No comment has been published here yet.').waitFor();
  await other.context.close();
});

test('a reply is written below what it answers, and can be turned into a comment of its own', async () => {
  await addStory(server.store, 'sample', 'answered');
  const parent = await publishComment(server.store, 'sample', 'answered', { text: 'A claim', name: 'Ben' });
  const { page, context } = await visit('answered');
  await page.getByRole('link', { name: 'Reply Ben' }).click();
  await page.getByRole('heading', { name: 'Reply to Ben' }).waitFor();
  assert.equal(await page.locator(`#c-${parent} form`).count(), 1);
  await page.getByRole('textbox', { name: 'Name' }).fill('Cid');
  await page.getByRole('textbox', { name: 'Comment' }).fill('An answer');
  await page.getByRole('button', { name: 'Write a comment of your own instead' }).click();
  assert.equal(await page.locator(`#c-${parent} form`).count(), 0);
  assert.equal(await page.getByRole('textbox', { name: 'Comment' }).inputValue(), 'An answer');
  await page.getByRole('link', { name: 'Reply Ben' }).click();
  await page.getByRole('button', { name: 'Send comment' }).click();
  await page.getByText('Thank you.').waitFor();
  assert.deepEqual(
    (await heldUnder('answered')).map((held) => held.parent),
    [parent],
  );
  assert.deepEqual(await page.evaluate('window.told'), [['stet:replied', {}]]);

  const [reply] = await heldUnder('answered');
  await decide(reply?.id ?? '', { verdict: 'reject', guideline: 'relevance' });
  await page.reload();
  await page.locator(`#c-${parent} .own`).getByRole('button', { name: 'Write anew from this text' }).click();
  await page.locator(`#c-${parent} textarea[name=text]:focus`).waitFor();
  assert.equal(await page.getByRole('textbox', { name: 'Comment' }).inputValue(), 'An answer');
  assert.equal(await page.getByRole('textbox', { name: 'Name' }).inputValue(), 'Cid');
  assert.equal(await page.locator('[name=parentId]').inputValue(), parent);
  await context.close();
});

test('the author is told of the decision and its reason on the page of the publisher, and can appeal or withdraw there', async () => {
  await addStory(server.store, 'sample', 'decided');
  const { page, context, trouble } = await visit('decided');
  const write = async (text: string): Promise<string> => {
    await page.getByRole('link', { name: 'Write a comment' }).click();
    await page.getByRole('textbox', { name: 'Name' }).fill('Gil');
    await page.getByRole('textbox', { name: 'Comment' }).fill(text);
    await page.getByRole('button', { name: 'Send comment' }).click();
    await page.locator('.own', { hasText: text }).waitFor();
    return (await heldUnder('decided')).find((held) => held.text === text)?.id ?? '';
  };
  const [rejected, approved] = [await write('To be rejected'), await write('To be approved')];
  await decide(rejected, { verdict: 'reject', guideline: 'attack', explanation: 'It attacks a person.' });
  await decide(approved, { verdict: 'approve' });
  await page.reload();
  const own = page.locator('.own', { hasText: 'To be rejected' });
  await own.getByText('It attacks a person.').waitFor();
  const guideline = (await own.getByRole('link').first().getAttribute('href')) ?? '';
  assert.ok(guideline.startsWith(`${server.url}/s/sample/guidelines/attack/`), guideline);
  await own.locator('summary', { hasText: 'Appeal' }).click();
  await own.getByRole('textbox').fill('It does not.');
  await own.getByRole('button', { name: 'Send appeal' }).click();
  await own.getByText('Your appeal of').waitFor();
  const shown = page.locator(`#c-${approved}`);
  await shown.getByText('Yours').waitFor();
  assert.equal(await page.locator('.own').count(), 1);
  await shown.locator('.own-acts summary').click();
  await shown.locator('.own-acts').getByRole('button').click();
  await page.locator('.own', { hasText: 'To be approved' }).getByText('Withdrawn by you').waitFor();
  assert.equal(await shown.count(), 0);
  assert.deepEqual(trouble, []);
  await context.close();
});

async function decide(id: string, verdict: object): Promise<void> {
  const headers = { authorization: `Bearer ${await server.token('desk')}`, 'content-type': 'application/json' };
  const body = JSON.stringify({ ...verdict, version: 1 });
  const answer = await server.fetch(`/api/v1/desk/comments/${id}/decisions`, { method: 'POST', headers, body });
  assert.equal(answer.status, 201, await answer.text());
}

test('what is sent without a network is sent once when it is back', async () => {
  await addStory(server.store, 'sample', 'offline');
  const { page, context } = await visit('offline');
  await page.getByRole('link', { name: 'Write a comment' }).click();
  await page.getByRole('textbox', { name: 'Name' }).fill('Dee');
  await page.getByRole('textbox', { name: 'Comment' }).fill('From a tunnel');
  await context.setOffline(true);
  await page.getByRole('button', { name: 'Send comment' }).click();
  await page.getByText('The connection dropped.').waitFor();
  await context.setOffline(false);
  await page.getByText('Thank you.').waitFor();
  assert.equal((await heldUnder('offline')).length, 1);
  await context.close();
});

test('a proof of work is made in the page, where the site asks for one', async () => {
  await addStory(server.store, 'sample', 'proven');
  await server.set({ 'intake.proof': 'on' });
  const { page, context, trouble } = await visit('proven');
  await page.getByRole('link', { name: 'Write a comment' }).click();
  await page.getByRole('textbox', { name: 'Name' }).fill('Eve');
  await page.getByRole('textbox', { name: 'Comment' }).fill('By a person');
  await page.getByRole('button', { name: 'Send comment' }).click();
  await page.getByText('Thank you.').waitFor();
  assert.deepEqual(trouble, []);
  await server.set({ 'intake.proof': 'off' });
  await context.close();
});

test('the first comment under an address makes the story, where the site allows it', async () => {
  await server.set({ 'stories.fromUrl': 'on' });
  const { page, context } = await visit(null);
  await page.getByRole('link', { name: 'Write a comment' }).click();
  await page.getByRole('textbox', { name: 'Name' }).fill('Fay');
  await page.getByRole('textbox', { name: 'Comment' }).fill('The first');
  await page.getByRole('button', { name: 'Send comment' }).click();
  await page.getByText('Thank you.').waitFor();
  const rows = await queryRows<{ url: string }>(
    server.store.writer,
    sql`select url from story where site = 'sample' and url = ${`${host.origin}/by-address`}`,
  );
  assert.equal(rows.length, 1);
  await context.close();
});

test('where the form cannot be had the link leads to the page at Stet', async () => {
  await addStory(server.store, 'sample', 'fallback');
  const { page, context } = await visit('fallback');
  await page.route('**/widget/form*', (route) => route.abort());
  await page.getByRole('link', { name: 'Write a comment' }).click();
  await page.waitForURL(`${server.url}/s/sample/fallback#write`);
  await context.close();
});

const looks: [string, string, BrowserContextOptions][] = [
  ['writing, wide, light', 'welcome', { viewport: { width: 1280, height: 900 } }],
  ['writing in Sorani, narrow, dark', 'bexer', { viewport: { width: 390, height: 780 }, colorScheme: 'dark' }],
];

for (const [look, story, options] of looks) {
  test(`nothing stands in anybody's way of ${look}`, async () => {
    const parent = await publishComment(server.store, 'sample', story, { text: 'A claim', name: 'Ben' });
    const { page, context } = await visit(story, { reducedMotion: 'reduce', ...options });
    await page.locator(`#reply-${parent}`).click();
    await page.locator('form').waitFor();
    await page.locator('input[name=email]').fill('nobody');
    await page.locator('button[type=submit]').click();
    await page.locator('[aria-invalid=true]').first().waitFor();
    assert.deepEqual(await findBarriers(page), []);
    // The page of the publisher is in English, whatever the story is written in.
    const said = (await page.locator('[data-error=name]').textContent()) ?? '';
    assert.equal(/\p{Script=Arabic}/u.test(said), story === 'bexer', said);
    await shoot(page, look);
    await page.locator('input[name=email]').fill('');
    await page.locator('input[name=name]').fill('ئاواز');
    await page.locator('textarea').fill('وەڵامێک');
    await page.locator('button[type=submit]').click();
    await page.locator('[part=received]').waitFor();
    assert.deepEqual(await findBarriers(page), []);
    assert.equal(await page.evaluate<boolean>('document.documentElement.scrollWidth > innerWidth'), false);
    await shoot(page, `${look}, sent`);
    await waitUntil(async () => (await heldUnder(story)).some((held) => held.parent === parent), 'the reply is held');
    await context.close();
  });
}

async function shoot(page: Page, look: string): Promise<void> {
  const folder = process.env['STET_LOOK'];
  if (folder) await page.screenshot({ path: `${folder}/${look}.png`, fullPage: true });
}
