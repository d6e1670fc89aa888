import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { findBarriers } from '../support/axe.ts';
import { launchBrowser } from '../support/browser.ts';
import { arrive } from '../support/deskPage.ts';
import { client, startProvider, type TestProvider } from '../support/oidc.ts';
import { startServer, type TestServer } from '../support/server.ts';

let provider: TestProvider;
let server: TestServer;
let browser: Browser;

before(async () => {
  provider = await startProvider();
  server = await startServer({ settings: { oidc: { issuer: provider.issuer, ...client, name: 'The House' } } });
  await provider.admit(`${server.url}/desk/oidc/callback`);
  browser = await launchBrowser();
});
after(async () => {
  await browser?.close();
  await server?.stop();
  await provider?.stop();
});

const admin = { email: 'ann@example.org', role: 'admin' } as const;

async function turnToPeople(page: Page): Promise<void> {
  await page.locator('.places button', { hasText: 'People' }).click();
  await page.getByText('Your sessions').waitFor();
}

async function addKey(page: Page): Promise<void> {
  const cdp = await page.context().newCDPSession(page);
  await cdp.send('WebAuthn.enable');
  await cdp.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  });
  await page.locator('.offer').getByRole('button', { name: 'Add a passkey' }).click();
  await page.getByText('The passkey is kept.').waitFor();
}

test('an admin adds a person, who arrives with the address that is shown once; later a passkey is asked for first', async () => {
  const { page, harm } = await arrive(browser, server, admin);
  await addKey(page);
  await turnToPeople(page);
  const form = page.getByRole('region', { name: 'Add a person' });
  await form.getByLabel('E-mail address').fill('nour@example.org');
  await form.getByLabel('Name (optional)').fill('Nour');
  await form.getByRole('button', { name: 'Add a person' }).click();
  const address = await page.getByLabel('One-time sign-in for').locator('visible=true').last().inputValue();
  const newcomer = await (await browser.newContext({ locale: 'en' })).newPage();
  await newcomer.goto(address);
  await newcomer.waitForURL(`${server.url}/desk`);
  await turnToPeople(newcomer);
  await newcomer.getByText('this one').waitFor();
  assert.equal(await newcomer.getByRole('table').count(), 0, 'accounts are the admins’');

  server.pass(11);
  const line = page.getByRole('row', { name: /Nour/ });
  await line.getByRole('button', { name: 'Remove' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Remove' }).click();
  const dialog = page.getByRole('dialog', { name: 'Please sign in again' });
  await dialog.getByRole('button', { name: 'Leave it' }).click();
  await page.getByText('Nothing was done').waitFor();
  assert.equal(await line.count(), 1);

  await line.getByRole('button', { name: 'Remove' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Remove' }).click();
  await dialog.getByRole('button', { name: 'I have signed in again' }).click();
  await dialog.getByText('The server has not seen a fresh sign-in yet.').waitFor();
  await dialog.getByRole('button', { name: 'Sign in with a passkey' }).click();
  await page.getByText('Removed:').waitFor();
  await line.waitFor({ state: 'detached' });
  assert.equal(await page.locator('#people-title:focus').count(), 1);
  await newcomer.reload();
  await newcomer.waitForURL(`${server.url}/desk/sign-in`);
  assert.deepEqual(harm, []);
});

test('a person signs in by the newsroom’s own provider, by one link, and reads why where that failed', async () => {
  await server.signIn({ email: 'house@example.org', role: 'moderator' });
  const page = await (await browser.newContext({ locale: 'en' })).newPage();
  provider.person = { email: 'stranger@example.org', isVerified: true };
  await page.goto(`${server.url}/desk/sign-in`);
  await page.getByRole('link', { name: 'The House' }).click();
  await page.getByText('Nobody has an account here').waitFor();
  assert.equal(page.url(), `${server.url}/desk/sign-in`);

  provider.person = { email: 'house@example.org', isVerified: true };
  const other = await (await browser.newContext({ locale: 'en' })).newPage();
  await other.goto(`${server.url}/desk/sign-in`);
  await other.getByRole('link', { name: 'The House' }).click();
  await other.waitForURL(`${server.url}/desk`);
  await other.getByText('house', { exact: true }).waitFor();
});

for (const [language, width, title] of [
  ['en', 1280, 'People'],
  ['ckb', 360, 'کەسان'],
] as const) {
  test(`the page of people has no barriers and never scrolls sideways (${language}, ${width})`, async () => {
    const storageState = {
      cookies: [],
      origins: [{ origin: server.url, localStorage: [{ name: 'stet.language', value: language }] }],
    };
    const options = { bypassCSP: true, storageState, viewport: { width, height: 800 } };
    const { page } = await arrive(browser, server, { ...admin, options });
    await page.locator('.places button', { hasText: title }).click();
    await page.locator('.people table').waitFor();
    assert.deepEqual(await findBarriers(page), [], 'the page');
    assert.equal(await page.locator('html').evaluate((html) => html.scrollWidth > html.clientWidth), false);
    await page.locator('.people details summary').first().click();
    await page.locator('.people .rule-acts button').first().click();
    await page.getByRole('dialog').waitFor();
    assert.deepEqual(await findBarriers(page), [], 'a change');
  });
}
