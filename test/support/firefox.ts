import { spawn } from 'node:child_process';
import { existsSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { openBidi, type Bidi } from './bidi.ts';
import { temporaryFolder, waitUntil } from './folders.ts';
import { watchProgram } from './processes.ts';

/** A real Firefox without a window, with a profile of its own. */
export type Firefox = {
  open(address: string, size?: { width: number; height: number }): Promise<FirefoxPage>;
  close(): Promise<void>;
};

/** One tab. A selector is looked for in the page and in the trees of its widgets. */
export type FirefoxPage = {
  /** What went wrong in the page: scripts that threw, and what a policy forbade. */
  trouble: readonly string[];
  goto(address: string): Promise<void>;
  reload(): Promise<void>;
  /** What an expression gives as JSON; `find(selector)` and `text(selector)` are there. It works where a page may run no script. */
  evaluate<T>(expression: string): Promise<T>;
  /** Waits until the expression gives something. */
  waitFor<T>(expression: string): Promise<NonNullable<T>>;
  click(selector: string): Promise<void>;
  fill(selector: string, text: string): Promise<void>;
  /** A key by its character, or by its name in WebDriver's table. */
  press(key: string): Promise<void>;
  /** Lets no request to this address through, as a lost network does; what it resolves to ends that. */
  lose(address: string): Promise<() => Promise<unknown>>;
  shoot(): Promise<Buffer>;
  close(): Promise<unknown>;
};

/** STET_FIREFOX, or Firefox on the PATH as Debian (`firefox-esr`) and others name it; undefined where there is none. */
export function findFirefox(): string | undefined {
  const named = process.env['STET_FIREFOX'];
  const folders = (process.env['PATH'] ?? '').split(path.delimiter);
  const programs = ['firefox-esr', 'firefox'].flatMap((name) => folders.map((folder) => path.join(folder, name)));
  return named ?? programs.find((program) => existsSync(program));
}

// Nothing of Firefox's own goes out, and nothing is made for tabs that nobody opens.
const quiet = {
  'app.normandy.enabled': false,
  'browser.aboutwelcome.enabled': false,
  'browser.newtabpage.enabled': false,
  'browser.region.network.url': '',
  'browser.safebrowsing.malware.enabled': false,
  'browser.safebrowsing.phishing.enabled': false,
  'browser.startup.page': 0,
  'datareporting.policy.dataSubmissionEnabled': false,
  'dom.ipc.processPrelaunch.enabled': false,
  'extensions.webextensions.remote': false,
  'intl.accept_languages': 'en',
  'network.captive-portal-service.enabled': false,
  'network.connectivity-service.enabled': false,
  'services.settings.server': 'data:,',
};

/** Starts it with further settings of `about:config`. Over WebDriver BiDi, which Firefox speaks by itself: Playwright would
 *  bring a Firefox of its own making instead of the one that readers have. */
export async function launchFirefox(program: string, settings: object = {}): Promise<Firefox> {
  const { folder, remove } = temporaryFolder();
  const lines = Object.entries({ ...quiet, ...settings }).map(
    ([name, value]) => `user_pref(${JSON.stringify(name)}, ${JSON.stringify(value)});\n`,
  );
  writeFileSync(path.join(folder, 'user.js'), lines.join(''));
  const options = ['--headless', '--no-remote', '--profile', folder, '--remote-debugging-port', '0', 'about:blank'];
  const running = watchProgram(spawn(program, options, { env: { ...process.env, HOME: folder } }));
  const end = async (): Promise<void> => {
    running.child.kill('SIGTERM');
    await running.ended;
    remove();
  };
  try {
    const listening = /BiDi listening on (ws:\S+)/;
    const [, address = ''] = listening.exec(await running.waitFor(listening)) ?? [];
    const bidi = await openBidi(address);
    return {
      open: (first, size) => openTab(bidi, first, size),
      close: async () => {
        bidi.close();
        await end();
      },
    };
  } catch (error) {
    await end();
    throw error;
  }
}

const finding = `const find = (selector, root = document) => {
  const found = root.querySelector(selector);
  if (found) return found;
  for (const { shadowRoot } of root.querySelectorAll('*')) {
    const within = shadowRoot && find(selector, shadowRoot);
    if (within) return within;
  }
  return null;
};
const text = (selector) => find(selector)?.textContent ?? '';
`;

type Value = { sharedId?: string; value?: unknown };
type Evaluated = { type: 'success' | 'exception'; result: Value; exceptionDetails?: { text: string } };
type Tab = Pick<Bidi, 'ask' | 'hear'> & { context: string };

async function openTab(bidi: Bidi, first: string, viewport?: { width: number; height: number }): Promise<FirefoxPage> {
  const { context } = await bidi.ask<{ context: string }>('browsingContext.create', { type: 'tab' });
  const tab = { ...bidi, context };
  if (viewport) await bidi.ask('browsingContext.setViewport', { context, viewport });
  const trouble: string[] = [];
  await bidi.hear<{ level: string; text: string }>('log.entryAdded', context, ({ level, text }) => {
    // A stream of events ends with its page.
    if (level === 'error' && !/interrupted while the page was loading/.test(text)) trouble.push(text);
  });
  const goto = async (url: string): Promise<void> => {
    await bidi.ask('browsingContext.navigate', { context, url, wait: 'complete' });
  };
  await goto(first);
  return {
    trouble,
    goto,
    reload: async () => void (await bidi.ask('browsingContext.reload', { context, wait: 'complete' })),
    ...readTab(tab),
    ...pressInTab(tab),
    lose: (address) => loseRequests(tab, address),
    shoot: async () => {
      const { data } = await bidi.ask<{ data: string }>('browsingContext.captureScreenshot', { context });
      return Buffer.from(data, 'base64');
    },
    close: () => bidi.ask('browsingContext.close', { context }),
  };
}

async function run({ ask, context }: Tab, body: string): Promise<Value> {
  const expression = `(() => { ${finding} return ${body} })()`;
  const answer = await ask<Evaluated>('script.evaluate', {
    expression,
    target: { context, sandbox: 'tests' },
    awaitPromise: true,
  });
  if (answer.type === 'exception') throw new Error(`${body}: ${answer.exceptionDetails?.text}`);
  return answer.result;
}

function readTab(tab: Tab): Pick<FirefoxPage, 'evaluate' | 'waitFor'> {
  const evaluate = async <T>(expression: string): Promise<T> => {
    const { value } = await run(tab, `JSON.stringify(${expression})`);
    return (typeof value === 'string' ? JSON.parse(value) : undefined) as T;
  };
  // While one page gives way to the next there is nothing to ask.
  const waitFor = <T>(expression: string): Promise<NonNullable<T>> =>
    waitUntil(() => evaluate<T>(expression).catch(() => undefined), expression);
  return { evaluate, waitFor };
}

function pressInTab(tab: Tab): Pick<FirefoxPage, 'click' | 'fill' | 'press'> {
  const act = (type: string, actions: object[]): Promise<unknown> =>
    tab.ask('input.performActions', { context: tab.context, actions: [{ type, id: type, actions }] });
  const press = async (...keys: string[]): Promise<void> => {
    const strokes = keys.map((value) => [
      { type: 'keyDown', value },
      { type: 'keyUp', value },
    ]);
    await act('key', strokes.flat());
  };
  const click = async (selector: string): Promise<void> => {
    const place = `find(${JSON.stringify(selector)})`;
    await readTab(tab).waitFor(`${place}?.checkVisibility()`);
    const { sharedId } = await run(
      tab,
      `(${place}.scrollIntoView({ block: 'center', behavior: 'instant' }), ${place})`,
    );
    const origin = { type: 'element', element: { sharedId } };
    await act('pointer', [
      { type: 'pointerMove', x: 0, y: 0, origin },
      { type: 'pointerDown', button: 0 },
      { type: 'pointerUp', button: 0 },
    ]);
  };
  const fill = async (selector: string, words: string): Promise<void> => {
    await click(selector);
    await press(...words);
  };
  return { click, fill, press };
}

async function loseRequests({ ask, hear, context }: Tab, address: string): Promise<() => Promise<unknown>> {
  type Blocked = { isBlocked: boolean; request: { request: string } };
  await hear<Blocked>('network.beforeRequestSent', context, ({ isBlocked, request: { request } }) => {
    if (isBlocked) void ask('network.failRequest', { request }).catch(() => {});
  });
  const urlPatterns = [{ type: 'string', pattern: address }];
  const phases = ['beforeRequestSent'];
  const { intercept } = await ask<{ intercept: string }>('network.addIntercept', {
    phases,
    contexts: [context],
    urlPatterns,
  });
  return () => ask('network.removeIntercept', { intercept });
}
