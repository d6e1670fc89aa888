// How fast the desk is for whoever decides at it, in a real browser with 100,000 held comments: `node bench/desk.ts` prints
// the figures as JSON, `npm run bench` sets them into its table.
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { Browser, CDPSession, Page } from 'playwright-core';
import { launchBrowser } from '../test/support/browser.ts';
import { findServer, query, type Server } from './database.ts';
import { root, runProgram, stopPrograms } from './programs.ts';
import { percentile } from './rounds.ts';
import { serveStet, type Stet } from './stet.ts';

/** What was measured: from the key that approves to the next comment painted, in milliseconds; what the page's JavaScript
 *  holds after garbage collection, in MB, after 100 decisions and after all; the script of the first load as it came over
 *  the line, in bytes. */
export type DeskFigures = {
  held: number;
  decisions: number;
  median: number;
  p95: number;
  slowest: number;
  heapBefore: number;
  heapAfter: number;
  nodesBefore: number;
  nodesAfter: number;
  scriptBytes: number;
};

const held = 100_000;
const warmUp = 100;

const command = path.join(root, 'bin', 'stet.mjs');

/** A site with 100,000 held comments under 100 stories by 5,000 names, and somebody who may decide: the address that signs
 *  them in. The rows are written past intake, which is measured elsewhere; no two are alike, or the queue
 *  would fold them. */
async function fillDesk(dataFolder: string): Promise<string> {
  const run = (...words: string[]): Promise<string> =>
    runProgram(process.execPath, [command, ...words], { environment: { STET_DATA: dataFolder } });
  await run('site', 'add', 'desk', '--name', 'The Harbour Post', '--language', 'en');
  const file = path.join(dataFolder, 'story.md');
  writeFileSync(file, storyFile);
  await run('story', 'add', file, '--site', 'desk');
  const server = findServer(dataFolder);
  await query(
    server,
    `insert into story (site, story, headline, byline, published, language, dir, text, updated_at)
      select site, 'story-' || n, headline || ' ' || n, byline, published, language, dir, text, updated_at
      from story, generate_series(1, 99) n where site = 'desk' and story = 'bridge'`,
  );
  await query(
    server,
    `with made as (
        select n, gen_random_uuid() as id, 'Reader ' || n % 5000 as name,
          (select string_agg(translate(left(md5(n || '.' || word), 6), '0123456789', 'ghijklmnop'), ' ')
            from generate_series(1, 12 + n % 30) word) as text,
          case when n % 100 = 0 then 'bridge' else 'story-' || n % 100 end as story
        from generate_series(1, ${held}) n
      ), stored as (
        insert into comment (site, id, story, name, text, sha256, lang, dir, submitted_at, screening, need)
        select 'desk', id, story, name, text, sha256(convert_to(text, 'UTF8')), 'en', 'ltr', now() - n * interval '1 second',
          jsonb_build_object('lang', 'en', 'model', 'bench', 'suggestion', 'review',
            'scores', jsonb_build_object('attack', (n % 97) / 97.0, 'relevance', 0.8),
            'findings', jsonb_build_array(jsonb_build_object('guideline', 'attack', 'start', 4, 'end', 9, 'why', 'a word'))),
          (n % 9973) / 9973.0
        from made returning site, id
      )
      insert into event (site, id, kind, comment, at, actor, commitment)
      select site, gen_random_uuid(), 'received', id, now(), 'reader', sha256(id::text::bytea) from stored`,
  );
  await waitUntilSorted(server);
  await query(server, 'vacuum analyze');
  const told = await run('moderator', 'add', 'bench@example.org', '--site', 'desk', '--role', 'moderator');
  const address = /https?:\S+#\S+/.exec(told)?.[0];
  if (address === undefined) throw new Error(`no address to sign in with: ${told}`);
  return address;
}

// In a newsroom the pass in the background has sorted what waits; here it would run beside what is measured.
async function waitUntilSorted(server: Server): Promise<void> {
  for (;;) {
    const [row] = await query<{ left: string }>(
      server,
      `select count(*) as left from comment c
        where not exists (select from sorting w where w.site = c.site and w.seq = c.seq)`,
    );
    if (Number(row?.left) === 0) return;
    await pause(1000);
  }
}

type Measuring = { stet: Stet; address: string; decisions: number };

