import { createHash, randomUUID } from 'node:crypto';
import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core';
import { undoSeconds, type QueueRow, type Role } from '../../src/contract/desk.ts';
import { directionOf } from '../../src/contract/text.ts';
import { recordHeldComments } from '../../src/record/comments.ts';
import type { Screening } from '../../src/screening/types.ts';
import { placed } from './desk.ts';
import { waitUntil } from './folders.ts';
import type { TestServer } from './server.ts';

/** A comment that waits, straight in the record, so that a test says exactly what screening found. */
export type Waiting = {
  site?: string;
  name?: string;
  text: string;
  lang?: string;
  story?: string;
  parent?: string;
  screening?: Screening;
  need?: number;
};

/** Stores it as held and returns its id. Those with more `need` come first. */
export async function holdComment(server: TestServer, waiting: Waiting): Promise<string> {
  const {
    text,
    site = 'sample',
    name = 'Nina Berg',
    lang = 'en',
    story = 'welcome',
    parent = null,
    screening = null,
    need = 0,
  } = waiting;
  const id = randomUUID();
  const stored = await recordHeldComments(server.store, [
    placed({
      site,
      id,
      story,
      parent,
      name,
      text,
      sha256: digest(text),
      lang,
      dir: directionOf(text),
      submittedAt: server.now(),
      network: digest(id),
      fingerprint: digest(id),
      screening,
      need,
      contact: null,
    }),
  ]);
  if (!stored.has(id)) throw new Error('the comment was not stored');
  return id;
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}

/** What screening says of a text that breaks two guidelines in overlapping words. */
export function screeningOf(
  text: string,
  ...words: readonly { word: string; guideline: string; why: string }[]
): Screening {
  const findings = words.map(({ word, guideline, why }) => ({
    guideline,
    start: text.indexOf(word),
    end: text.indexOf(word) + word.length,
    why,
  }));
  const scores = { threat: 0.91, attack: 0.7, vulgarity: 0.38, profanity: 0.24, relevance: 0.3 };
  return { lang: 'en', scores, suggestion: 'reject', findings, model: 'of the tests' };
}

/** What the desk should never do: open a dialog, ask another host, break its own policy, throw. */
export type Harm = readonly string[];

export type Moderator = { page: Page; context: BrowserContext; harm: Harm };

export type Arrival = { email?: string; role?: Role; options?: BrowserContextOptions };

/** A moderator in a browser profile of their own who has opened a one-time address and stands at the desk. */
export async function arrive(browser: Browser, server: TestServer, arrival: Arrival = {}): Promise<Moderator> {
  const { email = 'dana@example.org', role = 'moderator', options = {} } = arrival;
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, locale: 'en', ...options });
  const page = await context.newPage();
  const harm = watchForHarm(page, server);
  await page.goto(await server.signIn({ email, role }));
  await page.waitForURL(`${server.url}/desk`);
  await page.locator('.list-head').waitFor();
  await page.locator('.lines:not([aria-busy=true])').waitFor();
  return { page, context, harm };
}

/** Writes down everything on a page that a hostile comment could have caused. */
export function watchForHarm(page: Page, server: TestServer): Harm {
  const harm: string[] = [];
  page.on('dialog', (dialog) => {
    harm.push(`dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  page.on('request', (request) => {
    if (new URL(request.url()).origin !== server.url) harm.push(`request: ${request.url()}`);
  });
  page.on('pageerror', (error) => harm.push(`error: ${error.message}`));
  page.on('popup', (popup) => harm.push(`window: ${popup.url()}`));
  page.on('console', (message) => {
    if (/Content Security Policy|Trusted/.test(message.text())) harm.push(`policy: ${message.text()}`);
  });
  return harm;
}

/** How the desk's API shows a comment now. */
export async function readRow(server: TestServer, token: string, id: string): Promise<QueueRow> {
  const response = await server.fetch(`/api/v1/desk/comments/${id}`, { headers: { authorization: `Bearer ${token}` } });
  return (await response.json()) as QueueRow;
}

/** Lets the time run out in which a verdict can be undone, and waits until it has taken effect. */
export async function readDecided(server: TestServer, token: string, id: string): Promise<QueueRow> {
  server.pass(undoSeconds / 60);
  return waitUntil(async () => {
    const row = await readRow(server, token, id);
    return row.state === 'held' ? undefined : row;
  }, 'the verdict takes effect');
}

/** The heading of the case on the table: the author's name. */
export async function waitForCase(page: Page, name: string): Promise<void> {
  await page.locator('#case-heading', { hasText: name }).waitFor();
}
