import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { queryRows } from '../../src/storage/database.ts';
import { sql } from '../../src/storage/sql.ts';
import { findBarriers } from '../support/axe.ts';
import { launchBrowser } from '../support/browser.ts';
import { startHostSite, type HostSite } from '../support/hostPage.ts';
import { startPublisher, type TestPublisher } from '../support/jwks.ts';
import { startServer, type TestServer } from '../support/server.ts';

let host: HostSite;
let publisher: TestPublisher;
let server: TestServer;
let browser: Browser;

before(async () => {
  host = await startHostSite();
  server = await startServer({ site: { screening: 'off' }, origins: [host.origin] });
  publisher = await startPublisher(
    () => `${server.url}/s/sample`,
    () => server.now(),
  );
  await server.set({ 'reader.issuer': publisher.issuer, 'reader.keys': publisher.keysAddress });
  browser = await launchBrowser();
});
after(async () => {
  await browser?.close();
  await server?.stop();
  await host?.close();
  await publisher?.stop();
});

type Visit = { page: Page; context: BrowserContext; trouble: string[] };

/** Turns to writing on the page of the publisher, whose own script is what `prepare` does before it. */
async function visit(attributes: string, prepare?: string): Promise<Visit> {
  const script = `<script type="module" src="${server.url}/embed.js"></script>`;
  host.put(
    '/',
    `<main><h1>A story</h1><stet-comments site="sample" story="welcome" ${attributes}></stet-comments></main>${script}`,
    server.url,
  );
  const context = await browser.newContext({ locale: 'en' });
  const page = await context.newPage();
  const trouble: string[] = [];
  page.on('pageerror', (error) => trouble.push(error.message));
  await page.exposeFunction('freshToken', () => publisher.sign({ jti: crypto.randomUUID(), name: 'Şîrîn Ö.' }));
  if (prepare) await page.addInitScript(prepare);
  await page.goto(host.origin);
  await page.getByRole('link', { name: 'Write a comment' }).click();
  return { page, context, trouble };
}

async function send(page: Page, text: string): Promise<void> {
  await page.getByRole('textbox', { name: 'Comment Required' }).fill(text);
  await page.getByRole('button', { name: 'Send comment' }).click();
}

async function speakerOf(text: string): Promise<string | undefined> {
  const [row] = await queryRows<{ said: string }>(
    server.store.writer,
    sql`select c.name || ' / ' || coalesce(s.kind, 'nobody') as said
      from comment c left join speaker s on s.site = c.site and s.comment = c.id where c.text = ${text}`,
  );
  return row?.said;
}

test('a token that ran out is said so and nothing is lost; with a new one the same comment is sent', async () => {
  await server.set({ 'reader.accounts': 'optional' });
  const old = await publisher.sign({ exp: Math.floor(server.now().getTime() / 1000) - 3600 });
  const { page, context } = await visit(`account="${old}"`);
  await page.getByText('Signed in as Nina Berg.').waitFor();
  await send(page, 'Written too late.');
  await page.getByText('Your sign-in is not known or has ended.').waitFor();
  assert.equal(await speakerOf('Written too late.'), undefined);
  await page
    .locator('stet-comments')
    .evaluate((element, token) => element.setAttribute('account', token), await publisher.sign());
  await page.getByRole('button', { name: 'Send comment' }).click();
  await page.getByText('Thank you.').waitFor();
  assert.equal(await speakerOf('Written too late.'), 'Nina Berg / account');
  await context.close();
});

test('where accounts are required the page’s own sign-in is offered, and what was written goes under the account', async () => {
  await server.set({ 'reader.accounts': 'required' });
  const { page, context, trouble } = await visit(
    'sign-in="/sign-in"',
    `addEventListener('stet:sign-in', (event) => {
      event.preventDefault();
      event.target.account = () => freshToken();
    });`,
  );
  await page.getByText('Readers write here with an account.').waitFor();
  await page.getByRole('textbox', { name: 'Name' }).fill('Somebody');
  await send(page, 'With my account.');
  await page.getByText('Please sign in; your text stays here.').waitFor();
  assert.deepEqual(await findBarriers(page), []);
  await page.getByRole('link', { name: 'Sign in' }).click();
  assert.equal(new URL(page.url()).pathname, '/', 'the page was not left');
  await page.getByRole('textbox', { name: 'Comment Required' }).focus();
  await page.getByText('Signed in as Şîrîn Ö.').waitFor();
  assert.equal(await page.getByRole('textbox', { name: 'Name' }).count(), 0);
  await page.getByRole('button', { name: 'Send comment' }).click();
  await page.getByText('Thank you.').waitFor();
  assert.equal(await speakerOf('With my account.'), 'Şîrîn Ö. / account');

  // A token that names itself holds for one comment: the next one is asked for another.
  await page.getByRole('link', { name: 'Write a comment' }).click();
  await send(page, 'And again.');
  await page.getByText('Thank you.').waitFor();
  assert.equal(await speakerOf('And again.'), 'Şîrîn Ö. / account');
  assert.deepEqual([trouble, await context.cookies()], [[], []]);
  await context.close();
});

test('a page that has nobody, or fails to say whom, lets a comment be written without an account where it may', async () => {
  await server.set({ 'reader.accounts': 'optional' });
  const { page, context, trouble } = await visit(
    '',
    `addEventListener('DOMContentLoaded', () => {
      document.querySelector('stet-comments').account = () => Promise.reject(new Error('signed out'));
    });`,
  );
  await page.getByRole('textbox', { name: 'Name' }).fill('Nobody in particular');
  await send(page, 'Without one.');
  await page.getByText('Thank you.').waitFor();
  assert.equal(await speakerOf('Without one.'), 'Nobody in particular / nobody');
  assert.deepEqual(trouble, []);
  await context.close();
});