async function measureDesk(browser: Browser, { address, decisions }: Measuring): Promise<DeskFigures> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, locale: 'en' });
  const page = await context.newPage();
  await page.goto(address);
  await page.waitForURL('**/desk');
  await page.locator('.line').first().waitFor();
  const devtools = await context.newCDPSession(page);
  const scriptBytes = await measureFirstLoad(page, devtools);
  await page.keyboard.press('n');
  await page.locator('.claim-mine').waitFor();
  await page.evaluate(watchCases);
  const measured: number[] = [];
  let before = await readHeap(devtools);
  for (let turn = 1; turn <= decisions; turn++) {
    measured.push(await decideOne(page));
    if (turn === Math.min(warmUp, Math.ceil(decisions / 5))) before = await readHeap(devtools);
  }
  const after = await readHeap(devtools);
  return {
    held,
    decisions,
    median: percentile(measured, 0.5),
    p95: percentile(measured, 0.95),
    slowest: Math.max(...measured),
    heapBefore: before.megabytes,
    heapAfter: after.megabytes,
    nodesBefore: before.nodes,
    nodesAfter: after.nodes,
    scriptBytes,
  };
}

/** Loads the desk with an empty cache, and counts the scripts as they come over the line. */
async function measureFirstLoad(page: Page, devtools: CDPSession): Promise<number> {
  const scripts = new Set<string>();
  let bytes = 0;
  devtools.on('Network.responseReceived', ({ requestId, type }) => void (type === 'Script' && scripts.add(requestId)));
  devtools.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
    if (scripts.has(requestId)) bytes += encodedDataLength;
  });
  await devtools.send('Network.enable');
  await devtools.send('Network.clearBrowserCache');
  await page.reload();
  await page.locator('.line').first().waitFor();
  await devtools.send('Network.disable');
  return bytes;
}

// From the time of the key's own event to the second frame after the next case stood in the page: then it is painted.
const watchCases = `(() => {
  const caseOf = () => document.querySelector('.case-sheet')?.dataset.comment;
  let pressed = 0;
  let before = caseOf();
  globalThis.nextPainted = () => new Promise((resolve) => (globalThis.painted = resolve));
  addEventListener('keydown', (event) => { pressed = event.timeStamp; before = caseOf(); }, true);
  new MutationObserver(() => {
    const now = caseOf();
    if (pressed === 0 || now === undefined || now === before) return;
    const since = pressed;
    pressed = 0;
    requestAnimationFrame(() => requestAnimationFrame(() => globalThis.painted(performance.now() - since)));
  }).observe(document.body, { subtree: true, childList: true, attributes: true, attributeFilter: ['data-comment'] });
})()`;

/** Approves the case on the table by its key. Resolves to the milliseconds until the next one was painted. */
async function decideOne(page: Page): Promise<number> {
  await page.locator('.verdict[aria-busy=false] .approve').waitFor();
  const painted = page.evaluate<number>('nextPainted()');
  await page.keyboard.press('a');
  return painted;
}

async function readHeap(devtools: CDPSession): Promise<{ megabytes: number; nodes: number }> {
  // Twice: the first frees what the second can then collect.
  for (let time = 0; time < 2; time++) await devtools.send('HeapProfiler.collectGarbage');
  const { usedSize } = await devtools.send('Runtime.getHeapUsage');
  const { nodes } = await devtools.send('Memory.getDOMCounters');
  return { megabytes: usedSize / 1e6, nodes };
}

const storyFile = `---
key: bridge
headline: The night ferry returns
byline: The Harbour Post
published: 2026-11-01T09:30:00Z
tags: [ferry]
language: en
---
The council said on Monday that the ferry will run at night again, every hour until two.`;

if (import.meta.main) {
  const decisions = Number(process.argv[2] ?? 500);
  const folder = path.join(root, 'var', 'bench-desk');
  let browser: Browser | undefined;
  try {
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder, { recursive: true, mode: 0o711 });
    const dataFolder = path.join(folder, 'data');
    const stet = await serveStet(dataFolder);
    const address = await fillDesk(dataFolder);
    browser = await launchBrowser();
    console.log(JSON.stringify(await measureDesk(browser, { stet, address, decisions }), null, 2));
  } finally {
    await browser?.close();
    await stopPrograms();
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}
