import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Browser } from 'playwright-core';
import { launchBrowser } from '../support/browser.ts';
import { arrive, watchForHarm } from '../support/deskPage.ts';
import { startServer, type TestServer } from '../support/server.ts';

let server: TestServer;
let browser: Browser;

before(async () => {
  server = await startServer();
  browser = await launchBrowser();
});
after(async () => {
  await browser?.close();
  await server?.stop();
});

test('a one-time address that was used says so, and keeps its secret out of the address', async () => {
  const address = await server.signIn({ email: 'twice@example.org' });
  const first = await browser.newPage();
  await first.goto(address);
  await first.waitForURL(`${server.url}/desk`);
  const page = await browser.newPage();
  const harm = watchForHarm(page, server);
  await page.goto(address);
  await page.getByText('This address has been used already').waitFor();
  assert.equal(page.url(), `${server.url}/desk/sign-in`);
  assert.deepEqual(harm, []);
});

test('a secret that nobody gave out says that it is not known', async () => {
  const page = await browser.newPage();
  await page.goto(`${server.url}/desk/sign-in#sample_${'x'.repeat(43)}`);
  await page.getByText('This address is not known here').waitFor();
  assert.equal(page.url(), `${server.url}/desk/sign-in`);
});

test('an address that could not reach the server is not lost: one press tries again', async () => {
  const page = await browser.newPage();
  await page.route('**/api/v1/desk/sessions', (route) => route.abort(), { times: 1 });
  await page.goto(await server.signIn({ email: 'slow@example.org' }));
  await page.getByRole('button', { name: 'Try again' }).click();
  await page.waitForURL(`${server.url}/desk`);
});

test('whoever is not signed in is taken from the desk to the sign-in page', async () => {
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.goto(`${server.url}/desk`);
  await page.waitForURL(`${server.url}/desk/sign-in`);
  await page.getByText('open the one-time address').waitFor();
});

test('a browser that keeps nothing for anybody signs in and shows the desk all the same', async () => {
  const page = await browser.newPage();
  const harm = watchForHarm(page, server);
  await page.addInitScript(() => {
    const forbid = (): never => {
      throw new DOMException('The operation is insecure.', 'SecurityError');
    };
    for (const name of ['localStorage', 'sessionStorage']) Object.defineProperty(globalThis, name, { get: forbid });
  });
  await page.goto(await server.signIn({ email: 'private@example.org' }));
  await page.waitForURL(`${server.url}/desk`);
  await page.getByText('private', { exact: true }).waitFor();
  assert.deepEqual(harm, []);
});

test('the one-time address signs in without a click and lands on the desk, with nothing of it in the history', async () => {
  const { page, harm } = await arrive(browser, server, { email: 'first@example.org' });
  await page.getByText('first', { exact: true }).waitFor();
  await page.goBack().catch(() => null);
  assert.doesNotMatch(page.url(), /#/);
  assert.deepEqual(harm, []);
});

test('the sign-in page speaks the language of the browser, from right to left', async () => {
  const context = await browser.newContext({ locale: 'ar' });
  const page = await context.newPage();
  await page.goto(`${server.url}/desk/sign-in`);
  await page.getByText('الدخول إلى مكتب التعليقات').waitFor();
  assert.equal(await page.locator('html').getAttribute('dir'), 'rtl');
});

test('a passkey is offered at the first sign-in, kept, and signs in the next time', async () => {
  const { page, context } = await arrive(browser, server, { email: 'keys@example.org' });
  const cdp = await context.newCDPSession(page);
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
  const offer = page.getByRole('region', { name: 'Passkey' });
  await offer.getByRole('button', { name: 'Add a passkey' }).click();
  await page.getByText('The passkey is kept.').waitFor();
  assert.equal(await offer.count(), 0);

  await page.locator('.menu summary').click();
  await page.getByRole('button', { name: 'Sign out' }).click();
  await page.waitForURL(`${server.url}/desk/sign-in`);
  await page.getByRole('button', { name: 'Sign in with a passkey' }).click();
  await page.waitForURL(`${server.url}/desk`);
  await page.getByText('keys', { exact: true }).waitFor();
  assert.equal(await offer.count(), 0, 'nobody who has a passkey is offered one');
});

test('the offer of a passkey can be put away, and stays away', async () => {
  const { page } = await arrive(browser, server, { email: 'later@example.org' });
  await page.getByRole('button', { name: 'Not now' }).click();
  assert.equal(await page.getByRole('region', { name: 'Passkey' }).count(), 0);
  await page.reload();
  await page.locator('.list-head').waitFor();
  assert.equal(await page.getByRole('region', { name: 'Passkey' }).count(), 0);
});
