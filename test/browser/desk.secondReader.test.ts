import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Browser } from 'playwright-core';
import { appendEvent } from '../../src/record/events.ts';
import { inTransaction } from '../../src/storage/database.ts';
import { findBarriers } from '../support/axe.ts';
import { launchBrowser } from '../support/browser.ts';
import { arrive, holdComment, screeningOf, waitForCase } from '../support/deskPage.ts';
import { hostileComments } from '../support/hostileComments.ts';
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

async function holdRead(name: string, reason: string | null, scores: Record<string, number> = {}): Promise<void> {
  const text = `A comment that ${name} wrote.`;
  const comment = await holdComment(server, { name, text, screening: screeningOf(text), need: 1 });
  const body = { reader: 'chat', model: 'a small model', scores, reason, shift: 0, milliseconds: 900 };
  await inTransaction(server.store.writer, (transaction) =>
    appendEvent(transaction, {
      site: 'sample',
      kind: 'read_again',
      comment,
      at: server.now(),
      actor: 'second-reader:chat',
      body,
    }),
  );
}

test('a hostile reason of a second reader is plain text at the desk', async () => {
  const reasons = hostileComments.filter((text) => [...text].length <= 400 && !text.includes('\u0000')).slice(0, 20);
  for (const [index, reason] of reasons.entries()) await holdRead(`Hostile ${index}.`, reason);
  const { page, harm } = await arrive(browser, server, { email: 'hostile@example.org' });
  await page.keyboard.press('n');
  for (const [index, reason] of reasons.entries()) {
    await waitForCase(page, `Hostile ${index}.`);
    const quoted = page.locator('.second-reading blockquote');
    assert.equal(await quoted.textContent(), reason);
    assert.equal(await quoted.locator('*').count(), 0);
    await page.keyboard.press('r');
    await page.keyboard.press('1');
  }
  await page.getByRole('heading', { name: 'Nothing is left to claim.' }).waitFor();
  assert.deepEqual(harm, []);
});

test('what a second reader found is told in words, with whose hint it is, beside the screening', async () => {
  await holdRead('Omar.', 'It calls the mayor a liar.', { attack: 0.9, threat: 0.36, sexism: 0.1 });
  await holdRead('Pia.', null, { attack: 0.1 });
  const { page, harm } = await arrive(browser, server, { email: 'words@example.org' });
  await page.keyboard.press('n');
  await waitForCase(page, 'Omar.');
  const note = page.getByRole('region', { name: 'Second reader:' });
  const told = (await note.innerText()).replaceAll(/\s+/g, ' ');
  assert.match(told, /^Second reader: Personal attacks very likely · Threats possible It calls the mayor a liar\. /);
  assert.match(told, /A hint of another program, .* a small model$/);
  assert.deepEqual(await findBarriers(page), []);
  await page.keyboard.press('a');
  await waitForCase(page, 'Pia.');
  assert.match(await note.innerText(), /^Second reader: nothing found\./);
  assert.equal(await note.locator('blockquote').count(), 0);
  assert.deepEqual(harm, []);
});
