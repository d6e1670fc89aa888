import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, test } from 'node:test';
import type { Browser, BrowserContext, Locator, Page } from 'playwright-core';
import { queryRows } from '../../src/storage/database.ts';
import { sql } from '../../src/storage/sql.ts';
import { findBarriers } from '../support/axe.ts';
import { launchBrowser } from '../support/browser.ts';
import { arrive, type Harm, watchForHarm } from '../support/deskPage.ts';
import { startHostSite, type HostSite } from '../support/hostPage.ts';
import { makeNameKey } from '../support/nameKey.ts';
import { client, startProvider, type TestProvider } from '../support/oidc.ts';
import { startServer, type TestServer } from '../support/server.ts';

let host: HostSite;
let provider: TestProvider;
let server: TestServer;
let browser: Browser;

before(async () => {
  [host, provider] = await Promise.all([startHostSite(), startProvider()]);
  const readerOidc = new Map([['sample', { issuer: provider.issuer, ...client, nameClaim: 'name' }]]);
  server = await startServer({
    site: { 'names.protect': 'on', screening: 'off' },
    origins: [host.origin],
    settings: { readerOidc },
  });
  await provider.admit(`${server.url}/reader/sample/callback`);
  browser = await launchBrowser();
});
after(async () => {
  await browser?.close();
  await server?.stop();
  await host?.close();
  await provider?.stop();
});

type Reader = { page: Page; context: BrowserContext; harm: Harm };

async function open(prepare?: string): Promise<Reader> {
  const context = await browser.newContext({ locale: 'en' });
  const page = await context.newPage();
  if (prepare !== undefined) await page.addInitScript(prepare);
  const harm = watchForHarm(page, server);
  await page.goto(`${server.url}/s/sample/welcome`);
  await box(page).waitFor();
  return { page, context, harm };
}

function box(page: Page): Locator {
  return page.getByRole('checkbox', { name: 'Keep this name for me on this site' });
}

async function write(page: Page, text: string, name?: string): Promise<void> {
  if (name !== undefined) await page.getByRole('textbox', { name: 'Name' }).fill(name);
  await page.getByRole('textbox', { name: 'Comment Required' }).fill(text);
  await page.getByRole('button', { name: 'Send comment' }).click();
}

async function markOf(text: string): Promise<string | undefined> {
  const [row] = await queryRows<{ kind: string }>(
    server.store.writer,
    sql`select s.kind from comment c join speaker s on s.site = c.site and s.comment = c.id where c.text = ${text}`,
  );
  return row?.kind;
}

test('a browser that keeps nothing says so, and the comment is written without', async () => {
  const { page, context, harm } = await open(
    `Object.defineProperty(globalThis, 'indexedDB', { get() { throw new DOMException('no', 'SecurityError'); } });`,
  );
  await box(page).click();
  await page.getByText('This browser keeps no key').waitFor();
  assert.equal(await box(page).isChecked(), false);
  await write(page, 'Without a key.', 'Keyless');
  await page.getByText('Thank you.').waitFor();
  assert.equal(await markOf('Without a key.'), undefined);
  assert.deepEqual(harm, []);
  await context.close();
});

test('a name is kept for the browser that made its key, refused to others with their text kept, and free once given up', async () => {
  const nina = await open();
  await box(nina.page).check();
  await write(nina.page, 'The first under my name.', 'Nina Berg');
  await nina.page.getByText('Thank you.').waitFor();
  assert.equal(await markOf('The first under my name.'), 'name');

  const other = await open();
  await write(other.page, 'Words of somebody else.', 'NINA BERG');
  await other.page.getByText('Somebody protects this name, or one that looks like it.').waitFor();
  const text = other.page.getByRole('textbox', { name: 'Comment Required' });
  assert.equal(await text.inputValue(), 'Words of somebody else.');

  await nina.page.reload();
  await nina.page.getByText('Nina Berg is kept for you in this browser.').waitFor();
  assert.equal(await nina.page.getByRole('textbox', { name: 'Name' }).inputValue(), 'Nina Berg');
  assert.deepEqual(await findBarriers(nina.page), []);
  await write(nina.page, 'The second under my name.', 'nina berg');
  await nina.page.getByText('Thank you.').waitFor();
  assert.equal(await markOf('The second under my name.'), 'name');
  await nina.page.reload();
  await write(nina.page, 'Under another name.', 'Nobody');
  await nina.page.getByText('Thank you.').waitFor();
  assert.equal(await markOf('Under another name.'), undefined, 'nothing ties another name to this one');

  await nina.page.reload();
  await nina.page.getByRole('button', { name: 'Give the name up' }).click();
  await nina.page.getByText('The name is free again').waitFor();
  assert.equal(await box(nina.page).isChecked(), false);
  await other.page.getByRole('button', { name: 'Send comment' }).click();
  await other.page.getByText('Thank you.').waitFor();
  assert.deepEqual([nina.harm, other.harm.filter((one) => !one.includes('422'))], [[], []]);
  await Promise.all([nina.context.close(), other.context.close()]);
});

