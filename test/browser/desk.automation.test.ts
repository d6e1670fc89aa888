import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { modelVersion } from '../../src/screening/index.ts';
import { asProgram, type Person, rowOf, rules, signInAs } from '../support/automation.ts';
import { findBarriers } from '../support/axe.ts';
import { launchBrowser } from '../support/browser.ts';
import { arrive, holdComment } from '../support/deskPage.ts';
import { startServer, type TestServer } from '../support/server.ts';

let server: TestServer;
let browser: Browser;
let program: Person;

before(async () => {
  server = await startServer();
  browser = await launchBrowser();
  program = asProgram(server, await server.token('desk'));
});
after(async () => {
  await browser?.close();
  await server?.stop();
});

/** Comments in a language that people decided: every second one is an attack that screening is nearly sure of. */
async function decided(count: number, lang = 'en'): Promise<void> {
  const ids: { reject: string[]; approve: string[] } = { reject: [], approve: [] };
  for (let number = 0; number < count; number++) {
    const isBreach = number % 2 === 0;
    // One in twenty that is scored high was no breach.
    const scores = { attack: isBreach ? 0.96 : number % 40 === 1 ? 0.91 : 0.02, threat: 0.01, promotion: 0.01 };
    const screening = { lang, scores, suggestion: 'review' as const, findings: [], model: modelVersion() };
    const id = await holdComment(server, { text: `Comment ${lang} ${number}`, lang, screening });
    ids[isBreach ? 'reject' : 'approve'].push(id);
  }
  for (const verdict of ['reject', 'approve'] as const) {
    const comments = ids[verdict].map((id) => ({ id, version: 1 }));
    const body = { comments, verdict, ...(verdict === 'reject' ? { guideline: 'attack' } : {}) };
    const { status } = await program('/api/v1/desk/decisions', { method: 'POST', body });
    assert.equal(status, 200);
  }
}

async function expectNoBarriers(page: Page): Promise<void> {
  assert.deepEqual(await findBarriers(page), []);
}

async function openRules(page: Page): Promise<void> {
  await page.locator('.places [data-place=automation]').click();
  await page.locator('.rules:not([aria-busy=true])').waitFor();
}

test('a moderator finds no rules at the desk', async () => {
  const { page, context } = await arrive(browser, server);
  assert.equal(await page.getByRole('button', { name: 'Automation' }).count(), 0);
  await context.close();
});

test('before anybody decided there is nothing to switch, and the page says why', async () => {
  const { page, context } = await arrive(browser, server, { email: 'empty@example.org', role: 'editor' });
  await openRules(page);
  await page.getByText('Nobody has decided a comment here yet').waitFor();
  assert.equal(await page.locator('.rules table').count(), 0);
  await context.close();
});

test('a switch stays disabled, with the reason beside it, until enough was measured', async () => {
  await decided(240);
  await decided(60, 'ckb');
  const { page, context, harm } = await arrive(browser, server, { email: 'few@example.org', role: 'editor' });
  await openRules(page);
  const few = page.getByRole('table', { name: 'کوردیی ناوەندی' }).getByRole('row', { name: /Personal attacks/ });
  assert.ok(await few.getByRole('button', { name: /Switch on/ }).isDisabled());
  await few.getByText('At least 200 decisions in this language are needed.').waitFor();
  const threat = page.getByRole('table', { name: 'English' }).getByRole('row', { name: /Threats/ });
  assert.ok(await threat.getByRole('button', { name: /Switch on/ }).isDisabled());
  await threat.getByText('At least 20 decisions have to reach the score.').waitFor();
  assert.equal(await page.getByRole('row', { name: /Off the story/ }).count(), 0);
  await expectNoBarriers(page);
  assert.deepEqual(harm, []);
  await context.close();
});

