// Makes the pictures of the README from the running product: a first start in a folder of its own, comments written and
// decided over HTTP, and a real browser that looks. Usage: npm run screenshots
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { launchBrowser } from '../test/support/browser.ts';
import { startNode, type Running } from '../test/support/processes.ts';

const root = path.join(import.meta.dirname, '..');
const folder = path.join(root, 'docs', 'images');

/** `replyTo` is the place, in the list, of the comment that is answered. */
type SampleComment = { story: string; name: string; text: string; approve?: boolean; replyTo?: number };

// What waits at the desk in the picture, so that it shows what screening says.
const waiting: readonly SampleComment[] = [
  {
    story: 'welcome',
    name: 'Karwan',
    text: 'You are all idiots. Nobody in this town can count to three, least of all the council. Close the bridge and be done.',
    approve: false,
  },
  {
    story: 'welcome',
    name: 'Best prices',
    text: 'Cheap tyres!!! Call now +964 750 000 00 00, 50% off, https://bit.ly/x',
    approve: false,
  },
];

const dataFolder = mkdtempSync(path.join(tmpdir(), 'stet-pictures-'));
// The embedded server of root runs as somebody else, who has to pass through.
chmodSync(dataFolder, 0o711);
const stet = path.join(root, 'src', 'cli', 'main.ts');
const env = { ...process.env, STET_DATA: dataFolder, PORT: '0' };
const server = startNode(stet, ['start'], { env });
try {
  const output = await server.waitFor(/guidelines/);
  const url = /http:\/\/localhost:\d+/.exec(output)?.[0] ?? '';
  const signIn = /http:\S+\/desk\/sign-in#\S+/.exec(output)?.[0] ?? '';
  const token = await makeToken();
  await fillWithComments(url, token);
  mkdirSync(folder, { recursive: true });
  const browser = await launchBrowser();
  await photograph(browser, url, signIn);
  await browser.close();
} finally {
  await stopServer(server);
  rmSync(dataFolder, { recursive: true, force: true });
}

async function makeToken(): Promise<string> {
  const command = startNode(stet, ['token', 'add', '--site', 'sample', '--scope', 'desk'], { env });
  await command.ended;
  return command.output().trim().split('\n').at(-1) ?? '';
}

async function fillWithComments(url: string, token: string): Promise<void> {
  const file = path.join(root, 'src', 'cli', 'sample', 'comments.json');
  const comments = [...(JSON.parse(readFileSync(file, 'utf8')) as SampleComment[]), ...waiting];
  const ids: string[] = [];
  for (const { story, name, text, replyTo, approve = true } of comments) {
    const parentId = replyTo === undefined ? undefined : ids[replyTo];
    const held = await post(`${url}/api/v1/sites/sample/stories/${story}/comments`, { name, text, parentId });
    ids.push(held.id);
    if (!approve || story !== 'welcome') continue;
    await post(`${url}/api/v1/desk/comments/${held.id}/decisions`, { verdict: 'approve', version: 1 }, token);
  }
}

async function post(address: string, body: object, token?: string): Promise<{ id: string }> {
  const headers = { 'content-type': 'application/json', ...(token ? { authorization: `Bearer ${token}` } : {}) };
  const response = await fetch(address, { method: 'POST', headers, body: JSON.stringify(body) });
  if (!response.ok) throw new Error(`${address}: ${response.status} ${await response.text()}`);
  return (await response.json()) as { id: string };
}

async function photograph(browser: Browser, url: string, signIn: string): Promise<void> {
  const wide: BrowserContextOptions = { viewport: { width: 1280, height: 900 } };
  const narrow: BrowserContextOptions = { viewport: { width: 380, height: 780 } };
  const inSorani = await findStory(url, 'ckb');
  await take(browser, 'story.png', wide, async (page) => void (await page.goto(`${url}/s/sample/welcome`)));
  await take(browser, 'comments.png', wide, async (page) => void (await page.goto(`${url}/s/sample/welcome#thread`)));
  await take(browser, 'story-sorani.png', narrow, async (page) => void (await page.goto(inSorani)));
  await take(browser, 'desk.png', wide, async (page) => {
    await page.goto(signIn);
    await page.waitForURL('**/desk');
    await page.getByRole('button', { name: 'Not now' }).click();
    await page.keyboard.press('n');
    await page.getByRole('button', { name: 'Approve' }).waitFor();
  });
}

async function findStory(url: string, language: string): Promise<string> {
  const feed = (await (await fetch(`${url}/s/sample/feed.json`)).json()) as { items: { url: string }[] };
  for (const { url: address } of feed.items) {
    const page = await (await fetch(address)).text();
    if (page.includes(`<article lang="${language}"`) || page.includes(`<html lang="${language}"`)) return address;
  }
  throw new Error(`the sample has no story in ${language}`);
}

async function take(
  browser: Browser,
  name: string,
  options: BrowserContextOptions,
  open: (page: Page) => Promise<void>,
): Promise<void> {
  const context = await browser.newContext(options);
  const page = await context.newPage();
  await open(page);
  await page.screenshot({ path: path.join(folder, name) });
  await context.close();
}

async function stopServer({ child, ended }: Running): Promise<void> {
  child.kill('SIGTERM');
  await ended;
}