test('the widget keeps a name on the page of the publisher, and gives it up', async () => {
  const script = `<script type="module" src="${server.url}/embed.js"></script>`;
  host.put('/', `<main><stet-comments site="sample" story="welcome"></stet-comments></main>${script}`, server.url);
  const context = await browser.newContext({ locale: 'en' });
  const page = await context.newPage();
  await page.goto(host.origin);
  await page.getByRole('link', { name: 'Write a comment' }).click();
  await box(page).check();
  await write(page, 'Written elsewhere.', 'Ada Elsewhere');
  await page.getByText('Thank you.').waitFor();
  assert.equal(await markOf('Written elsewhere.'), 'name');
  await page.reload();
  await page.getByRole('link', { name: 'Write a comment' }).click();
  await page.getByText('Ada Elsewhere is kept for you in this browser.').waitFor();
  await page.getByRole('button', { name: 'Give the name up' }).click();
  await page.getByText('The name is free again').waitFor();
  const held = await queryRows(server.store.writer, sql`select from protected_name`);
  assert.equal(held.length, 0);
  assert.deepEqual(await context.cookies(), []);
  await context.close();
});

test('a reader signs in at the provider, comes back to the story with their draft, and writes under their account', async () => {
  await server.set({ 'reader.accounts': 'required' });
  const { page, context } = await open();
  provider.person = { email: 'dana@example.org', isVerified: true, name: 'Dana Reader' };
  await write(page, 'Written before signing in.', 'Somebody');
  await page.getByText('Readers write here with an account. Please sign in; your text stays here.').waitFor();
  assert.deepEqual(await context.cookies(), []);
  await page.getByRole('link', { name: 'Sign in' }).click();
  await page.getByText('Signed in as Dana Reader.').waitFor();
  assert.equal(new URL(page.url()).pathname, '/s/sample/welcome');
  const text = page.getByRole('textbox', { name: 'Comment Required' });
  assert.equal(await text.inputValue(), 'Written before signing in.');
  assert.equal(await page.getByRole('textbox', { name: 'Name' }).count(), 0);
  assert.deepEqual(await findBarriers(page), []);
  await page.getByRole('button', { name: 'Send comment' }).click();
  await page.getByText('Thank you.').waitFor();
  assert.equal(await markOf('Written before signing in.'), 'account');

  await page.reload();
  await page.getByRole('button', { name: 'Sign out' }).click();
  await page.getByRole('link', { name: 'Sign in' }).waitFor();
  assert.deepEqual(
    (await context.cookies()).filter(({ name }) => name.startsWith('__Host-stet')),
    [],
  );
  await page.getByRole('textbox', { name: 'Name' }).waitFor();
  await context.close();
  await server.set({ 'reader.accounts': 'off' });
});

test('an editor frees a protected name from a case, and anybody may write under it; a moderator is not offered it', async () => {
  const [name, text, submission] = ['Held Name', 'Held for nobody.', randomUUID()];
  const post = (holder?: string): Promise<Response> =>
    server.fetch('/api/v1/sites/sample/stories/welcome/comments', {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'idempotency-key': submission },
      body: JSON.stringify({ name, text, ...(holder === undefined ? {} : { holder }) }),
    });
  assert.equal((await post(makeNameKey().prove({ submission, name, text }))).status, 202);
  const ann = await arrive(browser, server, { email: 'ann@example.org' });
  await ann.page.locator('.line', { hasText: text }).click();
  await ann.page.getByRole('button', { name: 'Warn, slow, note, suspend' }).waitFor();
  assert.equal(await ann.page.getByRole('button', { name: 'Free the protected name' }).count(), 0);
  await ann.page.getByRole('button', { name: 'Warn, slow, note, suspend' }).click();
  const key = ann.page.getByRole('checkbox', { name: 'the account, or the key of the name' });
  assert.equal(await key.isChecked(), true, 'whoever has one is known by it, whatever name they take next');
  assert.equal(await ann.page.getByRole('checkbox', { name: 'the name', exact: true }).isChecked(), false);
  await ann.page.keyboard.press('Escape');
  const eli = await arrive(browser, server, { email: 'eli@example.org', role: 'editor' });
  await eli.page.locator('.line', { hasText: text }).click();
  await eli.page.getByRole('button', { name: 'Free the protected name' }).click();
  const dialog = eli.page.getByRole('dialog', { name: /^Free the name “.?Held Name.?”\?$/ });
  await dialog.waitFor();
  assert.deepEqual(await findBarriers(eli.page), []);
  await dialog.getByRole('button', { name: 'Free the name' }).click();
  await eli.page.getByText('The name is free.').waitFor();
  const taken = await server.fetch('/api/v1/sites/sample/stories/welcome/comments', {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'idempotency-key': randomUUID() },
    body: JSON.stringify({ name, text: 'Free for all.' }),
  });
  assert.equal(taken.status, 202);
  assert.deepEqual([ann.harm, eli.harm], [[], []]);
});