test('an editor sees the precision of each score before the switch moves, switches on, and off again', async () => {
  const { page, context, harm } = await arrive(browser, server, { email: 'eli@example.org', role: 'editor' });
  await openRules(page);
  const row = page.getByRole('table', { name: 'English' }).getByRole('row', { name: /Personal attacks/ });
  await row.getByRole('combobox').selectOption('0.9');
  await row.getByText('95.2% 120 of 126').waitFor();
  await row.getByRole('combobox').selectOption('0.95');
  await row.getByText('100% 120 of 120').waitFor();
  // No key of the queue decides here.
  await page.keyboard.press('a');
  await row.getByRole('button', { name: 'Switch on' }).click();
  await page.locator('.notice', { hasText: 'A rule now rejects alone' }).waitFor();
  await row.getByText(/On since .* by .*eli.*: from 0\.95, measured .*100%/).waitFor();
  const editor = await signInAs(server, 'editor');
  assert.equal((await rowOf(editor))?.rule?.threshold, 0.95);
  await row.getByRole('combobox').selectOption('0.9');
  await row.getByRole('button', { name: 'Set at this score' }).click();
  await row.getByText(/from 0\.9, measured .*95\.2%/).waitFor();
  await expectNoBarriers(page);
  await row.getByRole('button', { name: 'Switch off' }).click();
  await page.locator('.notice', { hasText: 'Switched off' }).waitFor();
  assert.equal((await rowOf(editor))?.rule, null);
  assert.deepEqual(harm, []);
  await context.close();
});

test('a precision that changed meanwhile is shown before anything is switched on', async () => {
  const { page, context } = await arrive(browser, server, { email: 'late@example.org', role: 'editor' });
  await openRules(page);
  const row = page.getByRole('table', { name: 'English' }).getByRole('row', { name: /Personal attacks/ });
  await row.getByRole('combobox').selectOption('0.9');
  await row.getByText('95.2% 120 of 126').waitFor();
  await decided(2);
  await row.getByRole('button', { name: 'Switch on' }).click();
  await page.locator('.notice', { hasText: 'has changed meanwhile' }).waitFor();
  await row.getByText('94.5% 121 of 128').waitFor();
  const editor = await signInAs(server, 'admin');
  assert.equal((await rowOf(editor))?.rule, null);
  await context.close();
});

test('a decision by a rule says so at the desk, in its history and to whoever was slower', async () => {
  const editor = await signInAs(server, 'admin');
  const precision = (await rowOf(editor))?.curve.find(({ threshold }) => threshold === 0.9)?.precision;
  const body = { guideline: 'attack', language: 'en', threshold: 0.9, precision };
  assert.equal((await editor(rules, { method: 'PUT', body })).status, 200);
  const answer = await server.fetch('/api/v1/sites/sample/stories/welcome/comments', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ name: 'Rude One', text: 'You are a stupid idiot, mister.' }),
  });
  assert.equal(answer.status, 202);
  const { page, context } = await arrive(browser, server, { email: 'slow@example.org' });
  await page.locator('.filters select').first().selectOption('rejected');
  await page.locator('.line', { hasText: 'Rude One' }).click();
  const note = page.locator('.decision');
  await note.getByText("Rejected by the site's rule").waitFor();
  await note.getByText('No person took this decision').waitFor();
  await context.close();
});

test('the page stands from right to left and in a narrow window, without a scroll bar across', async () => {
  for (const [language, width] of [
    ['ckb', 1280],
    ['ar', 1280],
    ['ckb', 380],
    ['en', 380],
  ] as const) {
    const options = { locale: language, viewport: { width, height: 900 } };
    const email = `wide${language}${width}@example.org`;
    const { page, context } = await arrive(browser, server, { email, role: 'editor', options });
    await page.evaluate(`localStorage.setItem('stet.language', '${language}')`);
    await page.reload();
    await page.locator('.list-head').waitFor();
    await openRules(page);
    await page.locator('.rules table').first().waitFor();
    assert.equal(await page.evaluate('document.documentElement.dir'), language === 'en' ? 'ltr' : 'rtl');
    const across = await page.evaluate<boolean>(
      'document.documentElement.scrollWidth > innerWidth || document.querySelector(".rules").scrollWidth > document.querySelector(".rules").clientWidth',
    );
    assert.equal(across, false, `${language} ${width}`);
    await expectNoBarriers(page);
    await context.close();
  }
});
