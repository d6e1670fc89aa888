// What a page with a hundred comments costs the reader who opens it, in a real browser with an empty cache and a processor
// slowed four times: `node bench/reader.ts` prints the figures as JSON, `npm run bench` sets them into its table.
import { mkdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { Browser, CDPSession, Page } from 'playwright-core';
import { launchBrowser } from '../test/support/browser.ts';
import { findServer } from './database.ts';
import { root, runProgram, stopPrograms } from './programs.ts';
import { servePages, type Pages } from './readerPages.ts';
import { fillStet, fragmentComments, readSite, serveStet, story, type Stet } from './stet.ts';
import { installPeer, startPeer } from './waline.ts';

/** What one load of a page cost. */
export type Load = {
  /** Everything that the page asked for, itself included. */
  requests: number;
  /** As it came over the line, heads included. */
  bytes: number;
  scriptBytes: number;
  /** Milliseconds from the beginning of the navigation to the frame after the hundredth comment stood in the page. */
  visible: number;
  /** Cumulative layout shift, without unit. */
  shift: number;
  /** Milliseconds of processor time that the page's main thread took, with what it did in the second after that. */
  mainThread: number;
};

/** Every load of each page, in the order of the rounds. */
export type ReaderFigures = Record<ContenderName, Load[]>;

/** The two pages of ours and the peer's. */
export type ContenderName = 'story' | 'widget' | 'peer';

type Contender = { name: ContenderName; address: string };

// As a cheap phone beside the computers on which pages are made; Lighthouse slows as much.
const slowdown = 4;
// What a page still does when its comments are there: a stream is opened, a place is made for the reader's own.
const restMilliseconds = 1000;

/** Loads each page once a round, one after the other, every second round in the opposite order; the first round, in which
 *  servers and disk warm up, is thrown away. */
async function measureLoads(
  browser: Browser,
  contenders: readonly Contender[],
  rounds: number,
): Promise<ReaderFigures> {
  const figures: ReaderFigures = { story: [], widget: [], peer: [] };
  for (let round = 0; round <= rounds; round++) {
    for (const { name, address } of round % 2 === 0 ? contenders : contenders.toReversed()) {
      const load = await measureLoad(browser, address);
      if (round > 0) figures[name].push(load);
    }
  }
  return figures;
}

async function measureLoad(browser: Browser, address: string): Promise<Load> {
  // A context of its own: nothing is cached, no connection is open.
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, locale: 'en' });
  try {
    const page = await context.newPage();
    const devtools = await context.newCDPSession(page);
    await page.addInitScript(watchPage);
    const line = await watchLine(devtools);
    // Processor time instead of the clock's: what else this machine does is not the page's.
    await devtools.send('Performance.setTimeDomain', { timeDomain: 'threadTicks' });
    await devtools.send('Performance.enable');
    await devtools.send('Emulation.setCPUThrottlingRate', { rate: slowdown });
    const before = await readMainThread(devtools);
    await page.goto(address, { waitUntil: 'commit' });
    const visible = await waitForComments(page);
    await pause(restMilliseconds);
    const mainThread = (await readMainThread(devtools)) - before;
    return { ...line, visible, shift: await page.evaluate<number>('globalThis.shifted'), mainThread };
  } finally {
    await context.close();
  }
}

/** Counts what comes over the line from now on. */
async function watchLine(devtools: CDPSession): Promise<Pick<Load, 'requests' | 'bytes' | 'scriptBytes'>> {
  const line = { requests: 0, bytes: 0, scriptBytes: 0 };
  const scripts = new Set<string>();
  devtools.on('Network.requestWillBeSent', ({ request, type, requestId }) => {
    if (request.url.startsWith('data:')) return;
    line.requests += 1;
    if (type === 'Script') scripts.add(requestId);
  });
  devtools.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
    line.bytes += encodedDataLength;
    if (scripts.has(requestId)) line.scriptBytes += encodedDataLength;
  });
  await devtools.send('Network.enable');
  return line;
}

async function waitForComments(page: Page): Promise<number> {
  const shown = await page.evaluate<number>('globalThis.commentsShown');
  if (Number.isNaN(shown)) throw new Error(`${page.url()} did not show ${fragmentComments} comments in a minute`);
  return shown;
}

async function readMainThread(devtools: CDPSession): Promise<number> {
  const { metrics } = await devtools.send('Performance.getMetrics');
  return (metrics.find(({ name }) => name === 'TaskDuration')?.value ?? Number.NaN) * 1000;
}

// Looks once a frame, in the page and in the shadow trees of it, until the comments are there and have been painted.
const watchPage = `(() => {
  const trees = [document];
  const attach = Element.prototype.attachShadow;
  Element.prototype.attachShadow = function (settings) {
    const tree = attach.call(this, settings);
    trees.push(tree);
    return tree;
  };
  globalThis.shifted = 0;
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) if (!entry.hadRecentInput) globalThis.shifted += entry.value;
  }).observe({ type: 'layout-shift', buffered: true });
  const count = () => trees.reduce((sum, tree) => sum + tree.querySelectorAll('article, .wl-card-item').length, 0);
  globalThis.commentsShown = new Promise((resolve) => {
    const look = () => {
      if (performance.now() > 60_000) return resolve(NaN);
      if (count() < ${fragmentComments}) return requestAnimationFrame(look);
      requestAnimationFrame(() => resolve(performance.now()));
    };
    look();
  });
})()`;

/** A Stet with a hundred comments, the pages around it, and the peer on the same PostgreSQL with the same comments. */
async function startAll(dataFolder: string): Promise<{ stet: Stet; pages: Pages; contenders: Contender[] }> {
  const stet = await serveStet(dataFolder);
  await fillStet(dataFolder, stet);
  await installPeer();
  const peer = await startPeer(findServer(dataFolder));
  const pages = await servePages({ stet: stet.port, peer: peer.port });
  await runProgram(
    process.execPath,
    [path.join(root, 'bin', 'stet.mjs'), 'site', 'set', readSite, `origin=${pages.origin}`],
    { environment: { STET_DATA: dataFolder } },
  );
  return {
    stet,
    pages,
    contenders: [
      { name: 'story', address: `http://127.0.0.1:${stet.port}/s/${readSite}/${story}` },
      { name: 'widget', address: `${pages.origin}/stet.html` },
      { name: 'peer', address: `${pages.origin}/peer.html` },
    ],
  };
}

if (import.meta.main) {
  const rounds = Number(process.argv[2] ?? 9);
  const folder = path.join(root, 'var', 'bench-reader');
  let browser: Browser | undefined;
  let pages: Pages | undefined;
  try {
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder, { recursive: true, mode: 0o711 });
    const started = await startAll(path.join(folder, 'data'));
    pages = started.pages;
    browser = await launchBrowser();
    console.log(JSON.stringify(await measureLoads(browser, started.contenders, rounds), null, 2));
  } finally {
    await browser?.close();
    pages?.stop();
    await stopPrograms();
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}
