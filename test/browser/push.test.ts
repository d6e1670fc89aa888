import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { launchBrowser } from '../support/browser.ts';
import { waitUntil } from '../support/folders.ts';
import { startPushService, type TestPushService } from '../support/pushService.ts';
import { startServer, type TestServer } from '../support/server.ts';

let service: TestPushService;
let server: TestServer;
let browser: Browser;
before(async () => {
  service = await startPushService();
  server = await startServer({ settings: { pushServices: [service.origin] } });
  browser = await launchBrowser();
});
after(async () => {
  await browser?.close();
  await server?.stop();
  await service.stop();
});

async function submit(): Promise<{ id: string; receipt: string }> {
  const response = await server.fetch('/api/v1/sites/sample/stories/welcome/comments', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ name: 'Ada', text: `The ferry is late. ${Math.random()}` }),
  });
  return (await response.json()) as { id: string; receipt: string };
}

/** The receipt's page in a browser whose own push service is the test's: everything else is Chromium's. */
async function openReceipt(context: BrowserContext, receipt: string): Promise<Page> {
  const page = await context.newPage();
  const target = JSON.stringify(service.subscribe());
  await page.addInitScript(`PushManager.prototype.subscribe = async () => ({ toJSON: () => (${target}) })`);
  await page.goto(`${server.url}/receipt#${receipt}`);
  await page.locator('.push button').waitFor();
  return page;
}

test('a reader presses the button, the message of the decision arrives and is shown by the worker, and the button ends it', async () => {
  const context = await browser.newContext({ permissions: ['notifications'] });
  const { id, receipt } = await submit();
  const page = await openReceipt(context, receipt);
  const refused: string[] = [];
  page.on('console', (line) => line.type() === 'error' && refused.push(line.text()));
  const devtools = await context.newCDPSession(page);
  const registered = new Promise<string>((resolve) => {
    devtools.on('ServiceWorker.workerRegistrationUpdated', ({ registrations }) => {
      for (const { registrationId } of registrations) resolve(registrationId);
    });
  });
  await devtools.send('ServiceWorker.enable');
  await page.getByRole('button', { name: 'Be told by this browser' }).click();
  await page.getByText('This browser will tell you.').waitFor();
  const scope = "navigator.serviceWorker.getRegistration('/push/').then(({ scope }) => scope)";
  assert.equal(await page.evaluate(scope), `${server.url}/push/`);
  const token = await server.token('desk');
  const decided = await server.fetch(`/api/v1/desk/comments/${id}/decisions`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
    body: JSON.stringify({ verdict: 'approve', version: 1 }),
  });
  assert.equal(decided.status, 201);
  await waitUntil(async () => service.pushed.length === 1, 'the message');
  const data = JSON.stringify(service.pushed[0]?.message);
  const [worker] = context.serviceWorkers();
  assert.ok(worker);
  // A Chromium without a window has no place to show it, and no permission to.
  await worker.evaluate(`registration.showNotification = async (title, { body, data }) => { self.shown = [title, body, data] };
    clients.openWindow = async (address) => { self.opened = address }`);
  await devtools.send('ServiceWorker.deliverPushMessage', {
    origin: server.url,
    registrationId: await registered,
    data,
  });
  await waitUntil(async () => worker.evaluate<boolean>('self.shown !== undefined'), 'the notification');
  const shown = ['The Harbour Post', 'There is a decision on your comment.', '/receipt'];
  assert.deepEqual(await worker.evaluate('self.shown'), shown);
  for (const [url, opened] of [
    ['/s/sample/welcome?comment=x#c-x', `${server.url}/s/sample/welcome?comment=x#c-x`],
    ['https://attacker.example/', `${server.url}/receipt`],
    ['//attacker.example/', `${server.url}/receipt`],
  ]) {
    await worker.evaluate(`dispatchEvent(Object.assign(new Event('notificationclick'), {
      waitUntil() {}, notification: { close() {}, data: ${JSON.stringify(url)} } }))`);
    assert.equal(await worker.evaluate('self.opened'), opened);
  }
  const again = await openReceipt(context, receipt);
  await again.getByRole('button', { name: 'No more notifications' }).click();
  await again.getByText('This browser will not tell you any more.').waitFor();
  const view = await server.fetch('/api/v1/receipts', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ receipt }),
  });
  assert.equal(((await view.json()) as { push?: boolean }).push, undefined);
  assert.deepEqual(refused, []);
  await context.close();
});

test('a browser that does not allow it is said so, and nothing is kept', async () => {
  const context = await browser.newContext();
  const { receipt } = await submit();
  const page = await openReceipt(context, receipt);
  await page.evaluate(
    `PushManager.prototype.subscribe = () => Promise.reject(new DOMException('no', 'NotAllowedError'))`,
  );
  await page.getByRole('button', { name: 'Be told by this browser' }).click();
  await page.getByText('The browser did not allow it, or cannot.').waitFor();
  assert.equal(await page.getByRole('button', { name: 'Be told by this browser' }).isVisible(), true);
  await context.close();
});
